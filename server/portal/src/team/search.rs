//! Finding operators by name or address.

use domain::id::UserId;
use domain::{Permission, fold};

use crate::access::Operator;
use crate::storage::search::{Searched, push_contains};
use crate::storage::sql;
use crate::{Outcome, Portal};

/// An operator who was found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundOperator {
    /// The person.
    pub id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The log-in name.
    pub email: String,
}

/// The operators whose names and addresses contain every word of `words`: at most `limit`, those who were there first come
/// first. Whoever does not manage the team finds none.
///
/// # Errors
/// Only unexpected ones.
pub async fn search(
    portal: &Portal,
    operator: &Operator,
    words: &str,
    limit: u32,
) -> Outcome<Vec<FoundOperator>> {
    if operator.require(Permission::ManageTeam).is_err() {
        return Ok(Vec::new());
    }
    let mut conn = portal.db.read().await?;
    let mut query = sql("SELECT id, first_name, last_name, email FROM users WHERE operator_role IS NOT NULL");
    push_contains(&mut query, &conn, Searched::Users, &fold(words));
    query.push(" ORDER BY id LIMIT ").push_bind(i64::from(limit));
    Ok(query.fetch_all(&mut conn).await?)
}
