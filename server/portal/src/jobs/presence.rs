//! Which workers there are: each process says every so often that it is at work.

use std::sync::Arc;
use std::time::Duration;

use domain::Timestamp;
use tokio::sync::Notify;

use crate::Portal;
use crate::storage::{AsConn, StorageError, sql};

/// How often a process says that it is at work.
const REPORT_EVERY: Duration = Duration::from_secs(10);

/// After this long without a word something is wrong with a worker: its jobs are taken over by then.
pub const SILENT_AFTER: Duration = Duration::from_mins(1);

/// The workers of a process, as operators see them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WorkerRow {
    /// Machine, process and a few random digits.
    pub name: String,
    /// Whether the process serves pages too.
    pub serves_pages: bool,
    /// How many jobs it works on at once.
    pub slots: i64,
    /// How many it works on now.
    pub running: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it last said that it is at work.
    pub seen_at: Timestamp,
}

impl WorkerRow {
    /// Whether it should have been heard of since.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        now.since(self.seen_at) > SILENT_AFTER
    }
}

/// The workers that did not stop in good order: those at work, and those that were killed lately.
///
/// # Errors
/// When the database fails.
pub async fn workers(conn: &mut impl AsConn) -> Result<Vec<WorkerRow>, StorageError> {
    sql("SELECT name, serves_pages, slots,
                (SELECT COUNT(*) FROM jobs WHERE jobs.state = 'running' AND jobs.worker = workers.name) AS running,
                started_at, seen_at
         FROM workers ORDER BY started_at, name")
    .fetch_all(conn)
    .await
}

/// Says that the workers of a process are there.
#[derive(Clone)]
pub(super) struct Presence {
    portal: Portal,
    name: String,
    slots: i64,
}

impl Presence {
    pub(super) fn new(portal: &Portal, name: &str, slots: usize) -> Self {
        Self {
            portal: portal.clone(),
            name: name.to_owned(),
            slots: i64::try_from(slots).unwrap_or(i64::MAX),
        }
    }

    /// Goes on saying so until it is told to stop, and ends then with the report under way.
    pub(super) async fn keep_reporting(self, stopped: Arc<Notify>) {
        loop {
            if let Err(error) = self.report().await {
                tracing::warn!(%error, "the worker could not say that it is at work");
            }
            tokio::select! {
                () = tokio::time::sleep(REPORT_EVERY) => {}
                () = stopped.notified() => return,
            }
        }
    }

    pub(super) async fn report(&self) -> Result<(), StorageError> {
        let mut tx = self.portal.db.begin().await?;
        sql(
            "INSERT INTO workers (name, serves_pages, slots, started_at, seen_at) VALUES ($1, $2, $3, $4, $4)
             ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(self.name.as_str())
        .bind(self.portal.settings.roles.web)
        .bind(self.slots)
        .bind(self.portal.now())
        .execute(&mut tx)
        .await?;
        tx.commit().await
    }

    /// Says that it stops in good order.
    pub(super) async fn leave(&self) -> Result<(), StorageError> {
        let mut tx = self.portal.db.begin().await?;
        sql("DELETE FROM workers WHERE name = $1")
            .bind(self.name.as_str())
            .execute(&mut tx)
            .await?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::{NewJob, Registry, Retention, Worker, enqueue};
    use crate::testing::on_both;

    #[tokio::test]
    async fn workers_are_seen_with_what_they_do_until_they_leave() {
        on_both(async |portal| {
            let worker = Worker::new(&portal, Registry::new().register::<Retention>());
            let presence = worker.presence(3);
            presence.report().await.unwrap();
            portal.clock.advance(Duration::from_secs(10));
            presence.report().await.unwrap();
            let mut tx = portal.db.begin().await.unwrap();
            enqueue(&mut tx, &portal, NewJob::of(&Retention {}))
                .await
                .unwrap();
            tx.commit().await.unwrap();
            worker.claim().await.unwrap().unwrap();

            let seen = async || workers(&mut portal.db.read().await.unwrap()).await.unwrap();
            let rows = seen().await;
            let [row] = rows.as_slice() else {
                panic!("{rows:?}")
            };
            assert_eq!((row.slots, row.running, row.serves_pages), (3, 1, true));
            assert_eq!(row.seen_at, portal.now());
            assert_eq!(row.seen_at.since(row.started_at), Duration::from_secs(10));
            portal.clock.advance(SILENT_AFTER);
            assert!(!row.is_silent(portal.now()));
            portal.clock.advance(Duration::from_secs(1));
            assert!(row.is_silent(portal.now()));

            presence.leave().await.unwrap();
            assert_eq!(seen().await, []);
        })
        .await;
    }
}
