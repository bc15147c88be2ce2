//! The small vocabulary that properties of components share.

/// Text that may be absent. A property of this type takes `&str`, `String` and `Option` alike; blank text
/// counts as absent, so that a page can hand over a column as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionalText(Option<String>);

impl OptionalText {
    /// The text, if there is any.
    pub fn into_option(self) -> Option<String> {
        self.0
    }

    /// The text, if there is any.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether there is text.
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// This text or, without one, the `other`.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        if self.is_some() { self } else { other.into() }
    }
}

impl From<Option<String>> for OptionalText {
    fn from(text: Option<String>) -> Self {
        Self(text.filter(|text| !text.trim().is_empty()))
    }
}

impl From<Option<&str>> for OptionalText {
    fn from(text: Option<&str>) -> Self {
        text.map(str::to_owned).into()
    }
}

impl From<String> for OptionalText {
    fn from(text: String) -> Self {
        Some(text).into()
    }
}

impl From<&str> for OptionalText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// What a colour means. Words always say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nobody needs to look.
    #[default]
    Neutral,
    /// Under way, or good to know.
    Info,
    /// In print.
    Press,
    /// Settled well.
    Success,
    /// A person must act.
    Warning,
    /// It stopped.
    Danger,
}

impl Tone {
    /// The value of `data-tone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Press => "press",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    /// The value of `data-tone` where neutral is the absence of a tone.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Neutral => None,
            toned => Some(toned.name()),
        }
    }
}

impl From<domain::Tone> for Tone {
    fn from(tone: domain::Tone) -> Self {
        match tone {
            domain::Tone::Neutral => Self::Neutral,
            domain::Tone::Info => Self::Info,
            domain::Tone::Press => Self::Press,
            domain::Tone::Success => Self::Success,
            domain::Tone::Warning => Self::Warning,
            domain::Tone::Danger => Self::Danger,
        }
    }
}

/// How large a control or a picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// In tables and cards.
    Small,
    /// Everywhere else.
    #[default]
    Medium,
    /// The one action of a page, a picture beside a title.
    Large,
}

impl Size {
    /// The value of `data-size`; the usual size has none.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Small => Some("sm"),
            Self::Medium => None,
            Self::Large => Some("lg"),
        }
    }
}

/// One of the values of a select, a group of radio buttons or a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A line that explains the choice.
    pub note: OptionalText,
    /// What it belongs to, in a select with many choices; those of a group follow each other.
    pub group: OptionalText,
}

impl Choice {
    /// A choice that needs no explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            note: OptionalText::default(),
            group: OptionalText::default(),
        }
    }

    /// Says what the choice belongs to.
    #[must_use]
    pub fn group(mut self, group: impl Into<OptionalText>) -> Self {
        self.group = group.into();
        self
    }

    /// Adds the line that explains the choice.
    #[must_use]
    pub fn note(mut self, note: impl Into<OptionalText>) -> Self {
        self.note = note.into();
        self
    }
}

/// A document-wide unique `id` for an element that another one points at.
pub(super) fn fresh_id(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{prefix}-{:x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The first letters of the first and the last word of a name: `Estudio Garabato` → `EG`.
pub(super) fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_text_counts_as_absent() {
        assert!(!OptionalText::from(" ").is_some());
        assert_eq!(OptionalText::from(Some("a")).as_deref(), Some("a"));
        assert_eq!(
            OptionalText::default().or("b").into_option().as_deref(),
            Some("b")
        );
    }

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Estudio Garabato"), "EG");
        assert_eq!(initials("Federación de Asociaciones (València)"), "FV");
        assert_eq!(initials("Ñandú"), "Ñ");
        assert_eq!(initials("🎨 "), "");
    }
}
