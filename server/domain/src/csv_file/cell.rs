//! Cells that a spreadsheet would take for formulas.
//!
//! A cell beginning with one of a few signs is run as a formula when the file is opened, whoever wrote it. Such
//! cells are written with an apostrophe before them, as spreadsheets themselves show text, and read without it.

use std::borrow::Cow;

/// Writes a cell so that no spreadsheet runs it. [`restore`] gives the cell back exactly.
pub fn neutralise(cell: &str) -> Cow<'_, str> {
    if starts_formula(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell behind [`neutralise`].
pub fn restore(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(behind) if starts_formula(behind) => behind,
        _ => cell,
    }
}

/// Whether the first sign, after any apostrophes, is one that starts a formula. Apostrophes are passed over so
/// that a cell that begins with one already is told from one that was given one.
fn starts_formula(cell: &str) -> bool {
    // The full-width forms count in spreadsheets set to East Asian languages.
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_text() {
        assert_eq!(
            neutralise("=HYPERLINK(\"http://evil\")"),
            "'=HYPERLINK(\"http://evil\")"
        );
        assert_eq!(neutralise("+34 600 000 000"), "'+34 600 000 000");
        assert_eq!(neutralise("O'Neil"), "O'Neil");
        assert_eq!(neutralise("'quoted'"), "'quoted'");
        assert_eq!(restore("'quoted'"), "'quoted'");
        assert_eq!(restore("=1+1"), "=1+1");
    }

    proptest! {
        #[test]
        fn every_cell_comes_back(cell in "['=+@a\t-]{0,5}.{0,5}") {
            let written = neutralise(&cell);
            prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(restore(&written), &cell);
        }
    }
}
