//! Imports as pages show them.

use domain::csv_file::Dialect;
use domain::id::{CustomerId, ImportId, JobId, StoreId};
use domain::{ImportState, Problem, ReasonCode, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::access::Scope;
use crate::files::ContentHash;
use crate::paging::{Slice, Turn};
use crate::storage::{AsConn, Sql, sql};
use crate::{Outcome, Portal, Refusal};

/// An import of orders.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The store whose orders it brings in.
    pub store_id: StoreId,
    /// That store's name.
    pub store_name: String,
    /// What the file is called.
    pub file_name: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) content: ContentHash,
    /// How far it is.
    pub state: ImportState,
    /// Why it stopped, or why not everything came in.
    pub reason: Option<ReasonCode>,
    /// What is wrong with the file as a whole.
    pub problem: Option<Json<Problem>>,
    /// How the file was read, once it was.
    pub dialect: Option<Json<ReadAs>>,
    /// Rows of the file.
    pub rows_total: i64,
    /// Rows that are wrong.
    pub rows_bad: i64,
    /// Right rows of orders that a wrong row holds back.
    pub rows_held: i64,
    /// Orders that are right and not there yet; of an import that has begun, all right ones.
    pub ready: i64,
    /// Orders it has created.
    pub created: i64,
    /// Orders that are there already, with the same content.
    pub unchanged: i64,
    /// The last row of the file whose result is committed.
    pub rows_done: i64,
    /// The job that checks the file or creates the orders, the latest one.
    pub job_id: Option<JobId>,
    /// When the file came.
    pub created_at: Timestamp,
    /// When the import ended.
    pub finished_at: Option<Timestamp>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadAs {
    /// Delimiter and encoding.
    #[serde(flatten)]
    pub dialect: Dialect,
    /// Headings that mean nothing here; their columns were not read.
    pub ignored_columns: Vec<String>,
}

impl Import {
    /// Rows that are neither wrong nor held back.
    pub const fn rows_right(&self) -> i64 {
        self.rows_total - self.rows_bad - self.rows_held
    }
}

/// The import `id`.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none in `scope`.
pub async fn find(portal: &Portal, scope: &Scope, id: ImportId) -> Outcome<Import> {
    find_in(&mut portal.db.read().await?, scope, id).await
}

/// As [`find`], on a connection or in a transaction that is open already.
pub(super) async fn find_in(conn: &mut impl AsConn, scope: &Scope, id: ImportId) -> Outcome<Import> {
    let mut query = select(scope);
    query.push(" AND imports.id = ").push_bind(id);
    query.fetch_optional(conn).await?.ok_or(Refusal::NotFound)
}

/// The imports of `scope`, newest first.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(
    portal: &Portal,
    scope: &Scope,
    turn: Turn<ImportId>,
    limit: u32,
) -> Outcome<Slice<Import>> {
    let mut query = select(scope);
    match turn {
        Turn::First => {}
        Turn::After(id) => {
            query.push(" AND imports.id < ").push_bind(id);
        }
        Turn::Before(id) => {
            query.push(" AND imports.id > ").push_bind(id);
        }
    }
    query.push(if turn.is_backward() {
        " ORDER BY imports.id LIMIT "
    } else {
        " ORDER BY imports.id DESC LIMIT "
    });
    query.push_bind(i64::from(limit) + 1);
    let rows = query.fetch_all(&mut portal.db.read().await?).await?;
    Ok(Slice::cut(rows, &turn, limit))
}

fn select(scope: &Scope) -> Sql {
    let mut query = sql(
        "SELECT imports.id, imports.customer_id, imports.store_id, stores.name AS store_name, imports.file_name,
             files.sha256 AS content, imports.state, imports.reason, imports.problem, imports.dialect,
             imports.rows_total, imports.rows_bad, imports.rows_held, imports.ready, imports.created,
             imports.unchanged, imports.rows_done, imports.job_id, imports.created_at, imports.finished_at
         FROM imports JOIN stores ON stores.id = imports.store_id JOIN files ON files.id = imports.file_id
         WHERE imports.kind = 'orders'",
    );
    if let Some(customer) = scope.customer() {
        query.push(" AND imports.customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query
            .push(" AND imports.store_id IN ")
            .push_list(stores.iter().copied());
    }
    query
}
