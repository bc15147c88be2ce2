//! Which order a job works for.

use domain::Permission;
use domain::id::{JobId, OrderId};
use sqlx::types::Json;

use super::{CheckDesign, WriteBack};
use crate::access::Operator;
use crate::jobs::Job as _;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// The order of any customer that a job checks a design of or tells a store about, with its number. None for other
/// jobs, and when what it was about has been replaced since.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_customers_order_of_job(
    portal: &Portal,
    operator: &Operator,
    job: JobId,
) -> Outcome<Option<(OrderId, i64)>> {
    operator.require(Permission::SeeOrders)?;
    let mut conn = portal.db.read().await?;
    let found: Option<(String, Json<serde_json::Value>)> =
        sql("SELECT kind, payload FROM jobs WHERE id = $1")
            .bind(job)
            .fetch_optional(&mut conn)
            .await?;
    let Some((kind, Json(payload))) = found else {
        return Ok(None);
    };
    let query = match kind.as_str() {
        CheckDesign::KIND => serde_json::from_value(payload).ok().map(|job: CheckDesign| {
            sql("SELECT o.id, o.number FROM order_line_files d JOIN order_lines l ON l.id = d.line_id
                 JOIN orders o ON o.id = l.order_id WHERE d.id = $1")
            .bind(job.line_file)
        }),
        WriteBack::KIND => serde_json::from_value(payload).ok().map(|job: WriteBack| {
            sql("SELECT o.id, o.number FROM order_writes w JOIN orders o ON o.id = w.order_id WHERE w.id = $1")
                .bind(job.write)
        }),
        _ => None,
    };
    match query {
        Some(query) => Ok(query.fetch_optional(&mut conn).await?),
        None => Ok(None),
    }
}
