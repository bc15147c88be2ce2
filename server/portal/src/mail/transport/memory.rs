//! Mails that stay here, for tests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::{Accepted, MailTransport, OutgoingMail, SendFailure};

/// Keeps mails instead of sending them; fails when told so.
#[derive(Debug, Default)]
pub struct MemoryTransport {
    sent: Mutex<Vec<OutgoingMail>>,
    failures: Mutex<VecDeque<SendFailure>>,
}

impl MemoryTransport {
    /// Every mail it was given and did not refuse, oldest first.
    pub fn sent(&self) -> Vec<OutgoingMail> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Refuses the next mail; further failures queue up.
    pub fn fail_next(&self, failure: SendFailure) {
        self.failures
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(failure);
    }
}

impl MailTransport for MemoryTransport {
    fn send<'a>(&'a self, mail: &'a OutgoingMail) -> BoxFuture<'a, Result<Accepted, SendFailure>> {
        let failure = self
            .failures
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let result = failure.map_or_else(
            || {
                self.sent
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail.clone());
                Ok(Accepted {
                    answer: "250 kept in memory".to_owned(),
                })
            },
            Err,
        );
        std::future::ready(result).boxed()
    }
}
