//! The key of a portal that is only tried out.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::KeyRing;
use crate::entropy::Entropy;

/// What its key is called.
const NAME: &str = "development";

/// The key in the file `encryption.key` of the data directory, made when it is not there. Only its owner can read
/// it.
///
/// # Errors
/// When the file cannot be read or written, or is no key.
pub fn development_ring(data_dir: &Path, entropy: &dyn Entropy) -> io::Result<KeyRing> {
    let path = data_dir.join("encryption.key");
    let new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path);
    let key = match new {
        Ok(mut file) => {
            let key = entropy.token();
            file.write_all(&key)?;
            file.sync_all()?;
            key
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let mut bytes = Vec::new();
            File::open(&path)?.take(64).read_to_end(&mut bytes)?;
            bytes
                .try_into()
                .map_err(|_| io::Error::other(format!("{} is no key of 32 bytes", path.display())))?
        }
        Err(error) => return Err(error),
    };
    Ok(KeyRing::new(NAME, &[(NAME.to_owned(), key)]))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::Arc;

    use domain::id::{CustomerId, StoreId};

    use super::*;
    use crate::secrets::Place;
    use crate::testing::{SeededEntropy, TestClock};

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        let directory = tempfile::tempdir().unwrap();
        let entropy = SeededEntropy::new(1, Arc::new(TestClock::default()));
        let place = Place::Store {
            customer: CustomerId(entropy.id()),
            store: StoreId(entropy.id()),
            field: "credentials",
        };
        let first = development_ring(directory.path(), &entropy).unwrap();
        let sealed = first.seal(&entropy, &place, b"token").unwrap();
        let again = development_ring(directory.path(), &entropy).unwrap();
        assert_eq!(again.open(&place, &sealed).unwrap(), b"token");

        let file = directory.path().join("encryption.key");
        assert_eq!(
            std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::write(&file, b"short").unwrap();
        assert!(development_ring(directory.path(), &entropy).is_err());
    }
}
