//! Why a store could not be authorised, where the platform's own page asks its owner.

use super::ConnectionError;

/// Why an authorisation came to nothing. `authorisation-…` codes each have a sentence and a remedy of their own.
#[derive(Debug, thiserror::Error)]
pub enum AuthorisationError {
    /// The owner of the store said no.
    #[error("the owner denied it")]
    Denied,
    /// The callback was not made by the platform for this authorisation: signature or state is wrong, a parameter is
    /// missing or repeated.
    #[error("the callback is forged: {0}")]
    Forged(&'static str),
    /// Too much time passed, or the code was used already.
    #[error("the authorisation expired")]
    Expired,
    /// The owner granted less than what is asked for; these are missing.
    #[error("permissions are missing: {}", .0.join(", "))]
    PermissionsMissing(Vec<String>),
    /// The platform does not know our application, or its secret is wrong: a matter of our settings.
    #[error("the platform refuses the application: {0}")]
    ApplicationRefused(String),
    /// The person who agreed has no shop there.
    #[error("there is no shop")]
    NoShop,
    /// The platform could not be talked to.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
}

impl AuthorisationError {
    /// Its stable code, translated as `connection-<code>` with the remedy in `connection-<code>-fix`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Denied => "authorisation-denied",
            Self::Forged(_) => "authorisation-forged",
            Self::Expired => "authorisation-expired",
            Self::PermissionsMissing(_) => "authorisation-permissions-missing",
            Self::ApplicationRefused(_) => "authorisation-application-refused",
            Self::NoShop => "authorisation-no-shop",
            Self::Connection(error) => error.code(),
        }
    }
}
