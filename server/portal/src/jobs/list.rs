//! Jobs as pages show them.

use domain::id::{CustomerId, JobId, StoreId};
use domain::{JobState, Timestamp};
use sqlx::types::Json;

use crate::access::Scope;
use crate::paging::{Slice, Turn};
use crate::storage::{AsConn, Sql, StorageError, sql};

/// A job as pages show it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct JobRow {
    /// The job.
    pub id: JobId,
    /// Its kind: see [`super::Job::KIND`].
    pub kind: String,
    /// Its state.
    pub state: JobState,
    /// How many attempts have begun.
    pub attempt: i64,
    /// After how many it is dead.
    pub max_attempts: i64,
    /// When the next attempt is due, for a queued job.
    pub run_at: Timestamp,
    /// Whether a person asked to cancel it.
    pub cancel_requested: bool,
    /// How much is done.
    pub progress_done: i64,
    /// Of how much, once that is known.
    pub progress_total: Option<i64>,
    /// What the handler told.
    pub result: Option<Json<serde_json::Value>>,
    /// A [`domain::ReasonCode`]: why it stopped, partly failed, or is tried again.
    pub reason: Option<String>,
    /// What the last attempt died of: for operators only.
    pub error: Option<String>,
    /// Whose it is.
    pub customer_id: Option<CustomerId>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// The store it works for.
    pub store_id: Option<StoreId>,
    /// That store's name.
    pub store_name: Option<String>,
    /// When it was enqueued.
    pub created_at: Timestamp,
    /// When its last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

impl JobRow {
    /// Whether an attempt has failed and the next one is not due yet.
    pub fn waits_for_retry(&self, now: Timestamp) -> bool {
        self.state == JobState::Queued && self.attempt > 0 && self.run_at > now
    }

    /// How much is done out of how much, for a bar. A job that waits for its next attempt does nothing meanwhile: its
    /// bar stands still even where nobody knows how much there is to do.
    pub fn bar(&self, now: Timestamp) -> Option<(i64, i64)> {
        match self.progress_total {
            Some(total) => Some((self.progress_done, total)),
            None => self.waits_for_retry(now).then_some((0, 1)),
        }
    }
}

/// Which jobs to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// In one of these states; all when empty.
    pub states: Vec<JobState>,
    /// Of one of these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
}

/// How many jobs wait for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoppedJobs {
    /// Another attempt would not change it.
    pub failed: i64,
    /// All attempts used up.
    pub dead: i64,
}

/// The job, if `scope` may see it.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut impl AsConn, scope: &Scope, id: JobId) -> Result<Option<JobRow>, StorageError> {
    let mut query = select(scope);
    query.push(" AND jobs.id = ").push_bind(id);
    query.fetch_optional(conn).await
}

/// The newest jobs first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut impl AsConn,
    scope: &Scope,
    filter: &JobFilter,
    turn: &Turn<JobId>,
    limit: u32,
) -> Result<Slice<JobRow>, StorageError> {
    let mut query = select(scope);
    if !filter.states.is_empty() {
        query
            .push(" AND jobs.state IN ")
            .push_list(filter.states.iter().map(|state| state.as_str()));
    }
    if !filter.kinds.is_empty() {
        query.push(" AND jobs.kind IN ").push_list(&filter.kinds);
    }
    if let Some(customer) = filter.customer {
        query.push(" AND jobs.customer_id = ").push_bind(customer);
    }
    match turn {
        Turn::First => query.push(" ORDER BY jobs.id DESC"),
        Turn::After(id) => query
            .push(" AND jobs.id < ")
            .push_bind(*id)
            .push(" ORDER BY jobs.id DESC"),
        Turn::Before(id) => query
            .push(" AND jobs.id > ")
            .push_bind(*id)
            .push(" ORDER BY jobs.id"),
    };
    query.push(" LIMIT ").push_bind(limit.saturating_add(1));
    Ok(Slice::cut(query.fetch_all(conn).await?, turn, limit))
}

/// How many jobs of all customers wait for a person.
///
/// # Errors
/// When the database fails.
pub async fn stopped(conn: &mut impl AsConn) -> Result<StoppedJobs, StorageError> {
    let counts: Vec<(JobState, i64)> =
        sql("SELECT state, COUNT(*) FROM jobs WHERE state IN ('failed', 'dead') GROUP BY state")
            .fetch_all(conn)
            .await?;
    let of = |state| {
        counts
            .iter()
            .find(|(counted, _)| *counted == state)
            .map_or(0, |(_, count)| *count)
    };
    Ok(StoppedJobs {
        failed: of(JobState::Failed),
        dead: of(JobState::Dead),
    })
}

/// Jobs within `scope`. Who sees only chosen stores does not see the jobs of a customer that belong to no store.
fn select(scope: &Scope) -> Sql {
    let mut query = sql("SELECT jobs.id, jobs.kind, jobs.state, jobs.attempt, jobs.max_attempts, jobs.run_at,
             jobs.cancel_requested, jobs.progress_done, jobs.progress_total, jobs.result, jobs.reason, jobs.error,
             jobs.customer_id, customers.name AS customer_name, jobs.store_id, stores.name AS store_name,
             jobs.created_at, jobs.started_at, jobs.finished_at
         FROM jobs LEFT JOIN customers ON customers.id = jobs.customer_id
         LEFT JOIN stores ON stores.id = jobs.store_id WHERE TRUE");
    if let Some(customer) = scope.customer() {
        query.push(" AND jobs.customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query.push(" AND jobs.store_id IN ").push_list(stores);
    }
    query
}
