//! The audit log as a CSV file.

use std::io;

use bytes::Bytes;
use domain::csv_file::{CsvWriter, Delimiter};
use domain::{AuditObject, Permission};
use futures::{Stream, stream};

use super::list::fetch;
use super::{AuditFilter, AuditRow};
use crate::access::{Scope, Viewer};
use crate::paging::Turn;
use crate::storage::StorageError;
use crate::{Outcome, Portal};

/// Rows fetched and written in one go.
const AT_ONCE: u16 = 500;

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
    let scope: Scope = viewer.scope();
    Ok(stream::try_unfold(Some(Turn::First), move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let Some(turn) = turn else { return Ok(None) };
            let rows = fetch(
                &mut portal.db.read().await?,
                &scope,
                &filter,
                &turn,
                AT_ONCE.into(),
            )
            .await?;
            let last = rows.last().map(|row| row.id);
            let next = last
                .filter(|_| rows.len() == usize::from(AT_ONCE))
                .map(Turn::After);
            let piece = piece(&rows, turn == Turn::First).map_err(sqlx::Error::from)?;
            Ok(Some((piece, next)))
        }
    }))
}

fn piece(rows: &[AuditRow], first: bool) -> io::Result<Bytes> {
    let mut writer = if first {
        let mut writer = CsvWriter::new(Vec::new(), Delimiter::Comma)?;
        writer.row(COLUMNS)?;
        writer
    } else {
        CsvWriter::resume(Vec::new(), Delimiter::Comma)
    };
    for row in rows {
        writer.row(cells(row))?;
    }
    Ok(writer.finish()?.into())
}

fn cells(row: &AuditRow) -> [String; 14] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let at = jiff::Timestamp::from_microsecond(row.at.micros()).unwrap_or_default();
    [
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
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
