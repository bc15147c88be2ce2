//! Products from CSV files: preview, import, the rows that were refused.
//!
//! A file that was sent becomes an import that is `ready`. Its preview is made anew each time it is looked at, by
//! comparing the file with the catalogue as it is then. Starting it queues [`ImportCatalogue`], which compares in the
//! same way and writes what is new or changed, some rows in each transaction, together with the number of rows done:
//! whoever goes on after a crash goes on behind them. The same file again changes nothing.
//!
//! Files are read on blocking threads, row by row: their size does not show in memory.

mod check;
mod compare;
mod file;
mod find;
mod preview;
mod rejected;
mod run;
mod start;
#[cfg(test)]
mod tests;

pub use check::check;
pub use compare::Verdict;
pub use find::{Import, find, latest};
pub use preview::{Counts, Preview, PreviewRow, RowFilter, preview};
pub use rejected::rejected;
pub use run::ImportCatalogue;
pub use start::start;
