//! Why a store could not be connected.

use connectors::store::{AuthorisationError, ConnectionError};

use crate::Refusal;
use crate::storage::StorageError;

/// A code with a sentence (`connection-<code>`) and a remedy (`connection-<code>-fix`), and the platform's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyNot {
    /// Stable, kebab case.
    pub code: &'static str,
    /// What the platform said.
    pub words: Option<String>,
}

/// Why a store could not be connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectRefused {
    /// The shop or its owner said no, or cannot be used.
    #[error("not connected: {}", .0.code)]
    Shop(WhyNot),
    /// As of any use case: a wrong field, a missing permission, a fault of ours.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl ConnectRefused {
    /// A code of the portal's own.
    pub(super) const fn code(code: &'static str) -> Self {
        Self::Shop(WhyNot { code, words: None })
    }
}

impl From<ConnectionError> for ConnectRefused {
    fn from(error: ConnectionError) -> Self {
        Self::Shop(WhyNot {
            code: error.code(),
            words: error.words().map(ToOwned::to_owned),
        })
    }
}

impl From<AuthorisationError> for ConnectRefused {
    fn from(error: AuthorisationError) -> Self {
        let words = match &error {
            AuthorisationError::PermissionsMissing(missing) => Some(missing.join(", ")),
            AuthorisationError::ApplicationRefused(words) => Some(words.clone()),
            AuthorisationError::Connection(error) => error.words().map(ToOwned::to_owned),
            _ => None,
        };
        Self::Shop(WhyNot {
            code: error.code(),
            words,
        })
    }
}

impl From<StorageError> for ConnectRefused {
    fn from(error: StorageError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<anyhow::Error> for ConnectRefused {
    fn from(error: anyhow::Error) -> Self {
        Self::Refused(error.into())
    }
}
