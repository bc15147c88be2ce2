//! Result files: the rows somebody sent, with what became of each.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _};
use std::iter::Peekable;
use std::sync::Arc;
use std::vec;

use bytes::{Bytes, BytesMut};
use domain::csv_file::{CsvError, ORDER_HAS_BAD_ROW, RowProblem, check_orders, copy_rows};
use domain::id::ImportId;
use domain::{Problem, RowOutcome};
use futures::stream::{self, BoxStream, StreamExt as _};
use sqlx::types::Json;
use tokio::io::AsyncReadExt as _;
use tokio::sync::{Semaphore, mpsc};

use super::compare::{There, compare};
use super::examine::problems_of_differing;
use super::file::OrdersFile;
use super::find::{Import, find};
use crate::access::Scope;
use crate::storage::{StorageError, sql};
use crate::{Outcome, Portal, Refusal};

/// Bytes written or sent in one go.
const PIECE: usize = 64 * 1024;
/// Written down rows read by one statement.
const KNOWN_AT_ONCE: i64 = 1_000;
/// Result files written at once; others wait. Each keeps two threads while it is written.
static SLOTS: Semaphore = Semaphore::const_new(2);
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
/// text. The file is written beside the one it is made of before the first piece goes out: neither its size nor the
/// patience of whoever fetches it shows in memory or keeps a thread.
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
    let import = find(portal, scope, id).await?;
    if import.dialect.is_none() {
        return Err(Refusal::conflict("import-not-ready"));
    }
    let slot = SLOTS.acquire().await.map_err(anyhow::Error::from)?;
    let file = OrdersFile::open(portal, &import).await?;
    let differing = match import.rows_done {
        0 => differing_rows(portal, &import, &file).await?,
        _ => HashMap::new(),
    };
    let (sender, known) = mpsc::channel(1);
    let writing = tokio::task::spawn_blocking(move || write(&file, known, differing, kind, say));
    let (told, written) = futures::join!(tell_known_rows(portal, import.id, sender), writing);
    told?;
    let written = written.map_err(anyhow::Error::from)?;
    let file = tokio::fs::File::from_std(written.map_err(anyhow::Error::from)?);
    drop(slot);
    let body = stream::try_unfold(file, |mut file| async move {
        let mut piece = BytesMut::with_capacity(PIECE);
        let read = file.read_buf(&mut piece).await?;
        io::Result::Ok((read > 0).then(|| (piece.freeze(), file)))
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

/// Tells what is written down of rows, in the order of the file, some at a time.
async fn tell_known_rows(
    portal: &Portal,
    import: ImportId,
    rows: mpsc::Sender<Vec<(u64, Known)>>,
) -> Result<(), StorageError> {
    let prefix = &portal.settings.brand.order_prefix;
    let mut after = 0;
    loop {
        let stored: Vec<Stored> = sql(
            "SELECT import_rows.row_number, import_rows.outcome, orders.number, import_rows.problem
             FROM import_rows LEFT JOIN orders ON orders.id = import_rows.order_id
             WHERE import_rows.import_id = $1 AND import_rows.row_number > $2 AND import_rows.position = 0
               AND (import_rows.order_id IS NOT NULL OR import_rows.outcome = 'refused')
             ORDER BY import_rows.row_number LIMIT $3",
        )
        .bind(import)
        .bind(after)
        .bind(KNOWN_AT_ONCE)
        .fetch_all(&mut portal.db.read().await?)
        .await?;
        let Some((last, ..)) = stored.last() else {
            return Ok(());
        };
        after = *last;
        let known = stored.into_iter().filter_map(|(line, outcome, number, problem)| {
            let known = match (problem, number) {
                (Some(Json(problem)), _) => Known::Refused(problem),
                (None, Some(number)) => Known::Imported(outcome, format!("{prefix}{number}")),
                (None, None) => return None,
            };
            Some((u64::try_from(line).ok()?, known))
        });
        if rows.send(known.collect()).await.is_err() {
            // The file cannot be read to its end: whoever reads it says why.
            return Ok(());
        }
    }
}

/// The rows of orders that differ from those of the store. Before an import begins, only the first ones of the file are
/// written down.
async fn differing_rows(
    portal: &Portal,
    import: &Import,
    file: &OrdersFile,
) -> Outcome<HashMap<u64, Problem>> {
    let checked = file.clone();
    let plan = tokio::task::spawn_blocking(move || {
        check_orders(checked.reader()?, &checked.products, |_| {}).map(|check| check.plan)
    });
    let plan = plan
        .await
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    let mut rows = HashMap::new();
    let compared = compare(portal, import.store_id, file, Arc::new(plan), |ready, there| {
        if there == There::Other {
            let problems = problems_of_differing(&ready.rows, ready.order.head.reference.as_str());
            rows.extend(
                problems
                    .into_iter()
                    .map(|problem| (problem.line, problem.problem)),
            );
        }
    });
    compared.await?.map_err(anyhow::Error::from)?;
    Ok(rows)
}

/// Writes the file, and gives it at its start. It has no name, and goes when it is closed.
fn write(
    file: &OrdersFile,
    known: mpsc::Receiver<Vec<(u64, Known)>>,
    differing: HashMap<u64, Problem>,
    kind: ReportKind,
    say: impl Fn(Said<'_>) -> String,
) -> Result<File, CsvError> {
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
            known: KnownRows::new(known),
            differing,
            held,
            problems: receiver.into_iter().peekable(),
            kind,
            say,
        };
        let headings = rows.headings();
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let out = BufWriter::with_capacity(PIECE, tempfile::tempfile()?);
        let out = copy_rows(file.reader()?, out, &headings, |line| rows.cells(line))?;
        let mut out = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        out.rewind()?;
        Ok(out)
    })
}

/// What stands before the rows of a result file.
struct Rows<P: Iterator, S> {
    known: KnownRows,
    /// Rows of orders that differ from those that are there.
    differing: HashMap<u64, Problem>,
    /// Right rows of orders that another row holds back.
    held: HashSet<u64>,
    /// The problems of wrong rows, in the order of the file.
    problems: Peekable<P>,
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
        let known = self.known.take(line);
        let known = known.or_else(|| self.differing.remove(&line).map(Known::Refused));
        let (outcome, number, reason) = match known {
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

/// What is written down of rows, as it is told.
struct KnownRows {
    told: mpsc::Receiver<Vec<(u64, Known)>>,
    some: Peekable<vec::IntoIter<(u64, Known)>>,
}

impl KnownRows {
    fn new(told: mpsc::Receiver<Vec<(u64, Known)>>) -> Self {
        Self {
            told,
            some: Vec::new().into_iter().peekable(),
        }
    }

    /// What is known of a row. They are asked for in the order of the file.
    fn take(&mut self, line: u64) -> Option<Known> {
        loop {
            while self.some.next_if(|(known, _)| *known < line).is_some() {}
            if self.some.peek().is_some() {
                return self
                    .some
                    .next_if(|(known, _)| *known == line)
                    .map(|(_, known)| known);
            }
            self.some = self.told.blocking_recv()?.into_iter().peekable();
        }
    }
}
