//! Starting a session.

use domain::id::UserId;
use portal::Outcome;
use portal::access::Viewer;
use tower_sessions::session::Error;

use crate::action::{Action, ENDS, SEEN, USER};

/// Logs a person in: a new session id, so that one planted before log-in is worth nothing, and an end that
/// comes whatever happens.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn begin(action: &Action, user: UserId) -> Outcome<()> {
    let portal = &action.portal;
    let current = portal::accounts::current::current(portal, user, None).await?;
    let operator = current.is_some_and(|current| matches!(current.viewer, Viewer::Operator(_)));
    let now = portal.now();
    let ends = now + portal.settings.sessions.absolute(operator);
    let started: Result<(), Error> = async {
        action.session.cycle_id().await?;
        action.session.insert(USER, user).await?;
        action.session.insert(ENDS, ends.micros()).await?;
        action.session.insert(SEEN, now.micros()).await
    }
    .await;
    started.map_err(|error| anyhow::anyhow!(error).into())
}
