//! Imports of products as pages show them.

use domain::id::{ImportId, JobId};
use domain::{ImportState, Permission, ReasonCode, Timestamp};

use crate::access::Operator;
use crate::files::ContentHash;
use crate::storage::{AsConn, sql};
use crate::{Outcome, Portal, Refusal};

/// An import of products.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// What the file is called.
    pub file_name: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) content: ContentHash,
    /// How far it is.
    pub state: ImportState,
    /// Why it stopped, or why not everything came in.
    pub reason: Option<ReasonCode>,
    /// Rows of the file.
    pub rows_total: i64,
    /// Rows that were refused.
    pub rows_bad: i64,
    /// Products it has created.
    pub created: i64,
    /// Products it has changed.
    pub changed: i64,
    /// Products that were there already, just as the file has them.
    pub unchanged: i64,
    /// Rows whose result is committed.
    pub rows_done: i64,
    /// The job that imports.
    pub job_id: Option<JobId>,
    /// When the file came.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

const COLUMNS: &str = "SELECT imports.id, imports.file_name, files.sha256 AS content, imports.state, imports.reason, \
     imports.rows_total, imports.rows_bad, imports.created, imports.changed, imports.unchanged, \
     imports.rows_done, imports.job_id, imports.created_at, imports.finished_at \
     FROM imports JOIN files ON files.id = imports.file_id WHERE imports.kind = 'catalogue'";

/// The import `id`.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none; [`Refusal::Forbidden`] without [`Permission::ManageCatalogue`].
pub async fn find(portal: &Portal, operator: &Operator, id: ImportId) -> Outcome<Import> {
    operator.require(Permission::ManageCatalogue)?;
    any_find(&mut portal.db.read().await?, id).await
}

/// As [`find`], for whoever may.
pub(super) async fn any_find(conn: &mut impl AsConn, id: ImportId) -> Outcome<Import> {
    let mut query = sql(COLUMNS);
    query.push(" AND imports.id = ").push_bind(id);
    query.fetch_optional(conn).await?.ok_or(Refusal::NotFound)
}

/// The newest imports, at most `limit` of them.
///
/// # Errors
/// [`Refusal::Forbidden`] without [`Permission::ManageCatalogue`].
pub async fn latest(portal: &Portal, operator: &Operator, limit: u32) -> Outcome<Vec<Import>> {
    operator.require(Permission::ManageCatalogue)?;
    let mut query = sql(COLUMNS);
    query
        .push(" ORDER BY imports.id DESC LIMIT ")
        .push_bind(i64::from(limit));
    Ok(query.fetch_all(&mut portal.db.read().await?).await?)
}
