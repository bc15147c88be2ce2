//! What the audit log tells of decisions about orders. What happens to an order by itself, and how it moves through
//! production, is for its timeline alone.

use domain::AuditAction;
use domain::id::LineId;

use super::load::LockedOrder;
use crate::Portal;
use crate::audit::Entry;
use crate::storage::{StorageError, Tx, sql};

impl LockedOrder {
    /// What the audit log tells of `action`.
    pub(super) async fn entry(
        &self,
        portal: &Portal,
        tx: &mut Tx,
        action: AuditAction,
    ) -> Result<Entry, StorageError> {
        let (number,): (i64,) = sql("SELECT number FROM orders WHERE id = $1")
            .bind(self.id)
            .fetch_one(tx)
            .await?;
        let label = format!("{}{number}", portal.settings.brand.order_prefix);
        Ok(Entry::new(action).of(self.customer).about(self.id, label))
    }
}

/// What a line is called.
pub(super) async fn line_title(tx: &mut Tx, line: LineId) -> Result<String, StorageError> {
    let (title,): (String,) = sql("SELECT title FROM order_lines WHERE id = $1")
        .bind(line)
        .fetch_one(tx)
        .await?;
    Ok(title)
}
