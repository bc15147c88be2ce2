//! The stores of a membership.

use domain::id::{CustomerId, MembershipId, StoreId};
use domain::{Platform, Problem, StoreScope};

use super::guard;
use crate::access::Viewer;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// A store that somebody can be given.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoreChoice {
    /// Its id.
    pub id: StoreId,
    /// What it is called.
    pub name: String,
    /// Where it lives.
    pub platform: Platform,
}

/// The stores of a customer by name, disconnected ones with them: their orders are still there to see.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn store_choices(
    portal: &Portal,
    viewer: &Viewer,
    customer: CustomerId,
) -> Outcome<Vec<StoreChoice>> {
    guard::require(viewer, customer)?;
    Ok(
        sql("SELECT id, name, platform FROM stores WHERE customer_id = $1 ORDER BY name_key, id")
            .bind(customer)
            .fetch_all(&mut portal.db.read().await?)
            .await?,
    )
}

/// Gives a membership its stores.
///
/// # Errors
/// [`Refusal::Invalid`] for `stores` with `unknown-choice` when one is not the customer's.
pub(super) async fn give(
    tx: &mut Tx,
    customer: CustomerId,
    membership: MembershipId,
    stores: &StoreScope,
) -> Outcome<()> {
    sql("DELETE FROM membership_stores WHERE membership_id = $1")
        .bind(membership)
        .execute(tx)
        .await?;
    let StoreScope::Chosen(stores) = stores else {
        return Ok(());
    };
    for store in stores {
        let given = sql("INSERT INTO membership_stores (membership_id, store_id) \
             SELECT $1, id FROM stores WHERE id = $2 AND customer_id = $3")
        .bind(membership)
        .bind(*store)
        .bind(customer)
        .execute(tx)
        .await?;
        if given == 0 {
            return Err(Refusal::field("stores", Problem::new("unknown-choice")));
        }
    }
    Ok(())
}

/// What the audit log calls stores that somebody is given: their names, or nothing where they are all.
pub(super) async fn named(tx: &mut Tx, stores: &StoreScope) -> Outcome<Option<Vec<String>>> {
    let StoreScope::Chosen(stores) = stores else {
        return Ok(None);
    };
    let mut query = sql("SELECT name FROM stores WHERE id IN ");
    query
        .push_list(stores.iter().copied())
        .push(" ORDER BY name_key, id");
    let names: Vec<(String,)> = query.fetch_all(tx).await?;
    Ok(Some(names.into_iter().map(|(name,)| name).collect()))
}

/// The stores of a membership.
pub(super) async fn of(tx: &mut Tx, membership: MembershipId) -> Outcome<StoreScope> {
    let (all,): (bool,) = sql("SELECT all_stores FROM memberships WHERE id = $1")
        .bind(membership)
        .fetch_one(tx)
        .await?;
    if all {
        return Ok(StoreScope::All);
    }
    let rows: Vec<(StoreId,)> =
        sql("SELECT store_id FROM membership_stores WHERE membership_id = $1 ORDER BY store_id")
            .bind(membership)
            .fetch_all(tx)
            .await?;
    Ok(StoreScope::Chosen(
        rows.into_iter().map(|(store,)| store).collect(),
    ))
}
