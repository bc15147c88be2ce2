//! CSV files: reading what spreadsheets of all kinds save, writing what they can open safely.
//!
//! Reading is streamed: a file of 50 MB takes no more memory than one of 50 KB, but for a few numbers per row.
//! The reader is our own because a wrong file must get a helpful answer: the line a quote was opened on, the
//! encoding it turned out not to be, the picture it is. Tests compare it with the `csv` crate.

mod catalogue;
mod cell;
mod copy;
mod dialect;
mod header;
mod orders;
mod records;
mod table;
mod text;
mod writer;

use std::io;

use serde::{Deserialize, Serialize};

use crate::Problem;

pub use catalogue::{CatalogueEntry, CatalogueRows, catalogue_template, read_catalogue, write_catalogue};
pub use cell::{neutralise, restore};
pub use copy::copy_rows;
pub use dialect::{Delimiter, Dialect, Encoding};
pub use orders::{
    OrdersCheck, OrdersPlan, ReadyOrder, ReadyOrders, RowGlance, RowGlances, check_orders, glance_at_rows,
    orders_column, orders_template, read_orders,
};
pub use writer::CsvWriter;

/// The most rows an imported file may have.
pub const MAX_ROWS: u64 = 100_000;

/// A file that cannot be read any further.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// The file itself is wrong; a person can put it right.
    #[error("the file is refused: {0}")]
    Refused(Problem),
    /// The file could not be fetched from where it is kept.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
}

impl CsvError {
    fn refused(code: &'static str) -> Self {
        Self::Refused(Problem::new(code))
    }
}

/// What is wrong with a row, as precisely as it can be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The line of the file where the row starts; the header is usually line 1.
    pub line: u64,
    /// The order reference or product UID that the row names.
    pub reference: Option<String>,
    /// The column, as the file calls it; none when it is the row as a whole.
    pub column: Option<String>,
    /// What the cell says, at most [`RowProblem::MAX_VALUE`] characters of it.
    pub value: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

impl RowProblem {
    /// The most characters of a cell that are quoted.
    pub const MAX_VALUE: usize = 200;

    /// Whether the row itself is wrong, rather than another row of its order.
    pub fn is_of_this_row(&self) -> bool {
        self.problem.code != ORDER_HAS_BAD_ROW
    }

    fn quote(value: &str) -> Option<String> {
        (!value.is_empty()).then(|| value.chars().take(Self::MAX_VALUE).collect())
    }
}

/// Marks the rows of an order that is not created because another of its rows is wrong.
pub const ORDER_HAS_BAD_ROW: &str = "order-has-bad-row";
