//! How many messages are dead.

use crate::access::Scope;
use crate::messages::list::push_scope;
use crate::storage::{AsConn, StorageError, sql};

/// More are said as "99+".
const MOST: i64 = 100;

/// How many messages within `scope` are dead, up to a hundred: the navigation's badge.
///
/// # Errors
/// When the database fails.
pub async fn dead_count(conn: &mut impl AsConn, scope: &Scope) -> Result<i64, StorageError> {
    let mut query = sql("SELECT COUNT(*) FROM (SELECT 1 AS one FROM messages WHERE messages.state = 'dead'");
    push_scope(&mut query, scope);
    query.push(" LIMIT ").push_bind(MOST).push(") dead");
    let (count,): (i64,) = query.fetch_one(conn).await?;
    Ok(count)
}

/// How many dead messages wait beside dead jobs, up to a hundred: those whose own job is dead count there already.
///
/// # Errors
/// When the database fails.
pub async fn dead_beside_jobs(conn: &mut impl AsConn) -> Result<i64, StorageError> {
    let (count,): (i64,) = sql(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM messages WHERE messages.state = 'dead'
             AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = messages.job_id AND jobs.state = 'dead')
             LIMIT $1) dead",
    )
    .bind(MOST)
    .fetch_one(conn)
    .await?;
    Ok(count)
}
