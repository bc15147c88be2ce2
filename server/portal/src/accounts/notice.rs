//! Telling somebody by mail what happened to their account.

use domain::Language;
use domain::id::UserId;

use crate::mail::{self, MailKind, NewMail};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal};

/// Queues a mail to the person's own address, in their language.
pub(super) async fn tell(portal: &Portal, tx: &mut Tx, user: UserId, kind: MailKind) -> Outcome<()> {
    let mail = to(tx, user, kind).await?;
    mail::queue(tx, portal, mail).await?;
    Ok(())
}

/// A mail to the person's own address, in their language.
pub(super) async fn to(tx: &mut Tx, user: UserId, kind: MailKind) -> Outcome<NewMail> {
    let (email, language): (String, Language) = sql("SELECT email, language FROM users WHERE id = $1")
        .bind(user)
        .fetch_one(tx)
        .await?;
    Ok(NewMail::new(kind, email, language).user(user))
}
