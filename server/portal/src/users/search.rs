//! Finding users by name or address.

use domain::id::{CustomerId, UserId};
use domain::{Permission, fold};

use crate::access::Viewer;
use crate::storage::search::{Searched, push_contains};
use crate::storage::sql;
use crate::{Outcome, Portal};

/// A user who was found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundUser {
    /// The person.
    pub id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The log-in name.
    pub email: String,
    /// For whom they work.
    pub customer_id: CustomerId,
    /// That customer's name.
    pub customer_name: String,
}

/// The users whose names and addresses contain every word of `words`, within those whom the viewer manages: at most
/// `limit`, those who were there first come first. Whoever manages none finds none.
///
/// # Errors
/// Only unexpected ones.
pub async fn search(portal: &Portal, viewer: &Viewer, words: &str, limit: u32) -> Outcome<Vec<FoundUser>> {
    if !viewer.may(Permission::ManageUsers) {
        return Ok(Vec::new());
    }
    let mut conn = portal.db.read().await?;
    let mut query = sql(
        "SELECT users.id, COALESCE(m.invited_first_name, users.first_name) AS first_name, \
                         COALESCE(m.invited_last_name, users.last_name) AS last_name, users.email, m.customer_id, \
                         c.name AS customer_name FROM users JOIN memberships m ON m.user_id = users.id \
                         JOIN customers c ON c.id = m.customer_id WHERE m.removed_at IS NULL",
    );
    if let Some(customer) = viewer.scope().customer() {
        query.push(" AND m.customer_id = ").push_bind(customer);
    }
    push_contains(&mut query, &conn, Searched::CustomerUsers, &fold(words));
    query.push(" ORDER BY m.id LIMIT ").push_bind(i64::from(limit));
    Ok(query.fetch_all(&mut conn).await?)
}
