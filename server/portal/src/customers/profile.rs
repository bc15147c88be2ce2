//! One customer.

use domain::id::CustomerId;
use domain::{InvitationState, Permission, Timestamp};

use super::admin::{self, ClientAdmin};
use crate::access::Operator;
use crate::invitations::{self, InvitationStatus};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// One customer.
#[derive(Clone, Debug)]
pub struct CustomerProfile {
    /// The customer.
    pub id: CustomerId,
    /// The name of the business.
    pub name: String,
    /// The customer reference ID.
    pub reference_id: Option<String>,
    /// Notes.
    pub description: Option<String>,
    /// Whether its users can log in.
    pub storefronts_access: bool,
    /// When it was archived.
    pub archived_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// How far the client admin's invitation has come.
    pub invitation_state: InvitationState,
    /// Its client admin.
    pub admin: Option<ClientAdmin>,
    /// The last invitation of its client admin.
    pub invitation: Option<InvitationStatus>,
    /// How many stores it has, also those that are disconnected: their orders are still there.
    pub stores: i64,
    /// How many orders it has ever placed.
    pub orders: i64,
    /// How many people it has, with those who are only invited.
    pub users: i64,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: CustomerId,
    name: String,
    reference_id: Option<String>,
    description: Option<String>,
    storefronts_access: bool,
    archived_at: Option<Timestamp>,
    created_at: Timestamp,
    invitation_state: InvitationState,
    invitation_expires_at: Option<Timestamp>,
    stores: i64,
    orders: i64,
    users: i64,
}

/// One customer with its client admin and how far the invitation has come.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn find(portal: &Portal, operator: &Operator, id: CustomerId) -> Outcome<CustomerProfile> {
    operator.require(Permission::SeeCustomers)?;
    let mut conn = portal.db.read().await?;
    let stored: Stored = sql(
        "SELECT id, name, reference_id, description, storefronts_access, archived_at, created_at, \
         invitation_state, invitation_expires_at, \
         (SELECT COUNT(*) FROM stores WHERE customer_id = $1) AS stores, \
         (SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT) FROM order_status_counts WHERE customer_id = $1) \
         AS orders, \
         (SELECT COUNT(*) FROM memberships WHERE customer_id = $1 AND removed_at IS NULL) AS users \
         FROM customers WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(&mut conn)
    .await?
    .ok_or(Refusal::NotFound)?;
    let admin = admin::find(&mut conn, id).await?;
    let invitation = match &admin {
        Some(admin) => invitations::latest(portal, &mut conn, admin.user_id, Some(id)).await?,
        None => None,
    };
    Ok(CustomerProfile {
        id: stored.id,
        name: stored.name,
        reference_id: stored.reference_id,
        description: stored.description,
        storefronts_access: stored.storefronts_access,
        archived_at: stored.archived_at,
        created_at: stored.created_at,
        invitation_state: invitations::state_at(
            stored.invitation_state,
            stored.invitation_expires_at,
            portal.now(),
        ),
        admin,
        invitation,
        stores: stored.stores,
        orders: stored.orders,
        users: stored.users,
    })
}
