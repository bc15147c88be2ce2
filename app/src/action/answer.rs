//! How a server function answers: where it leads, and what the form is told that was refused.

use domain::{FieldProblems, Problem};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::ServerFnError;
use portal::{Outcome, Refusal};

use super::{Action, Done, FLASH, ONLY_LOOKS, OUT_OF_DATE, Reply, encode, kept};
use crate::fault;
use crate::visitor::{Flash, RefusedForm};

/// The page that asks somebody for their password before something sensitive.
const CONFIRM: &str = "/account/confirm";

/// What is said before anything else is looked at.
const BEFORE_ALL: [&str; 2] = [OUT_OF_DATE, ONLY_LOOKS];

impl Action {
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
        let problem = match outcome {
            // What is said before anything was looked at says nothing about the page, nor where it is.
            Err(Refusal::Conflict(problem)) if !BEFORE_ALL.contains(&problem.code.as_ref()) => problem,
            outcome => return self.answer(form, outcome).await,
        };
        let form = typed.then(|| RefusedForm {
            id: form.to_owned(),
            values: kept::without_secrets(&self.values),
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
            Refusal::Conflict(problem) if problem.code == OUT_OF_DATE && !self.enhanced => {
                // The page of the form may be of a customer whom they do not work for now.
                self.leave(&Flash {
                    refused: Some(problem),
                    ..Flash::default()
                })
                .await?;
                let location = "/storefronts".to_owned();
                self.redirect(&location);
                return Ok(Reply::Done { location });
            }
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
                let status = fault::status_of(&error, form);
                let busy = status == StatusCode::SERVICE_UNAVAILABLE;
                let problem = Problem::new(if busy { "busy" } else { "unexpected" });
                (status, FieldProblems::new(), Some(problem))
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
        let typed = kept::without_secrets(&self.values);
        let refused = RefusedForm {
            id: form.to_owned(),
            values: if self.visitor.current.is_some() {
                typed
            } else {
                kept::signed_out_values(typed)
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

    async fn leave(&self, flash: &Flash) -> Result<(), ServerFnError> {
        self.session
            .insert(FLASH, flash)
            .await
            .map_err(|error| fault::unanswered(error, "leaving word for the next page"))
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
