//! Who a session belongs to, read afresh for every request: blocking a person or switching a customer's
//! Storefronts access off takes effect with their next click.

use domain::id::{CustomerId, MembershipId, StoreId, UserId};
use domain::{ClientRole, Language, OperatorRole, StoreScope, Theme};

use crate::access::{Client, Operator, Viewer};
use crate::storage::{Conn, sql};
use crate::{Outcome, Portal};

/// A person with their preferences.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    /// The person.
    pub id: UserId,
    /// The log-in name, as typed.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Interface and mail language.
    pub language: Language,
    /// IANA name of the time zone times are shown in.
    pub time_zone: String,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    operator_role: Option<OperatorRole>,
}

impl Person {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// A logged-in person and what they are to the portal in this session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// The person.
    pub person: Person,
    /// Their role.
    pub viewer: Viewer,
}

#[derive(sqlx::FromRow)]
struct Membership {
    id: MembershipId,
    customer_id: CustomerId,
    customer_name: String,
    role: ClientRole,
    all_stores: bool,
}

/// The person of a session, or nothing when they may not be here (any more): blocked, removed, or without
/// a customer that has Storefronts access. `customer` is the one chosen in this session.
///
/// # Errors
/// Only unexpected ones.
pub async fn current(
    portal: &Portal,
    user: UserId,
    customer: Option<CustomerId>,
) -> Outcome<Option<Current>> {
    let mut conn = portal.db.read().await?;
    let person: Option<Person> = sql(
        "SELECT id, email, first_name, last_name, language, time_zone, theme, operator_role FROM users \
         WHERE id = $1 AND blocked_at IS NULL",
    )
    .bind(user)
    .fetch_optional(&mut conn)
    .await?;
    let Some(person) = person else { return Ok(None) };
    if let Some(role) = person.operator_role {
        let viewer = Viewer::Operator(Operator {
            user,
            name: person.name(),
            role,
        });
        return Ok(Some(Current { person, viewer }));
    }
    let Some(membership) = membership(&mut conn, user, customer).await? else {
        return Ok(None);
    };
    let stores = if membership.all_stores {
        StoreScope::All
    } else {
        chosen_stores(&mut conn, membership.id).await?
    };
    let viewer = Viewer::Client(Client {
        user,
        name: person.name(),
        customer: membership.customer_id,
        customer_name: membership.customer_name,
        role: membership.role,
        stores,
    });
    Ok(Some(Current { person, viewer }))
}

async fn membership(
    conn: &mut Conn,
    user: UserId,
    customer: Option<CustomerId>,
) -> Outcome<Option<Membership>> {
    let mut query = sql(
        "SELECT m.id, m.customer_id, c.name AS customer_name, m.role, m.all_stores \
         FROM memberships m JOIN customers c ON c.id = m.customer_id \
         WHERE m.accepted_at IS NOT NULL AND m.blocked_at IS NULL AND m.removed_at IS NULL AND c.storefronts_access AND c.archived_at IS NULL \
         AND m.user_id = ",
    );
    query.push_bind(user);
    if let Some(customer) = customer {
        query.push(" AND m.customer_id = ").push_bind(customer);
    }
    query.push(" ORDER BY m.id LIMIT 1");
    Ok(query.fetch_optional(conn).await?)
}

async fn chosen_stores(conn: &mut Conn, membership: MembershipId) -> Outcome<StoreScope> {
    let rows: Vec<(StoreId,)> =
        sql("SELECT store_id FROM membership_stores WHERE membership_id = $1 ORDER BY store_id")
            .bind(membership)
            .fetch_all(conn)
            .await?;
    Ok(StoreScope::Chosen(
        rows.into_iter().map(|(store,)| store).collect(),
    ))
}
