//! Another chance for every job that has used its attempts up.

use domain::id::JobId;

use super::control;
use crate::access::Scope;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// How many jobs one go puts back: the others of a large failure wait for the next go.
const MOST: u32 = 500;

/// What became of dead jobs that were retried together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RetriedJobs {
    /// Back in the queue.
    pub queued: i64,
    /// Left as they are: another job does the same already.
    pub left: i64,
}

/// Puts dead jobs of all customers back into the queue, the oldest first, with all their attempts. Each in a transaction
/// of its own: what one holds, another may wait for.
///
/// # Errors
/// When the database fails.
pub async fn retry_dead(portal: &Portal) -> Outcome<RetriedJobs> {
    let mut query = sql("SELECT id FROM jobs WHERE state = 'dead' ORDER BY id LIMIT ");
    query.push_bind(MOST);
    let dead: Vec<(JobId,)> = query.fetch_all(&mut portal.db.read().await?).await?;
    let mut retried = RetriedJobs::default();
    for (id,) in dead {
        let mut tx = portal.db.begin().await?;
        match control::retry(&mut tx, portal, &Scope::AllCustomers, id).await {
            Ok(()) => retried.queued += 1,
            Err(Refusal::Conflict(_)) => {
                retried.left += 1;
                continue;
            }
            Err(other) => return Err(other),
        }
        tx.commit().await?;
    }
    Ok(retried)
}
