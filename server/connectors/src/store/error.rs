//! Why a store could not be used, with the stable code the interface translates.

use std::time::Duration;

use crate::OutboundError;

/// The answer of everything that talks to a store.
pub type Result<T> = std::result::Result<T, ConnectionError>;

/// Why a store could not be used. `store-…` codes each have a sentence and a remedy of their own.
///
/// Written out, for logs, it leaves [the store's words](Self::words) away: they may quote a buyer.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// Nobody answers at the address.
    #[error("the store cannot be reached: {0}")]
    Unreachable(OutboundError),
    /// The address must not be called: a private network, another protocol's port.
    #[error("the store's address is refused: {0}")]
    AddressRefused(OutboundError),
    /// The address is `http://` and nobody allowed that.
    #[error("the store's address is not encrypted")]
    NotEncrypted,
    /// Something answers, but it is no shop of this platform.
    #[error("the address is no shop of this platform")]
    NotThisPlatform,
    /// The site runs what the shop software needs, but not the shop software: `WordPress` without WooCommerce.
    #[error("the site has no shop")]
    ShopMissing,
    /// The shop software is too old for its API to be used.
    #[error("the shop software is too old")]
    TooOld,
    /// The shop lives at another address now; its old one sends visitors there, and keys are not sent along.
    #[error("the store has moved to {to}")]
    Moved {
        /// Where it lives now.
        to: String,
    },
    /// A plug-in of the shop, most often one for security, closes its API to everybody who is not logged in.
    #[error("the store's API is closed")]
    ApiClosed {
        /// The store's words.
        message: String,
    },
    /// A firewall or login page answers in the shop's place.
    #[error("a firewall answers for the store, with status {status}")]
    Firewall {
        /// The status of its page.
        status: u16,
    },
    /// The shop is closed for maintenance.
    #[error("the store is being maintained")]
    Maintenance {
        /// When to come back.
        retry_after: Option<Duration>,
    },
    /// The key or token is wrong, expired or revoked.
    #[error("the store refuses the credentials")]
    Unauthorized {
        /// The store's words.
        message: String,
    },
    /// The shop does not know the key: it is another shop's, was deleted, or is not whole.
    #[error("the store does not know the key")]
    UnknownKey {
        /// The store's words.
        message: String,
    },
    /// The key is known to the shop, its secret is wrong.
    #[error("the secret is wrong")]
    WrongSecret,
    /// The key may read but not write.
    #[error("the key may not write")]
    ReadOnly,
    /// The key may write but not read.
    #[error("the key may not read")]
    WriteOnly,
    /// The person whose key it is may not see orders.
    #[error("the key's user may not see orders")]
    OrdersHidden {
        /// The store's words.
        message: String,
    },
    /// The person whose key it is may not see products.
    #[error("the key's user may not see products")]
    ProductsHidden {
        /// The store's words.
        message: String,
    },
    /// The key or token lacks a permission.
    #[error("the credentials lack a permission")]
    PermissionMissing {
        /// The permission or the store's words.
        message: String,
    },
    /// The shop's addresses are set so that its API cannot be used (plain permalinks).
    #[error("the store uses plain permalinks")]
    PlainPermalinks,
    /// The plan of the shop has no API, or the shop is frozen for not being paid.
    #[error("the store's plan does not allow it")]
    PlanWithoutApi {
        /// The store's words.
        message: String,
    },
    /// The platform keeps this from the application for this seller.
    #[error("the platform withholds it from this application")]
    Withheld,
    /// Too many requests.
    #[error("the store asks to slow down")]
    Throttled {
        /// When to come back.
        retry_after: Option<Duration>,
    },
    /// The shop refuses what was asked of it, for good.
    #[error("the store refuses, with status {status}")]
    Refused {
        /// The status of its answer.
        status: u16,
        /// The store's words.
        message: String,
    },
    /// The shop fails.
    #[error("the store answers with status {status}")]
    Failing {
        /// The status of its answer.
        status: u16,
        /// When to come back.
        retry_after: Option<Duration>,
    },
    /// The answer makes no sense.
    #[error("the store's answer cannot be read")]
    Unreadable(String),
    /// A request that writes was sent and no answer came: it may have been done. Look before doing it again.
    #[error("the store did not answer; it may have been done")]
    Uncertain(OutboundError),
    /// The portal itself could not go on, such as without its database. Nobody at the store is to blame.
    #[error("interrupted: {0}")]
    Interrupted(String),
}

impl ConnectionError {
    /// Its stable code, translated as `connection-<code>` with the remedy in `connection-<code>-fix`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(OutboundError::TimedOut) => "store-timed-out",
            Self::Unreachable(_) => "store-unreachable",
            Self::AddressRefused(_) => "store-address-refused",
            Self::NotEncrypted => "store-not-encrypted",
            Self::NotThisPlatform => "store-not-this-platform",
            Self::ShopMissing => "store-shop-missing",
            Self::TooOld => "store-too-old",
            Self::Moved { .. } => "store-moved",
            Self::ApiClosed { .. } => "store-api-closed",
            Self::Firewall { .. } => "store-firewall",
            Self::Maintenance { .. } => "store-maintenance",
            Self::Unauthorized { .. } => "store-unauthorized",
            Self::UnknownKey { .. } => "store-unknown-key",
            Self::WrongSecret => "store-wrong-secret",
            Self::ReadOnly => "store-read-only",
            Self::WriteOnly => "store-write-only",
            Self::OrdersHidden { .. } => "store-orders-hidden",
            Self::ProductsHidden { .. } => "store-products-hidden",
            Self::PermissionMissing { .. } => "store-permission-missing",
            Self::PlainPermalinks => "store-plain-permalinks",
            Self::PlanWithoutApi { .. } => "store-plan-without-api",
            Self::Withheld => "store-withheld",
            Self::Throttled { .. } => "store-throttled",
            Self::Refused { .. } => "store-refused",
            Self::Failing { .. } => "store-failing",
            Self::Unreadable(_) => "store-unreadable",
            Self::Uncertain(_) => "store-uncertain",
            Self::Interrupted(_) => "store-interrupted",
        }
    }

    /// Whether the same may work later without anybody doing anything.
    pub const fn passes(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::Maintenance { .. }
                | Self::Throttled { .. }
                | Self::Failing { .. }
                | Self::Firewall { .. }
                | Self::Unreadable(_)
                | Self::Uncertain(_)
                | Self::Interrupted(_)
        )
    }

    /// Whether the store as a whole could not be used, not only what was asked of it.
    pub const fn is_about_reaching(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::AddressRefused(_)
            | Self::NotEncrypted
            | Self::NotThisPlatform
            | Self::ShopMissing
            | Self::Moved { .. }
            | Self::ApiClosed { .. }
            | Self::Firewall { .. }
            | Self::Maintenance { .. }
            | Self::Unauthorized { .. }
            | Self::UnknownKey { .. }
            | Self::WrongSecret
            | Self::PlainPermalinks
            | Self::Throttled { .. } => true,
            // What stands between us and the shop says so; a shop that answers 500 may trip over one order.
            Self::Failing { status, .. } => matches!(status, 502..=504),
            Self::TooOld
            | Self::ReadOnly
            | Self::WriteOnly
            | Self::OrdersHidden { .. }
            | Self::ProductsHidden { .. }
            | Self::PermissionMissing { .. }
            | Self::PlanWithoutApi { .. }
            | Self::Withheld
            | Self::Refused { .. }
            | Self::Unreadable(_)
            | Self::Uncertain(_)
            | Self::Interrupted(_) => false,
        }
    }

    /// The codes of what the platform decided: it answers the same until a person changes something there.
    pub const DECIDED: [&str; 8] = [
        "store-read-only",
        "store-write-only",
        "store-orders-hidden",
        "store-products-hidden",
        "store-permission-missing",
        "store-plan-without-api",
        "store-withheld",
        "store-refused",
    ];

    /// Those of them that other credentials may change, see [`Self::needs_reauthorisation`].
    pub const DECIDED_ABOUT_CREDENTIALS: [&str; 5] = [
        "store-read-only",
        "store-write-only",
        "store-orders-hidden",
        "store-products-hidden",
        "store-permission-missing",
    ];

    /// Whether the store must be authorised again.
    pub const fn needs_reauthorisation(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized { .. }
                | Self::UnknownKey { .. }
                | Self::WrongSecret
                | Self::ReadOnly
                | Self::WriteOnly
                | Self::OrdersHidden { .. }
                | Self::ProductsHidden { .. }
                | Self::PermissionMissing { .. }
        )
    }

    /// When the store asks to come back.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Maintenance { retry_after }
            | Self::Throttled { retry_after }
            | Self::Failing { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The store's own words, shown beside our sentence.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Unauthorized { message }
            | Self::UnknownKey { message }
            | Self::OrdersHidden { message }
            | Self::ProductsHidden { message }
            | Self::ApiClosed { message }
            | Self::PermissionMissing { message }
            | Self::PlanWithoutApi { message }
            | Self::Refused { message, .. } => Some(message.as_str()).filter(|words| !words.is_empty()),
            Self::Moved { to } => Some(to),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_what_was_decided_are_those_of_its_errors() {
        let message = String::new;
        let errors = [
            ConnectionError::ReadOnly,
            ConnectionError::WriteOnly,
            ConnectionError::OrdersHidden { message: message() },
            ConnectionError::ProductsHidden { message: message() },
            ConnectionError::PermissionMissing { message: message() },
            ConnectionError::PlanWithoutApi { message: message() },
            ConnectionError::Withheld,
            ConnectionError::Refused {
                status: 422,
                message: message(),
            },
        ];
        let about_credentials: Vec<&str> = errors
            .iter()
            .filter(|error| error.needs_reauthorisation())
            .map(ConnectionError::code)
            .collect();
        assert_eq!(about_credentials, ConnectionError::DECIDED_ABOUT_CREDENTIALS);
        assert!(!errors.iter().any(ConnectionError::passes));
        assert_eq!(errors.map(|error| error.code()), ConnectionError::DECIDED);
    }
}
