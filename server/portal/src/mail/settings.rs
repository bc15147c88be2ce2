//! What a deployment sets about mail.

use std::fmt;
use std::time::Duration;

use domain::EmailAddress;
use serde::{Deserialize, Serialize, Serializer};

use crate::settings::{Brand, Environment};

/// What a deployment sets about mail: the table `[mail]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// The address mails come from. Required in production.
    pub from_address: Option<String>,
    /// The name mails come from; the print company's when missing.
    pub from_name: Option<String>,
    /// The mail server. Required in production; without it, in development, mails go to the built-in catcher.
    pub smtp: Option<SmtpSettings>,
    /// Without a mail server: lets the portal be reached from other machines all the same, though everybody who reaches
    /// it can then read its mails. For a demonstration in a closed network.
    pub shared_mailbox: bool,
}

/// The mail server: the table `[mail.smtp]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// Its host name or address.
    pub host: String,
    /// Its port; by default the usual one of `tls`: 465 implicit, 587 STARTTLS, 25 none.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub tls: Tls,
    /// The user name to log in with; `password` goes with it.
    #[serde(default)]
    pub user: Option<String>,
    /// The password to log in with.
    #[serde(default)]
    pub password: Option<Password>,
    /// Seconds after which a silent server counts as down.
    #[serde(default = "SmtpSettings::default_timeout_seconds")]
    pub timeout_seconds: u32,
}

impl SmtpSettings {
    /// A server without encryption or log-in, such as the built-in catcher on this machine.
    pub fn plain(host: impl Into<String>, port: u16) -> Self {
        Self {
            host: host.into(),
            port: Some(port),
            tls: Tls::None,
            user: None,
            password: None,
            timeout_seconds: Self::default_timeout_seconds(),
        }
    }

    const fn default_timeout_seconds() -> u32 {
        30
    }

    /// The port, set or usual.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            Tls::Implicit => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        })
    }

    /// How long a silent server is waited for.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(u64::from(self.timeout_seconds))
    }
}

/// How the connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Not at all: only for a server on the same machine or a private network.
    None,
    /// Plain first, then encrypted by STARTTLS; a server without STARTTLS is refused.
    #[default]
    Starttls,
    /// From the first byte.
    Implicit,
}

/// A password that no log, error or printed configuration shows.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Takes a password.
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    /// The password itself, for the one who logs in with it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("…")
    }
}

/// A setting about mail that cannot be worked with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigProblem {
    /// Production without a mail server.
    #[error("mail.smtp is missing: in production the portal needs a mail server")]
    SmtpMissing,
    /// A mail server without an address to send from.
    #[error("mail.from_address is missing: mails need an address to come from")]
    FromAddressMissing,
    /// The address to send from is none.
    #[error("mail.from_address is no e-mail address: {0:?}")]
    FromAddressInvalid(String),
    /// No host is named.
    #[error("mail.smtp.host is empty")]
    HostMissing,
    /// A user name without a password, or the other way round.
    #[error("mail.smtp.user and mail.smtp.password go together")]
    CredentialsIncomplete,
    /// The password would travel readable.
    #[error("mail.smtp.password would travel unencrypted: set mail.smtp.tls to starttls or implicit")]
    PasswordUnprotected,
}

impl MailSettings {
    /// Where mails go: the answer of [`MailSettings::route`], or why there is none.
    ///
    /// # Errors
    /// The first setting that cannot be worked with.
    pub fn validate(&self, environment: Environment) -> Result<(), ConfigProblem> {
        self.route(environment).map(|_| ())
    }

    /// The name and address mails come from.
    pub(super) fn sender(&self, brand: &Brand) -> (String, String) {
        let name = self.from_name.clone().unwrap_or_else(|| brand.company.clone());
        // Only the catcher gets mail without a set address: `validate` sees to it.
        (
            name,
            self.from_address
                .clone()
                .unwrap_or_else(|| "portal@localhost.example".to_owned()),
        )
    }

    pub(super) fn check_from_address(&self) -> Result<(), ConfigProblem> {
        let address = self
            .from_address
            .as_deref()
            .ok_or(ConfigProblem::FromAddressMissing)?;
        EmailAddress::parse(address)
            .map(|_| ())
            .map_err(|_| ConfigProblem::FromAddressInvalid(address.to_owned()))
    }
}

impl SmtpSettings {
    pub(super) fn check(&self, environment: Environment) -> Result<(), ConfigProblem> {
        if self.host.trim().is_empty() {
            return Err(ConfigProblem::HostMissing);
        }
        if self.user.is_some() != self.password.is_some() {
            return Err(ConfigProblem::CredentialsIncomplete);
        }
        let readable = self.password.is_some() && self.tls == Tls::None;
        if readable && environment == Environment::Production {
            return Err(ConfigProblem::PasswordUnprotected);
        }
        Ok(())
    }
}
