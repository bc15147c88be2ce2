//! Small marks: status, fact, key.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::Tone;

/// One word of status, with a glyph that tells states apart without colour.
#[component]
pub fn Badge(
    /// The status as stored, `in_production` or `in-production`; unknown ones look neutral.
    #[prop(into)]
    status: String,
    /// The word people read.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="badge" data-status=status.replace('_', "-")>{text}</span> }
}

/// A badge that is no status of the vocabulary: a tone and a word, no glyph.
#[component]
pub fn PlainBadge(
    /// What the colour means.
    #[prop(optional)]
    tone: Tone,
    /// The word people read.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="badge" data-plain="" data-tone=tone.attribute()>{text}</span> }
}

/// A fact, not a status: `Print`, `Stock`, `Test`.
#[component]
pub fn Tag(
    /// The word people read.
    #[prop(into)]
    text: String,
    /// The icon before it.
    #[prop(optional)]
    icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span class="tag">
            {icon.map(|name| view! { <Icon name /> })}
            {text}
        </span>
    }
}

/// A key or a chord: `Ctrl K` shows two keys.
#[component]
pub fn Kbd(
    /// The keys, separated by spaces.
    #[prop(into)]
    keys: String,
) -> impl IntoView {
    let keys = keys.split(' ').map(|key| view! { <kbd>{key.to_owned()}</kbd> });
    view! { <span class="keys">{keys.collect_view()}</span> }
}

/// The two letters that stand for a company.
#[component]
pub fn Monogram(
    /// The company's name.
    #[prop(into)]
    name: String,
    /// Large beside a title.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <span class="monogram" data-size=large.then_some("lg") aria-hidden="true">
            {super::words::initials(&name)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        FileState, ImportState, InvitationState, JobState, MailState, MappingState, MessageState,
        OrderStatus, StoreState, WriteState,
    };

    #[test]
    fn every_status_has_a_glyph() {
        let style = include_str!("../../../style/components/badge.css");
        let slugs = [
            InvitationState::ALL
                .iter()
                .map(|state| state.slug())
                .collect::<Vec<_>>(),
            StoreState::ALL.iter().map(|state| state.slug()).collect(),
            OrderStatus::ALL.iter().map(|state| state.slug()).collect(),
            JobState::ALL.iter().map(|state| state.slug()).collect(),
            ImportState::ALL.iter().map(|state| state.slug()).collect(),
            MailState::ALL.iter().map(|state| state.slug()).collect(),
            FileState::ALL.iter().map(|state| state.slug()).collect(),
            MappingState::ALL.iter().map(|state| state.slug()).collect(),
            MessageState::ALL.iter().map(|state| state.slug()).collect(),
            WriteState::ALL.iter().map(|state| state.slug()).collect(),
        ];
        let lacking: Vec<&str> = slugs
            .into_iter()
            .flatten()
            .filter(|slug| !style.contains(&format!("data-status=\"{slug}\"")))
            .collect();
        assert_eq!(lacking, [] as [&str; 0], "add them to badge.css");
    }
}
