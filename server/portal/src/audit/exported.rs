//! Recording that lists left the house.

use domain::{AuditAction, AuditField};

use super::{Entry, record};
use crate::access::Viewer;
use crate::{Actor, Outcome, Portal};

/// Records that a list was exported. `filters` are the parameters of the list's address; what was searched for is left
/// out, for it may be what a buyer is called.
///
/// # Errors
/// Only unexpected ones.
pub async fn exported(
    portal: &Portal,
    viewer: &Viewer,
    list: AuditAction,
    filters: &[(String, String)],
) -> Outcome<()> {
    let narrowed: Vec<String> = filters
        .iter()
        .filter(|(name, value)| {
            !value.trim().is_empty() && !matches!(name.as_str(), "after" | "before" | "rows")
        })
        .map(|(name, value)| match name.as_str() {
            "q" => name.clone(),
            _ => format!("{name}={value}"),
        })
        .collect();
    let mut entry = Entry::new(list);
    if !narrowed.is_empty() {
        entry = entry.with(AuditField::Filters, narrowed);
    }
    left(portal, viewer, entry).await
}

/// Records that rows of an import were downloaded, with or without what became of them. `file` is what the file is called
/// that they came in.
///
/// # Errors
/// Only unexpected ones.
pub async fn downloaded(portal: &Portal, viewer: &Viewer, file: &str) -> Outcome<()> {
    let entry = Entry::new(AuditAction::ImportDownloaded).with(AuditField::File, file);
    left(portal, viewer, entry).await
}

async fn left(portal: &Portal, viewer: &Viewer, entry: Entry) -> Outcome<()> {
    let entry = entry.of(viewer.scope().customer());
    let mut tx = portal.db.begin().await?;
    // By their id: an operator who looks at a customer's Storefronts is an operator.
    let actor = Actor::person(&mut tx, viewer.user()).await?;
    record(&mut tx, portal, &actor, entry).await?;
    Ok(tx.commit().await?)
}
