//! Columns, and how a file names them.

use super::CsvError;
use super::records::Record;
use crate::{Problem, fold};

/// A column that a kind of file may have.
#[derive(Debug)]
pub(super) struct Column {
    /// Its documented name.
    pub(super) name: &'static str,
    /// Its heading in a Spanish template.
    pub(super) name_es: &'static str,
    /// Other headings people use, folded, letters and digits only.
    pub(super) aliases: &'static [&'static str],
    /// Whether a file without it is of no use.
    pub(super) required: bool,
    /// Whether it may appear several times with a suffix: `designFileUrl:back`.
    pub(super) suffixed: bool,
}

impl Column {
    /// Whether a heading, as [`key`] makes it, means this column.
    fn is_called(&self, key: &str) -> bool {
        key == self::key(self.name) || key == self::key(self.name_es) || self.aliases.contains(&key)
    }
}

/// The documented name of the column of `columns` that a heading without suffix means.
pub(super) fn column_name(columns: &[Column], heading: &str) -> Option<&'static str> {
    let key = key(heading);
    let column = columns.iter().find(|column| column.is_called(&key));
    column.map(|column| column.name)
}

/// The first row of a file: which column stands where.
#[derive(Debug)]
pub(super) struct Header {
    /// The place of each known column, in the order of the columns.
    places: Vec<Option<usize>>,
    /// Column, suffix and place of the columns with a suffix.
    suffixed: Vec<(usize, String, usize)>,
    /// What the file calls the column at each place.
    headings: Vec<String>,
    /// Headings that mean nothing here.
    pub(super) ignored: Vec<String>,
}

impl Header {
    /// Recognises columns whatever their capitals, accents, blanks and underscores, in English and Spanish.
    pub(super) fn read(record: &Record, columns: &[Column]) -> Result<Self, CsvError> {
        let headings: Vec<String> = record.cells().map(|cell| cell.trim().to_owned()).collect();
        let mut header = Self {
            places: vec![None; columns.len()],
            suffixed: Vec::new(),
            headings,
            ignored: Vec::new(),
        };
        for place in 0..header.headings.len() {
            header.place(place, columns)?;
        }
        let spanish = header.is_spanish(columns);
        let missing: Vec<&str> = columns
            .iter()
            .zip(&header.places)
            .filter(|(column, place)| column.required && place.is_none())
            .map(|(column, _)| if spanish { column.name_es } else { column.name })
            .collect();
        if missing.is_empty() {
            Ok(header)
        } else {
            Err(CsvError::Refused(
                Problem::new("header-missing-columns").with("columns", missing.join(", ")),
            ))
        }
    }

    /// Whether most columns are called as in a Spanish template: what is missing is then called so, too.
    fn is_spanish(&self, columns: &[Column]) -> bool {
        let called = |name: fn(&Column) -> &'static str| {
            let found = columns.iter().zip(&self.places).filter(|(column, place)| {
                place.is_some_and(|place| key(&self.headings[place]) == key(name(column)))
            });
            found.count()
        };
        called(|column| column.name_es) > called(|column| column.name)
    }

    fn place(&mut self, place: usize, columns: &[Column]) -> Result<(), CsvError> {
        let heading = &self.headings[place];
        let (name, suffix) = heading
            .split_once(':')
            .map_or((heading.as_str(), ""), |(name, suffix)| (name, suffix.trim()));
        let key = key(name);
        let is_called = |column: &Column| (suffix.is_empty() || column.suffixed) && column.is_called(&key);
        let Some(column) = columns.iter().position(is_called) else {
            if !heading.is_empty() {
                self.ignored.push(heading.clone());
            }
            return Ok(());
        };
        let twice = if suffix.is_empty() {
            self.places[column].replace(place).is_some()
        } else {
            let twice = self
                .suffixed
                .iter()
                .any(|(of, known, _)| *of == column && known.eq_ignore_ascii_case(suffix));
            self.suffixed.push((column, suffix.to_owned(), place));
            twice
        };
        if twice {
            return Err(CsvError::Refused(
                Problem::new("header-duplicate-column").with("column", heading.as_str()),
            ));
        }
        Ok(())
    }

    /// How many columns the file has.
    pub(super) fn len(&self) -> usize {
        self.headings.len()
    }

    /// The cell of `column`, without the apostrophe of an export; empty when the file has no such column.
    pub(super) fn cell<'r>(&self, record: &'r Record, column: usize) -> &'r str {
        self.places[column].map_or("", |place| super::restore(record.cell(place)))
    }

    /// The cells of the columns `column:<suffix>`, with their suffixes.
    pub(super) fn suffixed_cells<'r>(&self, record: &'r Record, column: usize) -> Vec<(&str, &'r str)> {
        let of_column = self.suffixed.iter().filter(|(of, _, _)| *of == column);
        of_column
            .map(|(_, suffix, place)| (suffix.as_str(), super::restore(record.cell(*place))))
            .collect()
    }

    /// What the file calls `column`, if it has it.
    pub(super) fn heading(&self, column: usize, suffix: &str) -> Option<&str> {
        let place = if suffix.is_empty() {
            self.places[column]
        } else {
            self.suffixed
                .iter()
                .find(|(of, known, _)| *of == column && known == suffix)
                .map(|(_, _, place)| *place)
        };
        place.map(|place| self.headings[place].as_str())
    }
}

/// A heading as it is compared: folded, letters and digits only.
fn key(heading: &str) -> String {
    fold(heading).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv_file::records::Records;

    const COLUMNS: &[Column] = &[
        Column {
            name: "productUid",
            name_es: "UID del producto",
            aliases: &["sku"],
            required: true,
            suffixed: false,
        },
        Column {
            name: "designFileUrl",
            name_es: "URL del diseño",
            aliases: &[],
            required: false,
            suffixed: true,
        },
    ];

    fn header(line: &str) -> Result<Header, String> {
        let mut record = Record::default();
        Records::open(line.as_bytes()).unwrap().read(&mut record).unwrap();
        Header::read(&record, COLUMNS).map_err(|error| match error {
            CsvError::Refused(problem) => problem.code.into_owned(),
            CsvError::Io(error) => panic!("{error}"),
        })
    }

    #[test]
    fn headings_are_recognised_in_many_spellings() {
        for line in [
            "productUid",
            "Product UID",
            "product_uid",
            "uid DEL PRODUCTO",
            "SKU",
        ] {
            assert_eq!(header(line).unwrap().heading(0, ""), Some(line));
        }
        let many = header("sku,colour,URL del diseño: back,designFileUrl:front,").unwrap();
        assert_eq!(many.ignored, ["colour"]);
        assert_eq!(many.heading(1, "back"), Some("URL del diseño: back"));
        assert_eq!(many.heading(1, ""), None);
        assert_eq!(many.len(), 5);
    }

    #[test]
    fn what_is_missing_is_called_as_the_file_calls_its_columns() {
        for (line, columns) in [
            ("designFileUrl", "productUid"),
            ("URL del diseño", "UID del producto"),
        ] {
            let mut record = Record::default();
            Records::open(line.as_bytes()).unwrap().read(&mut record).unwrap();
            let refused = Header::read(&record, COLUMNS).unwrap_err();
            let missing = Problem::new("header-missing-columns").with("columns", columns);
            assert!(
                matches!(refused, CsvError::Refused(problem) if problem == missing),
                "{line}"
            );
        }
    }

    #[test]
    fn a_header_must_name_what_is_needed_and_once() {
        assert_eq!(header("colour,size").unwrap_err(), "header-missing-columns");
        assert_eq!(header("sku:front").unwrap_err(), "header-missing-columns");
        assert_eq!(header("sku,Product UID").unwrap_err(), "header-duplicate-column");
        assert_eq!(
            header("sku,designFileUrl:a,designFileUrl:A").unwrap_err(),
            "header-duplicate-column"
        );
    }
}
