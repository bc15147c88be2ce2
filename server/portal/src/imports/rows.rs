//! What became of the rows of an import, as pages show it.

use domain::csv_file::{RowGlance, RowProblem};
use domain::id::{ImportId, OrderId};
use domain::{Problem, RowOutcome};
use sqlx::types::Json;

use super::find::find_in;
use crate::access::Scope;
use crate::paging::{Slice, Turn};
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal};

/// Which rows to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowFilter {
    /// All that are kept.
    #[default]
    All,
    /// Those that were not refused.
    Right,
    /// Those with one outcome.
    Only(RowOutcome),
}

/// A row of an imported file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// The line of the file where it starts; the header is usually line 1.
    pub line: i64,
    /// The order it names.
    pub reference: Option<String>,
    /// What it says in the file, as far as that is kept.
    pub glance: Option<RowGlance>,
    /// What became of it.
    pub result: RowResult,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowResult {
    /// It is right and waits for the import.
    Ready,
    /// It was refused, for one or more problems.
    Refused(Vec<RowProblem>),
    /// It became part of an order.
    Created(OrderId),
    /// Its order is there already; which one, a preview does not say.
    Unchanged(Option<OrderId>),
}

#[derive(sqlx::FromRow)]
struct Stored {
    row_number: i64,
    reference: Option<String>,
    outcome: RowOutcome,
    column_name: Option<String>,
    value: Option<String>,
    problem: Option<Json<Problem>>,
    glance: Option<Json<RowGlance>>,
    order_id: Option<OrderId>,
}

/// The rows of an import that are kept, in the order of the file. Of wrong rows, and of right ones before the import
/// begins, those are the first of the file; afterwards every row that came in is there.
///
/// # Errors
/// [`crate::Refusal::NotFound`] when the import is not in `scope`.
pub async fn rows(
    portal: &Portal,
    scope: &Scope,
    import: ImportId,
    filter: RowFilter,
    turn: Turn<i64>,
    limit: u32,
) -> Outcome<Slice<ImportRow>> {
    let mut conn = portal.db.read().await?;
    find_in(&mut conn, scope, import).await?;
    let numbers = page_of(&mut conn, import, filter, &turn, limit).await?;
    let slice = Slice::cut(numbers, &turn, limit);
    let mut query = sql(
        "SELECT row_number, reference, outcome, column_name, value, problem, glance, order_id
         FROM import_rows WHERE import_id = $1 AND row_number IN ",
    )
    .bind(import);
    query.push_list(slice.rows.iter().copied());
    query.push(" ORDER BY row_number, position");
    Ok(Slice {
        rows: joined(query.fetch_all(&mut conn).await?),
        has_previous: slice.has_previous,
        has_next: slice.has_next,
    })
}

/// The numbers of the rows of a page, and of one more.
async fn page_of(
    conn: &mut impl AsConn,
    import: ImportId,
    filter: RowFilter,
    turn: &Turn<i64>,
    limit: u32,
) -> Result<Vec<i64>, StorageError> {
    let mut query = sql("SELECT DISTINCT row_number FROM import_rows WHERE import_id = $1").bind(import);
    match filter {
        RowFilter::All => {}
        RowFilter::Right => {
            query.push(" AND outcome <> 'refused'");
        }
        RowFilter::Only(outcome) => {
            query.push(" AND outcome = ").push_bind(outcome.as_str());
        }
    }
    match turn {
        Turn::First => {}
        Turn::After(row) => {
            query.push(" AND row_number > ").push_bind(*row);
        }
        Turn::Before(row) => {
            query.push(" AND row_number < ").push_bind(*row);
        }
    }
    query.push(if turn.is_backward() {
        " ORDER BY row_number DESC LIMIT "
    } else {
        " ORDER BY row_number LIMIT "
    });
    query.push_bind(i64::from(limit) + 1);
    let numbers: Vec<(i64,)> = query.fetch_all(conn).await?;
    Ok(numbers.into_iter().map(|(number,)| number).collect())
}

/// Puts the records of each row together.
fn joined(stored: Vec<Stored>) -> Vec<ImportRow> {
    let mut rows: Vec<ImportRow> = Vec::new();
    for record in stored {
        let more = match rows.last_mut() {
            Some(ImportRow {
                line,
                result: RowResult::Refused(problems),
                ..
            }) if *line == record.row_number => Some(problems),
            _ => None,
        };
        match more {
            Some(problems) => problems.extend(record.problem()),
            None => rows.push(record.into()),
        }
    }
    rows
}

impl Stored {
    fn problem(&self) -> Option<RowProblem> {
        let Json(problem) = self.problem.clone()?;
        Some(RowProblem {
            line: u64::try_from(self.row_number).unwrap_or_default(),
            reference: self.reference.clone(),
            column: self.column_name.clone(),
            value: self.value.clone(),
            problem,
        })
    }
}

impl From<Stored> for ImportRow {
    fn from(stored: Stored) -> Self {
        let result = match (stored.outcome, stored.order_id) {
            (RowOutcome::Ready, _) => RowResult::Ready,
            (RowOutcome::Created | RowOutcome::Changed, Some(order)) => RowResult::Created(order),
            (RowOutcome::Unchanged, order) => RowResult::Unchanged(order),
            _ => RowResult::Refused(stored.problem().into_iter().collect()),
        };
        Self {
            line: stored.row_number,
            reference: stored.reference,
            glance: stored.glance.map(|Json(glance)| glance),
            result,
        }
    }
}
