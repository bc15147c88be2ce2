//! The form *Storefronts access*: the switch, and the client admin who is invited with it.

use domain::id::CustomerId;
use domain::{AuditAction, AuditField, FieldProblems, Permission, Problem};

use super::admin::{self, ClientAdmin};
use super::row::{self, LockedCustomer};
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::invitations::{self, NewPerson, PersonForm};
use crate::orders::ReconsiderOrders;
use crate::storage::Tx;
use crate::{Outcome, Portal, Refusal};

/// What the form asks for, as typed. The client admin's data count until the client admin has accepted; who is
/// new is invited, for which the switch must be on.
#[derive(Clone, Debug, Default)]
pub struct AccessForm {
    /// The switch.
    pub access: bool,
    /// The client admin's address: their log-in name.
    pub email: String,
    /// Their first name.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// The language of the invitation: `en` or `es`.
    pub language: String,
}

/// What saving the form has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessChange {
    /// Switched off: everybody of the customer is logged out.
    SwitchedOff,
    /// Switched on again.
    SwitchedOn,
    /// The client admin was invited.
    Invited,
    /// The former invitation was taken back; the corrected address was invited.
    AddressChanged,
    /// Somebody who works for the customer already became its client admin.
    Promoted,
    /// At most a name or the language.
    Saved,
}

/// Switches Storefronts access and invites the client admin: access, person, membership, invitation and mail
/// come about together or not at all. Sent twice, it invites once.
///
/// # Errors
/// [`Refusal::Invalid`] for `email`, `first_name`, `last_name`, `language`, with `email-of-operator` for an
/// address of the print company's own people, and for `access` with `access-needed-to-invite` when it is off and the
/// form tells of somebody to invite: nothing that was typed is dropped in silence. [`Refusal::Conflict`] with
/// `customer-archived`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn save_access(
    portal: &Portal,
    operator: &Operator,
    id: CustomerId,
    form: AccessForm,
) -> Outcome<AccessChange> {
    operator.require(Permission::ManageCustomers)?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    let (was, is) = (customer.storefronts_access, form.access);
    let change = if form.access {
        customer.require_not_archived()?;
        grant(portal, &mut tx, operator, &customer, form).await?
    } else if form.tells_of_another(admin::find(&mut tx, id).await?.as_ref()) {
        return Err(Refusal::field("access", Problem::new("access-needed-to-invite")));
    } else if customer.storefronts_access {
        customer.switch_off(&mut tx).await?;
        AccessChange::SwitchedOff
    } else {
        AccessChange::Saved
    };
    if was != is {
        let action = if is {
            AuditAction::AccessSwitchedOn
        } else {
            AuditAction::AccessSwitchedOff
        };
        let entry = Entry::new(action)
            .of(id)
            .about(id, customer.name)
            .changed(AuditField::Access, was, is);
        audit::record(&mut tx, portal, &operator.into(), entry).await?;
    }
    tx.commit().await?;
    Ok(change)
}

async fn grant(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    customer: &LockedCustomer,
    form: AccessForm,
) -> Outcome<AccessChange> {
    let admin = admin::find(tx, customer.id).await?;
    let change = match admin {
        Some(admin) if admin.accepted_at.is_some() => AccessChange::Saved,
        Some(admin) => correct(portal, tx, operator, customer, &admin, &form.admin()?).await?,
        None => {
            let invited = admin::place(portal, tx, operator, customer, &form.admin()?).await?;
            if invited {
                AccessChange::Invited
            } else {
                AccessChange::Promoted
            }
        }
    };
    customer.switch_on(tx).await?;
    if !customer.storefronts_access {
        // Orders that came in meanwhile go on by themselves. So do webhooks, within a minute, by a job that holds their
        // stores: whoever holds a customer must not wait for a store.
        ReconsiderOrders::of_customer(portal, tx, customer.id).await?;
    }
    let switched = change == AccessChange::Saved && !customer.storefronts_access;
    Ok(if switched {
        AccessChange::SwitchedOn
    } else {
        change
    })
}

/// Corrects what was typed about a client admin who has not accepted yet. Another address is another person:
/// the former invitation is taken back.
async fn correct(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    customer: &LockedCustomer,
    admin: &ClientAdmin,
    person: &NewPerson,
) -> Outcome<AccessChange> {
    if admin.email.to_lowercase() != person.email.key() {
        admin::remove(portal, tx, customer, admin).await?;
        let entry = Entry::new(AuditAction::UserCorrected)
            .of(customer.id)
            .about(admin.user_id, admin.label())
            .changed(AuditField::Email, admin.email.as_str(), person.email.as_str());
        audit::record(tx, portal, &operator.into(), entry).await?;
        admin::place(portal, tx, operator, customer, person).await?;
        return Ok(AccessChange::AddressChanged);
    }
    let entry = Entry::new(AuditAction::UserCorrected)
        .of(customer.id)
        .about(admin.user_id, admin.label())
        .changed(
            AuditField::FirstName,
            admin.first_name.as_str(),
            person.first_name.as_str(),
        )
        .changed(
            AuditField::LastName,
            admin.last_name.as_str(),
            person.last_name.as_str(),
        )
        .changed(
            AuditField::Language,
            admin.language.as_str(),
            person.language.as_str(),
        );
    if !entry.is_without_change() {
        audit::record(tx, portal, &operator.into(), entry).await?;
    }
    invitations::correct(portal, tx, customer.id, admin.user_id, person).await?;
    Ok(AccessChange::Saved)
}

impl AccessForm {
    /// Whether what was typed is not what is known of the client admin, as far as that is for operators to say.
    fn tells_of_another(&self, known: Option<&ClientAdmin>) -> bool {
        let (email, first_name, last_name) = match known {
            Some(admin) if admin.accepted_at.is_some() => return false,
            Some(admin) => (&*admin.email, &*admin.first_name, &*admin.last_name),
            None => ("", "", ""),
        };
        let other = |typed: &str, known: &str| !typed.trim().is_empty() && typed.trim() != known;
        other(&self.email, email) || other(&self.first_name, first_name) || other(&self.last_name, last_name)
    }

    /// The client admin, or what is wrong with each field.
    fn admin(self) -> Result<NewPerson, FieldProblems> {
        let person = PersonForm {
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            language: self.language,
        };
        let mut problems = FieldProblems::new();
        person.parse(&mut problems).ok_or(problems)
    }
}
