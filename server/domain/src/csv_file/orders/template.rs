//! The file that people start from.

use super::super::{CsvWriter, Delimiter};
use super::columns::COLUMNS;
use crate::{Language, ProductUid};

/// References of the template's example row. A row that still has one is passed over, so that an example that was
/// left in the file becomes no order. It is no comment sign, because `#1001` is a usual order number.
pub(super) const EXAMPLE_REFERENCES: [&str; 2] = ["EXAMPLE-1", "EJEMPLO-1"];

/// A file with the headings and one example row, as a spreadsheet in `language` opens it: Spanish ones expect
/// semicolons. `product` is a product UID of the catalogue to show.
pub fn orders_template(language: Language, product: Option<&ProductUid>) -> Vec<u8> {
    let product = product.map_or("poster_a3", ProductUid::as_str);
    let design = "https://example.com/design.pdf";
    let (delimiter, headings, example): (_, Vec<&str>, [&str; 17]) = match language {
        Language::En => (
            Delimiter::Comma,
            COLUMNS.iter().map(|column| column.name).collect(),
            [
                EXAMPLE_REFERENCES[0],
                "Jane Smith",
                "Smith & Co",
                "10 Downing Street",
                "2nd floor",
                "London",
                "",
                "SW1A 2AA",
                "GB",
                "jane@example.com",
                "+44 20 7946 0000",
                "Standard",
                "Leave with the porter",
                product,
                "2",
                "Spring campaign",
                design,
            ],
        ),
        Language::Es => (
            Delimiter::Semicolon,
            COLUMNS.iter().map(|column| column.name_es).collect(),
            [
                EXAMPLE_REFERENCES[1],
                "Ana Ruiz",
                "Ruiz e Hijos",
                "Calle Mayor 1",
                "2.º izquierda",
                "Madrid",
                "Madrid",
                "28013",
                "España",
                "ana@example.com",
                "+34 600 000 000",
                "Estándar",
                "Dejar en portería",
                product,
                "2",
                "Campaña de primavera",
                design,
            ],
        ),
    };
    let written = CsvWriter::new(Vec::new(), delimiter).and_then(|mut writer| {
        writer.row(headings)?;
        writer.row(example)?;
        writer.finish()
    });
    // Writing to memory cannot fail.
    written.unwrap_or_default()
}
