//! Rows as they stand in the file: enough of each to recognise it by.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::super::records::Record;
use super::super::table::Table;
use super::super::{CsvError, RowProblem};
use super::columns::{COLUMNS, PRODUCT_UID, QUANTITY, RECIPIENT};
use super::row::Row;

/// What a row says, right or wrong: each cell cut to [`RowProblem::MAX_VALUE`] characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowGlance {
    /// The order it names.
    pub reference: String,
    /// Whom the order goes to; empty where the address stands in another row of the order.
    pub recipient: String,
    /// The product it names.
    pub product_uid: String,
    /// How many of it.
    pub quantity: String,
}

/// The rows of a file.
pub struct RowGlances<R> {
    table: Table<R>,
    record: Record,
}

/// Reads the rows of an orders file one by one, without checking them; the template's example is passed over.
///
/// # Errors
///
/// When the file is no CSV, lacks columns, or cannot be read. That there is no row at all, the first one tells.
pub fn glance_at_rows<R: Read>(source: R) -> Result<RowGlances<R>, CsvError> {
    Ok(RowGlances {
        table: Table::open(source, COLUMNS)?,
        record: Record::default(),
    })
}

impl<R: Read> RowGlances<R> {
    fn next_row(&mut self) -> Result<Option<(u64, RowGlance)>, CsvError> {
        while self.table.read(&mut self.record)? {
            let row = Row {
                header: &self.table.header,
                record: &self.record,
            };
            if row.is_example() {
                continue;
            }
            let cell = |column| RowProblem::quote(row.cell(column).trim()).unwrap_or_default();
            let glance = RowGlance {
                reference: RowProblem::quote(row.reference()).unwrap_or_default(),
                recipient: cell(RECIPIENT),
                product_uid: cell(PRODUCT_UID),
                quantity: cell(QUANTITY),
            };
            return Ok(Some((self.record.line, glance)));
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for RowGlances<R> {
    /// The line of the file where the row starts, and the row.
    type Item = Result<(u64, RowGlance), CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shown_as_they_are() {
        let text = "pedido;destinatario;direccion;ciudad;pais;producto;cantidad\n\
                    EJEMPLO-1;a;b;c;d;e;1\n\
                    A; Ana ;;;;'=x;doce\n\n\
                    ;;;;;pen;\n";
        let rows: Vec<_> = glance_at_rows(text.as_bytes())
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let row = |reference: &str, recipient: &str, product_uid: &str, quantity: &str| RowGlance {
            reference: reference.to_owned(),
            recipient: recipient.to_owned(),
            product_uid: product_uid.to_owned(),
            quantity: quantity.to_owned(),
        };
        assert_eq!(
            rows,
            [(3, row("A", "Ana", "=x", "doce")), (5, row("", "", "pen", ""))]
        );
    }

    #[test]
    fn a_file_without_rows_says_so() {
        let header = "pedido;destinatario;direccion;ciudad;pais;producto;cantidad\n";
        let first = glance_at_rows(header.as_bytes()).unwrap().next().unwrap();
        assert!(matches!(first, Err(CsvError::Refused(problem)) if problem.code == "file-only-header"));
    }
}
