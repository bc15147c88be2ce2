//! Putting a mail on its way.

use std::net::IpAddr;

use domain::Language;
use domain::id::{CustomerId, InvitationId, MailId, StoreId, UserId};

use super::{MailKind, SendMail};
use crate::jobs::{self, NewJob};
use crate::storage::{Tx, Value, sql};
use crate::{Outcome, Portal};

/// A mail about to be queued. It is for a person: [`NewMail::user`] or [`NewMail::invitation`] names them.
#[derive(Clone, Debug)]
#[must_use = "a mail is sent by `queue`"]
pub struct NewMail {
    kind: MailKind,
    recipient: String,
    language: Language,
    customer: Option<CustomerId>,
    user: Option<UserId>,
    invitation: Option<InvitationId>,
    store: Option<StoreId>,
    orders: Vec<i64>,
    browser: Option<(Option<String>, IpAddr)>,
}

impl NewMail {
    /// A mail to this address.
    pub fn new(kind: MailKind, recipient: impl Into<String>, language: Language) -> Self {
        Self {
            kind,
            recipient: recipient.into(),
            language,
            customer: None,
            user: None,
            invitation: None,
            store: None,
            orders: Vec::new(),
            browser: None,
        }
    }

    /// The person it is for.
    pub fn user(mut self, user: UserId) -> Self {
        self.user = Some(user);
        self
    }

    /// The customer on whose behalf it is sent.
    pub fn customer(mut self, customer: CustomerId) -> Self {
        self.customer = Some(customer);
        self
    }

    /// The invitation whose link it carries; the state of the invitation follows the mail's.
    pub fn invitation(mut self, invitation: InvitationId) -> Self {
        self.invitation = Some(invitation);
        self
    }

    /// The store it is about.
    pub fn store(mut self, store: StoreId) -> Self {
        self.store = Some(store);
        self
    }

    /// The numbers of the orders it is about.
    pub fn orders(mut self, numbers: Vec<i64>) -> Self {
        self.orders = numbers;
        self
    }

    /// The browser it is about: what it says it is, and its address.
    pub fn from_browser(mut self, user_agent: Option<&str>, address: IpAddr) -> Self {
        self.browser = Some((user_agent.map(str::to_owned), address));
        self
    }
}

/// Queues a mail: it is sent once `tx` is committed, and not at all when it is not.
///
/// # Errors
/// Only unexpected ones.
pub async fn queue(tx: &mut Tx, portal: &Portal, mail: NewMail) -> Outcome<MailId> {
    let id = MailId(portal.entropy.id());
    let (user_agent, address) = mail
        .browser
        .map_or((None, None), |(user_agent, address)| (user_agent, Some(address)));
    sql("INSERT INTO mails (id, kind, recipient, language, state, customer_id, user_id, invitation_id, created_at, \
         store_id, user_agent, address, orders) \
         VALUES ($1, $2, $3, $4, 'queued', $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(id)
    .bind(mail.kind.as_str())
    .bind(mail.recipient)
    .bind(mail.language.as_str())
    .bind(mail.customer)
    .bind(mail.user)
    .bind(mail.invitation)
    .bind(portal.now())
    .bind(mail.store)
    .bind(user_agent)
    .bind(address.map(|address| address.to_string()))
    .bind(Value::json(&mail.orders))
    .execute(tx)
    .await?;
    let mut job = NewJob::of(&SendMail { mail_id: id }).unique(id.to_string());
    if let Some(customer) = mail.customer {
        job = job.customer(customer);
    }
    jobs::enqueue(tx, portal, job).await?;
    Ok(id)
}
