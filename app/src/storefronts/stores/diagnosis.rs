//! Why a store is not fine, and what to do about it.

use domain::{Problem, ReasonCode};
use leptos::prelude::*;
use portal::stores::connect::CODES;

use crate::text::Text;
use crate::ui::*;

/// Why a store is not fine, in words of the visitor's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    /// What is wrong.
    pub(crate) sentence: String,
    /// What to do. Reasons of jobs say it in their sentence.
    pub(crate) remedy: Option<String>,
    /// What the platform said, in its own words.
    pub(crate) words: Option<String>,
}

impl Diagnosis {
    /// Of a stable code, with the platform's words. A code that nobody knows is that of a store that refuses.
    pub(crate) fn of(t: Text, code: &str, words: Option<&str>) -> Self {
        let words = words.map(str::to_owned);
        let known = CODES.iter().find(|known| **known == code);
        match (known, code.parse::<ReasonCode>()) {
            (None, Ok(reason)) => Self {
                sentence: t.reason(reason),
                remedy: None,
                words,
            },
            (known, _) => {
                let code = known.unwrap_or(&"store-refused");
                Self {
                    sentence: t.get(&format!("connection-{code}")),
                    remedy: Some(t.get(&format!("connection-{code}-fix"))),
                    words,
                }
            }
        }
    }

    /// What the platform said, marked as its words.
    pub(crate) fn quoted(&self, t: Text) -> Option<String> {
        let words = self.words.as_deref()?;
        Some(t.with("connection-words", [("words", words.into())]))
    }

    /// As what is wrong with a form or one of its fields.
    pub(super) fn problem(&self, t: Text) -> Problem {
        let parts = [Some(self.sentence.clone()), self.remedy.clone(), self.quoted(t)];
        let text: Vec<String> = parts.into_iter().flatten().collect();
        Problem::new("store-not-usable").with("why", text.join(" "))
    }

    /// As a message on the page, with the buttons of the way out.
    pub(super) fn alert(self, t: Text, tone: Tone, buttons: AnyView) -> AnyView {
        let items: Vec<String> = self.quoted(t).into_iter().collect();
        view! {
            <Alert tone title=self.sentence text=self.remedy items>
                {buttons}
            </Alert>
        }
        .into_any()
    }
}
