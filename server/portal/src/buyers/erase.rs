//! Erasing who a buyer is.

use connectors::store::Buyer;
use domain::id::{CustomerId, StoreId};
use domain::{AuditAction, AuditField, EmailAddress, Problem};

use super::{address, push_orders, push_under_way};
use crate::access::Viewer;
use crate::accounts::confirm::Proof;
use crate::audit::{self, Entry};
use crate::storage::{Tx, sql};
use crate::stores::{self, notices};
use crate::{Outcome, Portal, Refusal};

/// A store that has orders of the buyer.
#[derive(sqlx::FromRow)]
struct OfBuyer {
    id: StoreId,
    customer_id: CustomerId,
    name: String,
}

/// Erases who the buyer with an e-mail address is from all their orders within what the viewer may see, as a platform's
/// request does: names, addresses, contact, notes, what they added to products, and what was said about the orders. What was
/// made, sent and paid stays. Gives how many orders there were.
///
/// What was said goes first: when that breaks off, the orders still say in which stores to begin again.
///
/// # Errors
/// [`Refusal::Conflict`] with `buyer-orders-under-way` (argument `orders`): what is still to be sent needs its address;
/// [`Refusal::Invalid`] for `email`; [`Refusal::Forbidden`]; [`Refusal::Unproved`].
pub async fn erase(portal: &Portal, viewer: &Viewer, proof: Proof, email: &str) -> Outcome<usize> {
    let email = address(viewer, email)?;
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    let of_buyer = hold(&mut tx, viewer, &email).await?;
    tx.commit().await?;
    for store in of_buyer {
        notices::forget_what_was_said(portal, store.id).await?;
    }
    let mut tx = portal.db.begin().await?;
    let of_buyer = hold(&mut tx, viewer, &email).await?;
    let buyer = Buyer {
        email: Some(email.as_str().to_owned()),
        orders: Vec::new(),
    };
    let mut erased = 0;
    for store in of_buyer {
        let orders = notices::forget_orders_of(portal, &mut tx, store.id, &buyer)
            .await?
            .len();
        let entry = Entry::new(AuditAction::BuyerErased)
            .of(store.customer_id)
            .about(store.id, store.name)
            .with(AuditField::Orders, orders);
        audit::record(&mut tx, portal, &viewer.into(), entry).await?;
        erased += orders;
    }
    tx.commit().await?;
    Ok(erased)
}

/// Holds the stores that have orders of the buyer, none of which may still be under way.
async fn hold(tx: &mut Tx, viewer: &Viewer, email: &EmailAddress) -> Outcome<Vec<OfBuyer>> {
    let mut query = sql("SELECT DISTINCT stores.id, stores.customer_id, stores.name");
    push_orders(&mut query, viewer, email);
    query.push(" ORDER BY stores.id");
    let of_buyer: Vec<OfBuyer> = query.fetch_all(tx).await?;
    for store in &of_buyer {
        stores::lock(tx, store.id).await?;
    }
    let mut query = sql("SELECT ");
    push_under_way(&mut query);
    push_orders(&mut query, viewer, email);
    let (under_way,): (i64,) = query.fetch_one(tx).await?;
    if under_way > 0 {
        let problem = Problem::new("buyer-orders-under-way").with("orders", under_way);
        return Err(Refusal::Conflict(problem));
    }
    Ok(of_buyer)
}
