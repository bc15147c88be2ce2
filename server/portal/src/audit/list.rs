//! Entries, page by page.

use std::time::Duration;

use domain::id::{AuditEntryId, CustomerId, ObjectId, UserId};
use domain::{ActorKind, AuditAction, AuditField, AuditObject, Permission, Timestamp, fold};
use serde_json::{Map, Value as Field};
use sqlx::types::Json;

use super::Audited;
use crate::access::{Scope, Viewer};
use crate::paging::{Slice, Turn, lowest_id};
use crate::storage::search::{Searched, push_contains};
use crate::storage::{AsConn, Sql, StorageError, sql};
use crate::{Outcome, Portal, Refusal};

/// An entry of the audit log.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AuditRow {
    /// The entry.
    pub id: AuditEntryId,
    /// When it was decided.
    pub at: Timestamp,
    /// On which side whoever decided is.
    pub actor_kind: ActorKind,
    /// The person; none for the portal itself.
    pub actor_id: Option<UserId>,
    /// What they were called.
    pub actor_name: Option<String>,
    /// Whose data it is about.
    pub customer_id: Option<CustomerId>,
    /// What that customer is called now.
    pub customer_name: Option<String>,
    /// What was done.
    pub action: AuditAction,
    /// What kind of thing it was done to.
    pub object_kind: Option<AuditObject>,
    /// Its id.
    pub object_id: Option<ObjectId>,
    /// What it was called.
    pub object_label: Option<String>,
    old_values: Option<Json<Map<String, Field>>>,
    new_values: Option<Json<Map<String, Field>>>,
    /// The request it came by.
    pub request_id: Option<String>,
    /// Where that came from.
    pub address: Option<String>,
}

impl AuditRow {
    /// The fields that changed or belong to the decision, with what they were and are. None: not known, or not there.
    pub fn fields(&self) -> Vec<(AuditField, Option<&Field>, Option<&Field>)> {
        AuditField::ALL
            .iter()
            .map(|field| {
                let before = self.old_values.as_ref().and_then(|all| all.0.get(field.as_str()));
                let after = self.new_values.as_ref().and_then(|all| all.0.get(field.as_str()));
                (*field, before, after)
            })
            .filter(|(_, before, after)| before.is_some() || after.is_some())
            .collect()
    }

    /// Whether [`Self::fields`] tells what was before: otherwise it only tells what belongs to the decision.
    pub const fn tells_what_was(&self) -> bool {
        self.old_values.is_some()
    }
}

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// About this customer's data.
    pub customer: Option<CustomerId>,
    /// About the data of customers found by these words.
    pub customer_words: String,
    /// Decided by this person.
    pub person: Option<UserId>,
    /// Decided by people who were called so.
    pub person_words: String,
    /// This action.
    pub action: Option<AuditAction>,
    /// Done to things of this kind.
    pub object_kind: Option<AuditObject>,
    /// Done to this thing.
    pub object: Option<ObjectId>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

const SELECT: &str = "SELECT audit_entries.id, audit_entries.at, audit_entries.actor_kind, audit_entries.actor_id, \
     audit_entries.actor_name, audit_entries.customer_id, customers.name AS customer_name, audit_entries.action, \
     audit_entries.object_kind, audit_entries.object_id, audit_entries.object_label, audit_entries.old_values, \
     audit_entries.new_values, audit_entries.request_id, audit_entries.address \
     FROM audit_entries LEFT JOIN customers ON customers.id = audit_entries.customer_id WHERE TRUE";

/// How much later than a decision the id of its entry is drawn, at most: what ends by itself is noticed within the hour,
/// and what ended long before the portal was up again is recorded as if it had been this long ago.
pub(super) const APART: Duration = Duration::from_hours(24);

fn push_scope(query: &mut Sql, scope: &Scope) {
    if let Some(customer) = scope.customer() {
        query
            .push(" AND audit_entries.customer_id = ")
            .push_bind(customer);
    }
}

fn push_filter(query: &mut Sql, conn: &impl AsConn, filter: &AuditFilter) {
    if let Some(customer) = filter.customer {
        query
            .push(" AND audit_entries.customer_id = ")
            .push_bind(customer);
    }
    if let Some(person) = filter.person {
        query.push(" AND audit_entries.actor_id = ").push_bind(person);
    }
    if let Some(action) = filter.action {
        query
            .push(" AND audit_entries.action = ")
            .push_bind(action.as_str());
    }
    if let Some(kind) = filter.object_kind {
        query
            .push(" AND audit_entries.object_kind = ")
            .push_bind(kind.as_str());
    }
    if let Some(object) = filter.object {
        query.push(" AND audit_entries.object_id = ").push_bind(object);
    }
    push_contains(query, conn, Searched::Customers, &fold(&filter.customer_words));
    push_contains(query, conn, Searched::AuditActors, &fold(&filter.person_words));
    if let Some(since) = filter.since {
        // Ids carry their time: they keep the list to one part of whatever index it is read from.
        query
            .push(" AND audit_entries.id >= ")
            .push_bind(AuditEntryId(lowest_id(since - APART)))
            .push(" AND audit_entries.at >= ")
            .push_bind(since);
    }
    if let Some(until) = filter.until {
        query
            .push(" AND audit_entries.id < ")
            .push_bind(AuditEntryId(lowest_id(until + APART)))
            .push(" AND audit_entries.at < ")
            .push_bind(until);
    }
}

/// The newest entries first, within the viewer's customer.
///
/// # Errors
/// [`Refusal::Forbidden`] without [`Permission::SeeAuditLog`].
pub async fn list(
    portal: &Portal,
    viewer: &Viewer,
    filter: &AuditFilter,
    turn: &Turn<AuditEntryId>,
    limit: u32,
) -> Outcome<Slice<AuditRow>> {
    viewer.require(Permission::SeeAuditLog)?;
    let rows = fetch(
        &mut portal.db.read().await?,
        &viewer.scope(),
        filter,
        turn,
        limit.saturating_add(1),
    )
    .await?;
    Ok(Slice::cut(rows, turn, limit))
}

/// Up to `limit` entries.
pub(super) async fn fetch(
    conn: &mut impl AsConn,
    scope: &Scope,
    filter: &AuditFilter,
    turn: &Turn<AuditEntryId>,
    limit: u32,
) -> Result<Vec<AuditRow>, StorageError> {
    let mut query = sql(SELECT);
    push_scope(&mut query, scope);
    push_filter(&mut query, conn, filter);
    match turn {
        Turn::First => query.push(" ORDER BY audit_entries.id DESC"),
        Turn::After(id) => query
            .push(" AND audit_entries.id < ")
            .push_bind(*id)
            .push(" ORDER BY audit_entries.id DESC"),
        Turn::Before(id) => query
            .push(" AND audit_entries.id > ")
            .push_bind(*id)
            .push(" ORDER BY audit_entries.id"),
    };
    query.push(" LIMIT ").push_bind(limit);
    query.fetch_all(conn).await
}

/// One entry.
///
/// # Errors
/// [`Refusal::NotFound`] outside of the viewer's customer; [`Refusal::Forbidden`] without [`Permission::SeeAuditLog`].
pub async fn find(portal: &Portal, viewer: &Viewer, id: AuditEntryId) -> Outcome<AuditRow> {
    viewer.require(Permission::SeeAuditLog)?;
    let mut query = sql(SELECT);
    query.push(" AND audit_entries.id = ").push_bind(id);
    push_scope(&mut query, &viewer.scope());
    let mut conn = portal.db.read().await?;
    query.fetch_optional(&mut conn).await?.ok_or(Refusal::NotFound)
}

/// What was decided last about one object, newest first, within the viewer's customer; nothing for those who do not see
/// the audit log.
///
/// # Errors
/// Only unexpected ones.
pub async fn history<I: Audited>(
    portal: &Portal,
    viewer: &Viewer,
    object: I,
    limit: u32,
) -> Outcome<Vec<AuditRow>> {
    if !viewer.may(Permission::SeeAuditLog) {
        return Ok(Vec::new());
    }
    let filter = AuditFilter {
        object: Some(object.id()),
        ..AuditFilter::default()
    };
    let mut conn = portal.db.read().await?;
    Ok(fetch(&mut conn, &viewer.scope(), &filter, &Turn::First, limit).await?)
}
