//! Stub until the real one lands; never committed.
#![allow(missing_docs)]
use crate::{Outcome, Portal, storage::Tx};
use domain::{
    Language,
    id::{MailId, UserId},
};
pub enum MailKind {
    PasswordReset,
    PasswordChanged,
}
impl MailKind {
    pub fn as_str(&self) -> &'static str {
        "x"
    }
}
pub struct NewMail;
impl NewMail {
    pub fn new(_: MailKind, _: String, _: Language) -> Self {
        Self
    }
    pub fn user(self, _: UserId) -> Self {
        self
    }
}
pub async fn queue(_: &mut Tx, _: &Portal, _: NewMail) -> Outcome<MailId> {
    unreachable!()
}
