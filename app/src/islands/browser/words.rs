//! Words that somebody types to find something.

use js_sys::{JsString, RegExp};

/// Words without accents and capitals.
pub(super) struct Words(Vec<String>);

impl Words {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| !word.is_empty());
        Self(words.map(str::to_owned).collect())
    }

    /// Whether all of them stand somewhere in a text.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let text = fold(text);
        self.0.iter().all(|word| text.contains(word))
    }
}

/// The browser does it: tables of letters would make every page heavier.
fn fold(text: &str) -> String {
    JsString::from(text)
        .normalize("NFD")
        .replace_by_pattern(&RegExp::new(r"\p{M}", "gu"), "")
        .to_lower_case()
        .into()
}
