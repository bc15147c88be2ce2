//! Mails: put into words in the recipient's language, sent by jobs, their fate kept for the pages.
//!
//! A use case [`queue()`]s a mail in the transaction of the change that calls for it. The job [`SendMail`] makes
//! the link's token when it sends, so that no token ever waits in the queue, and notes what the mail server said
//! on the mail and on the invitation it belongs to.

mod compose;
mod content;
mod development;
mod find;
mod html;
mod kind;
mod outbox;
mod plain;
mod queue;
mod responsible;
mod send;
pub mod settings;
#[cfg(test)]
mod tests;
mod transport;

pub use content::{Action, Content};
pub use development::Route;
pub use find::{SentMail, find, list};
pub use kind::MailKind;
pub use outbox::any_customer_list;
pub use queue::{NewMail, queue};
pub(crate) use responsible::{account_admins, responsible};
pub use send::SendMail;
pub use settings::{ConfigProblem, MailSettings, SmtpSettings};
pub use transport::{Accepted, MailTransport, MemoryTransport, OutgoingMail, SendFailure, SmtpTransport};
