//! Sessions of tower-sessions kept in the portal's database.

use async_trait::async_trait;
use domain::Timestamp;
use portal::accounts::sessions::{self, SessionRecord};
use portal::{Outcome, Portal};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{SessionManagerLayer, cookie::time::Duration};
use tower_sessions::{SessionStore, cookie::SameSite};

/// Keeps sessions in the portal's database, their ids hashed.
#[derive(Clone, Debug)]
pub struct PortalSessions(Portal);

/// The layer that gives every request its session.
///
/// Over HTTPS the cookie has the `__Host-` prefix: only this host can have set it. The cookie outlives no
/// session by itself: how long one lives is decided by [`crate::visit`].
pub fn layer(portal: &Portal) -> SessionManagerLayer<PortalSessions> {
    let secure = portal.settings.secure_cookies();
    SessionManagerLayer::new(PortalSessions(portal.clone()))
        .with_name(if secure { "__Host-session" } else { "session" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // Before log-in a session only carries what a form left behind.
        .with_expiry(tower_sessions::Expiry::OnInactivity(Duration::hours(1)))
}

fn backend<T>(outcome: Outcome<T>) -> Result<T> {
    outcome.map_err(|refusal| Error::Backend(refusal.to_string()))
}

fn kept(record: &Record) -> Result<SessionRecord> {
    let user = record
        .data
        .get(app::action::USER)
        .cloned()
        .and_then(|user| serde_json::from_value(user).ok());
    let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    let micros = record.expiry_date.unix_timestamp_nanos() / 1000;
    let expires_at = Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX));
    Ok(SessionRecord {
        user,
        data,
        expires_at,
    })
}

#[async_trait]
impl SessionStore for PortalSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            if backend(sessions::create(&self.0, &record.id.0.to_le_bytes(), &kept(record)?).await)? {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        backend(sessions::save(&self.0, &record.id.0.to_le_bytes(), &kept(record)?).await)
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
