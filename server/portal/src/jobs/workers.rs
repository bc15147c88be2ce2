//! The workers of a process.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::claim::Claimed;
use super::enqueue::CHANNEL;
use super::presence::Presence;
use super::shares::Shares;
use super::{Registry, Worker};
use crate::Portal;
use crate::storage::{Db, StorageError};

/// How often the queue is looked at when nothing wakes the workers: jobs whose time has come, jobs whose worker has
/// died, and jobs of other processes when PostgreSQL's notices do not come through.
const POLL: Duration = Duration::from_secs(1);

/// How long to wait before listening to PostgreSQL again.
const RECONNECT: Duration = Duration::from_secs(5);

/// What the workers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Working,
    /// Take no more jobs.
    Finishing,
    /// Give back those at hand.
    Releasing,
}

/// The workers of a process, at work until they are stopped.
#[must_use = "workers work until they are stopped"]
pub struct Workers {
    phase: watch::Sender<Phase>,
    dispatcher: JoinHandle<()>,
}

impl Workers {
    /// Starts to work on up to `slots` jobs at once.
    pub fn start(portal: &Portal, registry: Registry, slots: usize) -> Self {
        let (phase, told) = watch::channel(Phase::Working);
        let slots = slots.max(1);
        let worker = Worker::new(portal, registry);
        let dispatcher = Dispatcher {
            db: portal.db.clone(),
            presence: worker.presence(slots),
            worker,
            slots: Arc::new(Semaphore::new(slots)),
            shares: Shares::of(slots),
            jobs: JoinSet::new(),
            phase: told,
            schedules_due: Instant::now(),
        };
        Self {
            phase,
            dispatcher: tokio::spawn(dispatcher.run()),
        }
    }

    /// Takes no more jobs, gives those at hand `patience` to finish, and puts the others back into the queue: the
    /// next worker begins them again, and the attempt does not count.
    pub async fn stop(mut self, patience: Duration) {
        self.phase.send_replace(Phase::Finishing);
        if tokio::time::timeout(patience, &mut self.dispatcher)
            .await
            .is_err()
        {
            self.phase.send_replace(Phase::Releasing);
            // Only a bug in the dispatcher could make it end otherwise than by returning.
            let _ = self.dispatcher.await;
        }
    }
}

/// Takes jobs and hands them to tasks.
struct Dispatcher {
    db: Db,
    presence: Presence,
    worker: Worker,
    slots: Arc<Semaphore>,
    shares: Shares,
    jobs: JoinSet<()>,
    phase: watch::Receiver<Phase>,
    schedules_due: Instant,
}

impl Dispatcher {
    async fn run(mut self) {
        let listener = tokio::spawn(listen(self.db.clone()));
        let stopped = Arc::new(Notify::new());
        let presence = tokio::spawn(self.presence.clone().keep_reporting(Arc::clone(&stopped)));
        if let Err(error) = self.worker.install_schedules().await {
            tracing::error!(%error, "the schedules could not be written");
        }
        while self.goes_on() {
            let slot = tokio::select! {
                slot = Arc::clone(&self.slots).acquire_owned() => slot,
                _ = self.phase.changed() => continue,
            };
            // The semaphore is never closed.
            let Ok(slot) = slot else { break };
            match self.next_job().await {
                Ok(Some(claimed)) => self.spawn(claimed, slot),
                Ok(None) => self.rest().await,
                Err(error) => {
                    tracing::error!(%error, "the queue cannot be read");
                    self.rest().await;
                }
            }
        }
        listener.abort();
        while self.jobs.join_next().await.is_some() {}
        stopped.notify_one();
        // Only a bug could make it end otherwise than by returning.
        let _ = presence.await;
        if let Err(error) = self.presence.leave().await {
            tracing::warn!(%error, "the worker could not say that it stops");
        }
    }

    /// Whether to take more jobs: nobody has said otherwise, and there is still somebody who could.
    fn goes_on(&mut self) -> bool {
        self.phase.has_changed().is_ok() && *self.phase.borrow_and_update() == Phase::Working
    }

    async fn next_job(&mut self) -> Result<Option<Claimed>, StorageError> {
        if self.schedules_due <= Instant::now() {
            self.schedules_due = Instant::now() + POLL;
            self.worker.run_schedules().await?;
        }
        self.worker.claim_beside(&self.shares.used_up()).await
    }

    fn spawn(&mut self, claimed: Claimed, slot: OwnedSemaphorePermit) {
        // Finished tasks are taken out as new ones come in.
        while self.jobs.try_join_next().is_some() {}
        let worker = self.worker.clone();
        let share = worker.share(&self.shares, &claimed);
        let mut phase = self.phase.clone();
        self.jobs.spawn(async move {
            let result = tokio::select! {
                result = worker.work_on(&claimed) => result,
                () = told(&mut phase, Phase::Releasing) => worker.release(&claimed).await,
            };
            if let Err(error) = result {
                tracing::error!(job = %claimed.id, kind = claimed.kind, %error, "the job could not be written");
            }
            drop((share, slot));
        });
    }

    /// Waits for a reason to look again: new jobs, a job that ended and leaves its lane, or time.
    async fn rest(&mut self) {
        tokio::select! {
            () = self.db.jobs_added().notified() => {}
            Some(_) = self.jobs.join_next() => {}
            () = tokio::time::sleep(POLL) => {}
            _ = self.phase.changed() => {}
        }
    }
}

/// Waits until the workers are told `awaited`; also ends when nobody can tell them any more.
async fn told(phase: &mut watch::Receiver<Phase>, awaited: Phase) {
    let _ = phase.wait_for(|phase| *phase == awaited).await;
}

/// Passes the notices of other processes on. Where there are none, polling finds the jobs a little later.
async fn listen(db: Db) {
    let Some(pool) = db.postgres_pool() else { return };
    loop {
        let failed: Result<(), sqlx::Error> = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen(CHANNEL).await?;
            loop {
                listener.recv().await?;
                db.jobs_added().notify_one();
            }
        }
        .await;
        if let Err(error) = failed {
            tracing::warn!(%error, "new jobs are found by polling: PostgreSQL cannot be listened to");
        }
        tokio::time::sleep(RECONNECT).await;
    }
}
