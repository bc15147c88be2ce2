//! Starting a session, and choosing whom one works for in it.

use domain::id::{CustomerId, UserId};
use portal::Outcome;
use portal::access::Viewer;
use portal::accounts::current::{Standing, standing};
use tower_sessions::session::Error;

use crate::action::{Action, CUSTOMER, ENDS, KEPT, SEEN, USER};
use crate::visitor::KeptForm;

/// Logs a person in: a new session id, so that one planted before log-in is worth nothing, and an end that comes whatever
/// happens. They work for `customer`, or for the only one they have; with several they are asked.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn begin(action: &Action, user: UserId, customer: Option<CustomerId>) -> Outcome<()> {
    let portal = &action.portal;
    let (operator, customer) = match standing(portal, user, customer).await? {
        Some(Standing::Settled(current)) => match current.viewer {
            Viewer::Operator(_) => (true, None),
            Viewer::Client(client) => (false, Some(client.customer)),
        },
        _ => (false, None),
    };
    let now = portal.now();
    let ends = now + portal.settings.sessions.absolute(operator);
    let started: Result<(), Error> = async {
        let session = &action.session;
        session.cycle_id().await?;
        session.insert(USER, user).await?;
        match customer {
            Some(customer) => session.insert(CUSTOMER, customer).await?,
            None => {
                session.remove::<CustomerId>(CUSTOMER).await?;
            }
        }
        let kept: Option<KeptForm> = session.get(KEPT).await?;
        if kept.is_some_and(|kept| !kept.waits_for(user, now)) {
            session.remove::<KeptForm>(KEPT).await?;
        }
        session.insert(ENDS, ends.micros()).await?;
        session.insert(SEEN, now.micros()).await
    }
    .await;
    started.map_err(|error| anyhow::anyhow!(error))?;
    action.remember_person(Some(user));
    Ok(())
}

/// Goes on as somebody of `customer`, with a new session id: what the session may do has changed.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn work_for(action: &Action, customer: CustomerId) -> Outcome<()> {
    let chosen: Result<(), Error> = async {
        action.session.cycle_id().await?;
        action.session.insert(CUSTOMER, customer).await
    }
    .await;
    chosen.map_err(|error| anyhow::anyhow!(error).into())
}
