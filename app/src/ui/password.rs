//! What a new password is worth. The server judges; this shows it.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::OptionalText;
use crate::text::texts;

/// How hard a password is to guess.
#[component]
pub fn Strength(
    /// From 0, guessed at once, to 4, very hard (zxcvbn's scale).
    score: u8,
    /// The score in a word.
    #[prop(into)]
    word: String,
    /// What would make it better.
    #[prop(optional, into)]
    advice: OptionalText,
) -> impl IntoView {
    view! {
        <div class="strength">
            <meter min="0" max="4" low="2" high="3" optimum="4" value=score aria-label=texts().get("ui-strength")>
                {word.clone()}
            </meter>
            <div class="spread text-xs">
                <b>{word}</b>
                {advice.into_option().map(|advice| view! { <span class="muted">{advice}</span> })}
            </div>
        </div>
    }
}

/// What a password must be, and whether it is.
#[component]
pub fn Rules(
    /// Each rule and whether it is met; `None` before anything was typed.
    rules: Vec<(String, Option<bool>)>,
) -> impl IntoView {
    let t = texts();
    let rules = rules.into_iter().map(|(rule, met)| {
        let icon = match met {
            Some(true) => "check",
            Some(false) => "x",
            None => "info",
        };
        let state = met.map(|met| if met { t.get("ui-rule-met") } else { t.get("ui-rule-not-met") });
        view! {
            <li data-ok={(met == Some(true)).then_some("")}>
                <Icon name=icon />
                <span>{rule} {state.map(|state| view! { <span class="visually-hidden">" "{state}</span> })}</span>
            </li>
        }
    });
    view! { <ul class="rules">{rules.collect_view()}</ul> }
}
