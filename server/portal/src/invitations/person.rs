//! The person behind an e-mail address.

use domain::id::{CustomerId, UserId};
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
    fn search_words(&self) -> String {
        search_words(&self.first_name, &self.last_name, self.email.as_str())
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

/// Finds the person with this address or creates them, and locks their row. Names and language are those typed until
/// the person has a password, or is invited by a customer: nobody renames whom somebody else invited.
pub(crate) async fn find_or_create(portal: &Portal, tx: &mut Tx, person: &NewPerson) -> Outcome<KnownPerson> {
    let id = UserId(portal.entropy.id());
    let known: KnownPerson = sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, operator_role, \
         created_at, updated_at, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) \
         ON CONFLICT (email_key) DO UPDATE SET updated_at = excluded.updated_at \
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
    .bind(person.search_words())
    .fetch_one(tx)
    .await?;
    if known.was_known && is_nobodys(tx, known.id, None).await? {
        rename(portal, tx, known.id, person).await?;
    }
    Ok(known)
}

/// Whether somebody has no password and no customer, but for one.
async fn is_nobodys(tx: &mut Tx, user: UserId, besides: Option<CustomerId>) -> Outcome<bool> {
    let mut query = sql(
        "SELECT EXISTS (SELECT 1 FROM users WHERE id = $1 AND password_hash IS NULL AND NOT EXISTS \
         (SELECT 1 FROM memberships WHERE user_id = $1 AND removed_at IS NULL",
    )
    .bind(user);
    if let Some(customer) = besides {
        query.push(" AND customer_id <> ").push_bind(customer);
    }
    query.push("))");
    let (nobodys,) = query.fetch_one(tx).await?;
    Ok(nobodys)
}

/// Keeps with the membership of somebody who is invited what the customer calls them: that, and not what they are
/// called elsewhere, is what the customer sees until they accept.
pub(crate) async fn name_invited(
    tx: &mut Tx,
    customer: CustomerId,
    user: UserId,
    person: &NewPerson,
) -> Outcome<()> {
    sql(
        "UPDATE memberships SET invited_first_name = $3, invited_last_name = $4, invited_language = $5, \
         invited_search = $6 WHERE user_id = $1 AND customer_id = $2 AND accepted_at IS NULL",
    )
    .bind(user)
    .bind(customer)
    .bind(person.first_name.as_str())
    .bind(person.last_name.as_str())
    .bind(person.language.as_str())
    .bind(person.search_words())
    .execute(tx)
    .await?;
    Ok(())
}

/// Corrects the name and the language of somebody whom a customer has invited. Where nobody else knows them, that is
/// also what they are called.
pub(crate) async fn correct(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    user: UserId,
    person: &NewPerson,
) -> Outcome<()> {
    name_invited(tx, customer, user, person).await?;
    if is_nobodys(tx, user, Some(customer)).await? {
        rename(portal, tx, user, person).await?;
    }
    // What is sent again, and the page behind the link, speak that language too.
    sql("UPDATE invitations SET language = $3 WHERE user_id = $1 AND customer_id = $2 AND accepted_at IS NULL")
        .bind(user)
        .bind(customer)
        .bind(person.language.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

/// Gives somebody the name and the language that were typed.
async fn rename(portal: &Portal, tx: &mut Tx, user: UserId, person: &NewPerson) -> Outcome<()> {
    sql("UPDATE users SET first_name = $2, last_name = $3, language = $4, updated_at = $5, search = $6 WHERE id = $1")
        .bind(user)
        .bind(person.first_name.as_str())
        .bind(person.last_name.as_str())
        .bind(person.language.as_str())
        .bind(portal.now())
        .bind(person.search_words())
        .execute(tx)
        .await?;
    Ok(())
}

/// What is searched of a person.
pub(crate) fn search_words(first_name: &PersonName, last_name: &PersonName, email: &str) -> String {
    searchable(&format!("{} {} {email}", first_name.as_str(), last_name.as_str()))
}
