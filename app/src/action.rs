//! What every server function that changes something has in common: who asks, and how it answers.
//!
//! A plain form gets a redirect: to the next page, or back to the form, which then shows what is wrong and
//! keeps what was typed. The form enhancer gets the same as JSON and writes it into the page.

use std::str::FromStr;

use domain::{FieldProblems, Problem, Timestamp};
use http::HeaderName;
use leptos::prelude::{ServerFnError, use_context};
use leptos_axum::ResponseOptions;
use portal::access::{Client, Operator, Viewer};
use portal::accounts::confirm::Proof;
use portal::accounts::current::Person;
use portal::accounts::viewing;
use portal::{Outcome, Portal, Refusal};
use serde::Serialize;
use tower_sessions::Session;

pub use self::encode::encode;
pub use self::reply::{Done, Reply};
pub use self::session_keys::{
    CUSTOMER, ENDS, FLASH, HALF, KEPT, LOG_IN, NEXT_ID, PROVED, ROLE, SEEN, USER, VIEWING,
};
use crate::visitor::{Visitor, visitor};

mod answer;
mod came_from;
mod cookies;
mod encode;
mod kept;
mod reply;
mod session_keys;

/// Header by which the form enhancer says that it wants JSON.
pub const ENHANCED: HeaderName = HeaderName::from_static("x-enhanced");

/// Name of the hidden field that says for which customer a form was shown.
pub const SHOWN_FOR: &str = "shown-for";
/// The code of a form that was shown for another customer than its person works for by now.
const OUT_OF_DATE: &str = "shown-for-another-customer";
/// The code of whatever an operator does who only looks at a customer's Storefronts.
const ONLY_LOOKS: &str = "viewing-as-customer";
/// What was typed into the posted form, as the router read it.
#[derive(Clone, Debug, Default)]
pub struct PostedValues(pub Vec<(String, String)>);

/// The files of a posted form that were not taken: the field of each and why.
#[derive(Clone, Debug, Default)]
pub struct RefusedFiles(pub FieldProblems);

/// A server function being answered.
pub struct Action {
    /// The use cases' surroundings.
    pub portal: Portal,
    /// Who asks.
    pub visitor: Visitor,
    /// Their session.
    pub session: Session,
    response: ResponseOptions,
    enhanced: bool,
    values: Vec<(String, String)>,
    refused_files: FieldProblems,
    back: String,
}

impl Action {
    /// Gathers what belongs to the request being answered.
    ///
    /// # Errors
    /// When called outside of a request.
    pub fn begin() -> Result<Self, ServerFnError> {
        let missing = || ServerFnError::new("called outside of a request");
        let parts = use_context::<http::request::Parts>().ok_or_else(missing)?;
        let portal: Portal = use_context().ok_or_else(missing)?;
        let back = came_from::came_from(&parts.headers, portal.settings.base_url.authority());
        Ok(Self {
            portal,
            visitor: visitor(),
            session: parts.extensions.get::<Session>().cloned().ok_or_else(missing)?,
            response: use_context().ok_or_else(missing)?,
            enhanced: parts.headers.contains_key(ENHANCED),
            values: parts
                .extensions
                .get::<PostedValues>()
                .cloned()
                .unwrap_or_default()
                .0,
            refused_files: parts
                .extensions
                .get::<RefusedFiles>()
                .cloned()
                .unwrap_or_default()
                .0,
            back,
        })
    }

    /// Who is logged in, for what only reads.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`].
    pub fn reader(&self) -> Outcome<&Viewer> {
        let current = self.visitor.current.as_ref();
        current.map(|current| &current.viewer).ok_or(Refusal::NotLoggedIn)
    }

    /// Refuses an operator who only looks at a customer's Storefronts: for what is done without saying who asks.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] `viewing-as-customer`.
    pub fn require_hands(&self) -> Outcome<()> {
        if self.visitor.looks_on() {
            return Err(Refusal::conflict(ONLY_LOOKS));
        }
        Ok(())
    }

    /// Ends that an operator looks at a customer's Storefronts, if they do; recorded.
    ///
    /// # Errors
    /// When the session cannot be written.
    pub async fn stop_viewing(&self) -> Outcome<()> {
        let current = self.visitor.current.as_ref();
        let Some(viewing) = current.and_then(|current| current.viewing) else {
            return Ok(());
        };
        let removed = self.session.remove_value(VIEWING).await;
        removed.map_err(anyhow::Error::from)?;
        viewing::end(&self.portal, viewing).await
    }

    /// Who is logged in, and may change something.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`]; [`Refusal::Conflict`] `viewing-as-customer`, or `shown-for-another-customer` when they
    /// have chosen another customer since the form was shown to them: what was meant for one is not done for another.
    pub fn viewer(&self) -> Outcome<&Viewer> {
        self.require_hands()?;
        let current = self.visitor.current.as_ref().ok_or(Refusal::NotLoggedIn)?;
        let shown_for = self.values.iter().find(|(name, _)| name == SHOWN_FOR);
        let chosen = current.viewer.scope().customer().map(|id| id.to_string());
        let (Some((_, shown_for)), Some(chosen)) = (shown_for, chosen) else {
            return Ok(&current.viewer);
        };
        if *shown_for == chosen {
            return Ok(&current.viewer);
        }
        let name = |id: &str| {
            let known = current
                .customers
                .iter()
                .find(|customer| customer.id.to_string() == id);
            known.map_or_else(|| "–".to_owned(), |customer| customer.name.clone())
        };
        let problem = Problem::new(OUT_OF_DATE)
            .with("shown", name(shown_for))
            .with("chosen", name(&chosen));
        Err(Refusal::Conflict(problem))
    }

    /// The person who is logged in, also one who must set up a second step of their log-in first.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`].
    pub fn person(&self) -> Outcome<&Person> {
        self.require_hands()?;
        self.visitor.person().ok_or(Refusal::NotLoggedIn)
    }

    /// When the person last proved in this session who they are, for use cases that are sensitive. One that finds it too
    /// old is answered with the page that asks for the password; the form waits, filled in.
    ///
    /// # Errors
    /// When the session cannot be read.
    pub async fn proof(&self) -> Outcome<Proof> {
        let at: Option<i64> = self.session.get(PROVED).await.map_err(anyhow::Error::from)?;
        Ok(Proof::given(at.map(Timestamp::from_micros)))
    }

    /// The id of the session, as it is kept.
    pub fn session_id(&self) -> [u8; 16] {
        self.session.id().map(|id| id.0.to_le_bytes()).unwrap_or_default()
    }

    /// The operator who is logged in.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`], [`Refusal::Forbidden`] for client users.
    pub fn operator(&self) -> Outcome<&Operator> {
        match self.viewer()? {
            Viewer::Operator(operator) => Ok(operator),
            Viewer::Client(_) => Err(Refusal::Forbidden),
        }
    }

    /// The client user who is logged in.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`], [`Refusal::Forbidden`] for operators.
    pub fn client(&self) -> Outcome<&Client> {
        match self.viewer()? {
            Viewer::Client(client) => Ok(client),
            Viewer::Operator(_) => Err(Refusal::Forbidden),
        }
    }

    /// An id, or another value that no person types.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is none: what it names does not exist.
    pub fn id<T: FromStr>(&self, sent: &str) -> Outcome<T> {
        sent.parse().map_err(|_| Refusal::NotFound)
    }

    /// Whether scripts sent the form: they go wherever the answer leads, also to another site.
    pub const fn is_enhanced(&self) -> bool {
        self.enhanced
    }

    /// Leaves a value in the session for the page that follows: see [`Page::take`](crate::page::Page::take).
    ///
    /// # Errors
    /// When the session cannot be written.
    pub async fn remember(&self, key: &str, value: &(impl Serialize + Sync)) -> Outcome<()> {
        let written = self.session.insert(key, value).await;
        Ok(written.map_err(anyhow::Error::from)?)
    }

    /// What was posted, name by name: for forms whose fields are not known beforehand.
    pub fn posted(&self) -> &[(String, String)] {
        &self.values
    }

    /// The files of the form that were not taken, by their fields.
    pub const fn refused_files(&self) -> &FieldProblems {
        &self.refused_files
    }

    /// Whether every file of the form was taken. If not, the form is only checked, for
    /// [`Self::with_refused_files`] to tell everything that is wrong with it at once.
    pub fn files_taken(&self) -> bool {
        self.refused_files.is_empty()
    }

    /// What is wrong with a form whose files were not all taken: those files, and what checking the rest has found.
    /// That a file is missing is not said of one that was there.
    ///
    /// # Errors
    /// Always: [`Refusal::Invalid`], or what else `checked` was refused for.
    pub fn with_refused_files<T>(&self, checked: Outcome<impl Sized>) -> Outcome<T> {
        let mut problems = self.refused_files.clone();
        match checked {
            Ok(_) => {}
            Err(Refusal::Invalid(others)) => {
                for (field, problem) in others.iter() {
                    if problems.get(field).is_none() {
                        problems.add(field.to_owned(), problem.clone());
                    }
                }
            }
            Err(other) => return Err(other),
        }
        Err(problems.into())
    }
}
