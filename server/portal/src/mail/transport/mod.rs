//! How mails leave the house.

mod memory;
mod smtp;

use std::fmt::Debug;

use domain::id::MailId;
use domain::{ReasonCode, Timestamp};
use futures::future::BoxFuture;

use super::content::Content;

pub use memory::MemoryTransport;
pub use smtp::SmtpTransport;

/// A mail ready to go.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// Its id: a mail that is sent again, because nobody saw the answer, has the same `Message-ID`.
    pub id: MailId,
    /// The recipient's name.
    pub name: String,
    /// The recipient's address.
    pub address: String,
    /// The date it carries.
    pub date: Timestamp,
    /// What it says.
    pub content: Content,
}

/// The mail server has taken the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The server's words.
    pub answer: String,
}

/// The mail server has not taken the mail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{answer}")]
pub struct SendFailure {
    /// Whether another attempt would fare no better.
    pub permanent: bool,
    /// Why, as people are told.
    pub reason: ReasonCode,
    /// The server's words, or what kept it from being asked.
    pub answer: String,
}

/// Hands mails to a mail server.
pub trait MailTransport: Debug + Send + Sync {
    /// Sends one mail; returns when the server has answered.
    fn send<'a>(&'a self, mail: &'a OutgoingMail) -> BoxFuture<'a, Result<Accepted, SendFailure>>;
}
