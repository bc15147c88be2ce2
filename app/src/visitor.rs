//! Who asks for a page, in which language, and what the last form left behind.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use domain::id::UserId;
use domain::{FieldProblems, Language, Problem, Theme, Timestamp};
use leptos::prelude::use_context;
use portal::accounts::current::{Current, Person, Undecided};
use serde::{Deserialize, Serialize};

use crate::action::encode;
use crate::text::{Text, Zone};

/// The page on which somebody of several customers chooses one.
pub const CHOOSE_CUSTOMER: &str = "/choose-customer";

/// The page on which somebody sets up the second step of their log-in.
pub const SET_UP_TWO_FACTOR: &str = "/account/two-factor";

/// The cookie by which a browser is known in which somebody has logged in. `secure` is whether the portal is opened over
/// HTTPS.
pub const fn device_cookie(secure: bool) -> &'static str {
    if secure { "__Host-device" } else { "device" }
}

/// The cookie that remembers who was logged in last. `secure` is whether the portal is opened over HTTPS.
pub const fn last_person_cookie(secure: bool) -> &'static str {
    if secure { "__Host-person" } else { "person" }
}

/// What is known of a request before its page is built. The router puts it into the request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The person logged in.
    pub current: Option<Current>,
    /// The person logged in who must choose a customer first; `current` is nobody then.
    pub undecided: Option<Undecided>,
    /// The operator logged in who must set up a second step first; `current` is nobody then.
    pub unprotected: Option<Person>,
    /// Whether somebody has given their password and not yet the code of their second step: nobody is logged in then.
    pub awaits_code: bool,
    /// Who was logged in here last, as the browser remembers: nothing that can be relied on.
    pub was: Option<UserId>,
    /// The person's language, or what the browser asked for.
    pub language: Language,
    /// The zone times are shown in.
    pub time_zone: Zone,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// What the last form left behind.
    pub flash: Flash,
    /// Path and query of the request.
    pub uri: String,
    /// When the request came in.
    pub now: Timestamp,
    /// Who calls; behind a trusted proxy the address it names.
    pub address: IpAddr,
    /// What the browser says it is.
    pub user_agent: Option<String>,
    /// The token by which the browser is known.
    pub device: Option<String>,
    /// The request's id, by which its log lines are found.
    pub request_id: String,
}

impl Default for Visitor {
    fn default() -> Self {
        Self {
            current: None,
            undecided: None,
            unprotected: None,
            awaits_code: false,
            was: None,
            language: Language::En,
            time_zone: Zone::UTC,
            theme: Theme::System,
            flash: Flash::default(),
            uri: "/".to_owned(),
            now: Timestamp::EPOCH,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            user_agent: None,
            device: None,
            request_id: String::new(),
        }
    }
}

/// What a form leaves for the page that is shown next. Kept in the session until then.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    /// A form that was refused, with what was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<RefusedForm>,
    /// What was done: the code and arguments of a sentence `done-<code>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Problem>,
    /// Why nothing was done: the code and arguments of a sentence `problem-<code>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Problem>,
    /// Whether the form was not refused, but [kept](KeptForm) while its person logged in again.
    #[serde(skip)]
    pub kept: bool,
    /// On pages for people who are not logged in: whether a form waits for them.
    #[serde(skip)]
    pub waiting: Option<Waiting>,
}

/// That somebody's session had ended when they sent a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whether what they typed is kept: it may have been too long.
    pub kept: bool,
    /// Whether files came with it, which are not kept.
    pub files: bool,
}

/// A form that was sent after its session had ended. Kept in the browser's session until its person has logged in again,
/// for nobody else, and not for long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptForm {
    /// Who typed it.
    pub user: UserId,
    /// Path and query of the page it stands on.
    pub location: String,
    /// The form, unless it is too large to be kept; its problems name the fields whose files were not.
    pub form: Option<RefusedForm>,
    /// Whether files came with it.
    pub files: bool,
    /// When it was sent, in microseconds.
    pub at: i64,
}

impl KeptForm {
    /// How long a form waits.
    pub const LIVES: Duration = Duration::from_hours(1);

    /// Whether it waits for `user` at `now`.
    pub fn waits_for(&self, user: UserId, now: Timestamp) -> bool {
        self.user == user && now.since(Timestamp::from_micros(self.at)) < Self::LIVES
    }
}

impl Flash {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.form.is_none() && self.done.is_none() && self.refused.is_none()
    }
}

/// A form that was refused, with what was typed, so that nothing is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefusedForm {
    /// Which form of the page.
    pub id: String,
    /// What was typed, without secrets.
    pub values: Vec<(String, String)>,
    /// Which fields are wrong.
    pub problems: FieldProblems,
    /// What is wrong with the whole.
    pub message: Option<Problem>,
}

impl Visitor {
    /// The person logged in, when it is clear for whom they work; also one who must set up a second step first. Nobody
    /// while they look at a customer's Storefronts: what is their own is not to be found there.
    pub fn person(&self) -> Option<&Person> {
        let current = self.current.as_ref().filter(|current| current.viewing.is_none());
        let current = current.map(|current| &current.person);
        current.or(self.unprotected.as_ref())
    }

    /// Whether they are an operator who only looks at a customer's Storefronts.
    pub fn looks_on(&self) -> bool {
        let current = self.current.as_ref();
        current.is_some_and(|current| current.viewing.is_some())
    }

    /// Where somebody who is nobody yet becomes somebody, to go on to `next` then.
    pub fn way_in(&self, next: &str) -> String {
        let page = if self.undecided.is_some() {
            CHOOSE_CUSTOMER
        } else if self.unprotected.is_some() {
            SET_UP_TWO_FACTOR
        } else {
            "/login"
        };
        format!("{page}?next={}", encode(next))
    }

    /// The interface's sentences for this visitor.
    pub fn text(&self) -> Text {
        Text::new(self.language, self.time_zone, self.now)
    }
}

/// The visitor of the request being answered.
pub fn visitor() -> Visitor {
    use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Visitor>().cloned())
        .unwrap_or_default()
}
