//! Starting a session, in one step or in two, and choosing whom one works for in it.

use std::time::Duration;

use domain::id::{CustomerId, UserId};
use portal::access::Viewer;
use portal::accounts::arrival::{self, Arrival};
use portal::accounts::current::{Standing, standing};
use portal::accounts::sessions::LogIn;
use portal::accounts::two_factor;
use portal::{Outcome, Refusal};
use serde::{Deserialize, Serialize};
use tower_sessions::session::Error;

use crate::action::{Action, CUSTOMER, Done, ENDS, HALF, KEPT, LOG_IN, PROVED, SEEN, USER, encode};
use crate::visitor::KeptForm;

/// How long somebody may take between password and code.
const HALF_LIVES: Duration = Duration::from_mins(10);
/// The page that asks for the code.
const CODE_PAGE: &str = "/login/code";

/// Somebody who has given their password and not yet the code of their second step. Their session holds nothing else, so
/// that nothing takes them for logged in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Half {
    /// Who.
    pub(super) user: UserId,
    customer: Option<CustomerId>,
    done: Done,
}

/// Logs a person in whose password was right or who has chosen one, and gives where to go on: to `done`, or first to the
/// code for who has a second step. They work for `customer`, or for the only one they have; with several they are asked.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn begin(
    action: &Action,
    user: UserId,
    customer: Option<CustomerId>,
    done: Done,
) -> Outcome<Done> {
    // Who looks at a customer's Storefronts is known up to the second step only.
    action.stop_viewing().await?;
    if two_factor::find(&action.portal, user).await?.is_none() {
        enter(action, user, customer).await?;
        return Ok(done);
    }
    let ends = action.portal.now() + HALF_LIVES;
    let code_page = match done.location() {
        "/" => CODE_PAGE.to_owned(),
        next => format!("{CODE_PAGE}?next={}", encode(next)),
    };
    let half = Half { user, customer, done };
    let asked: Result<(), Error> = async {
        let session = &action.session;
        session.cycle_id().await?;
        for key in [USER, CUSTOMER, SEEN, PROVED, LOG_IN] {
            session.remove_value(key).await?;
        }
        session.insert(ENDS, ends.micros()).await?;
        session.insert(HALF, half).await
    }
    .await;
    asked.map_err(anyhow::Error::from)?;
    Ok(Done::to(code_page))
}

/// Who has given their password in this session and not yet their code.
///
/// # Errors
/// [`Refusal::NotLoggedIn`] when nobody has.
pub(super) async fn half(action: &Action) -> Outcome<Half> {
    let half: Option<Half> = action.session.get(HALF).await.map_err(anyhow::Error::from)?;
    half.ok_or(Refusal::NotLoggedIn)
}

/// Logs a person in whose code was right.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn complete(action: &Action, half: Half) -> Outcome<Done> {
    enter(action, half.user, half.customer).await?;
    Ok(half.done)
}

/// Starts the session: a new id, so that one planted before log-in is worth nothing, and an end that comes whatever
/// happens.
async fn enter(action: &Action, user: UserId, customer: Option<CustomerId>) -> Outcome<()> {
    let portal = &action.portal;
    let (operator, customer) = match standing(portal, user, customer).await? {
        Some(Standing::Settled(current)) => match current.viewer {
            Viewer::Operator(_) => (true, None),
            Viewer::Client(client) => (false, Some(client.customer)),
        },
        Some(Standing::Unprotected(_)) => (true, None),
        _ => (false, None),
    };
    let visitor = &action.visitor;
    let arrival = Arrival {
        token: visitor.device.as_deref(),
        user_agent: visitor.user_agent.as_deref(),
        address: visitor.address,
    };
    let device = arrival::note(portal, user, arrival).await?;
    let now = portal.now();
    let ends = now + portal.settings.sessions.absolute(operator);
    let log_in = LogIn::new(now, visitor.user_agent.as_deref(), visitor.address);
    let started: Result<(), Error> = async {
        let session = &action.session;
        session.cycle_id().await?;
        session.remove_value(HALF).await?;
        session.insert(USER, user).await?;
        match customer {
            Some(customer) => session.insert(CUSTOMER, customer).await?,
            None => {
                session.remove_value(CUSTOMER).await?;
            }
        }
        let kept: Option<KeptForm> = session.get(KEPT).await?;
        if kept.is_some_and(|kept| !kept.waits_for(user, now)) {
            session.remove_value(KEPT).await?;
        }
        session.insert(LOG_IN, log_in).await?;
        session.insert(PROVED, now.micros()).await?;
        session.insert(ENDS, ends.micros()).await?;
        session.insert(SEEN, now.micros()).await
    }
    .await;
    started.map_err(anyhow::Error::from)?;
    action.remember_person(user);
    action.remember_device(&device);
    Ok(())
}

/// Notes that the person of the session has just given their password.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn prove(action: &Action) -> Outcome<()> {
    action.remember(PROVED, &action.portal.now().micros()).await
}

/// Goes on with a new session id: what lets the person in has changed, and they have just proved who they are.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn renew(action: &Action) -> Outcome<()> {
    action.session.cycle_id().await.map_err(anyhow::Error::from)?;
    prove(action).await
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
