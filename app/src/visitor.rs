//! Who asks for a page, in which language, and what the last form left behind.

use std::net::{IpAddr, Ipv4Addr};

use domain::{FieldProblems, Language, Problem, Theme, Timestamp};
use leptos::prelude::use_context;
use portal::accounts::current::Current;
use serde::{Deserialize, Serialize};

use crate::text::{Text, Zone};

/// What is known of a request before its page is built. The router puts it into the request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The person logged in.
    pub current: Option<Current>,
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
    /// The request's id, by which its log lines are found.
    pub request_id: String,
}

impl Default for Visitor {
    fn default() -> Self {
        Self {
            current: None,
            language: Language::En,
            time_zone: Zone::UTC,
            theme: Theme::System,
            flash: Flash::default(),
            uri: "/".to_owned(),
            now: Timestamp::EPOCH,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
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
}

impl Flash {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.form.is_none() && self.done.is_none()
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
