//! Looking up, after the answer, who asked for a reset link.

use domain::id::UserId;
use domain::{Language, Timestamp};
use serde::{Deserialize, Serialize};

use super::password_reset::LINK_LIVES;
use crate::Outcome;
use crate::jobs::{Job, JobContext, JobDone, JobError};
use crate::mail::{self, MailKind, NewMail};
use crate::storage::{Tx, sql};

/// A person gets at most this many reset mails within [`LINK_LIVES`]: the form must not flood a mailbox.
const MOST_MAILS: i64 = 3;

/// Sends a reset link when the address belongs to somebody with a password. A job, so that asking takes the same work
/// whoever is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendResetLink {
    /// Whose address was typed; nobody's, mostly, when somebody guesses.
    pub(super) user: Option<UserId>,
    /// When somebody asked: who has another password since needs no link.
    pub(super) asked_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Recipient {
    id: UserId,
    email: String,
    language: Language,
}

impl Job for SendResetLink {
    const KIND: &'static str = "send-reset-link";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        if let Some(recipient) = self.recipient(&mut tx).await.map_err(JobError::retry)? {
            let mail =
                NewMail::new(MailKind::PasswordReset, recipient.email, recipient.language).user(recipient.id);
            mail::queue(&mut tx, portal, mail)
                .await
                .map_err(JobError::retry)?;
        }
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }
}

impl SendResetLink {
    async fn recipient(&self, tx: &mut Tx) -> Outcome<Option<Recipient>> {
        Ok(sql("SELECT id, email, language FROM users WHERE id = $1 AND password_hash IS NOT NULL
             AND blocked_at IS NULL AND (password_changed_at IS NULL OR password_changed_at <= $2)
             AND (SELECT COUNT(*) FROM mails WHERE mails.user_id = users.id AND kind = $3 AND created_at > $4) < $5")
        .bind(self.user)
        .bind(self.asked_at)
        .bind(MailKind::PasswordReset.as_str())
        .bind(self.asked_at - LINK_LIVES)
        .bind(MOST_MAILS)
        .fetch_optional(tx)
        .await?)
    }
}
