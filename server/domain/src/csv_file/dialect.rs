//! How a file is written: its encoding and its delimiter.

use serde::{Deserialize, Serialize};

use crate::word::words;

words! {
    /// What stands between two cells.
    pub enum Delimiter {
        /// `,`
        Comma = "comma", "comma";
        /// `;`, what spreadsheets write where the comma is for decimals.
        Semicolon = "semicolon", "semicolon";
        /// A tab.
        Tab = "tab", "tab";
        /// `|`
        Bar = "bar", "bar";
    }
}

words! {
    /// How a file's characters are written.
    pub enum Encoding {
        /// UTF-8, with or without a byte order mark.
        Utf8 = "utf-8", "utf-8";
        /// UTF-16, little endian: the "Unicode text" of Excel.
        Utf16Le = "utf-16le", "utf-16le";
        /// UTF-16, big endian.
        Utf16Be = "utf-16be", "utf-16be";
        /// Windows-1252, which includes Latin-1: what older spreadsheets write.
        Windows1252 = "windows-1252", "windows-1252";
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// How characters are written. A file without any accent counts as UTF-8.
    pub encoding: Encoding,
}

impl Delimiter {
    /// The byte itself.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    /// The delimiter of a file that begins with `start`: the one its first line has most of, outside of quotes.
    pub(super) fn detect(start: &[u8]) -> Self {
        let mut quoted = false;
        let mut counts = [0_usize; Self::ALL.len()];
        for byte in start {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => break,
                byte if !quoted => {
                    if let Some(at) = Self::ALL.iter().position(|delimiter| delimiter.byte() == *byte) {
                        counts[at] += 1;
                    }
                }
                _ => {}
            }
        }
        // Of equals the first, so that a single column counts as comma-separated.
        let most = counts.iter().max().copied().unwrap_or(0);
        Self::ALL
            .iter()
            .zip(counts)
            .find(|(_, count)| *count == most)
            .map_or(Self::Comma, |(found, _)| *found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;

    #[test]
    fn the_first_line_tells_the_delimiter() {
        for (start, delimiter) in [
            ("a,b,c\n1;2;3;4;5", Delimiter::Comma),
            ("a;b;\"x,y,z\"\r\n", Delimiter::Semicolon),
            ("a\tb", Delimiter::Tab),
            ("a|b|c", Delimiter::Bar),
            ("alone", Delimiter::Comma),
            ("", Delimiter::Comma),
        ] {
            assert_eq!(Delimiter::detect(start.as_bytes()), delimiter, "{start:?}");
        }
        assert_words!(Delimiter, Encoding);
    }
}
