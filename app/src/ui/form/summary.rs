//! What is wrong with a form, summed up on top of it.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use super::{FormId, FormState, control_id};
use crate::text::texts;
use crate::ui::icon::Icon;
use crate::ui::message::Alert;
use crate::ui::words::OptionalText;

/// The wrong fields of a form as it has them: the names they send, their `id`s, and what they are called.
#[derive(Clone, Debug, Default)]
pub(super) struct WrongFields(Arc<Mutex<Vec<(String, String, String)>>>);

impl WrongFields {
    pub(super) fn note(&self, name: &str, id: &str, label: &str) {
        let mut fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        fields.push((name.to_owned(), id.to_owned(), label.to_owned()));
    }

    /// Which of them a field is, its `id`, and what it is called.
    fn find(&self, name: &str) -> Option<(usize, String, String)> {
        let fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = fields.iter().position(|(known, ..)| known == name)?;
        let (_, id, label) = fields.get(place)?.clone();
        Some((place, id, label))
    }
}

/// What is wrong with a form, on top of it; `islands::browser::refusal` writes the same.
pub(super) fn summary_of(state: &FormState, form_id: &FormId, fields: &WrongFields) -> Option<AnyView> {
    if state.kept {
        let t = texts();
        let (title, text) = (t.get("ui-form-kept"), t.get("ui-form-kept-text"));
        return Some(view! { <Alert title text urgent=true /> }.into_any());
    }
    let problems = state.problems.iter();
    let mut items: Vec<_> = problems
        .map(|(name, sentence)| match fields.find(name) {
            Some((place, id, label)) => (place, id, format!("{label}: {sentence}")),
            None => (usize::MAX, control_id(&form_id.0, name), sentence.clone()),
        })
        .collect();
    // As the form has them: one reads down both.
    items.sort_by_key(|(place, ..)| *place);
    let items: Vec<_> = items
        .into_iter()
        .map(|(_, id, sentence)| (id, sentence))
        .collect();
    let message = OptionalText::from(state.message.clone());
    (message.is_some() || !items.is_empty()).then(|| view! { <ErrorSummary message items /> }.into_any())
}

/// What stops a form, on top of it and focused: wrong fields, or one thing about all of it. Where scripts run, the first
/// wrong field is focused instead.
#[component]
pub fn ErrorSummary(
    /// A sentence about the form as a whole; without one it counts the fields.
    #[prop(optional, into)]
    message: OptionalText,
    /// The `id` of each wrong field, and a sentence that names it.
    #[prop(optional)]
    items: Vec<(String, String)>,
) -> impl IntoView {
    let t = texts();
    let counts = !message.is_some();
    let title = message.into_option().unwrap_or_else(|| match items.len() {
        1 => t.get("ui-form-problem"),
        count => t.get("ui-form-problems").replace('%', &count.to_string()),
    });
    let list = (!items.is_empty()).then(|| {
        let lines = items.into_iter().map(|(id, sentence)| {
            view! { <li><a href=format!("#{id}")>{sentence}</a></li> }
        });
        view! { <ul>{lines.collect_view()}</ul> }
    });
    view! {
        <div class="alert" data-tone="danger" role="alert" tabindex="-1" autofocus>
            <Icon name="alert" />
            <div>
                <b data-counts={counts.then_some("")}>{title}</b>
                {list}
            </div>
        </div>
    }
}
