//! Mails over SMTP.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use domain::ReasonCode;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as Encryption, TlsParameters};
use lettre::transport::smtp::response::Response;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::{Accepted, MailTransport, OutgoingMail, SendFailure};
use crate::mail::settings::{MailSettings, SmtpSettings, Tls};
use crate::mail::{html, plain};
use crate::settings::Brand;

/// Connections that are kept open for the next mail.
const CONNECTIONS: u32 = 4;
/// A longer answer is cut, so that a chatty server cannot fill the database.
const LONGEST_ANSWER: usize = 500;

/// Sends mails through a mail server.
#[derive(Debug)]
pub struct SmtpTransport {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpTransport {
    /// Will send through `smtp`. Nothing is connected yet. Call it within a tokio runtime.
    ///
    /// # Errors
    /// When the sender's address is none or the TLS settings cannot be made.
    pub fn new(smtp: &SmtpSettings, settings: &MailSettings, brand: &Brand) -> anyhow::Result<Self> {
        let (name, address) = settings.sender(brand);
        let from = Mailbox::new(Some(printable(&name)), ascii_address(&address)?);
        let encryption = match smtp.tls {
            Tls::None => Encryption::None,
            Tls::Starttls => Encryption::Required(TlsParameters::new(smtp.host.clone())?),
            Tls::Implicit => Encryption::Wrapper(TlsParameters::new(smtp.host.clone())?),
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port())
            .tls(encryption)
            .timeout(Some(smtp.timeout()))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if let (Some(user), Some(password)) = (&smtp.user, &smtp.password) {
            server = server.credentials(Credentials::new(user.clone(), password.reveal().to_owned()));
        }
        Ok(Self {
            server: server.build(),
            from,
        })
    }

    fn message(&self, mail: &OutgoingMail) -> anyhow::Result<Message> {
        let to = Mailbox::new(Some(printable(&mail.name)), ascii_address(&mail.address)?);
        let since_1970 = Duration::from_micros(mail.date.micros().try_into().unwrap_or(0));
        // Out-of-office replies and the like must not answer (RFC 3834).
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let language = HeaderName::new_from_ascii_str("Content-Language");
        Ok(Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&mail.content.subject)
            .date(SystemTime::UNIX_EPOCH + since_1970)
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .raw_header(automatic)
            .raw_header(HeaderValue::new(language, mail.content.language.to_string()))
            .multipart(MultiPart::alternative_plain_html(
                plain::render(&mail.content),
                html::render(&mail.content),
            ))?)
    }

    async fn send_now(&self, mail: &OutgoingMail) -> Result<Accepted, SendFailure> {
        let message = self.message(mail).map_err(|error| SendFailure {
            permanent: true,
            reason: ReasonCode::MailRefused,
            answer: one_line(&error.to_string()),
        })?;
        match self.server.send(message).await {
            Ok(response) => Ok(Accepted {
                answer: words(&response),
            }),
            Err(error) => Err(failure(&error)),
        }
    }
}

impl MailTransport for SmtpTransport {
    fn send<'a>(&'a self, mail: &'a OutgoingMail) -> BoxFuture<'a, Result<Accepted, SendFailure>> {
        self.send_now(mail).boxed()
    }
}

fn words(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    one_line(&format!("{} {}", response.code(), lines.join(" ")))
}

fn failure(error: &lettre::transport::smtp::Error) -> SendFailure {
    let said = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    let Some(code) = error.status() else {
        let reason = ReasonCode::MailServerUnreachable;
        return SendFailure {
            permanent: false,
            reason,
            answer: one_line(&said),
        };
    };
    let code = code.to_string();
    // The server does not let the portal in, or wants encryption first (RFC 4954, 6): that says nothing about
    // the recipient. The mail waits until the settings are mended.
    let about_us = ["454", "530", "534", "535", "538"].contains(&code.as_str());
    SendFailure {
        permanent: error.is_permanent() && !about_us,
        reason: if about_us {
            ReasonCode::MailSenderRefused
        } else {
            ReasonCode::MailRefused
        },
        answer: one_line(&format!("{code} {said}")),
    }
}

/// An address with its domain in ASCII: a server without SMTPUTF8 takes no other.
fn ascii_address(address: &str) -> anyhow::Result<Address> {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let domain = url::Host::parse(domain)?.to_string();
    Ok(Address::new(local, domain)?)
}

/// A name without line breaks and other control characters: they have no place in a header.
fn printable(name: &str) -> String {
    name.chars().filter(|character| !character.is_control()).collect()
}

fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    printable(&text).chars().take(LONGEST_ANSWER).collect()
}
