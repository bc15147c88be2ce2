//! Who a session belongs to, read afresh for every request: blocking a person, changing their role or switching a
//! customer's Storefronts access off takes effect with their next click.

use domain::id::{CustomerId, MembershipId, StoreId, UserId};
use domain::{ClientRole, Language, OperatorRole, StoreScope, Theme};

use super::viewing::Viewing;
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
    has_two_factor: bool,
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
    /// Every customer they can work for, by name; none for operators.
    pub customers: Vec<CustomerChoice>,
    /// Whose Storefronts they look at, where they are an operator who does.
    pub viewing: Option<Viewing>,
}

/// Somebody who is logged in and has yet to say for which customer they work in this session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The person.
    pub person: Person,
    /// What there is to choose from, by name: at least one.
    pub customers: Vec<CustomerChoice>,
}

/// A customer somebody can work for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerChoice {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// What the person may do there.
    pub role: ClientRole,
}

/// What the person of a session is to the portal now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are somebody.
    Settled(Current),
    /// They are an operator who must set up a second step of the log-in before anything else.
    Unprotected(Person),
    /// They belong to several customers and must choose one, or the one they had chosen is no longer theirs.
    Undecided(Undecided),
}

#[derive(sqlx::FromRow)]
struct Membership {
    id: MembershipId,
    customer_id: CustomerId,
    customer_name: String,
    role: ClientRole,
    all_stores: bool,
}

/// What the person of a session is, or nothing when they may not be here (any more): blocked, removed, or without
/// a customer that has Storefronts access. `chosen` is the customer chosen in this session. When that one has ended, no
/// other takes its place by itself: a form that was opened for one customer must not act for another.
///
/// # Errors
/// Only unexpected ones.
pub async fn standing(
    portal: &Portal,
    user: UserId,
    chosen: Option<CustomerId>,
) -> Outcome<Option<Standing>> {
    let mut conn = portal.db.read().await?;
    let Some(person) = person(&mut conn, user).await? else {
        return Ok(None);
    };
    if let Some(role) = person.operator_role {
        let protected = person.has_two_factor || !portal.settings.security.operators_need_two_factor;
        return Ok(Some(if protected {
            Standing::Settled(operator(person, role))
        } else {
            Standing::Unprotected(person)
        }));
    }
    let memberships = memberships(&mut conn, user).await?;
    let found = match (chosen, memberships.as_slice()) {
        (_, []) => return Ok(None),
        (Some(chosen), all) => all.iter().find(|membership| membership.customer_id == chosen),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    Ok(Some(match found {
        Some(membership) => Standing::Settled(client(&mut conn, person, membership, &memberships).await?),
        None => Standing::Undecided(Undecided {
            person,
            customers: choices(&memberships),
        }),
    }))
}

/// The person as somebody of `customer`, or of the first one they can work for; nothing when they may not be here.
///
/// # Errors
/// Only unexpected ones.
pub async fn current(
    portal: &Portal,
    user: UserId,
    customer: Option<CustomerId>,
) -> Outcome<Option<Current>> {
    let mut conn = portal.db.read().await?;
    let Some(person) = person(&mut conn, user).await? else {
        return Ok(None);
    };
    if let Some(role) = person.operator_role {
        return Ok(Some(operator(person, role)));
    }
    let memberships = memberships(&mut conn, user).await?;
    let found = memberships
        .iter()
        .find(|membership| customer.is_none_or(|customer| membership.customer_id == customer));
    match found {
        Some(membership) => client(&mut conn, person, membership, &memberships)
            .await
            .map(Some),
        None => Ok(None),
    }
}

async fn person(conn: &mut Conn, user: UserId) -> Outcome<Option<Person>> {
    Ok(sql(
        "SELECT id, email, first_name, last_name, language, time_zone, theme, operator_role, \
         EXISTS (SELECT 1 FROM two_factors WHERE user_id = users.id AND confirmed_at IS NOT NULL) AS has_two_factor \
         FROM users WHERE id = $1 AND blocked_at IS NULL",
    )
    .bind(user)
    .fetch_optional(conn)
    .await?)
}

async fn memberships(conn: &mut Conn, user: UserId) -> Outcome<Vec<Membership>> {
    Ok(sql(
        "SELECT m.id, m.customer_id, c.name AS customer_name, m.role, m.all_stores \
         FROM memberships m JOIN customers c ON c.id = m.customer_id \
         WHERE m.user_id = $1 AND m.accepted_at IS NOT NULL AND m.blocked_at IS NULL AND m.removed_at IS NULL \
         AND c.storefronts_access AND c.archived_at IS NULL ORDER BY c.sort_name, m.id",
    )
    .bind(user)
    .fetch_all(conn)
    .await?)
}

fn operator(person: Person, role: OperatorRole) -> Current {
    let viewer = Viewer::Operator(Operator {
        user: person.id,
        name: person.name(),
        role,
    });
    Current {
        person,
        viewer,
        customers: Vec::new(),
        viewing: None,
    }
}

async fn client(
    conn: &mut Conn,
    person: Person,
    membership: &Membership,
    memberships: &[Membership],
) -> Outcome<Current> {
    let stores = if membership.all_stores {
        StoreScope::All
    } else {
        chosen_stores(conn, membership.id).await?
    };
    let viewer = Viewer::Client(Client {
        user: person.id,
        name: person.name(),
        customer: membership.customer_id,
        customer_name: membership.customer_name.clone(),
        role: membership.role,
        stores,
    });
    Ok(Current {
        person,
        viewer,
        customers: choices(memberships),
        viewing: None,
    })
}

fn choices(memberships: &[Membership]) -> Vec<CustomerChoice> {
    let choice = |membership: &Membership| CustomerChoice {
        id: membership.customer_id,
        name: membership.customer_name.clone(),
        role: membership.role,
    };
    memberships.iter().map(choice).collect()
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
