//! Doing one job.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::{Either, select};
use tokio::sync::Notify;

use super::claim::{self, Claimed};
use super::presence::Presence;
use super::registry::Handler;
use super::shares::{Share, Shares, UsedUp};
use super::{JobContext, JobDone, JobError, Registry, finish};
use crate::Portal;
use crate::storage::StorageError;

/// Does jobs one at a time. The process runs [`super::Workers`]; tests drive a worker step by step.
#[derive(Clone)]
pub struct Worker {
    portal: Portal,
    registry: Arc<Registry>,
    /// Who has a job, for operators.
    name: Arc<str>,
    /// How often the lease is renewed.
    heartbeat: Duration,
}

impl Worker {
    /// A worker for the kinds of jobs in `registry`.
    pub fn new(portal: &Portal, registry: Registry) -> Self {
        let random = portal.entropy.id().simple().to_string();
        let name = format!(
            "{}:{}-{}",
            machine(),
            std::process::id(),
            &random[random.len() - 6..]
        );
        Self {
            portal: portal.clone(),
            registry: Arc::new(registry),
            name: name.into(),
            heartbeat: portal.settings.roles.worker_lease() / 3,
        }
    }

    /// What says that it is there, able to do `slots` jobs at once.
    pub(super) fn presence(&self, slots: usize) -> Presence {
        Presence::new(&self.portal, &self.name, slots)
    }

    /// Does the next due job to its end. Gives whether there was one.
    ///
    /// # Errors
    /// When the database fails. The job is done again once its lease has run out.
    pub async fn run_once(&self) -> Result<bool, StorageError> {
        let Some(claimed) = self.claim().await? else {
            return Ok(false);
        };
        self.work_on(&claimed).await?;
        Ok(true)
    }

    /// Does due jobs until there are none. Gives how many it did.
    ///
    /// # Errors
    /// As [`Self::run_once`].
    pub async fn run_until_idle(&self) -> Result<usize, StorageError> {
        let mut jobs = 0;
        while self.run_once().await? {
            jobs += 1;
        }
        Ok(jobs)
    }

    /// Enqueues the jobs whose schedule says so. Gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_schedules(&self) -> Result<usize, StorageError> {
        super::schedule::run_due(&self.portal, &self.registry).await
    }

    pub(super) async fn install_schedules(&self) -> Result<(), StorageError> {
        super::schedule::install(&self.portal, &self.registry).await
    }

    pub(super) async fn claim(&self) -> Result<Option<Claimed>, StorageError> {
        self.claim_beside(&UsedUp::default()).await
    }

    /// Takes a job of somebody who has not used up their share of slots.
    pub(super) async fn claim_beside(&self, used_up: &UsedUp) -> Result<Option<Claimed>, StorageError> {
        claim::claim(&self.portal, &self.registry, used_up, &self.name).await
    }

    /// Counts a job against the share of those it is one of.
    pub(super) fn share(&self, shares: &Shares, claimed: &Claimed) -> Share {
        let handler = self.registry.get(&claimed.kind);
        shares.take(handler.is_some_and(Handler::fetches), claimed.store_id)
    }

    pub(super) fn context(&self, claimed: &Claimed) -> JobContext {
        JobContext::new(&self.portal, claimed)
    }

    pub(super) async fn work_on(&self, claimed: &Claimed) -> Result<(), StorageError> {
        let Some(handler) = self.registry.get(&claimed.kind) else {
            return Ok(());
        };
        let ctx = self.context(claimed);
        let outcome = if claimed.cancel_requested {
            Err(JobError::cancelled())
        } else if claimed.attempt > claimed.max_attempts {
            Err(JobError::worker_lost())
        } else {
            self.attempt(handler, claimed, &ctx).await
        };
        finish::finish(&ctx, handler, claimed, outcome).await
    }

    pub(super) async fn release(&self, claimed: &Claimed) -> Result<(), StorageError> {
        finish::release(&self.context(claimed)).await
    }

    /// Runs the handler while a heartbeat keeps the lease. Ends it when the lease is lost. A heartbeat under way when
    /// the handler ends comes to its own end: a transaction that is dropped midway leaves the server to clean up.
    async fn attempt(
        &self,
        handler: &dyn Handler,
        claimed: &Claimed,
        ctx: &JobContext,
    ) -> Result<JobDone, JobError> {
        let ended = Notify::new();
        let running = pin!(AssertUnwindSafe(handler.run(claimed.payload.0.clone(), ctx)).catch_unwind());
        let heartbeat = pin!(self.keep_lease(ctx, &ended));
        match select(running, heartbeat).await {
            Either::Left((outcome, heartbeat)) => {
                ended.notify_one();
                heartbeat.await;
                outcome.unwrap_or_else(|panic| Err(panicked(panic.as_ref())))
            }
            Either::Right(((), _)) => Err(JobError::lease_lost()),
        }
    }

    /// Renews the lease; ends when another worker has the job, or when its handler has `ended`. A database that does
    /// not answer may be back before the lease runs out, and if not, the fence keeps the job from writing.
    async fn keep_lease(&self, ctx: &JobContext, ended: &Notify) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(self.heartbeat) => {}
                () = ended.notified() => return,
            }
            match renew(ctx).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(job = %ctx.job_id, %error, "the lease could not be renewed"),
            }
        }
    }
}

/// The name of this machine, where it has one.
fn machine() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    match name.trim() {
        "" => "localhost".to_owned(),
        name => name.to_owned(),
    }
}

async fn renew(ctx: &JobContext) -> Result<bool, StorageError> {
    let mut tx = ctx.portal.db.begin().await?;
    let held = ctx.lease.renew(&mut tx, ctx.portal.now()).await?.is_some();
    tx.commit().await?;
    Ok(held)
}

fn panicked(panic: &(dyn Any + Send)) -> JobError {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    JobError::retry(anyhow::anyhow!("panic: {message}"))
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::jobs::{Job, NewJob, enqueue};
    use crate::storage::sql;
    use crate::testing::on_both;

    #[derive(Serialize, Deserialize)]
    struct Endless {}

    impl Job for Endless {
        const KIND: &'static str = "endless";

        async fn run(self, _: &JobContext) -> Result<JobDone, JobError> {
            std::future::pending().await
        }
    }

    #[derive(Serialize, Deserialize)]
    struct Short {}

    impl Job for Short {
        const KIND: &'static str = "short";

        /// Ends while its heartbeat is under way.
        async fn run(self, _: &JobContext) -> Result<JobDone, JobError> {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(JobDone::succeeded())
        }
    }

    #[tokio::test]
    async fn a_heartbeat_under_way_is_not_cut_off_when_the_handler_ends() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            let id = enqueue(&mut tx, &portal, NewJob::of(&Short {})).await.unwrap();
            tx.commit().await.unwrap();
            let mut worker = Worker::new(&portal, Registry::new().register::<Short>());
            worker.heartbeat = Duration::from_millis(1);
            let claimed = worker.claim().await.unwrap().unwrap();
            let mut held = portal.db.begin().await.unwrap();
            sql("UPDATE jobs SET worker = 'held' WHERE id = $1")
                .bind(id)
                .execute(&mut held)
                .await
                .unwrap();
            let ctx = worker.context(&claimed);
            let handler = worker.registry.get(Short::KIND).unwrap();
            let mut attempt = pin!(worker.attempt(handler, &claimed, &ctx));
            let early = tokio::time::timeout(Duration::from_millis(300), &mut attempt).await;
            assert!(early.is_err(), "its transaction waits still");
            held.commit().await.unwrap();
            let _ = attempt.await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn the_heartbeat_ends_a_handler_whose_job_another_worker_has() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            let id = enqueue(&mut tx, &portal, NewJob::of(&Endless {})).await.unwrap();
            tx.commit().await.unwrap();
            let mut worker = Worker::new(&portal, Registry::new().register::<Endless>());
            worker.heartbeat = Duration::from_millis(1);
            let claimed = worker.claim().await.unwrap().unwrap();
            let taken_over = async {
                let mut tx = portal.db.begin().await.unwrap();
                sql("UPDATE jobs SET fence = fence + 1 WHERE id = $1")
                    .bind(id)
                    .execute(&mut tx)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            };
            let (ended, ()) = tokio::join!(worker.work_on(&claimed), taken_over);
            ended.unwrap();
        })
        .await;
    }
}
