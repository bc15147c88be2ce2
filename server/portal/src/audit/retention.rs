//! The one door by which entries leave.

use domain::Timestamp;

use crate::storage::{StorageError, Tx, sql};

/// Lets entries from before `moment` be deleted. The database keeps the door shut for whatever is younger than four
/// weeks, and it never shuts again behind what was let go.
///
/// # Errors
/// When the database fails, or `moment` is not four weeks ago by its clock.
pub(crate) async fn open_door(tx: &mut Tx, moment: Timestamp) -> Result<(), StorageError> {
    sql(
        "UPDATE audit_retention SET kept_since = $1 WHERE kept_since < $1 \
         AND EXISTS (SELECT 1 FROM audit_entries WHERE at < $1)",
    )
    .bind(moment)
    .execute(tx)
    .await?;
    Ok(())
}
