//! Long set-ups in steps that save by themselves, and what became of a message on its way in.

use leptos::prelude::*;

use super::icon::Icon;
use super::progress::Stage;
use super::words::OptionalText;

/// A set-up in steps; each step is a form of its own and can be opened again.
#[component]
pub fn Wizard(
    /// [`WizardStep`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="wizard">{children()}</div> }
}

/// One step of a [`Wizard`].
#[component]
pub fn WizardStep(
    /// Its number, counted from one.
    number: usize,
    /// What it sets.
    #[prop(into)]
    title: String,
    /// What was set, or what it is for.
    #[prop(optional, into)]
    note: OptionalText,
    /// How far it is.
    #[prop(optional)]
    stage: Stage,
    /// Whether it is open; of the steps that share a `group`, one is.
    #[prop(optional)]
    open: bool,
    /// The name that the steps of one wizard share.
    #[prop(into)]
    group: String,
    /// A badge at the end of its line.
    #[prop(optional)]
    badge: Option<AnyView>,
    /// Its form.
    children: Children,
) -> impl IntoView {
    let mark = match stage {
        Stage::Done => view! { <Icon name="check" /> }.into_any(),
        Stage::Failed => view! { <Icon name="x" /> }.into_any(),
        Stage::Ahead | Stage::Current | Stage::Stopped => number.into_any(),
    };
    view! {
        <details name=group open=open data-state=stage.attribute()>
            <summary>
                <span class="step-mark" aria-hidden="true">{mark}</span>
                <span>
                    <b>{title}</b>
                    {note.into_option().map(|note| view! { <small dir="auto">{note}</small> })}
                </span>
                {badge}
            </summary>
            <div class="body">{children()}</div>
        </details>
    }
}

/// A message on its way: as it came, as it was understood, what was answered.
#[component]
pub fn Inspector(
    /// Three [`Pane`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="inspector">{children()}</div> }
}

/// One of the panes of an [`Inspector`].
#[component]
pub fn Pane(
    /// What it shows.
    #[prop(into)]
    title: String,
    /// A badge or a time beside the title.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// A `Code` or a table of class `mapping`.
    children: Children,
) -> impl IntoView {
    view! {
        <section>
            <header>
                <h2>{title}</h2>
                {beside}
            </header>
            {children()}
        </section>
    }
}
