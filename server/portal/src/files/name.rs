//! Names of files, made harmless.

use std::fmt;

use super::MediaType;

/// The longest name kept, in characters; with four bytes each it still fits every file system.
const MAX_CHARACTERS: usize = 60;

/// A name that is safe to store, show and send: no folders, no control or direction characters, an ending that goes
/// with what the file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// Cleans a name that came from outside. Nothing is refused: a name is a label, and a bad one becomes `file`.
    pub fn clean(claimed: &str, media_type: MediaType) -> Self {
        let last = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = last.chars().map(harmless).collect();
        let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept = kept.trim_matches(['.', ' ', '_', '-']);
        let (stem, ending) = match kept.rsplit_once('.') {
            Some((stem, ending)) if fits(ending, media_type) => (stem, ending),
            _ => (kept, media_type.extensions()[0]),
        };
        let stem: String = stem.chars().take(MAX_CHARACTERS).collect();
        let stem = stem.trim_end_matches(['.', ' ']);
        Self(format!(
            "{}.{}",
            if stem.is_empty() { "file" } else { stem },
            ending.to_ascii_lowercase()
        ))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn fits(ending: &str, media_type: MediaType) -> bool {
    let ending = ending.to_ascii_lowercase();
    media_type.extensions().contains(&ending.as_str())
}

/// Replaces what file systems and headers stumble over; direction marks can make `fdp.exe` look like `exe.pdf`.
fn harmless(character: char) -> char {
    match character {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';' => '_',
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{61c}' => ' ',
        character if character.is_control() => ' ',
        character => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_paths_and_odd_characters() {
        for (claimed, expected) in [
            ("poster.pdf", "poster.pdf"),
            ("Cartel otoño 2026.PDF", "Cartel otoño 2026.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\Ana\\poster.pdf", "poster.pdf"),
            ("/", "file.pdf"),
            ("..", "file.pdf"),
            ("", "file.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("poster.pdf.exe", "poster.pdf.exe.pdf"),
            ("poster", "poster.pdf"),
            ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie_ b.pdf"),
            ("a\0b.pdf", "a b.pdf"),
            ("gpj\u{202e}fdp.pdf", "gpj fdp.pdf"),
            ("\u{1f98a} póster \"x\".pdf", "\u{1f98a} póster _x_.pdf"),
            ("   .pdf", "pdf.pdf"),
        ] {
            assert_eq!(
                FileName::clean(claimed, MediaType::Pdf).as_str(),
                expected,
                "{claimed:?}"
            );
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = FileName::clean(&format!("{}.jpeg", "ñ".repeat(300)), MediaType::Jpeg);
        assert_eq!(name.as_str().chars().count(), MAX_CHARACTERS + 5);
        assert!(name.as_str().ends_with("ñ.jpeg"));
    }
}
