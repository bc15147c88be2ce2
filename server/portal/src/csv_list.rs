//! Lists as CSV files. However long a list is, only some hundred rows are in memory at once.

use std::io;

use bytes::Bytes;
use domain::Timestamp;
use domain::csv_file::{CsvWriter, Delimiter};
use futures::{Stream, stream};

use crate::paging::Turn;
use crate::storage::StorageError;

/// Rows fetched and written in one go.
pub(crate) const AT_ONCE: u16 = 500;

/// A list as pieces of a CSV file, beginning with the names of its `columns`. `fetch` gives [`AT_ONCE`] rows of a page,
/// fewer where the list ends; `key` what the next page begins after, `cells` what a row says.
pub(crate) fn pieces<C, K, R, F, const N: usize>(
    columns: [C; N],
    fetch: impl Fn(Turn<K>) -> F + Send,
    key: fn(&R) -> K,
    cells: impl Fn(&R) -> [String; N] + Clone + Send,
) -> impl Stream<Item = Result<Bytes, StorageError>> + Send
where
    C: AsRef<str> + Clone + Send,
    K: Clone + Send,
    R: Send,
    F: Future<Output = Result<Vec<R>, StorageError>> + Send,
{
    stream::try_unfold(Some(Turn::First), move |turn| {
        let head = matches!(turn, Some(Turn::First)).then(|| columns.clone());
        let page = turn.map(&fetch);
        let cells = cells.clone();
        async move {
            let Some(page) = page else { return Ok(None) };
            let rows = page.await?;
            let is_full = rows.len() == usize::from(AT_ONCE);
            let next = rows.last().filter(|_| is_full).map(|last| Turn::After(key(last)));
            let piece = piece(head, &rows, cells).map_err(sqlx::Error::from)?;
            Ok(Some((piece, next)))
        }
    })
}

fn piece<C: AsRef<str>, R, const N: usize>(
    head: Option<[C; N]>,
    rows: &[R],
    cells: impl Fn(&R) -> [String; N],
) -> io::Result<Bytes> {
    let mut writer = if let Some(columns) = head {
        let mut writer = CsvWriter::new(Vec::new(), Delimiter::Comma)?;
        writer.row(columns)?;
        writer
    } else {
        CsvWriter::resume(Vec::new(), Delimiter::Comma)
    };
    for row in rows {
        writer.row(cells(row))?;
    }
    Ok(writer.finish()?.into())
}

/// `2026-11-21T13:02:11Z`.
pub(crate) fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at.seconds())
        .unwrap_or_default()
        .to_string()
}
