//! Writing an entry.

use domain::id::{AuditEntryId, CustomerId, ObjectId, OrderId, ProductId, StoreId, StoreProductId, UserId};
use domain::{AuditAction, AuditField, AuditObject, Timestamp};
use serde_json::{Map, Value as Json};

use super::list::APART;
use super::origin;
use crate::storage::search::searchable;
use crate::storage::{StorageError, Tx, Value, sql};
use crate::{Actor, Portal};

/// The id of something that decisions are about.
pub trait Audited {
    /// What kind of thing it is.
    const KIND: AuditObject;

    /// Its id.
    fn id(self) -> ObjectId;
}

macro_rules! audited {
    ($($id:ty => $kind:ident),+ $(,)?) => {$(
        impl Audited for $id {
            const KIND: AuditObject = AuditObject::$kind;

            fn id(self) -> ObjectId {
                ObjectId(self.0)
            }
        }
    )+};
}

audited! {
    CustomerId => Customer,
    UserId => User,
    StoreId => Store,
    StoreProductId => StoreProduct,
    ProductId => CatalogueProduct,
    OrderId => Order,
}

/// A decision to be recorded.
#[derive(Clone, Debug)]
pub struct Entry {
    action: AuditAction,
    customer: Option<CustomerId>,
    object: Option<(AuditObject, ObjectId, String)>,
    at: Option<Timestamp>,
    before: Map<String, Json>,
    after: Map<String, Json>,
}

impl Entry {
    /// That `action` was taken.
    pub fn new(action: AuditAction) -> Self {
        Self {
            action,
            customer: None,
            object: None,
            at: None,
            before: Map::new(),
            after: Map::new(),
        }
    }

    /// Whose data it is about: their account admins see it. None is for operators alone.
    #[must_use]
    pub fn of(mut self, customer: impl Into<Option<CustomerId>>) -> Self {
        self.customer = customer.into();
        self
    }

    /// What it was done to, and what that is called.
    #[must_use]
    pub fn about<I: Audited>(mut self, id: I, label: impl Into<String>) -> Self {
        self.object = Some((I::KIND, id.id(), label.into()));
        self
    }

    /// When it happened, where that is noticed later: a day at most.
    #[must_use]
    pub fn at(mut self, moment: Timestamp) -> Self {
        self.at = Some(moment);
        self
    }

    /// A field, if it has changed.
    #[must_use]
    pub fn changed(mut self, field: AuditField, before: impl Into<Json>, after: impl Into<Json>) -> Self {
        let (before, after) = (before.into(), after.into());
        if before != after {
            self.before.insert(field.as_str().to_owned(), before);
            self.after.insert(field.as_str().to_owned(), after);
        }
        self
    }

    /// Something that belongs to the decision, or is so since.
    #[must_use]
    pub fn with(mut self, field: AuditField, value: impl Into<Json>) -> Self {
        self.after.insert(field.as_str().to_owned(), value.into());
        self
    }

    /// Whether no field has changed.
    pub(crate) fn is_without_change(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}

/// Records a decision in the transaction that carries it out.
///
/// # Errors
/// When the database fails.
pub async fn record(tx: &mut Tx, portal: &Portal, actor: &Actor, entry: Entry) -> Result<(), StorageError> {
    let json = |fields: Map<String, Json>| {
        if fields.is_empty() {
            Value::Json(None)
        } else {
            Value::json(&fields)
        }
    };
    let (kind, id, label) = match entry.object {
        Some((kind, id, label)) => (Some(kind), Some(id), Some(label)),
        None => (None, None, None),
    };
    let origin = origin::current();
    let now = portal.now();
    sql(
        "INSERT INTO audit_entries (id, at, actor_kind, actor_id, actor_name, actor_key, customer_id, action, \
         object_kind, object_id, object_label, old_values, new_values, request_id, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(AuditEntryId(portal.entropy.id()))
    .bind(entry.at.map_or(now, |at| at.max(now - APART)))
    .bind(actor.kind.as_str())
    .bind(actor.user)
    .bind(actor.name.as_deref())
    .bind(actor.name.as_deref().map(searchable))
    .bind(entry.customer)
    .bind(entry.action.as_str())
    .bind(kind.map(AuditObject::as_str))
    .bind(id)
    .bind(label)
    .bind(json(entry.before))
    .bind(json(entry.after))
    .bind(origin.as_ref().map(|origin| origin.request_id.clone()))
    .bind(origin.as_ref().map(|origin| origin.address.to_string()))
    .execute(tx)
    .await?;
    Ok(())
}
