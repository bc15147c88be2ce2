//! Waiting for an import that is probably quick.

use std::time::Duration;

use domain::id::ImportId;

use super::{Import, find};
use crate::access::Scope;
use crate::{Outcome, Portal};

/// How often is looked.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The import once its worker has done what there is to do, or as it is after `at_most`: a small file is there before
/// a page would have to show progress.
///
/// # Errors
/// As [`find()`].
pub async fn find_settled(
    portal: &Portal,
    scope: &Scope,
    id: ImportId,
    at_most: Duration,
) -> Outcome<Import> {
    let mut looks = at_most.as_millis() / LOOK_EVERY.as_millis();
    loop {
        let import = find(portal, scope, id).await?;
        if looks == 0 || !import.state.is_under_way() {
            return Ok(import);
        }
        looks -= 1;
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
