//! Orders from CSV files: upload, check, preview, import, result.
//!
//! An import begins as `checking`. The check reads the whole file and creates nothing; it leaves counters and the
//! first rows that are wrong, and the import is `ready`. A person starts it, and [`ImportOrders`] reads the file
//! again and creates its orders, some dozens in each transaction. The same transaction moves `rows_done`, the last
//! row whose result is committed, so that whoever goes on after a crash neither repeats nor leaves out an order.
//!
//! Files are read on blocking threads, row by row: their size does not show in memory.

mod cancel;
mod check;
mod compare;
mod control;
mod examine;
mod file;
mod find;
mod record;
mod report;
mod retry;
mod rows;
mod run;
mod start;
mod template;
#[cfg(test)]
mod tests;
mod upload;
mod wait;

pub use cancel::cancel;
pub use check::CheckImport;
pub use find::{Import, ReadAs, find, list};
pub use report::{Report, ReportKind, Said, report};
pub use retry::{may_retry, retry};
pub use rows::{ImportRow, RowFilter, RowResult, rows};
pub use run::ImportOrders;
pub use start::start;
pub use template::template;
pub use upload::{UploadForm, upload};
pub use wait::find_settled;
