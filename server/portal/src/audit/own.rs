//! Recording what people do about themselves.

use domain::id::UserId;

use super::{Entry, record};
use crate::storage::{StorageError, Tx};
use crate::{Actor, Portal};

/// Records what somebody did about themselves, whether or not they are logged in. Unless the entry says so it is no
/// customer's: a person may be of several.
///
/// # Errors
/// When the database fails.
pub(crate) async fn record_own(
    tx: &mut Tx,
    portal: &Portal,
    user: UserId,
    entry: Entry,
) -> Result<(), StorageError> {
    let actor = Actor::person(tx, user).await?;
    let entry = entry.about(user, actor.name.clone().unwrap_or_default());
    record(tx, portal, &actor, entry).await
}
