//! Taking the next job.

use std::time::Duration;

use domain::Timestamp;
use domain::id::{CustomerId, JobId, StoreId};
use sqlx::types::Json;

use super::Registry;
use super::shares::UsedUp;
use crate::Portal;
use crate::storage::{AsConn, Engine, Sql, StorageError, sql};

/// How many due jobs are looked at in one go; others may be quicker to take some of them.
const CANDIDATES: i64 = 16;

/// A job that a worker has taken.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Claimed {
    pub(super) id: JobId,
    pub(super) kind: String,
    pub(super) payload: Json<serde_json::Value>,
    pub(super) attempt: i64,
    pub(super) max_attempts: i64,
    pub(super) fence: i64,
    pub(super) cancel_requested: bool,
    pub(super) customer_id: Option<CustomerId>,
    pub(super) store_id: Option<StoreId>,
}

/// Takes the next due job, or one whose worker has died, of those who have not used up their share of slots.
pub(super) async fn claim(
    portal: &Portal,
    registry: &Registry,
    used_up: &UsedUp,
    worker: &str,
) -> Result<Option<Claimed>, StorageError> {
    let now = portal.now();
    let mut query = sql("");
    push_candidates(&mut query, registry, used_up, now);
    // Looking is done by a reader: an idle worker must not hold the one that writes.
    let candidates: Vec<(JobId,)> = query.fetch_all(&mut portal.db.read().await?).await?;
    for (id,) in candidates {
        if let Some(claimed) = take(portal, id, now, worker).await? {
            return Ok(Some(claimed));
        }
    }
    Ok(None)
}

/// The lanes with queued jobs, found by one index seek each: a lane may hold very many.
const LANES: &str = "WITH RECURSIVE lanes (lane) AS (
        SELECT MIN(lane) FROM jobs WHERE state = 'queued' AND lane IS NOT NULL
        UNION ALL
        SELECT (SELECT MIN(j.lane) FROM jobs j
                WHERE j.state = 'queued' AND j.lane IS NOT NULL AND j.lane > lanes.lane)
        FROM lanes WHERE lanes.lane IS NOT NULL
    )";

/// Appends a query for due jobs in the order of their turn: that of a job without a lane comes when it is due; that
/// of a lane's first job not before the time at which the lane was last served. So lanes take turns, however full
/// they are.
fn push_candidates(query: &mut Sql, registry: &Registry, used_up: &UsedUp, now: Timestamp) {
    query.push(LANES).push(
        ", heads (id, served) AS (
            SELECT
                (SELECT j.id FROM jobs j
                 WHERE j.state = 'queued' AND j.lane IS NOT NULL AND j.lane = lanes.lane AND j.run_at <= ",
    );
    push_now_and_kinds(query, registry, now);
    query.push(
        " ORDER BY j.run_at, j.id LIMIT 1),
                (SELECT MAX(s.started_at) FROM jobs s WHERE s.lane = lanes.lane AND s.started_at IS NOT NULL)
            FROM lanes
            WHERE lanes.lane IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM jobs r WHERE r.state = 'running' AND r.lane = lanes.lane)
        )
        SELECT due.id FROM (
            SELECT j.id, CASE WHEN heads.served > j.run_at THEN heads.served ELSE j.run_at END AS turn
            FROM heads JOIN jobs j ON j.id = heads.id WHERE TRUE",
    );
    // Not among a lane's jobs: it may hold very many, and all of them are alike.
    push_with_share(query, registry, used_up);
    query.push(
        "
            UNION ALL
            SELECT * FROM (
                SELECT j.id, j.run_at FROM jobs j WHERE j.state = 'queued' AND j.lane IS NULL AND j.run_at <= ",
    );
    push_now_and_kinds(query, registry, now);
    push_with_share(query, registry, used_up);
    query
        .push(" ORDER BY j.run_at, j.id LIMIT ")
        .push_bind(CANDIDATES)
        .push(
            ") AS without_lane
            UNION ALL
            SELECT * FROM (
                SELECT j.id, j.lease_until FROM jobs j WHERE j.state = 'running' AND j.lease_until < ",
        );
    push_now_and_kinds(query, registry, now);
    push_with_share(query, registry, used_up);
    query.push(" ORDER BY j.lease_until LIMIT ").push_bind(CANDIDATES);
    query
        .push(") AS left_behind) AS due ORDER BY due.turn, due.id LIMIT ")
        .push_bind(CANDIDATES);
}

fn push_now_and_kinds(query: &mut Sql, registry: &Registry, now: Timestamp) {
    query
        .push_bind(now)
        .push(" AND kind IN ")
        .push_list(registry.kinds());
}

/// Appends conditions on the job `j`: whoever has used up their share of slots waits.
fn push_with_share(query: &mut Sql, registry: &Registry, used_up: &UsedUp) {
    let fetching: Vec<_> = registry.fetching_kinds().collect();
    if used_up.fetching {
        query
            .push(" AND (j.kind IN ")
            .push_list(fetching.iter().copied())
            .push(") IS NOT TRUE");
    }
    if !used_up.stores.is_empty() {
        query
            .push(" AND (j.store_id IS NULL OR j.store_id NOT IN ")
            .push_list(used_up.stores.iter().copied())
            .push(" OR j.kind IN ")
            .push_list(fetching)
            .push(")");
    }
}

/// Takes one job if it still can be had.
async fn take(
    portal: &Portal,
    id: JobId,
    now: Timestamp,
    worker: &str,
) -> Result<Option<Claimed>, StorageError> {
    let mut tx = portal.db.begin().await?;
    let mut update =
        sql("UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1, worker = ");
    update
        .push_bind(worker)
        .push(", lease_until = ")
        .push_bind(now + portal.settings.roles.worker_lease());
    update.push(", started_at = ").push_bind(now);
    update
        .push(" WHERE id = (SELECT j.id FROM jobs j WHERE j.id = ")
        .push_bind(id);
    update
        .push(" AND ((j.state = 'running' AND j.lease_until < ")
        .push_bind(now);
    update.push(
        ") OR (j.state = 'queued' AND (j.lane IS NULL OR NOT EXISTS
             (SELECT 1 FROM jobs r WHERE r.state = 'running' AND r.lane = j.lane))))",
    );
    update.push(match tx.engine() {
        // Only one transaction writes at a time.
        Engine::Sqlite => ")",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED)",
    });
    update.push(
        " RETURNING id, kind, payload, attempt, max_attempts, fence, cancel_requested, customer_id, store_id",
    );
    match update.fetch_optional(&mut tx).await {
        Ok(claimed) => {
            tx.commit().await?;
            Ok(claimed)
        }
        // PostgreSQL: another process began a job of the same lane at this moment.
        Err(error) if error.unique_violation().as_deref() == Some("jobs.lane") => Ok(None),
        Err(error) => Err(error),
    }
}

/// A worker's hold on a job.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lease {
    pub(super) job: JobId,
    pub(super) fence: i64,
    pub(super) lasts: Duration,
}

impl Lease {
    /// Renews the lease, and keeps others from taking the job until the transaction of `conn` ends. Gives
    /// whether a person asked to cancel; nothing when the job belongs to another worker.
    pub(super) async fn renew(
        self,
        conn: &mut impl AsConn,
        now: Timestamp,
    ) -> Result<Option<bool>, StorageError> {
        let row: Option<(bool,)> = sql("UPDATE jobs SET lease_until = $3
             WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING cancel_requested")
        .bind(self.job)
        .bind(self.fence)
        .bind(now + self.lasts)
        .fetch_optional(conn)
        .await?;
        Ok(row.map(|(cancel_requested,)| cancel_requested))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::Retention;
    use crate::testing::on_both;

    /// Without statistics SQLite once took an index that made every claim read the whole queue.
    #[tokio::test]
    async fn sqlite_finds_candidates_by_the_indices_made_for_them() {
        on_both(async |portal| {
            if portal.db.engine() == Engine::Postgres {
                return;
            }
            let mut query = sql("EXPLAIN QUERY PLAN ");
            let used_up = UsedUp {
                fetching: true,
                stores: vec![StoreId(portal.entropy.id())],
            };
            let registry = Registry::new().register::<Retention>();
            push_candidates(&mut query, &registry, &used_up, portal.now());
            let mut conn = portal.db.read().await.unwrap();
            let plan: Vec<(i64, i64, i64, String)> = query.fetch_all(&mut conn).await.unwrap();
            let mut steps: Vec<&str> = plan.iter().map(|(.., step)| step.as_str()).collect();
            steps.retain(|step| step.contains("INDEX") || step.contains("SCAN jobs"));
            steps.sort_unstable();
            steps.dedup();
            assert_eq!(
                steps,
                [
                    "SEARCH j USING COVERING INDEX jobs_lane_due (state=? AND lane>?)",
                    "SEARCH j USING INDEX jobs_due (state=? AND run_at<?)",
                    "SEARCH j USING INDEX jobs_lane_due (state=? AND lane=? AND run_at<?)",
                    "SEARCH j USING INDEX jobs_running (state=? AND lease_until<?)",
                    "SEARCH j USING INDEX sqlite_autoindex_jobs_1 (id=?)",
                    "SEARCH jobs USING COVERING INDEX jobs_lane_due (state=? AND lane>?)",
                    "SEARCH r USING COVERING INDEX jobs_lane (lane=?)",
                    "SEARCH s USING COVERING INDEX jobs_lane_served (lane=? AND started_at>?)",
                ]
            );
        })
        .await;
    }
}
