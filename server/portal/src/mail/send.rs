//! The job that sends a mail.

use std::time::Duration;

use domain::id::{CustomerId, InvitationId, MailId, StoreId, UserId};
use domain::{InvitationState, Language, MailState, ReasonCode, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::compose::{Facts, compose};
use super::{Accepted, MailKind, OutgoingMail, SendFailure};
use crate::accounts::device::Device;
use crate::accounts::link::{self, Purpose, Target};
use crate::accounts::password_reset;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, RetryPolicy, Revived};
use crate::storage::{AsConn, StorageError, Tx, sql};
use crate::{Portal, Refusal, customers};

/// Sends one mail.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// The mail.
    pub mail_id: MailId,
}

impl Job for SendMail {
    const KIND: &'static str = "send-mail";

    /// For about a day: mail servers are down for hours at times, and an invitation lives for three days.
    const RETRY: RetryPolicy = RetryPolicy::Backoff {
        attempts: 60,
        first: Duration::from_secs(5),
        longest: Duration::from_hours(1),
    };

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let Some(mail) = self.prepare(ctx).await? else {
            return Ok(JobDone::succeeded());
        };
        match ctx.portal.mail.send(&mail).await {
            Ok(accepted) => {
                self.note_sent(ctx, &accepted).await?;
                Ok(JobDone::succeeded())
            }
            Err(failure) => Err(self.note_failure(ctx, &failure).await?),
        }
    }

    async fn abandoned(self, tx: &mut Tx, _abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let Some(mail) = find(tx, self.mail_id)
            .await?
            .filter(|mail| mail.state == MailState::Queued)
        else {
            return Ok(());
        };
        sql("UPDATE mails SET state = 'failed' WHERE id = $1")
            .bind(self.mail_id)
            .execute(tx)
            .await?;
        mail.move_invitation(
            tx,
            InvitationState::DeliveryFailed,
            mail.server_answer.as_deref(),
            None,
        )
        .await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        if let Some(mail) = find(tx, self.mail_id).await? {
            mail.hold_customer(tx).await?;
        }
        sql("UPDATE mails SET state = 'queued' WHERE id = $1 AND state = 'failed'")
            .bind(self.mail_id)
            .execute(tx)
            .await?;
        sql("UPDATE invitations SET state = 'sending', failure = NULL \
             WHERE state = 'delivery_failed' AND id = (SELECT invitation_id FROM mails WHERE id = $1)")
        .bind(self.mail_id)
        .execute(tx)
        .await?;
        sql(
            "UPDATE customers SET invitation_state = 'sending' WHERE invitation_state = 'delivery_failed' AND id = \
             (SELECT i.customer_id FROM invitations i JOIN mails m ON m.invitation_id = i.id \
              WHERE m.id = $1 AND m.kind = $2 AND i.state = 'sending')",
        )
        .bind(self.mail_id)
        .bind(MailKind::InvitationClientAdmin.as_str())
        .execute(tx)
        .await?;
        Ok(())
    }
}

impl SendMail {
    /// Puts the mail into words, with a fresh link; nothing when it need not be sent (any more).
    async fn prepare(self, ctx: &JobContext) -> Result<Option<OutgoingMail>, JobError> {
        let portal = &ctx.portal;
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let Some(mail) = find(&mut tx, self.mail_id).await? else {
            return Ok(None);
        };
        if mail.state != MailState::Queued {
            return Ok(None);
        }
        if mail.is_void() {
            sql("UPDATE mails SET state = 'failed' WHERE id = $1")
                .bind(self.mail_id)
                .execute(&mut tx)
                .await?;
            tx.commit().await?;
            return Ok(None);
        }
        if mail
            .invitation_expires_at
            .is_some_and(|expiry| expiry <= portal.now())
        {
            let late = anyhow::anyhow!("the invitation ran out before its mail could be sent");
            return Err(JobError::fail(ReasonCode::InvitationNotAccepted, late));
        }
        sql("UPDATE mails SET attempts = attempts + 1 WHERE id = $1")
            .bind(self.mail_id)
            .execute(&mut tx)
            .await?;
        let outgoing = mail.write(portal, &mut tx, self.mail_id).await?;
        tx.commit().await?;
        Ok(Some(outgoing))
    }

    async fn note_sent(self, ctx: &JobContext, accepted: &Accepted) -> Result<(), JobError> {
        let now = ctx.portal.now();
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence_done(&mut tx).await?;
        sql("UPDATE mails SET state = 'sent', server_answer = $2, sent_at = $3 WHERE id = $1")
            .bind(self.mail_id)
            .bind(&accepted.answer)
            .bind(now)
            .execute(&mut tx)
            .await?;
        if let Some(mail) = find(&mut tx, self.mail_id).await? {
            mail.move_invitation(&mut tx, InvitationState::InvitationSent, None, Some(now))
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Keeps the server's words; gives what becomes of the job. The words stay out of the job's own error:
    /// they tend to name the recipient.
    async fn note_failure(self, ctx: &JobContext, failure: &SendFailure) -> Result<JobError, JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql("UPDATE mails SET server_answer = $2 WHERE id = $1")
            .bind(self.mail_id)
            .bind(&failure.answer)
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        let error = anyhow::anyhow!("the mail was not taken: {}", failure.reason.as_str());
        Ok(if failure.permanent {
            JobError::fail(failure.reason, error)
        } else {
            JobError::retry(error)
        })
    }
}

/// A mail with whom and what it is about.
#[derive(sqlx::FromRow)]
struct StoredMail {
    kind: MailKind,
    recipient: String,
    language: Language,
    state: MailState,
    server_answer: Option<String>,
    user_id: UserId,
    first_name: String,
    last_name: String,
    email: String,
    time_zone: String,
    has_password: bool,
    password_changed_at: Option<Timestamp>,
    is_blocked: bool,
    is_operator: bool,
    customer_name: Option<String>,
    store_id: Option<StoreId>,
    store_name: Option<String>,
    orders: Json<Vec<i64>>,
    user_agent: Option<String>,
    address: Option<String>,
    codes_left: i64,
    created_at: Timestamp,
    invitation_id: Option<InvitationId>,
    inviting_customer: Option<CustomerId>,
    invitation_state: Option<InvitationState>,
    invitation_created_at: Option<Timestamp>,
    invitation_expires_at: Option<Timestamp>,
}

async fn find(conn: &mut impl AsConn, mail: MailId) -> Result<Option<StoredMail>, StorageError> {
    sql(
        "SELECT m.kind, m.recipient, m.language, m.state, m.server_answer, m.created_at, \
         u.id AS user_id, u.first_name, u.last_name, u.email, u.time_zone, \
         u.password_hash IS NOT NULL AS has_password, u.operator_role IS NOT NULL AS is_operator, \
         u.password_changed_at, u.blocked_at IS NOT NULL AS is_blocked, \
         c.name AS customer_name, m.store_id, s.name AS store_name, m.orders, m.user_agent, m.address, \
         (SELECT COUNT(*) FROM recovery_codes codes WHERE codes.user_id = u.id AND codes.used_at IS NULL) AS codes_left, \
         i.id AS invitation_id, i.customer_id AS inviting_customer, \
         i.state AS invitation_state, \
         i.created_at AS invitation_created_at, i.expires_at AS invitation_expires_at \
         FROM mails m LEFT JOIN invitations i ON i.id = m.invitation_id \
         JOIN users u ON u.id = COALESCE(m.user_id, i.user_id) \
         LEFT JOIN customers c ON c.id = COALESCE(i.customer_id, m.customer_id) \
         LEFT JOIN stores s ON s.id = m.store_id WHERE m.id = $1",
    )
    .bind(mail)
    .fetch_optional(conn)
    .await
}

impl StoredMail {
    /// Whether what it says is no longer so: an invitation was revoked, or accepted through a mail whose confirmation
    /// got lost; who asked for another password has one since, or was blocked.
    fn is_void(&self) -> bool {
        let settled = self
            .invitation_state
            .is_some_and(|state| state != InvitationState::Sending);
        let outdated = self.is_blocked
            || self
                .password_changed_at
                .is_some_and(|changed| changed > self.created_at);
        settled || (self.kind == MailKind::PasswordReset && outdated)
    }

    async fn write(&self, portal: &Portal, tx: &mut Tx, id: MailId) -> Result<OutgoingMail, JobError> {
        let now = portal.now();
        let (path, valid) = match (self.kind, self.invitation_created_at, self.invitation_expires_at) {
            (kind, ..) if kind.is_alert() => ("/account/security".to_owned(), None),
            (MailKind::PasswordChanged, ..) => ("/login".to_owned(), None),
            (MailKind::StoreNeedsReauthorisation, ..) => (self.store_path(), None),
            (MailKind::DataRequested, ..) => (self.orders_path(), None),
            (MailKind::PasswordReset, ..) => {
                let expires_at = now + password_reset::LINK_LIVES;
                let token = self.issue(portal, tx, Purpose::PasswordReset, expires_at).await?;
                (
                    format!("/reset/{token}"),
                    Some((password_reset::LINK_LIVES, expires_at)),
                )
            }
            (_, Some(created_at), Some(expires_at)) => {
                let token = self.issue(portal, tx, Purpose::Invitation, expires_at).await?;
                (
                    format!("/invitation/{token}"),
                    Some((expires_at.since(created_at), expires_at)),
                )
            }
            _ => {
                return Err(JobError::fail(
                    ReasonCode::MailRefused,
                    anyhow::anyhow!("no invitation is named"),
                ));
            }
        };
        let facts = Facts {
            kind: self.kind,
            language: self.language,
            first_name: &self.first_name,
            email: &self.email,
            customer: self.customer_name.as_deref(),
            store: self.store_name.as_deref(),
            device: self.user_agent.as_deref().map(Device::of).unwrap_or_default(),
            address: self.address.as_deref(),
            orders: self.order_numbers(portal),
            codes_left: self.codes_left,
            has_password: self.has_password,
            is_operator: self.is_operator || self.kind == MailKind::InvitationOperator,
            time_zone: &self.time_zone,
            url: portal.settings.link(&path),
            valid,
            happened_at: self.created_at,
        };
        Ok(OutgoingMail {
            id,
            name: format!("{} {}", self.first_name, self.last_name),
            address: self.recipient.clone(),
            date: now,
            content: compose(&facts, &portal.settings.brand),
        })
    }

    fn store_path(&self) -> String {
        self.store_id.map_or_else(
            || "/storefronts/stores".to_owned(),
            |store| format!("/storefronts/stores/{store}"),
        )
    }

    fn orders_path(&self) -> String {
        let side = if self.is_operator {
            "console"
        } else {
            "storefronts"
        };
        let store = self.store_id.map(|store| format!("?store={store}"));
        format!("/{side}/orders{}", store.unwrap_or_default())
    }

    fn order_numbers(&self, portal: &Portal) -> Vec<String> {
        let prefix = &portal.settings.brand.order_prefix;
        let numbers = self.orders.0.iter();
        numbers.map(|number| format!("{prefix}{number}")).collect()
    }

    async fn issue(
        &self,
        portal: &Portal,
        tx: &mut Tx,
        purpose: Purpose,
        expires_at: Timestamp,
    ) -> Result<String, JobError> {
        let target = match purpose {
            Purpose::Invitation => Target {
                invitation: self.invitation_id,
                user: None,
            },
            _ => Target {
                invitation: None,
                user: Some(self.user_id),
            },
        };
        link::issue(portal, tx, purpose, target, expires_at)
            .await
            .map_err(|refusal: Refusal| JobError::retry(refusal))
    }

    /// Holds the customer whose client admin is invited, before the invitation is changed.
    async fn hold_customer(&self, tx: &mut Tx) -> Result<(), StorageError> {
        match self.inviting_customer {
            Some(customer) => customers::hold(tx, customer).await,
            None => Ok(()),
        }
    }

    /// Moves the invitation on from `sending`, and with it what the customers list says of the client admin.
    /// One that was revoked or accepted meanwhile stays so.
    async fn move_invitation(
        &self,
        tx: &mut Tx,
        state: InvitationState,
        failure: Option<&str>,
        sent_at: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        self.hold_customer(tx).await?;
        let moved = sql("UPDATE invitations SET state = $2, failure = $3, sent_at = $4 \
                         WHERE id = $1 AND state = 'sending'")
        .bind(self.invitation_id)
        .bind(state.as_str())
        .bind(failure)
        .bind(sent_at)
        .execute(tx)
        .await?;
        if moved == 1 && self.kind == MailKind::InvitationClientAdmin {
            // Another account admin may have accepted long ago: then the customer's state is theirs.
            sql(
                "UPDATE customers SET invitation_state = $2 WHERE invitation_state = 'sending' \
                 AND id = (SELECT customer_id FROM invitations WHERE id = $1)",
            )
            .bind(self.invitation_id)
            .bind(state.as_str())
            .execute(tx)
            .await?;
        }
        Ok(())
    }
}
