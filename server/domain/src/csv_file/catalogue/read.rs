//! Reading a catalogue file.

use std::collections::HashMap;
use std::io::Read;

use super::super::records::Record;
use super::super::table::Table;
use super::super::{CsvError, Dialect, RowProblem};
use super::template::EXAMPLE_UIDS;
use super::{
    ARCHIVED, CATEGORY, COLUMNS, CatalogueEntry, FIELDS, MAX_QUANTITY, MIN_QUANTITY, NAME_EN, NAME_ES,
    OPTIONS, PRINT_AREAS, UID,
};
use crate::catalogue::{CatalogueProduct, RawCatalogueProduct};
use crate::{FieldProblems, Problem, fold};

/// The products of a file, row by row.
pub struct CatalogueRows<R> {
    table: Table<R>,
    record: Record,
    /// The line where each product UID was first seen.
    seen: HashMap<String, u64>,
    /// Rows of the template that were left in the file.
    examples: u64,
}

/// Reads a catalogue file.
///
/// # Errors
///
/// When the file is no CSV, lacks columns, or cannot be read.
pub fn read_catalogue<R: Read>(source: R) -> Result<CatalogueRows<R>, CsvError> {
    Ok(CatalogueRows {
        table: Table::open(source, COLUMNS)?,
        record: Record::default(),
        seen: HashMap::new(),
        examples: 0,
    })
}

impl<R: Read> CatalogueRows<R> {
    /// How the file is written, as far as it was read.
    pub fn dialect(&self) -> Dialect {
        self.table.dialect()
    }

    /// Headings that mean nothing here; their columns are not read.
    pub fn ignored_columns(&self) -> &[String] {
        &self.table.header.ignored
    }

    /// Whether the file has no column for a field, which then stays as it is in products that exist.
    pub fn lacks(&self, field: &str) -> bool {
        let column = FIELDS.iter().position(|known| *known == field);
        column.is_none_or(|column| self.table.header.heading(column, "").is_none())
    }

    /// Tells what is wrong with a field of the row that was read last.
    pub fn problem_at(&self, field: &str, problem: Problem) -> RowProblem {
        self.problem(Some(field), problem)
    }

    /// The names in English and Spanish of the row that was read last, as they stand there.
    pub fn names(&self) -> [&str; 2] {
        [NAME_EN, NAME_ES].map(|column| self.table.header.cell(&self.record, column).trim())
    }

    fn is_example(&self) -> bool {
        let uid = self.table.header.cell(&self.record, UID).trim();
        EXAMPLE_UIDS
            .iter()
            .any(|example| example.eq_ignore_ascii_case(uid))
    }

    fn entry(&mut self) -> Result<CatalogueEntry, Vec<RowProblem>> {
        let cell = |column| self.table.header.cell(&self.record, column);
        let raw = RawCatalogueProduct {
            uid: cell(UID),
            name_en: cell(NAME_EN),
            name_es: cell(NAME_ES),
            category: cell(CATEGORY),
            options: cell(OPTIONS),
            print_areas: cell(PRINT_AREAS),
            min_quantity: cell(MIN_QUANTITY),
            max_quantity: cell(MAX_QUANTITY),
        };
        let mut problems = FieldProblems::new();
        let product = CatalogueProduct::parse(&raw)
            .map_err(|found| problems.append_under("", found))
            .ok();
        let archived = problems.take("archived", yes_or_no(cell(ARCHIVED)));
        let uid = raw.uid.trim().to_ascii_lowercase();
        let line = self.record.line;
        let first = if uid.is_empty() {
            line
        } else {
            *self.seen.entry(uid).or_insert(line)
        };
        if first != line {
            let first = i64::try_from(first).unwrap_or(i64::MAX);
            problems.add("uid", Problem::new("duplicate-product-uid").with("line", first));
        }
        let surplus = self
            .table
            .surplus(&self.record)
            .map(|problem| self.problem(None, problem));
        match (product, archived, surplus) {
            (Some(product), Some(archived), None) if problems.is_empty() => {
                Ok(CatalogueEntry { product, archived })
            }
            (_, _, surplus) => {
                let of_cells = problems
                    .iter()
                    .map(|(field, problem)| self.problem(Some(field), problem.clone()));
                Err(surplus.into_iter().chain(of_cells).collect())
            }
        }
    }

    fn problem(&self, field: Option<&str>, problem: Problem) -> RowProblem {
        let header = &self.table.header;
        let column = field.and_then(|field| FIELDS.iter().position(|known| *known == field));
        let heading = |column| {
            header
                .heading(column, "")
                .unwrap_or(COLUMNS[column].name)
                .to_owned()
        };
        RowProblem {
            line: self.record.line,
            reference: RowProblem::quote(header.cell(&self.record, UID).trim()),
            column: column.map(heading),
            value: column.and_then(|column| RowProblem::quote(header.cell(&self.record, column))),
            problem,
        }
    }
}

impl<R: Read> Iterator for CatalogueRows<R> {
    /// The line of the file, and the product or what is wrong with it.
    type Item = Result<(u64, Result<CatalogueEntry, Vec<RowProblem>>), CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.table.read(&mut self.record) {
                Ok(true) if self.is_example() => self.examples += 1,
                Ok(true) => return Some(Ok((self.record.line, self.entry()))),
                Ok(false) if self.examples == self.table.rows() => {
                    return Some(Err(CsvError::refused("file-only-example")));
                }
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn yes_or_no(raw: &str) -> Result<bool, Problem> {
    match fold(raw).as_str() {
        "" | "no" | "n" | "false" | "falso" | "0" => Ok(false),
        "yes" | "y" | "si" | "s" | "true" | "verdadero" | "1" | "x" => Ok(true),
        _ => Err(Problem::new("not-yes-or-no")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<Result<CatalogueEntry, Vec<RowProblem>>> {
        read_catalogue(text).unwrap().map(|row| row.unwrap().1).collect()
    }

    #[test]
    fn a_file_written_by_hand_is_read() {
        let text = "UID;Name;Nombre;Category;Options;Print areas;Archived\n\
                    poster;Poster;Póster;Posters;Size=A4|A3;front(Front/Anverso) 297x420mm bleed 3mm;\n\
                    pen;Pen;Bolígrafo;Stock;;;Sí\n";
        let rows = read(text.as_bytes());
        let poster = rows[0].as_ref().unwrap();
        assert_eq!(poster.product.variants().unwrap()[1].uid.as_str(), "poster_a3");
        assert_eq!(poster.product.max_quantity, None);
        assert!(!poster.archived && rows[1].as_ref().unwrap().archived);
    }

    #[test]
    fn a_file_knows_which_columns_it_has() {
        let text = "uid,name,nombre,category,archived\nmug,Mug,Taza,Mugs,no\n";
        let mut rows = read_catalogue(text.as_bytes()).unwrap();
        assert!(!rows.lacks("archived"));
        assert!(rows.lacks("options") && rows.lacks("print_areas") && rows.lacks("max_quantity"));
        assert!(rows.next().unwrap().unwrap().1.is_ok());
        let problem = rows.problem_at("uid", Problem::new("required"));
        assert_eq!(
            (problem.line, problem.column.as_deref(), problem.value.as_deref()),
            (2, Some("uid"), Some("mug"))
        );
    }

    #[test]
    fn problems_name_row_and_column() {
        let text = "productUid,nameEn,nameEs,category,options,maxQuantity,archived\n\
                    mug,Mug,Taza,Mugs,size,0,maybe\n\
                    ok,A,A,B,,,\n\
                    OK,A,A,B,,,,surplus\n";
        let rows = read(text.as_bytes());
        let told = |row: usize| -> Vec<String> {
            let problems = rows[row].as_ref().unwrap_err();
            let column = |row: &RowProblem| row.column.clone().unwrap_or_default();
            problems
                .iter()
                .map(|row| format!("{} {} {}", row.line, column(row), row.problem))
                .collect()
        };
        assert_eq!(
            told(0),
            [
                "2 options unreadable-part",
                "2 maxQuantity quantity-too-small",
                "2 archived not-yes-or-no"
            ]
        );
        assert!(rows[1].is_ok());
        assert_eq!(
            told(2),
            ["4  row-has-too-many-cells", "4 productUid duplicate-product-uid"]
        );
    }
}
