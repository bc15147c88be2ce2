//! Writing CSV that spreadsheets open as it is meant.

use std::io::{self, Write};

use super::Delimiter;
use super::cell::neutralise;

/// Writes rows: UTF-8 with a byte order mark (Excel asks for it), CRLF, every cell in quotes, formulas as text.
pub struct CsvWriter<W> {
    out: W,
    delimiter: Delimiter,
}

impl<W: Write> CsvWriter<W> {
    /// Starts a file.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn new(mut out: W, delimiter: Delimiter) -> io::Result<Self> {
        out.write_all("\u{FEFF}".as_bytes())?;
        Ok(Self { out, delimiter })
    }

    /// Goes on with a file that was begun elsewhere: with its next piece.
    pub fn resume(out: W, delimiter: Delimiter) -> Self {
        Self { out, delimiter }
    }

    /// Writes a row. A row that is empty but for one cell is written with quotes, so that it stays a row.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> io::Result<()> {
        let mut line = String::new();
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                line.push(char::from(self.delimiter.byte()));
            }
            // Quotes everywhere: what is one cell here must not become two where the list separator is another.
            line.push('"');
            line.push_str(&neutralise(cell.as_ref()).replace('"', "\"\""));
            line.push('"');
        }
        line.push_str("\r\n");
        self.out.write_all(line.as_bytes())
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells_and_text_stays_text() {
        let mut writer = CsvWriter::new(Vec::new(), Delimiter::Semicolon).unwrap();
        writer.row(["id", "say \"hi\""]).unwrap();
        writer.row(["=1+1", "a;b\nc"]).unwrap();
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{FEFF}\"id\";\"say \"\"hi\"\"\"\r\n\"'=1+1\";\"a;b\nc\"\r\n"
        );
    }
}
