//! Sessions of tower-sessions kept in the portal's database.
//!
//! The portal's own clock says when one ends: the moment that log-in wrote into it or, before log-in, a while
//! after it was last saved. How long one may rest is decided by [`crate::visit`].

use std::time::Duration;

use app::action::{ENDS, HALF, LOG_IN, NEXT_ID, USER};
use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::Timestamp;
use http::{HeaderValue, header};
use portal::accounts::sessions::{self, SessionRecord};
use portal::{Outcome, Portal};
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

use crate::visit::cookie;

/// Before log-in a session only carries what a form left behind.
const SIGNED_OUT_LIVES: Duration = Duration::from_hours(1);

/// Keeps sessions in the portal's database, their ids hashed.
#[derive(Clone, Debug)]
pub struct PortalSessions(Portal);

/// The layer that gives every request its session.
///
/// Over HTTPS the cookie has the `__Host-` prefix: only this host can have set it. It goes when the browser is
/// closed.
pub fn layer(portal: &Portal) -> SessionManagerLayer<PortalSessions> {
    let secure = portal.settings.secure_cookies();
    SessionManagerLayer::new(PortalSessions(portal.clone()))
        .with_name(cookie_name(secure))
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd)
}

/// Gives a session another id, now. Other requests that came with the former one get the same for some seconds. False
/// when the session has ended.
///
/// # Errors
/// When the session cannot be read or written.
pub(crate) async fn renew(portal: &Portal, session: &Session) -> anyhow::Result<bool> {
    let Some(former) = session.id() else {
        return Ok(false);
    };
    let Some(next) = sessions::leave(portal, &former.0.to_le_bytes()).await? else {
        return Ok(false);
    };
    let next = Id(i128::from_le_bytes(next)).to_string();
    session.insert(NEXT_ID, next).await?;
    session.cycle_id().await?;
    session.save().await?;
    Ok(true)
}

/// Keeps back a session cookie that the browser has already. It says nothing new, and on an answer that took its time it
/// would undo that the session goes on under another id since.
pub(crate) async fn without_known_cookie(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Response {
    let name = cookie_name(portal.settings.secure_cookies());
    let known = cookie(request.headers(), name).map(|value| format!("{name}={value}"));
    let mut response = next.run(request).await;
    let Some(known) = known else {
        return response;
    };
    let headers = response.headers_mut();
    let is_new = |set: &&HeaderValue| {
        let pair = set.to_str().ok().and_then(|text| text.split(';').next());
        pair != Some(known.as_str())
    };
    let set: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter(is_new)
        .cloned()
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in set {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

fn backend<T>(outcome: Outcome<T>) -> Result<T> {
    outcome.map_err(|refusal| Error::Backend(refusal.to_string()))
}

impl PortalSessions {
    fn kept(&self, record: &Record) -> Result<SessionRecord> {
        // Whoever is between the two steps loses the session as well when all of theirs are ended.
        let between = record.data.get(HALF).and_then(|half| half.get("user"));
        let user = record.data.get(USER).or(between).cloned();
        let log_in = record.data.get(LOG_IN).cloned();
        let ends = record.data.get(ENDS).and_then(serde_json::Value::as_i64);
        Ok(SessionRecord {
            user: user.and_then(|user| serde_json::from_value(user).ok()),
            log_in: log_in.and_then(|log_in| serde_json::from_value(log_in).ok()),
            data: serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?,
            expires_at: ends.map_or_else(|| self.0.now() + SIGNED_OUT_LIVES, Timestamp::from_micros),
        })
    }
}

#[async_trait]
impl SessionStore for PortalSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let next = record.data.remove(NEXT_ID);
        if let Some(next) = next.as_ref().and_then(serde_json::Value::as_str) {
            record.id = next
                .parse()
                .map_err(|_| Error::Decode("an id that is none".to_owned()))?;
            return backend(sessions::go_on(&self.0, &record.id.0.to_le_bytes(), &self.kept(record)?).await);
        }
        loop {
            if backend(sessions::create(&self.0, &record.id.0.to_le_bytes(), &self.kept(record)?).await)? {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        backend(sessions::save(&self.0, &record.id.0.to_le_bytes(), &self.kept(record)?).await)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some((data, expires_at)) = backend(sessions::load(&self.0, &id.0.to_le_bytes()).await)? else {
            return Ok(None);
        };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(expires_at.micros()) * 1000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        backend(sessions::end(&self.0, &id.0.to_le_bytes()).await)
    }
}
