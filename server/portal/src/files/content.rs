//! What identifies content.

use std::fmt;
use std::str::FromStr;

/// The SHA-256 of content: its name in the file store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// Not the 32 bytes, or 64 hexadecimal digits, of a SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256")]
pub struct NotAHash;

impl TryFrom<Vec<u8>> for ContentHash {
    type Error = NotAHash;

    /// Reads the bytes of a database column.
    fn try_from(bytes: Vec<u8>) -> Result<Self, NotAHash> {
        bytes.try_into().map(Self).map_err(|_| NotAHash)
    }
}

impl FromStr for ContentHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(NotAHash);
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| NotAHash)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

/// Content in a file store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its name there.
    pub hash: ContentHash,
    /// Its length in bytes.
    pub size: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_64_digits_and_read_back() {
        let hash = ContentHash(std::array::from_fn(|index| u8::try_from(index * 8).unwrap()));
        let text = hash.to_string();
        assert_eq!(text.len(), 64);
        assert_eq!(text.parse(), Ok(hash));
        assert_eq!("zz".repeat(32).parse::<ContentHash>(), Err(NotAHash));
        assert_eq!("é".repeat(32).parse::<ContentHash>(), Err(NotAHash));
        assert_eq!("00".parse::<ContentHash>(), Err(NotAHash));
        assert_eq!(ContentHash::try_from(vec![0; 31]), Err(NotAHash));
    }
}
