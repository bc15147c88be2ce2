//! Writing down what became of rows.

use domain::csv_file::{RowGlance, RowProblem};
use domain::id::{ImportId, OrderId};
use domain::{Problem, RowOutcome};

use crate::storage::{StorageError, Tx, Value, sql};

/// Rows written by one statement.
const AT_ONCE: usize = 100;

/// A row about to be written down.
#[derive(Clone, Debug)]
pub(super) struct RowRecord {
    line: u64,
    /// Its place among the records of the same row.
    position: i64,
    reference: Option<String>,
    outcome: RowOutcome,
    column: Option<String>,
    value: Option<String>,
    problem: Option<Problem>,
    glance: Option<RowGlance>,
    order: Option<OrderId>,
}

impl RowRecord {
    pub(super) fn of(line: u64, reference: &str, outcome: RowOutcome) -> Self {
        Self {
            line,
            position: 0,
            reference: Some(reference.to_owned()),
            outcome,
            column: None,
            value: None,
            problem: None,
            glance: None,
            order: None,
        }
    }

    pub(super) fn refused(problem: &RowProblem, position: i64) -> Self {
        Self {
            line: problem.line,
            position,
            reference: problem.reference.clone(),
            outcome: RowOutcome::Refused,
            column: problem.column.clone(),
            value: problem.value.clone(),
            problem: Some(problem.problem.clone()),
            glance: None,
            order: None,
        }
    }

    /// Adds what the row says.
    pub(super) fn saying(mut self, glance: RowGlance) -> Self {
        self.glance = Some(glance);
        self
    }

    /// Adds the order it became part of, or that stands in its way.
    pub(super) fn with_order(mut self, order: OrderId) -> Self {
        self.order = Some(order);
        self
    }
}

/// Writes rows down.
pub(super) async fn insert(tx: &mut Tx, import: ImportId, records: &[RowRecord]) -> Result<(), StorageError> {
    for chunk in records.chunks(AT_ONCE) {
        let mut insert = sql(
            "INSERT INTO import_rows (import_id, row_number, position, reference, outcome, column_name,
                 value, problem, glance, order_id) VALUES ",
        );
        for (index, record) in chunk.iter().enumerate() {
            insert.push(if index == 0 { "(" } else { ", (" });
            insert.push_bind(import);
            insert
                .push(", ")
                .push_bind(i64::try_from(record.line).unwrap_or(i64::MAX));
            insert.push(", ").push_bind(record.position);
            insert.push(", ").push_bind(&record.reference);
            insert.push(", ").push_bind(record.outcome.as_str());
            insert.push(", ").push_bind(&record.column);
            insert.push(", ").push_bind(&record.value);
            insert.push(", ").push_bind(json(record.problem.as_ref()));
            insert.push(", ").push_bind(json(record.glance.as_ref()));
            insert.push(", ").push_bind(record.order).push(")");
        }
        insert.execute(tx).await?;
    }
    Ok(())
}

fn json(value: Option<&impl serde::Serialize>) -> Value {
    value.map_or(Value::Json(None), Value::json)
}

/// Takes away what is written down of an import.
pub(super) async fn clear(tx: &mut Tx, import: ImportId) -> Result<(), StorageError> {
    sql("DELETE FROM import_rows WHERE import_id = $1")
        .bind(import)
        .execute(tx)
        .await?;
    Ok(())
}
