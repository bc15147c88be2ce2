//! Whether something goes on with an order by itself, for which its page waits.

use domain::Permission;
use domain::id::OrderId;

use super::push_scope;
use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Whether a design of the order is fetched or checked now, or its store is told something. What failed and is tried
/// again later is not waited for, nor are designs of lines that stand elsewhere: nobody checks them before they go on.
///
/// # Errors
/// [`Refusal::NotFound`] outside of the viewer's scope; [`Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn is_under_way(portal: &Portal, viewer: &Viewer, id: OrderId) -> Outcome<bool> {
    viewer.require(Permission::SeeOrders)?;
    let mut conn = portal.db.read().await?;
    let mut query = sql(
        "SELECT EXISTS (SELECT 1 FROM order_line_files f JOIN order_lines l ON l.id = f.line_id
             WHERE l.order_id = orders.id AND l.status IN ('received', 'on_hold')
                 AND f.state = 'waiting' AND f.reason IS NULL)
         OR EXISTS (SELECT 1 FROM order_writes w
             WHERE w.order_id = orders.id AND w.state = 'queued' AND w.reason IS NULL)
         FROM orders WHERE orders.id = ",
    );
    query.push_bind(id);
    push_scope(&mut query, &viewer.scope());
    let found: Option<(bool,)> = query.fetch_optional(&mut conn).await?;
    let (under_way,) = found.ok_or(Refusal::NotFound)?;
    Ok(under_way)
}
