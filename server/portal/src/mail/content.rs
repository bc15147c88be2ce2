//! What a mail says, before it is laid out.

use crate::texts::Language;

/// What a mail says, in the recipient's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The language of everything in it.
    pub language: Language,
    /// The subject line: one line, without control characters.
    pub subject: String,
    /// What mail programmes show beside the subject.
    pub preheader: String,
    /// The heading.
    pub heading: String,
    /// The salutation and what there is to say.
    pub paragraphs: Vec<String>,
    /// Named values, such as the user name.
    pub details: Vec<(String, String)>,
    /// The one thing to do.
    pub action: Action,
    /// Said above the address of a button, for those whose mail programme shows no buttons.
    pub paste_link: String,
    /// How long the link works, and what to do when the mail was not expected.
    pub small_print: Vec<String>,
    /// Who runs the portal and how to reach them.
    pub footer: Vec<String>,
}

/// A button.
#[derive(Clone, PartialEq, Eq)]
pub struct Action {
    /// What it says.
    pub label: String,
    /// Where it leads. Lets a person in: never logged.
    pub url: String,
}

impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Action")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}
