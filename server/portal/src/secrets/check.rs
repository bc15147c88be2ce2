//! Noticing a wrong key before it is used.

use crate::Portal;
use crate::secrets::key_ring::check_aad;
use crate::secrets::{Sealed, Unsealable};
use crate::storage::{StorageError, sql};

/// What is sealed with every key, to tell it by.
const CONSTANT: &[u8] = b"this key is the right one";

/// The configured keys do not fit this database.
#[derive(Debug, thiserror::Error)]
pub enum KeyCheckFailed {
    /// Secrets are sealed with a key that is not configured.
    #[error("encryption.keys: the key `{0}` is missing; secrets in the database are sealed with it")]
    Missing(String),
    /// A key is not the one that had its name.
    #[error("encryption.keys.{0}: not the key that secrets in the database are sealed with")]
    Wrong(String),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Makes sure at the start that the keys of this process open what is in the database, and notes a new current key.
///
/// # Errors
/// [`KeyCheckFailed`]: the process must not start.
pub async fn check(portal: &Portal) -> Result<(), KeyCheckFailed> {
    let ring = &portal.secrets;
    let current = ring.current();
    let sealed = ring
        .seal_with(current, portal.entropy.as_ref(), check_aad(current), CONSTANT)
        .map_err(|_| KeyCheckFailed::Missing(current.to_owned()))?;
    let mut tx = portal.db.begin().await?;
    sql("INSERT INTO encryption_keys (key_id, sealed_check, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(current)
        .bind(sealed.0)
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    let known: Vec<(String, Vec<u8>)> = sql("SELECT key_id, sealed_check FROM encryption_keys")
        .fetch_all(&mut tx)
        .await?;
    for (name, sealed) in known {
        match ring.open_with(check_aad(&name), &Sealed(sealed)) {
            Ok(text) if text == CONSTANT => {}
            Err(Unsealable::UnknownKey(name)) => return Err(KeyCheckFailed::Missing(name)),
            Ok(_) | Err(Unsealable::Refused) => return Err(KeyCheckFailed::Wrong(name)),
        }
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_wrong_or_missing_key_is_noticed_at_the_start() {
        on_both(async |portal| {
            check(&portal.with_keys("a", &[("a", 1)])).await.unwrap();
            check(&portal.with_keys("a", &[("a", 1)])).await.unwrap();
            check(&portal.with_keys("b", &[("a", 1), ("b", 2)]))
                .await
                .unwrap();
            let wrong = check(&portal.with_keys("b", &[("a", 9), ("b", 2)])).await;
            assert!(matches!(wrong, Err(KeyCheckFailed::Wrong(name)) if name == "a"));
            let missing = check(&portal.with_keys("b", &[("b", 2)])).await;
            assert!(matches!(missing, Err(KeyCheckFailed::Missing(name)) if name == "a"));
        })
        .await;
    }
}
