//! Result files: the rows somebody sent, with what became of each.

use std::io::{Read, Write};

use super::records::{Record, Records};
use super::{CsvError, CsvWriter, restore};

/// Copies a file's header and the rows that `added` gives cells for, with those cells before them.
///
/// `headings` names the added columns; `added` is asked with the line of the file where each row starts. They stand
/// on the left, where surplus cells of a wrong row cannot push them aside, and since no import knows such columns,
/// the file can be corrected and imported as it is.
///
/// # Errors
///
/// When the file is no CSV or cannot be read, or `out` cannot be written to.
pub fn copy_rows<R: Read, W: Write>(
    source: R,
    out: W,
    headings: &[&str],
    mut added: impl FnMut(u64) -> Option<Vec<String>>,
) -> Result<W, CsvError> {
    let mut records = Records::open(source)?;
    let mut writer = CsvWriter::new(out, records.dialect().delimiter)?;
    let mut record = Record::default();
    records.read(&mut record)?;
    writer.row(headings.iter().copied().chain(record.cells().map(restore)))?;
    while records.read(&mut record)? {
        if let Some(cells) = added(record.line).filter(|_| !record.is_blank()) {
            writer.row(
                cells
                    .iter()
                    .map(String::as_str)
                    .chain(record.cells().map(restore)),
            )?;
        }
    }
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_rows_are_copied_with_what_became_of_them() {
        let sent = "id;name\n1;Ana\n2;'=x\n\n3;Eva;surplus\n";
        let result = |line: u64| (line != 2).then(|| vec![line.to_string(), "=refused".to_owned()]);
        let out = copy_rows(sent.as_bytes(), Vec::new(), &["line", "result"], result).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text.trim_start_matches('\u{FEFF}'),
            "\"line\";\"result\";\"id\";\"name\"\r\n\
             \"3\";\"'=refused\";\"2\";\"'=x\"\r\n\
             \"5\";\"'=refused\";\"3\";\"Eva\";\"surplus\"\r\n"
        );
    }
}
