//! Things a mail server gets wrong, on request.
//!
//! By address, for trying things out: the part before `@` (up to a `+` or `.`) decides.
//! `reject550@…` is refused for good with 550, as is any `reject5xx`. `defer451@…` is put off once with
//! 451, `defer451-3@…` three times in a row; any `defer4xx` works.
//!
//! By programme, for tests: [`Faults::add`].

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The moment of a conversation at which a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// When the connection is made, before the greeting.
    Connection,
    /// At `MAIL FROM`.
    Sender,
    /// At `RCPT TO`.
    Recipient,
    /// At `DATA`, before any content is sent.
    Content,
    /// After the content has arrived and is kept, before that is confirmed.
    Confirmation,
}

/// What the fault does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answers with this line (code, enhanced code, words) and does nothing else.
    Answer(String),
    /// Closes the connection without a word.
    Disconnect,
    /// Waits, then goes on as if nothing had happened.
    Delay(Duration),
}

/// A fault that strikes at one stage.
#[derive(Clone, Debug)]
pub struct Fault {
    stage: Stage,
    effect: Effect,
    recipient: Option<String>,
    times: Option<u32>,
}

impl Fault {
    /// A fault that strikes at `stage` every time.
    pub fn new(stage: Stage, effect: Effect) -> Self {
        Self {
            stage,
            effect,
            recipient: None,
            times: None,
        }
    }

    /// Only for mail to this address. Before `RCPT TO` nobody knows the recipient, so that such a fault
    /// never strikes at [`Stage::Connection`] and [`Stage::Sender`].
    #[must_use]
    pub fn to(mut self, recipient: &str) -> Self {
        self.recipient = Some(recipient.to_lowercase());
        self
    }

    /// Only this many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn strikes(&self, stage: Stage, recipients: &[String]) -> bool {
        self.stage == stage
            && self.times != Some(0)
            && self.recipient.as_ref().is_none_or(|wanted| {
                recipients
                    .iter()
                    .any(|recipient| recipient.to_lowercase() == *wanted)
            })
    }
}

/// The faults a server has been told to have.
#[derive(Debug, Default)]
pub struct Faults {
    added: Mutex<Vec<Fault>>,
    /// How often each `defer…` address was put off in its current run.
    deferred: Mutex<HashMap<String, u32>>,
}

impl Faults {
    /// Adds a fault; of several that fit, the one added first strikes.
    pub fn add(&self, fault: Fault) {
        self.added
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }

    /// Behaves well again; addresses that ask for a fault still get it.
    pub fn clear(&self) {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The fault that strikes now, if any. At [`Stage::Recipient`] `recipients` is the one just named.
    pub(super) fn strike(&self, stage: Stage, recipients: &[String]) -> Option<Effect> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = added.iter_mut().find(|fault| fault.strikes(stage, recipients)) {
            fault.times = fault.times.map(|times| times - 1);
            return Some(fault.effect.clone());
        }
        drop(added);
        match (stage, recipients) {
            (Stage::Recipient, [recipient]) => self.asked_for_by(recipient).map(Effect::Answer),
            _ => None,
        }
    }

    fn asked_for_by(&self, recipient: &str) -> Option<String> {
        let recipient = recipient.to_lowercase();
        let wish = recipient.split(['@', '+', '.']).next()?;
        if let Some(code) = wish
            .strip_prefix("reject")
            .and_then(|code| code_of_class(code, '5'))
        {
            return Some(format!(
                "{code} 5.1.1 <{recipient}>: the address asks to be refused"
            ));
        }
        let (code, times) = wish
            .strip_prefix("defer")
            .map(|rest| rest.split_once('-').unwrap_or((rest, "1")))?;
        let code = code_of_class(code, '4')?;
        let times: u32 = times.parse().ok()?;
        let mut deferred = self.deferred.lock().unwrap_or_else(PoisonError::into_inner);
        let count = deferred.entry(recipient.clone()).or_default();
        *count += 1;
        if *count <= times {
            return Some(format!(
                "{code} 4.2.0 <{recipient}>: the address asks to be put off, try again later"
            ));
        }
        deferred.remove(&recipient);
        None
    }
}

fn code_of_class(code: &str, class: char) -> Option<&str> {
    (code.len() == 3 && code.starts_with(class) && code.bytes().all(|digit| digit.is_ascii_digit()))
        .then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_recipient(faults: &Faults, address: &str) -> Option<String> {
        match faults.strike(Stage::Recipient, &[address.to_owned()]) {
            Some(Effect::Answer(line)) => Some(line[..3].to_owned()),
            _ => None,
        }
    }

    #[test]
    fn addresses_ask_for_their_answer() {
        let faults = Faults::default();
        assert_eq!(
            at_recipient(&faults, "reject550@x.example").as_deref(),
            Some("550")
        );
        assert_eq!(
            at_recipient(&faults, "Reject552+lucia@x.example").as_deref(),
            Some("552")
        );
        assert_eq!(at_recipient(&faults, "reject450@x.example"), None);
        assert_eq!(at_recipient(&faults, "rejected@x.example"), None);
    }

    #[test]
    fn a_deferred_address_gets_through_in_the_end() {
        let faults = Faults::default();
        let answers: Vec<_> = (0..4)
            .map(|_| at_recipient(&faults, "defer451-2@x.example"))
            .collect();
        assert_eq!(
            answers,
            [
                Some("451".to_owned()),
                Some("451".to_owned()),
                None,
                Some("451".to_owned())
            ]
        );
    }

    #[test]
    fn added_faults_strike_where_and_as_often_as_told() {
        let faults = Faults::default();
        faults.add(
            Fault::new(Stage::Content, Effect::Disconnect)
                .to("A@x.example")
                .times(1),
        );
        assert_eq!(faults.strike(Stage::Content, &["b@x.example".to_owned()]), None);
        assert_eq!(faults.strike(Stage::Sender, &[]), None);
        let recipients = ["b@x.example".to_owned(), "a@x.example".to_owned()];
        assert_eq!(
            faults.strike(Stage::Content, &recipients),
            Some(Effect::Disconnect)
        );
        assert_eq!(faults.strike(Stage::Content, &recipients), None);
    }
}
