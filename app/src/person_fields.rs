//! The fields about a person who is, or was, invited.

use domain::{EmailAddress, Language, PersonName};
use leptos::prelude::*;
use portal::users::PersonForm;

use crate::account::language::LanguageField;
use crate::text::Text;
use crate::ui::*;

/// A person as far as they are known; blank before anything is.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownPerson {
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    /// None: that of whoever invites them.
    pub(crate) language: Option<Language>,
    /// Why the address is not to be changed, where it is not.
    pub(crate) email_stays: Option<String>,
}

/// The fields. `email` is the key of the label of the address, and with `-help` that of the line below it: the address
/// is the log-in name of one person and the client admin of another.
pub(crate) fn person_fields(t: Text, email: &str, known: KnownPerson) -> AnyView {
    let limit = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let language: Language = known.language.unwrap_or(t.language);
    let readonly = known.email_stays.is_some();
    let help = known
        .email_stays
        .unwrap_or_else(|| t.get(&format!("{email}-help")));
    let label = t.get(email);
    view! {
        <Fields>
            <TextField
                name="email"
                kind="email"
                label
                help
                value=known.email
                readonly
                autocomplete="off"
                wide=true
                max_length=limit(EmailAddress::MAX_LENGTH)
            />
            <TextField
                name="first_name"
                label=t.get("account-first-name")
                value=known.first_name
                autocomplete="off"
                max_length=limit(PersonName::MAX_LENGTH)
            />
            <TextField
                name="last_name"
                label=t.get("account-last-name")
                value=known.last_name
                autocomplete="off"
                max_length=limit(PersonName::MAX_LENGTH)
            />
            <LanguageField chosen=language />
        </Fields>
    }
    .into_any()
}

/// What the fields say, from what was posted.
pub(crate) fn person_of(posted: &[(String, String)]) -> PersonForm {
    let value = |name: &str| {
        let sent = posted.iter().find(|(known, _)| known == name);
        sent.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    PersonForm {
        email: value("email"),
        first_name: value("first_name"),
        last_name: value("last_name"),
        language: value("language"),
    }
}
