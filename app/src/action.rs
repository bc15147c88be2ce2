//! What every server function that changes something has in common: who asks, and how it answers.
//!
//! A plain form gets a redirect: to the next page, or back to the form, which then shows what is wrong and
//! keeps what was typed. The form enhancer gets the same as JSON and writes it into the page.

use std::str::FromStr;

use domain::id::UserId;
use domain::{FieldProblems, Language, Problem, Timestamp};
use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::{ServerFnError, use_context};
use leptos_axum::ResponseOptions;
use portal::access::{Client, Operator, Viewer};
use portal::accounts::confirm::Proof;
use portal::accounts::current::Person;
use portal::{Outcome, Portal, Refusal};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::account::log_in::own_path;
use crate::visitor::{Flash, KeptForm, RefusedForm, Visitor, device_cookie, last_person_cookie, visitor};

/// Session key of [`Flash`].
pub const FLASH: &str = "flash";
/// Session key of the logged-in user's id.
pub const USER: &str = "user";
/// Session key of the id of the customer that the user works for in this session.
pub const CUSTOMER: &str = "customer";
/// Session key of the role that the user had when they were last here.
pub const ROLE: &str = "role";
/// Session key of the [`KeptForm`].
pub const KEPT: &str = "kept";
/// Session key of the moment the session ends whatever happens, in microseconds.
pub const ENDS: &str = "ends";
/// Session key of who has given their password and not yet the code of their second step. Nobody is logged in then.
pub const HALF: &str = "half";
/// Session key of when and where the user logged in.
pub const LOG_IN: &str = "log-in";
/// Session key of the moment the user last proved who they are, in microseconds.
pub const PROVED: &str = "proved";
/// Session key of the last request's moment, in microseconds.
pub const SEEN: &str = "seen";
/// Header by which the form enhancer says that it wants JSON.
pub const ENHANCED: HeaderName = HeaderName::from_static("x-enhanced");

/// The page that asks somebody for their password before something sensitive.
const CONFIRM: &str = "/account/confirm";
/// How long a browser keeps the token it is known by: the longest that browsers allow, 400 days.
const DEVICE_SECONDS: u32 = 400 * 24 * 3600;
/// Most bytes kept of a form that was sent after its session had ended: what a person types, and far from what could
/// fill a disk.
const KEPT_BYTES: usize = 32 * 1024;
/// Most values, and bytes of each, kept of a refused form of somebody who is not logged in: the forms they have ask for
/// names, addresses and choices.
const SIGNED_OUT_VALUES: usize = 16;
const SIGNED_OUT_VALUE_BYTES: usize = 512;

/// What was typed into the posted form, as the router read it.
#[derive(Clone, Debug, Default)]
pub struct PostedValues(pub Vec<(String, String)>);

/// The files of a posted form that were not taken: the field of each and why.
#[derive(Clone, Debug, Default)]
pub struct RefusedFiles(pub FieldProblems);

/// The answer of a server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Reply {
    /// It is done: where to go next.
    Done {
        /// A path of the portal.
        location: String,
    },
    /// It was refused.
    Refused {
        /// Names of fields with what is wrong, in the visitor's language.
        fields: Vec<(String, String)>,
        /// What is wrong with the whole, in the visitor's language.
        message: Option<String>,
    },
}

/// What a server function leads to when it is done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Done {
    location: String,
    said: Option<Problem>,
}

impl Done {
    /// Go to a path of the portal.
    pub fn to(location: impl Into<String>) -> Self {
        Self {
            location: location.into(),
            said: None,
        }
    }

    /// Says `done-<code>` on the page that follows.
    #[must_use]
    pub fn saying(mut self, code: &'static str) -> Self {
        self.said = Some(Problem::new(code));
        self
    }

    /// Says `done-<code>` with a value on the page that follows.
    #[must_use]
    pub fn saying_with(mut self, done: Problem) -> Self {
        self.said = Some(done);
        self
    }
}

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
        let back = came_from(&parts.headers, portal.settings.base_url.authority());
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

    /// Who is logged in.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`].
    pub fn viewer(&self) -> Outcome<&Viewer> {
        self.visitor
            .current
            .as_ref()
            .map(|current| &current.viewer)
            .ok_or(Refusal::NotLoggedIn)
    }

    /// The person who is logged in, also one who must set up a second step of their log-in first.
    ///
    /// # Errors
    /// [`Refusal::NotLoggedIn`].
    pub fn person(&self) -> Outcome<&Person> {
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

    /// The page that holds the form, when it is `path` with whatever query; `path` otherwise.
    pub fn came_from(&self, path: &str) -> String {
        let own = self.back.split('?').next() == Some(path);
        if own { self.back.clone() } else { path.to_owned() }
    }

    /// The page that holds the form, when it is `path` or one below it; `path` otherwise.
    pub fn came_from_within(&self, path: &str) -> String {
        let below = self.back.strip_prefix(path);
        let own = below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        if own { self.back.clone() } else { path.to_owned() }
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

    /// Shows a form again, on the page `location`, as `form` says: for buttons that change the form itself, and for
    /// forms whose files should not be sent twice.
    ///
    /// # Errors
    /// Only when the session cannot be written.
    pub async fn show_again(
        self,
        form: RefusedForm,
        location: impl Into<String>,
    ) -> Result<Reply, ServerFnError> {
        self.leave(&Flash {
            form: Some(form),
            ..Flash::default()
        })
        .await?;
        let location = location.into();
        self.redirect(&location);
        Ok(Reply::Done { location })
    }

    /// Answers the form `form` with the outcome of its work.
    ///
    /// # Errors
    /// Never for a refusal: that is an answer. Only when the session cannot be written.
    pub async fn answer(self, form: &str, outcome: Outcome<Done>) -> Result<Reply, ServerFnError> {
        match outcome {
            Ok(done) => self.done(done).await,
            Err(refusal) => self.refused(form, refusal).await,
        }
    }

    /// As [`Self::answer`], for what can be done only while things stand as `page` shows them: when somebody was quicker,
    /// the page is shown anew with what is so now, and says why nothing was done. `typed` says whether the form has
    /// more than buttons: what was typed into it is kept.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub async fn answer_anew(
        self,
        form: &str,
        typed: bool,
        page: String,
        outcome: Outcome<Done>,
    ) -> Result<Reply, ServerFnError> {
        let Err(Refusal::Conflict(problem)) = outcome else {
            return self.answer(form, outcome).await;
        };
        let form = typed.then(|| RefusedForm {
            id: form.to_owned(),
            values: without_secrets(&self.values),
            problems: FieldProblems::new(),
            message: Some(problem.clone()),
        });
        self.leave(&Flash {
            form,
            refused: Some(problem),
            ..Flash::default()
        })
        .await?;
        self.redirect(&page);
        Ok(Reply::Done { location: page })
    }

    async fn done(self, done: Done) -> Result<Reply, ServerFnError> {
        if done.said.is_some() {
            self.leave(&Flash {
                done: done.said,
                ..Flash::default()
            })
            .await?;
        }
        self.redirect(&done.location);
        Ok(Reply::Done {
            location: done.location,
        })
    }

    async fn refused(self, form: &str, refusal: Refusal) -> Result<Reply, ServerFnError> {
        let (status, problems, message) = match refusal {
            Refusal::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, problems, None),
            Refusal::Conflict(problem) => (StatusCode::CONFLICT, FieldProblems::new(), Some(problem)),
            Refusal::NotLoggedIn => {
                self.keep(form).await?;
                let location = self.visitor.way_in(&self.back);
                self.redirect(&location);
                return Ok(Reply::Done { location });
            }
            Refusal::Unproved => {
                self.keep(form).await?;
                let location = format!("{CONFIRM}?next={}", encode(&self.back));
                self.redirect(&location);
                return Ok(Reply::Done { location });
            }
            Refusal::Forbidden => (
                StatusCode::FORBIDDEN,
                FieldProblems::new(),
                Some(Problem::new("forbidden")),
            ),
            Refusal::NotFound => (
                StatusCode::NOT_FOUND,
                FieldProblems::new(),
                Some(Problem::new("not-found")),
            ),
            Refusal::Unexpected(error) => {
                tracing::error!(form, error = format!("{error:#}"), "a form failed");
                let problem = Problem::new("unexpected");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    FieldProblems::new(),
                    Some(problem),
                )
            }
        };
        let text = self.visitor.text();
        let reply = Reply::Refused {
            fields: problems
                .iter()
                .map(|(name, problem)| (name.to_owned(), text.problem(problem)))
                .collect(),
            message: message.as_ref().map(|problem| text.problem(problem)),
        };
        let is_answer = matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT);
        if self.enhanced && is_answer {
            // The enhancer reads what is wrong from the body; browsers log every other status as an error.
            return Ok(reply);
        }
        if self.enhanced || !(is_answer || status == StatusCode::INTERNAL_SERVER_ERROR) {
            self.response.set_status(status);
            return Ok(reply);
        }
        let typed = without_secrets(&self.values);
        let refused = RefusedForm {
            id: form.to_owned(),
            values: if self.visitor.current.is_some() {
                typed
            } else {
                signed_out_values(typed)
            },
            problems,
            message,
        };
        self.leave(&Flash {
            form: Some(refused),
            ..Flash::default()
        })
        .await?;
        self.redirect(&self.back.clone());
        Ok(reply)
    }

    /// Keeps the language of somebody who is not logged in, for a year.
    pub fn remember_language(&self, language: Option<Language>) {
        let cookie =
            language.map(|language| format!("language={language}; Path=/; Max-Age=31536000; SameSite=Lax"));
        if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
            self.response.append_header(header::SET_COOKIE, value);
        }
    }

    /// Keeps a form of somebody whose session has ended or who must prove who they are, for them alone to find it again.
    async fn keep(&self, form: &str) -> Result<(), ServerFnError> {
        let was = self.visitor.was.filter(|_| self.visitor.undecided.is_none());
        let Some(user) = self.visitor.person().map(|person| person.id).or(was) else {
            return Ok(());
        };
        let values = without_secrets(&self.values);
        let bytes: usize = values.iter().map(|(name, value)| name.len() + value.len()).sum();
        let form = RefusedForm {
            id: form.to_owned(),
            values,
            problems: self.refused_files.clone(),
            message: None,
        };
        let kept = KeptForm {
            user,
            location: self.back.clone(),
            form: (bytes <= KEPT_BYTES).then_some(form),
            files: !self.refused_files.is_empty(),
            at: self.portal.now().micros(),
        };
        let written = self.session.insert(KEPT, kept).await;
        written.map_err(|error| ServerFnError::new(error.to_string()))
    }

    /// Has the browser remember who is logged in, or that nobody is: a form that is sent after the session has ended
    /// is then known to be theirs.
    pub(crate) fn remember_person(&self, person: Option<UserId>) {
        let secure = self.portal.settings.secure_cookies();
        let name = last_person_cookie(secure);
        let secure = if secure { "; Secure" } else { "" };
        let cookie = match person {
            Some(person) => format!("{name}={person}; Path=/; HttpOnly; SameSite=Lax{secure}"),
            None => format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"),
        };
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            self.response.append_header(header::SET_COOKIE, cookie);
        }
    }

    /// Has the browser keep the token by which it is known the next time somebody logs in.
    pub(crate) fn remember_device(&self, token: &str) {
        let secure = self.portal.settings.secure_cookies();
        let name = device_cookie(secure);
        let secure = if secure { "; Secure" } else { "" };
        let cookie =
            format!("{name}={token}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            self.response.append_header(header::SET_COOKIE, cookie);
        }
    }

    async fn leave(&self, flash: &Flash) -> Result<(), ServerFnError> {
        self.session
            .insert(FLASH, flash)
            .await
            .map_err(|error| ServerFnError::new(error.to_string()))
    }

    fn redirect(&self, location: &str) {
        if self.enhanced {
            return;
        }
        if let Ok(value) = HeaderValue::from_str(location) {
            self.response.set_status(StatusCode::SEE_OTHER);
            self.response.insert_header(header::LOCATION, value);
        }
    }
}

/// Path and query of the page that holds the form; the start page when the browser does not say or names
/// another site. The portal is known by the name it is asked for, and by `own_authority`, its public one, which a
/// proxy may have replaced.
fn came_from(headers: &http::HeaderMap, own_authority: &str) -> String {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let asked_for = text(header::HOST).unwrap_or_default();
    let is_own = |authority: &str| authority == asked_for || authority == own_authority;
    text(header::REFERER)
        .and_then(|referer| referer.parse::<http::Uri>().ok())
        .filter(|referer| {
            referer
                .authority()
                .is_some_and(|authority| is_own(authority.as_str()))
        })
        .and_then(|referer| referer.path_and_query().map(ToString::to_string))
        .map_or_else(|| "/".to_owned(), |path| own_path(&path))
}

/// What is kept of values that somebody typed who is not logged in: anybody can send them.
fn signed_out_values(values: Vec<(String, String)>) -> Vec<(String, String)> {
    values
        .into_iter()
        .filter(|(name, value)| name.len() + value.len() <= SIGNED_OUT_VALUE_BYTES)
        .take(SIGNED_OUT_VALUES)
        .collect()
}

fn without_secrets(values: &[(String, String)]) -> Vec<(String, String)> {
    values
        .iter()
        .filter(|(name, _)| {
            // A print area may be called `keyring`: what follows a colon is a key of the catalogue, not a name of ours.
            let name = name.split(':').next().unwrap_or_default();
            !["password", "token", "secret", "key"]
                .iter()
                .any(|secret| name.contains(secret))
        })
        .cloned()
        .collect()
}

/// Makes a path safe as the value of a query parameter.
pub fn encode(value: &str) -> String {
    use std::fmt::Write as _;
    value
        .bytes()
        .fold(String::with_capacity(value.len()), |mut escaped, byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
                escaped.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "%{byte:02X}");
            }
            escaped
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, referer: &str) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        headers.insert(header::REFERER, HeaderValue::from_str(referer).unwrap());
        headers
    }

    #[test]
    fn a_refused_form_returns_only_to_this_site() {
        let back = |host, referer| came_from(&headers(host, referer), "portal.example");
        assert_eq!(
            back("a.example", "https://a.example/x?dialog=new"),
            "/x?dialog=new"
        );
        assert_eq!(back("127.0.0.1:3000", "https://portal.example/x"), "/x");
        for elsewhere in ["https://evil.example/x", "https://a.example//evil.example"] {
            assert_eq!(back("a.example", elsewhere), "/");
        }
        assert_eq!(came_from(&http::HeaderMap::new(), "portal.example"), "/");
    }

    #[test]
    fn secrets_are_not_kept_for_the_page_that_follows() {
        let typed = [
            ("email".to_owned(), "a@b.example".to_owned()),
            ("old_password".to_owned(), "x".to_owned()),
        ];
        assert_eq!(without_secrets(&typed), [typed[0].clone()]);
    }

    #[test]
    fn of_a_form_that_anybody_can_send_little_is_kept() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let long = "x".repeat(SIGNED_OUT_VALUE_BYTES + 1);
        let typed = vec![
            pair("first_name", &long),
            pair(&long, ""),
            pair("email", "a@b.example"),
        ];
        assert_eq!(signed_out_values(typed), [pair("email", "a@b.example")]);
        let many = vec![pair("a", "b"); 1000];
        assert_eq!(signed_out_values(many).len(), SIGNED_OUT_VALUES);
    }

    #[test]
    fn a_path_becomes_one_query_value() {
        assert_eq!(
            encode("/console/orders?q=a b&x=ñ"),
            "/console/orders%3Fq%3Da%20b%26x%3D%C3%B1"
        );
    }
}
