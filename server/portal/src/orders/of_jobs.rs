//! Which orders jobs work for.

use std::collections::HashMap;

use domain::Permission;
use domain::id::{JobId, LineFileId, OrderId, OrderWriteId, StoreId};
use sqlx::types::Json;

use super::{CheckDesign, WriteBack};
use crate::access::Operator;
use crate::jobs::Job as _;
use crate::storage::{AsConn, Sql, StorageError, sql};
use crate::syncs::FetchOrder;
use crate::{Outcome, Portal};

/// An order that a job works for: what people ask for when they see the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobOrder {
    /// The order.
    pub id: OrderId,
    /// Its number, without its prefix.
    pub number: i64,
}

/// The orders of any customer that `jobs` fetch, check a design of or tell a store about. Other jobs are left out, and
/// those whose order is not here, or was replaced in what they were about.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_customers_orders_of_jobs(
    portal: &Portal,
    operator: &Operator,
    jobs: &[JobId],
) -> Outcome<HashMap<JobId, JobOrder>> {
    operator.require(Permission::SeeOrders)?;
    let mut conn = portal.db.read().await?;
    let mut query = sql("SELECT id, kind, payload FROM jobs WHERE id IN ");
    query.push_list(jobs.iter().copied());
    let rows: Vec<(JobId, String, Json<serde_json::Value>)> = query.fetch_all(&mut conn).await?;
    let mut found = HashMap::new();
    for (job, kind, Json(payload)) in rows {
        let Some(subject) = Subject::of(&kind, payload) else {
            continue;
        };
        if let Some(order) = subject.order(&mut conn).await? {
            found.insert(job, order);
        }
    }
    Ok(found)
}

/// What a job about one order names it by.
enum Subject {
    Design(LineFileId),
    Write(OrderWriteId),
    AtStore(StoreId, String),
}

impl Subject {
    fn of(kind: &str, payload: serde_json::Value) -> Option<Self> {
        match kind {
            CheckDesign::KIND => {
                let job: CheckDesign = serde_json::from_value(payload).ok()?;
                Some(Self::Design(job.line_file))
            }
            WriteBack::KIND => {
                let job: WriteBack = serde_json::from_value(payload).ok()?;
                Some(Self::Write(job.write))
            }
            FetchOrder::KIND => {
                let job: FetchOrder = serde_json::from_value(payload).ok()?;
                Some(Self::AtStore(job.store, job.order.as_str().to_owned()))
            }
            _ => None,
        }
    }

    fn query(self) -> Sql {
        match self {
            Self::Design(design) => sql(
                "SELECT o.id, o.number FROM order_line_files d JOIN order_lines l ON l.id = d.line_id
                 JOIN orders o ON o.id = l.order_id WHERE d.id = $1",
            )
            .bind(design),
            Self::Write(write) => sql(
                "SELECT o.id, o.number FROM order_writes w JOIN orders o ON o.id = w.order_id WHERE w.id = $1",
            )
            .bind(write),
            Self::AtStore(store, id) => {
                sql("SELECT id, number FROM orders WHERE store_id = $1 AND external_id = $2")
                    .bind(store)
                    .bind(id)
            }
        }
    }

    async fn order(self, conn: &mut impl AsConn) -> Result<Option<JobOrder>, StorageError> {
        let found: Option<(OrderId, i64)> = self.query().fetch_optional(conn).await?;
        Ok(found.map(|(id, number)| JobOrder { id, number }))
    }
}
