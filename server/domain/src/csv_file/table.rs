//! A file with a header: the rows below it.

use std::io::Read;

use super::header::{Column, Header};
use super::records::{Record, Records};
use super::{CsvError, Dialect, MAX_ROWS};
use crate::Problem;

/// A file whose header is read.
pub(super) struct Table<R> {
    records: Records<R>,
    pub(super) header: Header,
    rows: u64,
}

impl<R: Read> Table<R> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// When the file is no CSV, or lacks columns that are required.
    pub(super) fn open(source: R, columns: &[Column]) -> Result<Self, CsvError> {
        let mut records = Records::open(source)?;
        let mut first = Record::default();
        records.read(&mut first)?;
        Ok(Self {
            header: Header::read(&first, columns)?,
            records,
            rows: 0,
        })
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.records.dialect()
    }

    /// Rows so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Reads the next row that has anything in it; false at the end of the file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read any further, has no row at all, or has more than [`MAX_ROWS`].
    pub(super) fn read(&mut self, row: &mut Record) -> Result<bool, CsvError> {
        while self.records.read(row)? {
            if row.is_blank() {
                continue;
            }
            self.rows += 1;
            if self.rows > MAX_ROWS {
                let max = i64::try_from(MAX_ROWS).unwrap_or(i64::MAX);
                return Err(CsvError::Refused(
                    Problem::new("file-too-many-rows").with("max", max),
                ));
            }
            return Ok(true);
        }
        if self.rows == 0 {
            Err(CsvError::refused("file-only-header"))
        } else {
            Ok(false)
        }
    }

    /// Cells to the right of the last column: usually a delimiter in a text that should be in quotes.
    pub(super) fn surplus(&self, row: &Record) -> Option<Problem> {
        let columns = self.header.len();
        let surplus = (columns..row.len()).any(|index| !row.cell(index).trim().is_empty());
        surplus.then(|| {
            Problem::new("row-has-too-many-cells")
                .with("columns", columns)
                .with("cells", row.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[Column {
        name: "uid",
        name_es: "uid",
        aliases: &[],
        required: true,
        suffixed: false,
    }];

    fn rows(text: &str) -> Result<u64, String> {
        let refused = |error| match error {
            CsvError::Refused(problem) => problem.code.into_owned(),
            CsvError::Io(error) => panic!("{error}"),
        };
        let mut table = Table::open(text.as_bytes(), COLUMNS).map_err(refused)?;
        let mut record = Record::default();
        while table.read(&mut record).map_err(refused)? {}
        Ok(table.rows())
    }

    #[test]
    fn a_file_has_at_least_one_row_and_not_too_many() {
        assert_eq!(rows("uid\n , \nx\n\ny\n"), Ok(2));
        assert_eq!(rows("uid\n\n"), Err("file-only-header".into()));
        assert_eq!(rows(&format!("uid\n{}", "x\n".repeat(100_000))), Ok(100_000));
        assert_eq!(
            rows(&format!("uid\n{}", "x\n".repeat(100_001))),
            Err("file-too-many-rows".into())
        );
    }
}
