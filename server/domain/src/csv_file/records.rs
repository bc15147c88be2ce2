//! The records of a file, as RFC 4180 has them and spreadsheets write them.

use std::io::Read;

use super::text::TextChunks;
use super::{CsvError, Delimiter, Dialect};
use crate::Problem;

/// The most bytes a record may have: a quote that is never closed must not swallow the file.
const MAX_RECORD: usize = 1024 * 1024;

/// One record: a line of the file, or several where a quoted cell holds line breaks.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// The line where it starts, from 1.
    pub(super) line: u64,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell at `index`; empty when the record is shorter.
    pub(super) fn cell(&self, index: usize) -> &str {
        let start = index
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        match (start, self.ends.get(index)) {
            (Some(start), Some(end)) => &self.text[start..*end],
            _ => "",
        }
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.cell(index))
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Reads records one by one.
pub(super) struct Records<R> {
    chunks: TextChunks<R>,
    buffer: Vec<u8>,
    at: usize,
    line: u64,
    delimiter: Delimiter,
}

/// Where in a record the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    CellStart,
    Plain,
    Quoted,
    /// After a quote within quotes: it closes the cell, or stands for itself before another one.
    QuoteInQuoted,
}

impl<R: Read> Records<R> {
    /// Looks at the beginning of a file and finds out how it is written.
    pub(super) fn open(source: R) -> Result<Self, CsvError> {
        let mut chunks = TextChunks::new(source);
        let mut buffer = Vec::new();
        chunks.append_to(&mut buffer)?;
        if buffer.iter().all(u8::is_ascii_whitespace) {
            return Err(CsvError::refused("file-empty"));
        }
        let mut records = Self {
            chunks,
            at: 0,
            line: 1,
            delimiter: Delimiter::detect(&buffer),
            buffer,
        };
        records.take_separator_line();
        Ok(records)
    }

    pub(super) fn dialect(&self) -> Dialect {
        Dialect {
            delimiter: self.delimiter,
            encoding: self.chunks.encoding(),
        }
    }

    /// Excel understands a first line `sep=;` and some programs write it.
    fn take_separator_line(&mut self) {
        let first = self
            .buffer
            .split(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let named = first.strip_suffix(b"\r").unwrap_or(first).strip_prefix(b"sep=");
        let known = |byte: u8| {
            Delimiter::ALL
                .iter()
                .copied()
                .find(|delimiter| delimiter.byte() == byte)
        };
        if let Some(delimiter) = named
            .filter(|named| named.len() == 1)
            .and_then(|named| known(named[0]))
        {
            self.delimiter = delimiter;
            self.at = (first.len() + 1).min(self.buffer.len());
            self.line = 2;
        }
    }

    /// Reads the next record that is not an empty line into `record`; false at the end of the file.
    pub(super) fn read(&mut self, record: &mut Record) -> Result<bool, CsvError> {
        let mut bytes = std::mem::take(&mut record.text).into_bytes();
        bytes.clear();
        record.ends.clear();
        record.line = self.line;
        let mut place = Place::CellStart;
        let mut quoted_since = self.line;
        loop {
            let Some(byte) = self.next_byte()? else {
                return match place {
                    Place::Quoted => Err(CsvError::Refused(
                        Problem::new("quote-not-closed").with("line", number(quoted_since)),
                    )),
                    Place::CellStart if record.ends.is_empty() => Ok(false),
                    _ => finish(record, bytes).map(|()| true),
                };
            };
            match (place, byte) {
                (Place::CellStart, b'"') => {
                    quoted_since = self.line;
                    place = Place::Quoted;
                }
                (Place::Quoted, b'"') => place = Place::QuoteInQuoted,
                (Place::QuoteInQuoted, b'"') => {
                    bytes.push(b'"');
                    place = Place::Quoted;
                }
                (Place::Quoted, byte) => {
                    self.line += u64::from(byte == b'\n');
                    bytes.push(byte);
                }
                (_, byte) if byte == self.delimiter.byte() => {
                    record.ends.push(bytes.len());
                    place = Place::CellStart;
                }
                (place_of_end, b'\n' | b'\r') => {
                    self.end_line(byte)?;
                    if place_of_end == Place::CellStart && record.ends.is_empty() {
                        record.line = self.line;
                        continue;
                    }
                    return finish(record, bytes).map(|()| true);
                }
                (_, byte) => {
                    bytes.push(byte);
                    place = Place::Plain;
                }
            }
            if bytes.len() > MAX_RECORD {
                return Err(CsvError::Refused(
                    Problem::new("row-too-long").with("line", number(record.line)),
                ));
            }
        }
    }

    /// Counts a line that ended with `byte`: CRLF, LF, or the CR of old.
    fn end_line(&mut self, byte: u8) -> Result<(), CsvError> {
        self.line += 1;
        if byte == b'\r' && self.next_byte()?.is_some_and(|next| next != b'\n') {
            self.at -= 1;
        }
        Ok(())
    }

    fn next_byte(&mut self) -> Result<Option<u8>, CsvError> {
        while self.at == self.buffer.len() {
            self.buffer.clear();
            self.at = 0;
            if !self.chunks.append_to(&mut self.buffer)? {
                return Ok(None);
            }
        }
        self.at += 1;
        Ok(Some(self.buffer[self.at - 1]))
    }
}

fn finish(record: &mut Record, bytes: Vec<u8>) -> Result<(), CsvError> {
    record.ends.push(bytes.len());
    // Cells end at ASCII bytes of text that is UTF-8 already, so this cannot fail.
    record.text = String::from_utf8(bytes).map_err(|_| CsvError::refused("file-not-text"))?;
    Ok(())
}

fn number(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Rows, Problem> {
        let refused = |error| match error {
            CsvError::Refused(problem) => problem,
            CsvError::Io(error) => panic!("{error}"),
        };
        let mut records = Records::open(text.as_bytes()).map_err(refused)?;
        let mut record = Record::default();
        let mut all = Vec::new();
        while records.read(&mut record).map_err(refused)? {
            all.push((record.line, record.cells().map(str::to_owned).collect()));
        }
        Ok(all)
    }

    type Rows = Vec<(u64, Vec<String>)>;

    fn rows(expected: &[(u64, &[&str])]) -> Rows {
        let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        expected
            .iter()
            .map(|(line, cells)| (*line, owned(cells)))
            .collect()
    }

    #[test]
    fn quotes_line_breaks_and_blank_lines_are_understood() {
        let text = "a,b\r\n\r\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n5\" poster,z\rlast";
        let expected: &[(u64, &[&str])] = &[
            (1, &["a", "b"]),
            (3, &["x, y", "say \"hi\""]),
            (4, &["two\nlines", ""]),
            (6, &["5\" poster", "z"]),
            (7, &["last"]),
        ];
        assert_eq!(read(text).unwrap(), rows(expected));
    }

    #[test]
    fn the_separator_line_of_excel_is_obeyed() {
        assert_eq!(read("sep=;\r\na;b,c\r\n").unwrap(), rows(&[(2, &["a", "b,c"])]));
        assert_eq!(read("sep=\t\na,c\tb\n").unwrap(), rows(&[(2, &["a,c", "b"])]));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        assert_eq!(
            read("a,b\n1,\"2\n3,4\n"),
            Err(Problem::new("quote-not-closed").with("line", 2_i64))
        );
        assert_eq!(
            read("a,b\n\"1\n1\",\"2\n3,4\n"),
            Err(Problem::new("quote-not-closed").with("line", 3_i64)),
            "where the quote was opened, not where its row begins"
        );
        let endless = format!("a,b\n1,\"{}", "x".repeat(MAX_RECORD + 1));
        assert_eq!(
            read(&endless),
            Err(Problem::new("row-too-long").with("line", 2_i64))
        );
        assert_eq!(read(" \n\n"), Err(Problem::new("file-empty")));
    }

    proptest! {
        #[test]
        fn it_reads_what_the_csv_crate_reads(
            cells in prop::collection::vec(prop::collection::vec("[a-zñ\"\n\r,; ]{0,6}", 2..4), 1..6), crlf in any::<bool>()
        ) {
            let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let quote = csv::QuoteStyle::Always;
            let mut writer = csv::WriterBuilder::new().flexible(true).terminator(end).quote_style(quote).from_writer(vec![]);
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let ours: Vec<Vec<String>> = read(&text).unwrap().into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(ours, cells);
        }

        #[test]
        fn no_text_makes_it_panic_or_differ(text in "[ab\",\n\r]{1,40}") {
            let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            // The one difference that is meant: a quote that is never closed.
            if let Ok(ours) = read(&text) {
                let ours: Vec<Vec<String>> = ours.into_iter().map(|(_, cells)| cells).collect();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
