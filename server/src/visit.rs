//! Who asks: from the session and the headers of a request to the [`Visitor`] every page sees.

use std::net::{IpAddr, SocketAddr};

use app::action::{CUSTOMER, FLASH, HALF, KEPT, LOG_IN, ROLE, SEEN, USER, VIEWING};
use app::text::Zone;
use app::visitor::{Flash, KeptForm, Visitor, Waiting, device_cookie, last_person_cookie};
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::id::UserId;
use domain::{Language, Role, Theme, Timestamp};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, header};
use portal::Portal;
use portal::access::Viewer;
use portal::accounts::current::{Current, Standing, standing};
use portal::accounts::sessions::LogIn;
use portal::accounts::viewing::{self, Viewing};
use portal::audit::{self, Origin};
use portal::storage::is_busy;
use tower_http::request_id::RequestId;
use tower_sessions::{Session, session, session_store};

use crate::router::{Web, wants_page};
use crate::sessions;

/// How exactly the last request is remembered: writing it each time would cost a write per page.
const SEEN_EVERY_SECONDS: u64 = 60;

/// The id that the router gave the request.
fn request_id(request: &Parts) -> String {
    let id = request.extensions.get::<RequestId>();
    id.and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

/// Puts the [`Visitor`] into the request. While the database cannot tell who asks, nobody is taken for somebody who is
/// logged out.
pub async fn resolve(State(web): State<Web>, session: Session, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let address = caller(&web.portal, &parts);
    let (standing, is_known) = match logged_in(&web.portal, &session, &parts, address).await {
        Ok(standing) => (standing, true),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "a session could not be read");
            (None, !is_unanswered(&error))
        }
    };
    let visitor = visitor(&web.portal, &session, &parts, address, standing).await;
    let origin = Origin {
        request_id: visitor.request_id.clone(),
        address: visitor.address,
    };
    parts.extensions.insert(visitor);
    if is_known {
        return audit::within(origin, next.run(Request::from_parts(parts, body))).await;
    }
    let status = StatusCode::SERVICE_UNAVAILABLE;
    if wants_page(&parts.headers) {
        web.error_page(status, parts.extensions).await
    } else {
        status.into_response()
    }
}

/// Whether the database did not answer; otherwise the session itself is of no use.
fn is_unanswered(error: &anyhow::Error) -> bool {
    let by_store = matches!(
        error.downcast_ref(),
        Some(session::Error::Store(session_store::Error::Backend(_)))
    );
    is_busy(error) || by_store
}

async fn visitor(
    portal: &Portal,
    session: &Session,
    request: &Parts,
    address: IpAddr,
    standing: Option<Standing>,
) -> Visitor {
    let awaits_code = standing.is_none() && session.get_value(HALF).await.ok().flatten().is_some();
    let person = standing.as_ref().map(|standing| match standing {
        Standing::Settled(current) => &current.person,
        Standing::Unprotected(person) => person,
        Standing::Undecided(undecided) => &undecided.person,
    });
    let brand = &portal.settings.brand;
    let language = person.map_or_else(
        || asked_language(&request.headers).unwrap_or(brand.default_language),
        |person| person.language,
    );
    let zone = person.map_or(brand.default_time_zone.as_str(), |person| &person.time_zone);
    let secure = portal.settings.secure_cookies();
    let headers = &request.headers;
    let mut visitor = Visitor {
        awaits_code,
        language,
        time_zone: Zone::named(zone),
        theme: person.map_or(Theme::System, |person| person.theme),
        flash: Flash::default(),
        uri: request
            .uri
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string),
        now: portal.now(),
        address,
        user_agent: headers
            .get(header::USER_AGENT)
            .and_then(|agent| agent.to_str().ok())
            .map(str::to_owned),
        device: cookie(headers, device_cookie(secure)).map(str::to_owned),
        request_id: request_id(request),
        was: cookie(headers, last_person_cookie(secure)).and_then(|person| person.parse().ok()),
        ..Visitor::default()
    };
    match standing {
        Some(Standing::Settled(current)) => visitor.current = Some(current),
        Some(Standing::Unprotected(person)) => visitor.unprotected = Some(person),
        Some(Standing::Undecided(undecided)) => visitor.undecided = Some(undecided),
        None => {}
    }
    if shows_page(request) {
        visitor.flash = take_flash(session, &visitor).await;
    }
    visitor
}

/// What the person logged in is, unless the session has rested too long or they may not be here any more. A session
/// past its end is not even read: see [`crate::sessions`].
async fn logged_in(
    portal: &Portal,
    session: &Session,
    request: &Parts,
    address: IpAddr,
) -> anyhow::Result<Option<Standing>> {
    let Some(user) = session.get::<UserId>(USER).await? else {
        return Ok(None);
    };
    let Some(standing) = standing(portal, user, session.get(CUSTOMER).await?).await? else {
        session.flush().await?;
        return Ok(None);
    };
    let now = portal.now();
    let seen = session
        .get(SEEN)
        .await?
        .map_or(Timestamp::EPOCH, Timestamp::from_micros);
    let operator = match &standing {
        Standing::Settled(current) => matches!(current.viewer, Viewer::Operator(_)),
        Standing::Unprotected(_) => true,
        Standing::Undecided(_) => false,
    };
    if now.since(seen) >= portal.settings.sessions.idle(operator) {
        session.flush().await?;
        return Ok(None);
    }
    if let Standing::Settled(current) = &standing
        && !follow_role(portal, session, current.viewer.role()).await?
    {
        return Ok(None);
    }
    if now.since(seen).as_secs() >= SEEN_EVERY_SECONDS && !asks_by_itself(request) {
        session.insert(SEEN, now.micros()).await?;
        if let Some(log_in) = session.get::<LogIn>(LOG_IN).await? {
            let address = address.to_string();
            session.insert(LOG_IN, LogIn { address, ..log_in }).await?;
        }
    }
    match standing {
        Standing::Settled(current) => looking(portal, session, current).await.map(Some),
        standing => Ok(Some(standing)),
    }
}

/// Whether a page that is left open asks how something is going: nobody need be there.
fn asks_by_itself(request: &Parts) -> bool {
    request.uri.path().starts_with("/api/")
}

/// The person as who they are while they look at a customer's Storefronts, if they do. Once their time is up they are
/// themselves again.
async fn looking(portal: &Portal, session: &Session, current: Current) -> anyhow::Result<Standing> {
    let Some(viewing) = session.get::<Viewing>(VIEWING).await? else {
        return Ok(Standing::Settled(current));
    };
    if let Some(looking) = viewing::look(portal, &current, viewing).await? {
        return Ok(Standing::Settled(looking));
    }
    session.remove_value(VIEWING).await?;
    viewing::end(portal, viewing).await?;
    Ok(Standing::Settled(current))
}

/// Gives the session a new id once the person's role is not what it was when they were last here: what was overheard of
/// the former role is worth nothing in the new one. False when the session was ended meanwhile.
async fn follow_role(portal: &Portal, session: &Session, role: Role) -> anyhow::Result<bool> {
    let known: Option<Role> = session.get(ROLE).await?;
    if known == Some(role) {
        return Ok(true);
    }
    session.insert(ROLE, role).await?;
    Ok(known.is_none() || sessions::renew(portal, session).await?)
}

/// Whether the answer is a page that shows what the last form left behind. The start page only leads on to another.
fn shows_page(request: &Parts) -> bool {
    let accepts_html = request
        .headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    request.method == Method::GET
        && request.uri.path() != "/"
        && accepts_html.is_some_and(|accept| accept.contains("text/html"))
}

/// What the last form left for this page, and what waits for the person since their session ended.
async fn take_flash(session: &Session, visitor: &Visitor) -> Flash {
    let mut flash: Flash = session.remove(FLASH).await.ok().flatten().unwrap_or_default();
    let Some(kept) = session.get::<KeptForm>(KEPT).await.ok().flatten() else {
        return flash;
    };
    let Some(current) = &visitor.current else {
        flash.waiting = Some(Waiting {
            kept: kept.form.is_some(),
            files: kept.files,
        });
        return flash;
    };
    let waits = kept.waits_for(current.person.id, visitor.now);
    if !waits || kept.location == visitor.uri {
        // If it cannot be taken away, it is shown twice.
        let _ = session.remove::<KeptForm>(KEPT).await;
    }
    if waits && kept.location == visitor.uri && flash.form.is_none() {
        flash.kept = kept.form.is_some();
        flash.form = kept.form;
    }
    flash
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies
        .split(';')
        .find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

/// What was chosen on a signed-out page, kept in a cookie; then what the browser prefers.
fn asked_language(headers: &HeaderMap) -> Option<Language> {
    let chosen = cookie(headers, "language").and_then(|language| language.parse().ok());
    chosen.or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::from_accept_language(accepted)
    })
}

/// The caller's address. What `X-Forwarded-For` says counts only from a trusted proxy, and of it only the
/// hops that trusted proxies added.
fn caller(portal: &Portal, request: &Parts) -> IpAddr {
    let peer = request
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |ConnectInfo(peer)| peer.ip());
    let forwarded: Vec<&str> = request
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .map(|value| value.to_str().unwrap_or_default())
        .flat_map(|list| list.split(','))
        .collect();
    caller_behind(&portal.settings.trusted_proxies, peer, &forwarded)
}

/// Walks from the nearest hop outwards as long as trusted proxies say where a request came from.
fn caller_behind(proxies: &[IpAddr], peer: IpAddr, forwarded: &[&str]) -> IpAddr {
    // A socket that listens on both families calls an IPv4 peer by an address inside of IPv6.
    let trusted = |address: IpAddr| proxies.iter().any(|proxy| proxy.to_canonical() == address);
    let mut caller = peer.to_canonical();
    for hop in forwarded.iter().rev() {
        // What stands before a hop that nobody can read was written by whoever stands there.
        match hop.trim().parse::<IpAddr>() {
            Ok(address) if trusted(caller) => caller = address.to_canonical(),
            _ => break,
        }
    }
    caller
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_say_where_a_request_came_from() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = [address("10.0.0.1"), address("10.0.0.2")];
        for (peer, forwarded, expected) in [
            ("203.0.113.9", vec!["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            (
                "10.0.0.1",
                vec!["1.1.1.1", " 198.51.100.1", "10.0.0.2"],
                "198.51.100.1",
            ),
            ("10.0.0.1", vec!["1.1.1.1", "198.51.100.1:5678"], "10.0.0.1"),
            ("10.0.0.1", vec![], "10.0.0.1"),
        ] {
            let found = caller_behind(&proxies, address(peer), &forwarded);
            assert_eq!(found, address(expected), "{peer} {forwarded:?}");
        }
    }
}
