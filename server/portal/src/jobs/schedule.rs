//! Jobs that come round.

use std::time::Duration;

use domain::Timestamp;

use super::registry::Scheduled;
use super::{NewJob, Registry, enqueue};
use crate::Portal;
use crate::storage::{AsConn as _, Engine, StorageError, sql};

/// Writes the schedules of `registry` down: new ones are due after their first period, changed ones keep their
/// next time.
pub(super) async fn install(portal: &Portal, registry: &Registry) -> Result<(), StorageError> {
    let mut tx = portal.db.begin().await?;
    for scheduled in &registry.schedules {
        sql("INSERT INTO job_schedules (kind, every_seconds, jitter_seconds, next_run_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (kind) DO UPDATE SET every_seconds = $2, jitter_seconds = $3")
        .bind(scheduled.kind)
        .bind(seconds(scheduled.every))
        .bind(seconds(scheduled.jitter))
        .bind(next_run(portal, scheduled))
        .execute(&mut tx)
        .await?;
    }
    tx.commit().await
}

/// Enqueues what is due. One process does so for all: moving the next time on and enqueueing are one transaction.
/// Runs missed while nobody worked are made up by one.
pub(super) async fn run_due(portal: &Portal, registry: &Registry) -> Result<usize, StorageError> {
    let due: Vec<(String,)> = sql("SELECT kind FROM job_schedules WHERE next_run_at <= $1")
        .bind(portal.now())
        .fetch_all(&mut portal.db.read().await?)
        .await?;
    let mut jobs = 0;
    for scheduled in registry
        .schedules
        .iter()
        .filter(|s| due.iter().any(|(kind,)| kind == s.kind))
    {
        jobs += usize::from(run(portal, scheduled).await?);
    }
    Ok(jobs)
}

async fn run(portal: &Portal, scheduled: &Scheduled) -> Result<bool, StorageError> {
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    let mut update = sql("UPDATE job_schedules SET last_run_at = ");
    update
        .push_bind(now)
        .push(", next_run_at = ")
        .push_bind(next_run(portal, scheduled));
    update
        .push(" WHERE kind = (SELECT kind FROM job_schedules WHERE kind = ")
        .push_bind(scheduled.kind);
    update.push(" AND next_run_at <= ").push_bind(now);
    update.push(match tx.engine() {
        Engine::Sqlite => ")",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED)",
    });
    let ours = update.execute(&mut tx).await? == 1;
    if ours {
        let job = NewJob::untyped(scheduled.kind, scheduled.payload.clone(), scheduled.max_attempts);
        enqueue(&mut tx, portal, job.unique("schedule")).await?;
    }
    tx.commit().await?;
    Ok(ours)
}

fn next_run(portal: &Portal, scheduled: &Scheduled) -> Timestamp {
    portal.now() + scheduled.every + scheduled.jitter.mul_f64(portal.entropy.fraction())
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
