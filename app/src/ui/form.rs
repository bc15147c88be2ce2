//! Forms: what was typed and what was wrong with it travel from the form to its fields by context.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::context::Provider;
use leptos::prelude::*;

pub use self::summary::*;
use self::summary::{WrongFields, summary_of};
use super::words::OptionalText;
use crate::action::SHOWN_FOR;
use crate::text::texts;
use crate::visitor::visitor;

mod summary;

/// What a form knows when it is shown again: what was typed and what was wrong. Nothing on the first visit.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    typed: Option<Vec<(String, String)>>,
    problems: Vec<(String, String)>,
    message: Option<String>,
    kept: bool,
}

impl FormState {
    /// A form that came back: what was typed, and the sentence for each field that was refused.
    pub const fn refused(typed: Vec<(String, String)>, problems: Vec<(String, String)>) -> Self {
        Self {
            typed: Some(typed),
            problems,
            message: None,
            kept: false,
        }
    }

    /// What the last request left for the form `id`, if it refused that form.
    fn left_for(id: &str) -> Self {
        let flash = visitor().flash;
        let Some(refused) = flash.form.filter(|form| form.id == id) else {
            return Self::default();
        };
        let t = texts();
        let problems = refused.problems.iter();
        Self {
            typed: Some(refused.values),
            problems: problems
                .map(|(field, problem)| (field.to_owned(), t.problem(problem)))
                .collect(),
            message: refused.message.map(|message| t.problem(&message)),
            kept: flash.kept,
        }
    }

    /// Adds a sentence about the form as a whole.
    #[must_use]
    pub fn message(mut self, sentence: impl Into<String>) -> Self {
        self.message = Some(sentence.into());
        self
    }

    /// What was typed into the field, if the form was sent.
    pub fn typed(&self, name: &str) -> Option<String> {
        let typed = self.typed.as_ref()?;
        let value = typed.iter().find(|(field, _)| field == name);
        Some(value.map(|(_, value)| value.clone()).unwrap_or_default())
    }

    /// Whether a box or an option was chosen, if the form was sent.
    pub fn chosen(&self, name: &str, value: &str) -> Option<bool> {
        let typed = self.typed.as_ref()?;
        Some(typed.iter().any(|(field, sent)| field == name && sent == value))
    }

    /// What is wrong with the field.
    pub fn error(&self, name: &str) -> Option<String> {
        let problem = self.problems.iter().find(|(field, _)| field == name);
        problem.map(|(_, sentence)| sentence.clone())
    }
}

/// Whether a form of the page says why it was refused: the frame around the page need not say it again.
#[derive(Clone, Debug, Default)]
pub struct RefusalSaid(Arc<AtomicBool>);

impl RefusalSaid {
    fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether one of the forms made so far says it.
    pub fn is_so(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The `id` of the form around a field, so that two forms of a page may share field names.
#[derive(Clone, Debug)]
struct FormId(String);

/// A form that posts. Scripts, where they run, send it without leaving the page; the server answers either way.
#[component]
pub fn Form(
    /// Where it posts to.
    #[prop(into)]
    action: String,
    /// The form's `id`; the ids of its fields start with it.
    #[prop(optional, into)]
    id: OptionalText,
    /// What the form knows when it is shown again; without it, what the last request left for the form's `id`.
    #[prop(optional)]
    state: Option<FormState>,
    /// Whether it carries files.
    #[prop(optional)]
    multipart: bool,
    /// Whether it stacks its fields; dialogs and cards do that inside their body.
    #[prop(optional)]
    stacked: bool,
    /// Whether so much is typed into it that scripts ask before it is left unsent. Browsers do not fill it in again when
    /// somebody comes back: they know only a part of it.
    #[prop(optional)]
    long: bool,
    /// Fields and [`FormActions`].
    children: Children,
) -> impl IntoView {
    let t = texts();
    let id = id.into_option();
    let form_id = FormId(id.clone().unwrap_or_default());
    let state = state.unwrap_or_else(|| FormState::left_for(&form_id.0));
    if let Some(said) = use_context::<RefusalSaid>().filter(|_| state.message.is_some()) {
        said.note();
    }
    let labels = WrongFields::default();
    // The fields are made first: they say what they are called.
    let fields = {
        let (state, form_id, labels) = (state.clone(), form_id.clone(), labels.clone());
        view! {
            <Provider value=state>
                <Provider value=form_id>
                    <Provider value=labels>{children()}</Provider>
                </Provider>
            </Provider>
        }
    };
    let summary = summary_of(&state, &form_id, &labels);
    let typed = long && state.typed.is_some();
    view! {
        <form
            method="post"
            action=action
            id=id
            class=stacked.then_some("form")
            enctype=multipart.then_some("multipart/form-data")
            novalidate=""
            autocomplete=long.then_some("off")
            data-enhance=""
            data-long=long.then_some("")
            data-typed=typed.then_some("")
            data-problem=t.get("ui-form-problem")
            data-problems=t.get("ui-form-problems")
            data-offline-title=t.get("ui-form-offline-title")
            data-offline-text=t.get("ui-form-offline-text")
            data-failed-title=t.get("ui-form-failed-title")
            data-failed-text=t.get("ui-form-failed-text")
            data-retry=t.get("ui-retry")
        >
            {shown_for()}
            <div class="form-summary" data-form-summary="">
                {summary}
            </div>
            {fields}
        </form>
    }
}

/// For whom the form is shown to somebody of several customers, so that one from before they switched is told apart.
fn shown_for() -> Option<AnyView> {
    let current = visitor().current.filter(|current| current.customers.len() > 1)?;
    let customer = current.viewer.scope().customer()?.to_string();
    Some(view! { <input type="hidden" name=SHOWN_FOR value=customer /> }.into_any())
}

/// To what the fields around a control belong.
#[derive(Clone, Debug)]
struct Whose(String);

/// Fields of one of several things alike: `Line 2`. What is wrong with them is summed up with its name.
#[component]
pub fn FieldsOf(
    /// What that thing is called.
    #[prop(into)]
    whose: String,
    /// The fields, and what surrounds them.
    children: Children,
) -> impl IntoView {
    view! {
        <div data-whose=whose>
            <Provider value=Whose(whose.clone())>{children()}</Provider>
        </div>
    }
}

/// The buttons at the end of a form. Primary first on pages; dialogs have their own foot.
#[component]
pub fn FormActions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}

/// Fields side by side where there is room.
#[component]
pub fn Fields(
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="fields">{children()}</div> }
}

/// What a control needs to know about its field.
#[derive(Clone, Debug)]
pub struct Control {
    /// The control's `id`.
    pub id: String,
    /// What is wrong with the field.
    pub error: Option<String>,
    /// The value of `aria-describedby`.
    pub described_by: Option<String>,
}

impl Control {
    /// Looks up what is wrong with the field, unless the page says so itself, and tells the form's summary what the
    /// field is called.
    pub fn of(name: &str, label: &str, id: OptionalText, error: OptionalText, has_help: bool) -> Self {
        let form_id = use_context::<FormId>().map(|id| id.0).unwrap_or_default();
        let id = id.into_option().unwrap_or_else(|| control_id(&form_id, name));
        let error = error.into_option().or_else(|| state().error(name));
        let mut described_by = Vec::new();
        if has_help {
            described_by.push(format!("{id}-help"));
        }
        if error.is_some() {
            if let Some(fields) = use_context::<WrongFields>() {
                match use_context::<Whose>() {
                    Some(Whose(whose)) => fields.note(name, &id, &format!("{whose}, {label}")),
                    None => fields.note(name, &id, label),
                }
            }
            described_by.push(format!("{id}-error"));
        }
        Self {
            id,
            error,
            described_by: (!described_by.is_empty()).then(|| described_by.join(" ")),
        }
    }

    /// The value of `aria-invalid`.
    pub const fn invalid(&self) -> Option<&'static str> {
        if self.error.is_some() { Some("true") } else { None }
    }
}

/// The state of the form around a field.
pub(super) fn state() -> FormState {
    use_context().unwrap_or_default()
}

fn control_id(form_id: &str, name: &str) -> String {
    if form_id.is_empty() {
        name.to_owned()
    } else {
        format!("{form_id}-{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_comes_back_knows_what_was_typed_and_what_was_wrong() {
        let first = FormState::default();
        assert_eq!(first.typed("name"), None);
        let back = FormState::refused(
            vec![("name".into(), "Ana".into()), ("kind".into(), "a".into())],
            vec![("email".into(), "Write the whole address.".into())],
        );
        assert_eq!(back.typed("name").as_deref(), Some("Ana"));
        assert_eq!(back.typed("unticked").as_deref(), Some(""));
        assert_eq!(back.chosen("kind", "a"), Some(true));
        assert_eq!(back.chosen("kind", "b"), Some(false));
        assert_eq!(back.error("email").as_deref(), Some("Write the whole address."));
        assert_eq!(back.error("name"), None);
    }
}
