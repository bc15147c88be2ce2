//! Choosing a language.

use domain::Language;
use leptos::prelude::*;

use crate::text::texts;
use crate::ui::{Choice, SelectField};

/// The languages, each in its own words.
pub const LANGUAGES: [(Language, &str); 2] = [(Language::Es, "Español"), (Language::En, "English")];

/// The field of a form that chooses the interface language.
#[component]
pub fn LanguageField(
    /// The language it shows at first.
    chosen: Language,
) -> impl IntoView {
    let choices = LANGUAGES
        .iter()
        .map(|(language, name)| Choice::new(language.as_str(), *name))
        .collect();
    view! { <SelectField name="language" label=texts().get("account-language") choices value=chosen.as_str() /> }
}
