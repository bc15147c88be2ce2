//! Why an exchange failed, with the stable code the interface translates.

use std::error::Error;
use std::io;
use std::time::Duration;

use super::address::Refused;

/// Why an exchange with another system failed.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// Not an address of the form `http://` or `https://` host, or one with a user name in it.
    #[error("the address is not a valid http or https address")]
    InvalidUrl,
    /// The address, or what its name resolves to, lies in a network that must not be called.
    #[error(transparent)]
    RefusedAddress(#[from] Refused),
    /// The port belongs to another protocol.
    #[error("port {0} must not be called")]
    RefusedPort(u16),
    /// A secure address redirected to one without encryption.
    #[error("redirected from https to http")]
    InsecureRedirect,
    /// More redirects than anybody needs, or a circle of them.
    #[error("too many redirects")]
    TooManyRedirects,
    /// The name has no address.
    #[error("the name cannot be resolved")]
    UnknownHost,
    /// No connection could be opened, or it was closed before an answer came.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server's certificate is not valid for this address.
    #[error("the server's certificate is not valid")]
    BadCertificate,
    /// Connecting, waiting or the whole exchange took longer than allowed.
    #[error("the server took too long")]
    TimedOut,
    /// The body ended before its announced end.
    #[error("the answer broke off")]
    BrokenOff,
    /// The body is larger than allowed.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The body came compressed although nobody asked for it; it is not unpacked.
    #[error("the answer came in an encoding that was not asked for")]
    UnexpectedEncoding,
    /// The server answered, but not with what was asked for.
    #[error("the server answered with status {status}")]
    BadStatus {
        /// The status of the answer.
        status: u16,
        /// How long the server asks us to wait before the next attempt.
        retry_after: Option<Duration>,
    },
    /// What arrived could not be written down here.
    #[error("the answer cannot be stored: {0}")]
    Sink(io::Error),
    /// The client itself could not be built.
    #[error("the HTTP client cannot be set up: {0}")]
    Setup(String),
}

impl OutboundError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidUrl => "invalid-url",
            Self::RefusedAddress(_) => "refused-address",
            Self::RefusedPort(_) => "refused-port",
            Self::InsecureRedirect => "insecure-redirect",
            Self::TooManyRedirects => "too-many-redirects",
            Self::UnknownHost => "unknown-host",
            Self::Unreachable => "unreachable",
            Self::BadCertificate => "bad-certificate",
            Self::TimedOut => "timed-out",
            Self::BrokenOff => "broken-off",
            Self::TooLarge { .. } => "too-large",
            Self::UnexpectedEncoding => "unexpected-encoding",
            Self::BadStatus { .. } => "bad-status",
            Self::Sink(_) => "not-stored",
            Self::Setup(_) => "not-set-up",
        }
    }

    /// Whether the same request may well succeed later.
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::UnknownHost | Self::Unreachable | Self::TimedOut | Self::BrokenOff | Self::Sink(_) => true,
            Self::BadStatus { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            _ => false,
        }
    }

    /// Sorts an error of the HTTP library: our own refusals travel inside it when they come from the resolver.
    pub(super) fn from_library(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            return Self::InvalidUrl;
        }
        if let Some(refused) = find::<Refused>(error) {
            return Self::RefusedAddress(refused.clone());
        }
        if let Some(rustls::Error::InvalidCertificate(_)) = find::<rustls::Error>(error) {
            return Self::BadCertificate;
        }
        if error.is_timeout() {
            return Self::TimedOut;
        }
        if error.is_dns() {
            return Self::UnknownHost;
        }
        if error.is_body() || error.is_decode() {
            Self::BrokenOff
        } else {
            Self::Unreachable
        }
    }
}

/// Looks for an `E` among the causes of `error`, also behind an [`io::Error`], which hides what it wraps.
fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        cause = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}
