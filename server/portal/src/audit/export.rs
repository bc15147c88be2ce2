//! The audit log as a CSV file.

use bytes::Bytes;
use domain::{AuditObject, Permission};
use futures::Stream;

use super::list::fetch;
use super::{AuditFilter, AuditRow};
use crate::access::Viewer;
use crate::storage::StorageError;
use crate::{Outcome, Portal, csv_list};

/// The columns: names for machines, the same in every language.
const COLUMNS: [&str; 14] = [
    "at",
    "actorKind",
    "actorName",
    "actorId",
    "customer",
    "customerId",
    "action",
    "objectKind",
    "object",
    "objectId",
    "changes",
    "requestId",
    "address",
    "entryId",
];

/// Every entry that `filter` gives, newest first, as pieces of a CSV file, within the viewer's customer.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeAuditLog`].
pub fn export_csv(
    portal: Portal,
    viewer: &Viewer,
    filter: AuditFilter,
) -> Outcome<impl Stream<Item = Result<Bytes, StorageError>> + Send + use<>> {
    viewer.require(Permission::SeeAuditLog)?;
    let scope = viewer.scope();
    let fetch = move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let mut conn = portal.db.read().await?;
            fetch(&mut conn, &scope, &filter, &turn, csv_list::AT_ONCE.into()).await
        }
    };
    Ok(csv_list::pieces(COLUMNS, fetch, |row: &AuditRow| row.id, cells))
}

fn cells(row: &AuditRow) -> [String; 14] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        csv_list::moment(row.at),
        row.actor_kind.to_string(),
        text(&row.actor_name),
        row.actor_id.map(|id| id.to_string()).unwrap_or_default(),
        text(&row.customer_name),
        row.customer_id.map(|id| id.to_string()).unwrap_or_default(),
        row.action.to_string(),
        row.object_kind.map_or("", AuditObject::as_str).to_owned(),
        text(&row.object_label),
        row.object_id.map(|id| id.to_string()).unwrap_or_default(),
        changes(row),
        text(&row.request_id),
        text(&row.address),
        row.id.to_string(),
    ]
}

/// `name: "Cafe" → "Café"; role: "admin"`.
fn changes(row: &AuditRow) -> String {
    let said: Vec<String> = row
        .fields()
        .into_iter()
        .map(|(field, before, after)| match (before, after) {
            (Some(before), Some(after)) => format!("{field}: {before} → {after}"),
            (Some(before), None) => format!("{field}: {before} →"),
            (None, Some(after)) => format!("{field}: {after}"),
            (None, None) => field.to_string(),
        })
        .collect();
    said.join("; ")
}
