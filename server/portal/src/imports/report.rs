//! Result files: the rows somebody sent, with what became of each.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use bytes::Bytes;
use domain::csv_file::{CsvError, ORDER_HAS_BAD_ROW, RowProblem, check_orders, copy_rows};
use domain::id::ImportId;
use domain::{Problem, RowOutcome};
use futures::stream::{self, BoxStream, StreamExt as _};
use sqlx::types::Json;
use tokio::sync::mpsc;

use super::compare::{There, compare};
use super::examine::problems_of_differing;
use super::file::OrdersFile;
use super::find::{Import, find_in};
use crate::access::Scope;
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal, Refusal};

/// Bytes written in one go.
const PIECE: usize = 64 * 1024;
/// Problems that wait for their row to be copied.
const WAITING_PROBLEMS: usize = 256;

/// Which rows a result file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// Those that were refused, to be corrected and imported.
    Refused,
    /// All of them.
    Everything,
}

/// What a result file says besides what was in the file: it is put into words by whoever knows the reader's language.
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    /// Heading of the column with [`Said::Outcome`].
    OutcomeHeading,
    /// Heading of the column with reasons.
    ReasonHeading,
    /// Heading of the column with order numbers. No column of an orders file may be called so.
    NumberHeading,
    /// What became of a row; nothing when the import has not come to it.
    Outcome(Option<RowOutcome>),
    /// Why a row was refused, with the column as the file calls it.
    Reason(Option<&'a str>, &'a Problem),
}

/// A result file.
pub struct Report {
    /// What the imported file is called.
    pub file_name: String,
    /// The content, piece by piece.
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("file_name", &self.file_name)
            .finish_non_exhaustive()
    }
}

/// The rows of an import as they were sent, with what became of them in columns before theirs. Formulas are written as
/// text. The file is read and written at the same time, so that its size does not show in memory.
///
/// Rows that the import refused are checked anew: every one is in the file, also those no preview has room for.
///
/// # Errors
/// [`Refusal::Conflict`] `import-not-ready` before the file was checked, or when it cannot be read at all;
/// [`Refusal::NotFound`] outside of `scope`.
pub async fn report(
    portal: &Portal,
    scope: &Scope,
    id: ImportId,
    kind: ReportKind,
    say: impl Fn(Said<'_>) -> String + Send + 'static,
) -> Outcome<Report> {
    let mut conn = portal.db.read().await?;
    let import = find_in(&mut conn, scope, id).await?;
    if import.dialect.is_none() {
        return Err(Refusal::conflict("import-not-ready"));
    }
    let mut rows = known_rows(portal, &mut conn, &import).await?;
    drop(conn);
    let file = OrdersFile::open(portal, &import).await?;
    if import.rows_done == 0 {
        add_differing(portal, &import, &file, &mut rows).await?;
    }
    let (sender, receiver) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        let out = BufWriter::with_capacity(PIECE, Pieces(sender.clone()));
        if let Err(error) = write(&file, rows, kind, say, out) {
            // Nobody to tell it to means that nobody waits for the file any more.
            let _ = sender.blocking_send(Err(io::Error::other(error)));
        }
    });
    let body = stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    });
    Ok(Report {
        file_name: import.file_name,
        body: body.boxed(),
    })
}

/// What is written down of a row.
enum Known {
    /// It belongs to the order of this number.
    Imported(RowOutcome, String),
    /// Its order differs from the one that is there.
    Refused(Problem),
}

/// Row number, outcome, number of its order, problem.
type Stored = (i64, RowOutcome, Option<i64>, Option<Json<Problem>>);

async fn known_rows(
    portal: &Portal,
    conn: &mut impl AsConn,
    import: &Import,
) -> Result<HashMap<u64, Known>, StorageError> {
    let stored: Vec<Stored> = sql(
        "SELECT import_rows.row_number, import_rows.outcome, orders.number, import_rows.problem
         FROM import_rows LEFT JOIN orders ON orders.id = import_rows.order_id
         WHERE import_rows.import_id = $1 AND import_rows.position = 0
           AND (import_rows.order_id IS NOT NULL OR import_rows.outcome = 'refused')",
    )
    .bind(import.id)
    .fetch_all(conn)
    .await?;
    let prefix = &portal.settings.brand.order_prefix;
    let known = stored.into_iter().filter_map(|(line, outcome, number, problem)| {
        let known = match (problem, number) {
            (Some(Json(problem)), _) => Known::Refused(problem),
            (None, Some(number)) => Known::Imported(outcome, format!("{prefix}{number}")),
            (None, None) => return None,
        };
        Some((u64::try_from(line).ok()?, known))
    });
    Ok(known.collect())
}

/// Adds the rows of orders that differ from those of the store. Before an import begins, only the first ones of the
/// file are written down.
async fn add_differing(
    portal: &Portal,
    import: &Import,
    file: &OrdersFile,
    rows: &mut HashMap<u64, Known>,
) -> Outcome<()> {
    let checked = file.clone();
    let plan = tokio::task::spawn_blocking(move || {
        check_orders(checked.reader()?, &checked.products, |_| {}).map(|check| check.plan)
    });
    let plan = plan
        .await
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    let compared = compare(portal, import.store_id, file, Arc::new(plan), |ready, there| {
        if there == There::Other {
            for problem in problems_of_differing(&ready.rows, ready.order.head.reference.as_str()) {
                rows.entry(problem.line)
                    .or_insert(Known::Refused(problem.problem));
            }
        }
    });
    Ok(compared.await?.map_err(anyhow::Error::from)?)
}

fn write(
    file: &OrdersFile,
    known: HashMap<u64, Known>,
    kind: ReportKind,
    say: impl Fn(Said<'_>) -> String,
    out: impl Write,
) -> Result<(), CsvError> {
    let mut held = HashSet::new();
    check_orders(file.reader()?, &file.products, |problem| {
        if !problem.is_of_this_row() {
            held.insert(problem.line);
        }
    })?;
    let (sender, receiver) = std::sync::mpsc::sync_channel(WAITING_PROBLEMS);
    let checked = file.reader()?;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Its problems are those of the reading before; an error would be that of the copy below.
            let _ = check_orders(checked, &file.products, |problem| {
                if problem.is_of_this_row() {
                    let _ = sender.send(problem);
                }
            });
        });
        let mut rows = Rows {
            known,
            held,
            problems: receiver.into_iter().peekable(),
            kind,
            say,
        };
        let headings = rows.headings();
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        copy_rows(file.reader()?, out, &headings, |line| rows.cells(line))?;
        Ok(())
    })
}

/// What stands before the rows of a result file.
struct Rows<P: Iterator, S> {
    known: HashMap<u64, Known>,
    /// Right rows of orders that another row holds back.
    held: HashSet<u64>,
    /// The problems of wrong rows, in the order of the file.
    problems: std::iter::Peekable<P>,
    kind: ReportKind,
    say: S,
}

impl<P: Iterator<Item = RowProblem>, S: Fn(Said<'_>) -> String> Rows<P, S> {
    fn headings(&self) -> Vec<String> {
        let say = &self.say;
        match self.kind {
            ReportKind::Refused => vec![say(Said::ReasonHeading)],
            ReportKind::Everything => vec![
                say(Said::OutcomeHeading),
                say(Said::NumberHeading),
                say(Said::ReasonHeading),
            ],
        }
    }

    fn cells(&mut self, line: u64) -> Option<Vec<String>> {
        let problems = self.problems_of(line);
        let (outcome, number, reason) = match self.known.remove(&line) {
            Some(Known::Imported(outcome, number)) => (Some(outcome), number, String::new()),
            _ if !problems.is_empty() => {
                let reasons = problems
                    .iter()
                    .map(|row| self.reason(row.column.as_deref(), &row.problem));
                (
                    Some(RowOutcome::Refused),
                    String::new(),
                    reasons.collect::<Vec<_>>().join("; "),
                )
            }
            Some(Known::Refused(problem)) => (
                Some(RowOutcome::Refused),
                String::new(),
                self.reason(None, &problem),
            ),
            None if self.held.contains(&line) => {
                let reason = self.reason(None, &Problem::new(ORDER_HAS_BAD_ROW));
                (Some(RowOutcome::Refused), String::new(), reason)
            }
            None => (None, String::new(), String::new()),
        };
        match self.kind {
            ReportKind::Refused => (outcome == Some(RowOutcome::Refused)).then(|| vec![reason]),
            ReportKind::Everything => Some(vec![(self.say)(Said::Outcome(outcome)), number, reason]),
        }
    }

    /// The problems of a row, all of them; those of rows before it are passed over.
    fn problems_of(&mut self, line: u64) -> Vec<RowProblem> {
        while self.problems.next_if(|problem| problem.line < line).is_some() {}
        let mut problems = Vec::new();
        while let Some(problem) = self.problems.next_if(|problem| problem.line == line) {
            problems.push(problem);
        }
        problems
    }

    fn reason(&self, column: Option<&str>, problem: &Problem) -> String {
        (self.say)(Said::Reason(column, problem))
    }
}

/// Sends what is written to it, piece by piece.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len())
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
