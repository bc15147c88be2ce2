//! The file that people start from.

use super::super::{CsvWriter, Delimiter};
use super::COLUMNS;
use crate::Language;

/// Product UIDs of the template's example row. A row that still has one is passed over, so that an example that was
/// left in the file becomes no product.
pub(super) const EXAMPLE_UIDS: [&str; 2] = ["example-poster", "ejemplo-cartel"];

/// A file with the headings and one example row, as a spreadsheet in `language` opens it: Spanish ones expect
/// semicolons.
pub fn catalogue_template(language: Language) -> Vec<u8> {
    let (delimiter, headings, uid): (_, Vec<&str>, _) = match language {
        Language::En => (
            Delimiter::Comma,
            COLUMNS.iter().map(|column| column.name).collect(),
            EXAMPLE_UIDS[0],
        ),
        Language::Es => (
            Delimiter::Semicolon,
            COLUMNS.iter().map(|column| column.name_es).collect(),
            EXAMPLE_UIDS[1],
        ),
    };
    let example = [
        uid,
        "Poster",
        "Cartel",
        "Posters/Carteles",
        "size(Size/Tamaño)=A4|A3; paper(Paper/Papel)=silk(Silk/Seda)|matt(Matt/Mate)",
        "front(Front/Anverso) 297 x 420 mm bleed 3 mm 150 dpi 1p pdf,png",
        "1",
        "500",
        "no",
    ];
    let written = CsvWriter::new(Vec::new(), delimiter).and_then(|mut writer| {
        writer.row(headings)?;
        writer.row(example)?;
        writer.finish()
    });
    // Writing to memory cannot fail.
    written.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::read_catalogue;
    use super::*;

    #[test]
    fn the_example_is_right_and_becomes_no_product() {
        for language in [Language::En, Language::Es] {
            let template = catalogue_template(language);
            let mut rows = read_catalogue(template.as_slice()).unwrap();
            assert!(
                ["options", "print_areas", "archived"]
                    .iter()
                    .all(|field| !rows.lacks(field))
            );
            let refused = rows.next().unwrap().unwrap_err();
            assert_eq!(refused.to_string(), "the file is refused: file-only-example");

            let mut own = String::from_utf8(template).unwrap();
            for example in EXAMPLE_UIDS {
                own = own.replace(example, "own");
            }
            let rows: Vec<_> = read_catalogue(own.as_bytes())
                .unwrap()
                .map(|row| row.unwrap().1)
                .collect();
            let own = rows.into_iter().next().unwrap().unwrap();
            assert_eq!(own.product.variants().unwrap().len(), 4);
            assert_eq!(own.product.print_areas.len(), 1);
        }
    }
}
