//! The queue, driven step by step on both engines.

mod lanes;
mod leases;
mod outcomes;
mod queueing;
mod rounds;
mod shares;
mod stopping;

use domain::id::{CustomerId, JobId};
use domain::{JobState, ReasonCode};
use serde::{Deserialize, Serialize};

use super::{Abandoned, Job, JobContext, JobDone, JobError, JobRow, NewJob, Registry, Worker, enqueue, find};
use crate::Portal;
use crate::access::Scope;
use crate::storage::{StorageError, Tx, sql};

/// A job that leaves a mark when it is done, and one when it is abandoned. The marks are log-in limits: rows with a
/// key and nothing to refer to.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    name: String,
    then: Then,
}

#[derive(Debug, Serialize, Deserialize)]
enum Then {
    Succeed,
    PartlyFail,
    Retry,
    RetryAt(domain::Timestamp),
    Fail,
    /// Fails, and so does what is to be done then.
    FailTwice,
    Panic,
    Progress(u64),
    Hang,
}

impl Job for Mark {
    const KIND: &'static str = "mark";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        leave(&mut tx, &ctx.portal, &self.name).await?;
        tx.commit().await?;
        match self.then {
            Then::Succeed => Ok(JobDone::with(&self.name)),
            Then::PartlyFail => Ok(JobDone::succeeded().partly_failed(ReasonCode::ImportRowsRefused)),
            Then::Retry => Err(JobError::retry(anyhow::anyhow!("try again"))),
            Then::RetryAt(time) => Err(JobError::retry_at(time, anyhow::anyhow!("slow down"))),
            Then::Fail | Then::FailTwice => Err(JobError::fail(
                ReasonCode::JobSubjectGone,
                anyhow::anyhow!("it is gone"),
            )),
            Then::Panic => panic!("oh no"),
            Then::Progress(done) => {
                ctx.progress(done, 10).await?;
                Ok(JobDone::succeeded())
            }
            Then::Hang => std::future::pending().await,
        }
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        leave(
            tx,
            abandoned.portal,
            &format!("{} {}", self.name, abandoned.state),
        )
        .await?;
        if matches!(self.then, Then::FailTwice) {
            sql("UPDATE no_such_table SET a = 1").execute(tx).await?;
        }
        Ok(())
    }
}

async fn leave(tx: &mut Tx, portal: &Portal, mark: &str) -> Result<(), StorageError> {
    sql(
        "INSERT INTO login_limits (limit_key, failures, updated_at) VALUES ($1, 1, $2)
         ON CONFLICT (limit_key) DO UPDATE SET failures = login_limits.failures + 1",
    )
    .bind(mark)
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(())
}

/// The marks, each with how often it was left.
async fn marks(portal: &Portal) -> Vec<(String, i64)> {
    sql("SELECT limit_key, failures FROM login_limits ORDER BY limit_key")
        .fetch_all(&mut portal.db.read().await.unwrap())
        .await
        .unwrap()
}

fn mark(name: &str, then: Then) -> NewJob {
    NewJob::of(&Mark {
        name: name.to_owned(),
        then,
    })
}

fn registry() -> Registry {
    Registry::new().register::<Mark>()
}

fn worker(portal: &Portal) -> Worker {
    Worker::new(portal, registry())
}

async fn add(portal: &Portal, job: NewJob) -> JobId {
    let mut tx = portal.db.begin().await.unwrap();
    let id = enqueue(&mut tx, portal, job).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn get(portal: &Portal, id: JobId) -> JobRow {
    let mut conn = portal.db.read().await.unwrap();
    find(&mut conn, &Scope::AllCustomers, id).await.unwrap().unwrap()
}

async fn state(portal: &Portal, id: JobId) -> JobState {
    get(portal, id).await.state
}

async fn add_customer(portal: &Portal, name: &str) -> CustomerId {
    let id = CustomerId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql("INSERT INTO customers (id, name, sort_name, search, created_at, updated_at) VALUES ($1, $2, $2, $2, $3, $3)")
        .bind(id)
        .bind(name)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}
