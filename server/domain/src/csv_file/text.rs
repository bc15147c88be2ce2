//! The characters of a file, whatever encoding it was saved in.

use std::io::Read;

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{CsvError, Encoding};
use crate::Problem;

/// How much is read at once, and how much is looked at to tell what the file is.
const CHUNK: usize = 64 * 1024;

/// First bytes of files that people take for a CSV, and what to tell them.
const NOT_CSV: &[(&[u8], Problem)] = &[
    (b"\x89PNG\r\n", Problem::new("file-is-image")),
    (b"\xFF\xD8\xFF", Problem::new("file-is-image")),
    (b"GIF8", Problem::new("file-is-image")),
    (b"II*\0", Problem::new("file-is-image")),
    (b"MM\0*", Problem::new("file-is-image")),
    // ZIP: what .xlsx, .ods and .numbers are.
    (b"PK\x03\x04", Problem::new("file-is-spreadsheet")),
    // OLE: the older .xls.
    (b"\xD0\xCF\x11\xE0", Problem::new("file-is-spreadsheet")),
    (b"%PDF-", Problem::new("file-not-text")),
    (b"\x1F\x8B", Problem::new("file-not-text")),
];

/// A file as UTF-8, chunk by chunk.
pub(super) struct TextChunks<R> {
    source: R,
    state: State,
    /// Bytes that are read but not decoded: the beginning of a character.
    pending: Vec<u8>,
    at_end: bool,
}

enum State {
    /// Nothing was read yet.
    Start,
    /// Only ASCII so far: every 8-bit encoding reads it alike.
    Ascii,
    /// Characters beyond ASCII have shown that it is UTF-8.
    Utf8,
    /// Decoded by a table.
    Decoded(Encoding, Box<Decoder>),
}

impl<R: Read> TextChunks<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            state: State::Start,
            pending: Vec::new(),
            at_end: false,
        }
    }

    /// The encoding, as far as what was read so far can tell.
    pub(super) fn encoding(&self) -> Encoding {
        match self.state {
            State::Decoded(encoding, _) => encoding,
            State::Start | State::Ascii | State::Utf8 => Encoding::Utf8,
        }
    }

    /// Appends the next characters to `text`; false at the end of the file.
    pub(super) fn append_to(&mut self, text: &mut Vec<u8>) -> Result<bool, CsvError> {
        if self.at_end {
            return Ok(false);
        }
        self.read_chunk()?;
        if matches!(self.state, State::Start) {
            self.recognise()?;
        }
        if let State::Decoded(..) = self.state {
            self.decode(text)?;
        } else {
            self.check_and_take(text)?;
        }
        Ok(true)
    }

    fn read_chunk(&mut self) -> Result<(), CsvError> {
        let wanted = self.pending.len() + CHUNK;
        let missing = u64::try_from(CHUNK).unwrap_or(u64::MAX);
        self.source
            .by_ref()
            .take(missing)
            .read_to_end(&mut self.pending)?;
        self.at_end = self.pending.len() < wanted;
        Ok(())
    }

    /// Tells by the first bytes what the file is.
    fn recognise(&mut self) -> Result<(), CsvError> {
        let start = self.pending.as_slice();
        if let Some((_, problem)) = NOT_CSV.iter().find(|(magic, _)| start.starts_with(magic)) {
            return Err(CsvError::Refused(problem.clone()));
        }
        if start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
            return Err(CsvError::refused("file-is-image"));
        }
        let decoded = |encoding, decoder| State::Decoded(encoding, Box::new(decoder));
        let (state, mark) = if start.starts_with(b"\xEF\xBB\xBF") {
            (State::Utf8, 3)
        } else if start.starts_with(b"\xFF\xFE") {
            (
                decoded(Encoding::Utf16Le, UTF_16LE.new_decoder_without_bom_handling()),
                2,
            )
        } else if start.starts_with(b"\xFE\xFF") {
            (
                decoded(Encoding::Utf16Be, UTF_16BE.new_decoder_without_bom_handling()),
                2,
            )
        } else if has_zeros_at(start, 1) {
            (
                decoded(Encoding::Utf16Le, UTF_16LE.new_decoder_without_bom_handling()),
                0,
            )
        } else if has_zeros_at(start, 0) {
            (
                decoded(Encoding::Utf16Be, UTF_16BE.new_decoder_without_bom_handling()),
                0,
            )
        } else {
            (State::Ascii, 0)
        };
        self.state = state;
        self.pending.drain(..mark);
        Ok(())
    }

    /// Takes what is valid UTF-8. The first chunk with characters beyond ASCII decides whether the file is.
    fn check_and_take(&mut self, text: &mut Vec<u8>) -> Result<(), CsvError> {
        if self.pending.contains(&0) {
            return Err(CsvError::refused("file-not-text"));
        }
        let valid = match std::str::from_utf8(&self.pending) {
            Ok(_) => self.pending.len(),
            // A character that the chunk's end has cut in two.
            Err(error) if error.error_len().is_none() && !self.at_end => error.valid_up_to(),
            Err(_) if matches!(self.state, State::Utf8) => {
                return Err(CsvError::refused("file-encoding-mixed"));
            }
            Err(_) => {
                let decoder = WINDOWS_1252.new_decoder_without_bom_handling();
                self.state = State::Decoded(Encoding::Windows1252, Box::new(decoder));
                return self.decode(text);
            }
        };
        if !self.pending[..valid].is_ascii() {
            self.state = State::Utf8;
        }
        text.extend(self.pending.drain(..valid));
        Ok(())
    }

    fn decode(&mut self, text: &mut Vec<u8>) -> Result<(), CsvError> {
        let State::Decoded(encoding, decoder) = &mut self.state else {
            return Ok(());
        };
        if *encoding == Encoding::Windows1252 && self.pending.contains(&0) {
            return Err(CsvError::refused("file-not-text"));
        }
        let room = decoder
            .max_utf8_buffer_length(self.pending.len())
            .unwrap_or(CHUNK * 4);
        let mut decoded = String::with_capacity(room);
        let (result, _, wrong) = decoder.decode_to_string(&self.pending, &mut decoded, self.at_end);
        if wrong || result == CoderResult::OutputFull || decoded.contains('\0') {
            return Err(CsvError::refused("file-not-text"));
        }
        self.pending.clear();
        text.extend_from_slice(decoded.as_bytes());
        Ok(())
    }
}

/// Whether every second byte is zero, counted from `first`: what ASCII looks like in UTF-16.
fn has_zeros_at(start: &[u8], first: usize) -> bool {
    let start = &start[..start.len().min(64)];
    start.len() >= 4
        && start
            .iter()
            .enumerate()
            .all(|(at, byte)| (*byte == 0) == (at % 2 == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, Encoding), String> {
        let mut chunks = TextChunks::new(bytes);
        let mut text = Vec::new();
        loop {
            match chunks.append_to(&mut text) {
                Ok(true) => {}
                Ok(false) => return Ok((String::from_utf8(text).unwrap(), chunks.encoding())),
                Err(CsvError::Refused(problem)) => return Err(problem.code.into_owned()),
                Err(CsvError::Io(error)) => panic!("{error}"),
            }
        }
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_usual_encoding_is_read() {
        let text = "nombre;año\nJosé 🖨️;€";
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(read(text.as_bytes()), Ok((text.into(), Encoding::Utf8)));
        assert_eq!(read(marked.as_bytes()), Ok((text.into(), Encoding::Utf8)));
        assert_eq!(
            read(&utf16(&marked, u16::to_le_bytes)),
            Ok((text.into(), Encoding::Utf16Le))
        );
        assert_eq!(
            read(&utf16(&marked, u16::to_be_bytes)),
            Ok((text.into(), Encoding::Utf16Be))
        );
        assert_eq!(
            read(&utf16("name,x", u16::to_le_bytes)),
            Ok(("name,x".into(), Encoding::Utf16Le))
        );
        assert_eq!(read(b"a\xF1o;\x80"), Ok(("año;€".into(), Encoding::Windows1252)));
        assert_eq!(read(b""), Ok((String::new(), Encoding::Utf8)));
    }

    #[test]
    fn a_first_accent_far_into_the_file_still_tells() {
        let ascii = "x".repeat(CHUNK * 2 - 1);
        assert_eq!(
            read(format!("{ascii}ñ").as_bytes()),
            Ok((format!("{ascii}ñ"), Encoding::Utf8))
        );
        let latin = [ascii.as_bytes(), b"\xF1 y"].concat();
        assert_eq!(read(&latin), Ok((format!("{ascii}ñ y"), Encoding::Windows1252)));
        let mixed = [
            ascii.replacen('x', "ñ", 1).as_bytes(),
            ascii.as_bytes(),
            b"\xF1 y",
        ]
        .concat();
        assert_eq!(read(&mixed), Err("file-encoding-mixed".into()));
    }

    #[test]
    fn what_is_no_text_gets_told_what_it_is() {
        for (bytes, code) in [
            (&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..], "file-is-image"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "file-is-image"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "file-is-image"),
            (b"PK\x03\x04\x14\0\x06\0", "file-is-spreadsheet"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "file-is-spreadsheet"),
            (b"%PDF-1.7", "file-not-text"),
            (b"a,b\n\0\0\0", "file-not-text"),
            (b"a\xF1,b\n\0", "file-not-text"),
        ] {
            assert_eq!(read(bytes), Err(code.to_owned()));
        }
    }
}
