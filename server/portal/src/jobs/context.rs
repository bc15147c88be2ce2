//! What a running job works with.

use domain::id::{CustomerId, JobId, StoreId};

use super::JobError;
use super::claim::{Claimed, Lease};
use crate::Portal;
use crate::storage::{Tx, sql};

/// What a running job works with.
#[derive(Clone, Debug)]
pub struct JobContext {
    /// What every use case works with.
    pub portal: Portal,
    /// The job.
    pub job_id: JobId,
    /// Which attempt this is; the first is 1.
    pub attempt: u32,
    /// After how many attempts the job is dead.
    pub max_attempts: u32,
    /// Whose job it is.
    pub customer: Option<CustomerId>,
    /// The store it works for.
    pub store: Option<StoreId>,
    pub(super) lease: Lease,
}

impl JobContext {
    pub(super) fn new(portal: &Portal, claimed: &Claimed) -> Self {
        Self {
            portal: portal.clone(),
            job_id: claimed.id,
            attempt: u32::try_from(claimed.attempt).unwrap_or(u32::MAX),
            max_attempts: u32::try_from(claimed.max_attempts).unwrap_or(u32::MAX),
            customer: claimed.customer_id,
            store: claimed.store_id,
            lease: Lease {
                job: claimed.id,
                fence: claimed.fence,
                lasts: portal.settings.roles.worker_lease(),
            },
        }
    }

    /// Makes the work done in `tx` depend on this worker still having the job: either it commits before any other
    /// worker can take the job, or this fails. Call it in every transaction of a handler, first of all.
    ///
    /// # Errors
    /// When another worker has the job, or a person asked to cancel it. Return the error: the worker knows what it
    /// means. Drop the transaction.
    pub async fn fence(&self, tx: &mut Tx) -> Result<(), JobError> {
        match self.lease.renew(tx, self.portal.now()).await? {
            None => Err(JobError::lease_lost()),
            Some(true) => Err(JobError::cancelled()),
            Some(false) => Ok(()),
        }
    }

    /// [`Self::fence`] for what has happened already and must be noted, whoever asked to cancel the job meanwhile.
    ///
    /// # Errors
    /// When another worker has the job.
    pub async fn fence_done(&self, tx: &mut Tx) -> Result<(), JobError> {
        match self.lease.renew(tx, self.portal.now()).await? {
            None => Err(JobError::lease_lost()),
            Some(_) => Ok(()),
        }
    }

    /// Fences `tx` and notes, when it commits, how far the job is.
    ///
    /// # Errors
    /// As [`Self::fence`].
    pub async fn progress_in(&self, tx: &mut Tx, done: u64, total: u64) -> Result<(), JobError> {
        self.fence(tx).await?;
        sql("UPDATE jobs SET progress_done = $2, progress_total = $3 WHERE id = $1")
            .bind(self.job_id)
            .bind(i64::try_from(done).unwrap_or(i64::MAX))
            .bind(i64::try_from(total).unwrap_or(i64::MAX))
            .execute(tx)
            .await?;
        Ok(())
    }

    /// Notes how far the job is, for the page that shows it.
    ///
    /// # Errors
    /// As [`Self::fence`].
    pub async fn progress(&self, done: u64, total: u64) -> Result<(), JobError> {
        let mut tx = self.portal.db.begin().await?;
        self.progress_in(&mut tx, done, total).await?;
        Ok(tx.commit().await?)
    }
}
