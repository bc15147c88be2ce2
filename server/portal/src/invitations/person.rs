//! The person behind an e-mail address.

use domain::id::UserId;
use domain::{EmailAddress, FieldProblems, Language, OperatorRole, PersonName};

use crate::storage::search::searchable;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal};

/// A person as typed.
#[derive(Clone, Debug, Default)]
pub struct PersonForm {
    /// Their log-in name.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The language of the invitation: `en` or `es`.
    pub language: String,
}

impl PersonForm {
    /// The person, or what is wrong with each field, added to `problems`.
    pub(crate) fn parse(&self, problems: &mut FieldProblems) -> Option<NewPerson> {
        let email = problems.take("email", EmailAddress::parse(&self.email));
        let first_name = problems.take("first_name", PersonName::parse(&self.first_name));
        let last_name = problems.take("last_name", PersonName::parse(&self.last_name));
        let language = problems.take("language", self.language.parse());
        Some(NewPerson {
            email: email?,
            first_name: first_name?,
            last_name: last_name?,
            language: language?,
            operator_role: None,
        })
    }
}

/// A person whom a form invites.
#[derive(Clone, Debug)]
pub(crate) struct NewPerson {
    /// The log-in name.
    pub(crate) email: EmailAddress,
    /// First name.
    pub(crate) first_name: PersonName,
    /// Last name.
    pub(crate) last_name: PersonName,
    /// The language of the invitation, and of the interface until they choose another.
    pub(crate) language: Language,
    /// Their role in the operator console, for operators.
    pub(crate) operator_role: Option<OperatorRole>,
}

impl NewPerson {
    /// First and last name.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// A person who is known now.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct KnownPerson {
    /// Who.
    pub(crate) id: UserId,
    /// Their role in the operator console, if they have one.
    pub(crate) operator_role: Option<OperatorRole>,
    /// Whether they were known before, by an invitation at least.
    pub(crate) was_known: bool,
}

/// Finds the person with this address or creates them, and locks their row. Names and language are those typed
/// until the person has a password: from then on they are theirs.
pub(crate) async fn find_or_create(portal: &Portal, tx: &mut Tx, person: &NewPerson) -> Outcome<KnownPerson> {
    let id = UserId(portal.entropy.id());
    Ok(sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, operator_role, \
         created_at, updated_at, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) \
         ON CONFLICT (email_key) DO UPDATE SET \
         first_name = CASE WHEN users.password_hash IS NULL THEN excluded.first_name ELSE users.first_name END, \
         last_name = CASE WHEN users.password_hash IS NULL THEN excluded.last_name ELSE users.last_name END, \
         language = CASE WHEN users.password_hash IS NULL THEN excluded.language ELSE users.language END, \
         search = CASE WHEN users.password_hash IS NULL THEN excluded.search ELSE users.search END, \
         updated_at = excluded.updated_at \
         RETURNING id, operator_role, id <> $1 AS was_known",
    )
    .bind(id)
    .bind(person.email.as_str())
    .bind(person.email.key())
    .bind(person.first_name.as_str())
    .bind(person.last_name.as_str())
    .bind(person.language.as_str())
    .bind(portal.settings.brand.default_time_zone.as_str())
    .bind(person.operator_role.map(OperatorRole::as_str))
    .bind(portal.now())
    .bind(search_words(&person.first_name, &person.last_name, person.email.as_str()))
    .fetch_one(tx)
    .await?)
}

/// What is searched of a person.
pub(crate) fn search_words(first_name: &PersonName, last_name: &PersonName, email: &str) -> String {
    searchable(&format!("{} {} {email}", first_name.as_str(), last_name.as_str()))
}
