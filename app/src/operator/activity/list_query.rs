//! What the addresses of the lists of jobs and of mails say.

use domain::id::CustomerId;
use domain::{JobState, MailState};
use portal::jobs::JobFilter;

use crate::list_address::{ListAddress, Listed};

/// The list of jobs.
#[derive(Clone, Debug)]
pub(super) struct Jobs;

impl Listed for Jobs {
    const NAMES: &'static [&'static str] = &["state", "kind", "customer", "rows"];
}

/// What the list of jobs was asked for.
pub(super) type JobsQuery = ListAddress<Jobs>;

impl JobsQuery {
    /// The state of the jobs shown.
    pub(super) fn state(&self) -> Option<JobState> {
        self.parsed("state")
    }

    /// Whose jobs are shown.
    pub(super) fn customer(&self) -> Option<CustomerId> {
        self.parsed("customer")
    }

    /// The kind of the jobs shown.
    pub(super) fn kind(&self) -> Option<String> {
        let known = |kind: &String| portal::jobs::registry().kinds().any(|known| known == kind);
        self.text("kind").filter(known)
    }

    pub(super) fn filter(&self) -> JobFilter {
        JobFilter {
            states: self.state().into_iter().collect(),
            kinds: self.kind().into_iter().collect(),
            customer: self.customer(),
        }
    }

    /// Whether a parameter says something.
    pub(super) fn means(&self) -> impl Fn(&str, &str) -> bool {
        |name, _| match name {
            "state" => self.state().is_some(),
            "kind" => self.kind().is_some(),
            "customer" => self.customer().is_some(),
            _ => true,
        }
    }
}

/// The list of mails.
#[derive(Clone, Debug)]
pub(super) struct Mails;

impl Listed for Mails {
    const NAMES: &'static [&'static str] = &["state", "rows"];
}

/// What the list of mails was asked for.
pub(super) type MailsQuery = ListAddress<Mails>;

impl MailsQuery {
    /// The state of the mails shown.
    pub(super) fn mail_state(&self) -> Option<MailState> {
        self.parsed("state")
    }
}
