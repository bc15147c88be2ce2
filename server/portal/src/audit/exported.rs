//! Recording that a list left the house.

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
    let mut entry = Entry::new(list).of(viewer.scope().customer());
    if !narrowed.is_empty() {
        entry = entry.with(AuditField::Filters, narrowed);
    }
    let mut tx = portal.db.begin().await?;
    // By their id: an operator who looks at a customer's Storefronts is an operator.
    let actor = Actor::person(&mut tx, viewer.user()).await?;
    record(&mut tx, portal, &actor, entry).await?;
    Ok(tx.commit().await?)
}
