//! Sessions of tower-sessions kept in the portal's database.
//!
//! The portal's own clock says when one ends: the moment that log-in wrote into it or, before log-in, a while
//! after it was last saved. How long one may rest is decided by [`crate::visit`].

use std::time::Duration;

use app::action::{ENDS, HALF, LOG_IN, USER};
use async_trait::async_trait;
use domain::Timestamp;
use portal::accounts::sessions::{self, SessionRecord};
use portal::{Outcome, Portal};
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

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
        .with_name(if secure { "__Host-session" } else { "session" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd)
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
