//! The second step of a log-in: a code of an app on the person's phone, or a recovery code without it.
//!
//! The key that the app shares with the portal is kept sealed, recovery codes as hashes. Every code works once, and guessing
//! is limited like guessing passwords.

mod check;
mod recovery;
mod set_up;
mod switch_off;
mod totp;

use domain::Timestamp;
use domain::id::UserId;

use crate::secrets::{Place, Sealed};
use crate::storage::{AsConn as _, Conn, Engine, Tx, sql};
use crate::{Outcome, Portal};

pub use check::check;
pub use recovery::{CODES, RecoveryCodes, renew};
pub use set_up::{SetUp, pending, start, switch_on};
pub use switch_off::{reset, reset_by_name, reset_of_client, switch_off};

/// The field of a form that takes a code. Its name tells that what is typed there is kept nowhere.
pub const FIELD: &str = "secret_code";

/// Somebody's second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TwoFactor {
    /// Since when they have it.
    pub since: Timestamp,
    /// How many recovery codes are left.
    pub codes_left: i64,
}

/// Somebody's second step; nothing when they have none.
///
/// # Errors
/// Only unexpected ones.
pub async fn find(portal: &Portal, user: UserId) -> Outcome<Option<TwoFactor>> {
    Ok(sql(
        "SELECT confirmed_at AS since, (SELECT COUNT(*) FROM recovery_codes codes \
         WHERE codes.user_id = two_factors.user_id AND codes.used_at IS NULL) AS codes_left \
         FROM two_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL",
    )
    .bind(user)
    .fetch_optional(&mut portal.db.read().await?)
    .await?)
}

/// Where somebody's key belongs.
pub(crate) const fn place(user: UserId) -> Place {
    Place::Person {
        user,
        field: "two_factor",
    }
}

/// The sealed key of somebody, whose row no other transaction changes until this one ends.
///
/// # Errors
/// Only unexpected ones.
pub(crate) async fn hold_secret(tx: &mut Tx, user: UserId) -> Outcome<Option<Sealed>> {
    Ok(hold(tx, user).await?.map(|held| Sealed(held.secret)))
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct Held {
    secret: Vec<u8>,
    last_step: i64,
    confirmed_at: Option<Timestamp>,
    created_at: Timestamp,
}

const HELD: &str = "SELECT secret, last_step, confirmed_at, created_at FROM two_factors WHERE user_id = ";

async fn look(conn: &mut Conn, user: UserId) -> Outcome<Option<Held>> {
    let mut query = sql(HELD);
    query.push_bind(user);
    Ok(query.fetch_optional(conn).await?)
}

async fn hold(tx: &mut Tx, user: UserId) -> Outcome<Option<Held>> {
    let mut query = sql(HELD);
    query.push_bind(user);
    // SQLite has one writer at a time anyway.
    if tx.engine() == Engine::Postgres {
        query.push(" FOR UPDATE");
    }
    Ok(query.fetch_optional(tx).await?)
}

impl Held {
    fn key(&self, portal: &Portal, user: UserId) -> Outcome<Vec<u8>> {
        let sealed = Sealed(self.secret.clone());
        Ok(portal
            .secrets
            .open(&place(user), &sealed)
            .map_err(anyhow::Error::from)?)
    }
}
