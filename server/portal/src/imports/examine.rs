//! Reading a whole file for what is wrong with it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use domain::csv_file::{
    CsvError, ORDER_HAS_BAD_ROW, OrdersCheck, OrdersPlan, RowGlance, RowProblem, check_orders, glance_at_rows,
};
use domain::{Problem, RowOutcome};

use super::ReadAs;
use super::file::OrdersFile;
use super::record::RowRecord;
use crate::jobs::{JobContext, JobError};

/// The most problems that are kept for the preview. All are counted, and all are in the file of refused rows.
const KEPT_PROBLEMS: usize = 1_000;
/// The most right rows that are kept for the preview.
const KEPT_RIGHT_ROWS: usize = 200;
/// How often progress is told while a file is read.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// What reading a whole file has found. Of rows that are not kept, only their numbers are in memory.
pub(super) struct Examined {
    pub(super) plan: Arc<OrdersPlan>,
    pub(super) read_as: ReadAs,
    pub(super) rows: u64,
    /// Rows that are wrong themselves.
    pub(super) bad: u64,
    pub(super) ready_orders: u64,
    problems: Vec<RowProblem>,
    /// Rows that are wrong.
    bad_rows: HashSet<u64>,
    /// Right rows of orders that another row keeps from being created.
    pub(super) held_rows: HashSet<u64>,
    /// Rows of orders that are there already.
    unchanged_rows: HashSet<u64>,
}

impl Examined {
    /// Reads the file to its end, telling `ctx` how far it is.
    ///
    /// # Errors
    /// [`CsvError`] inside when the file is wrong as a whole; [`JobError`] when the job cannot go on.
    pub(super) async fn read(
        ctx: &JobContext,
        file: &OrdersFile,
    ) -> Result<Result<Self, CsvError>, JobError> {
        let mut reading = tokio::task::spawn_blocking({
            let file = file.clone();
            move || Self::of(&file)
        });
        loop {
            tokio::select! {
                examined = &mut reading => return examined.map_err(JobError::retry),
                () = tokio::time::sleep(TELL_EVERY) => ctx.progress(file.percent_read(), 100).await?,
            }
        }
    }

    fn of(file: &OrdersFile) -> Result<Self, CsvError> {
        let (mut problems, mut bad_rows, mut held_rows) = (Vec::new(), HashSet::new(), HashSet::new());
        let check = check_orders(file.reader()?, &file.products, |problem| {
            if problem.is_of_this_row() {
                bad_rows.insert(problem.line);
            } else {
                held_rows.insert(problem.line);
            }
            if problems.len() < KEPT_PROBLEMS {
                problems.push(problem);
            }
        })?;
        let OrdersCheck {
            dialect,
            ignored_columns,
            rows,
            bad_rows: bad,
            ready_orders,
            plan,
            ..
        } = check;
        Ok(Self {
            plan: Arc::new(plan),
            read_as: ReadAs {
                dialect,
                ignored_columns,
            },
            rows,
            bad,
            ready_orders,
            problems,
            bad_rows,
            held_rows,
            unchanged_rows: HashSet::new(),
        })
    }

    /// Notes an order that is there already, with the same content.
    pub(super) fn note_unchanged(&mut self, rows: &[u64]) {
        self.ready_orders -= 1;
        self.unchanged_rows.extend(rows);
    }

    /// Notes an order whose reference another one in the store has.
    pub(super) fn note_differing(&mut self, rows: &[u64], reference: &str) {
        self.ready_orders -= 1;
        self.bad += 1;
        for problem in problems_of_differing(rows, reference) {
            if problem.is_of_this_row() {
                self.bad_rows.insert(problem.line);
            } else {
                self.held_rows.insert(problem.line);
            }
            if self.problems.len() < KEPT_PROBLEMS {
                self.problems.push(problem);
            }
        }
    }

    /// The rows to keep: those that are wrong or held back and, for a preview, the first right ones, each with what
    /// it says in the file.
    pub(super) async fn kept_rows(
        self: &Arc<Self>,
        file: &OrdersFile,
        preview: bool,
    ) -> Result<Result<Vec<RowRecord>, CsvError>, JobError> {
        let (examined, file) = (Arc::clone(self), file.clone());
        tokio::task::spawn_blocking(move || examined.collect_rows(&file, preview))
            .await
            .map_err(JobError::retry)
    }

    fn collect_rows(&self, file: &OrdersFile, preview: bool) -> Result<Vec<RowRecord>, CsvError> {
        let mut problems: BTreeMap<u64, Vec<&RowProblem>> = BTreeMap::new();
        for problem in &self.problems {
            problems.entry(problem.line).or_default().push(problem);
        }
        let mut right_rows = if preview { KEPT_RIGHT_ROWS } else { 0 };
        let mut records = Vec::new();
        for row in glance_at_rows(file.reader()?)? {
            let (line, glance) = row?;
            if let Some(of_row) = problems.remove(&line) {
                records.extend(refused(&of_row, glance));
            } else if right_rows > 0 && !self.bad_rows.contains(&line) && !self.held_rows.contains(&line) {
                right_rows -= 1;
                records.push(self.right(line, glance));
            }
            if problems.is_empty() && right_rows == 0 {
                break;
            }
        }
        Ok(records)
    }

    fn right(&self, line: u64, glance: RowGlance) -> RowRecord {
        let outcome = if self.unchanged_rows.contains(&line) {
            RowOutcome::Unchanged
        } else {
            RowOutcome::Ready
        };
        RowRecord::of(line, &glance.reference.clone(), outcome).saying(glance)
    }
}

/// The records of a row that is refused: one for each problem, with what the row says in the first.
fn refused(problems: &[&RowProblem], glance: RowGlance) -> Vec<RowRecord> {
    let mut glance = Some(glance);
    (0_i64..)
        .zip(problems)
        .map(|(position, problem)| {
            let record = RowRecord::refused(problem, position);
            match glance.take() {
                Some(glance) => record.saying(glance),
                None => record,
            }
        })
        .collect()
}

/// What is wrong with an order whose reference another one in the store has: its first row, which holds the others
/// back.
pub(super) fn problems_of_differing(rows: &[u64], reference: &str) -> Vec<RowProblem> {
    let problem = |line: &u64, code| RowProblem {
        line: *line,
        reference: Some(reference.to_owned()),
        column: None,
        value: None,
        problem: Problem::new(code),
    };
    let mut rows = rows.iter();
    let first = rows.next().map(|line| problem(line, "order-differs"));
    first
        .into_iter()
        .chain(rows.map(|line| problem(line, ORDER_HAS_BAD_ROW)))
        .collect()
}
