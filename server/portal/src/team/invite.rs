//! Inviting an operator.

use domain::id::UserId;
use domain::{AuditAction, AuditField, FieldProblems, InvitationState, OperatorRole, Permission, Problem};

use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::audit::{self, Entry};
use crate::invitations::{self, NewInvitation, NewPerson, PersonForm, find_or_create};
use crate::mail::MailKind;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// What the form asks for, as typed.
#[derive(Clone, Debug, Default)]
pub struct InviteForm {
    /// Whom.
    pub person: PersonForm,
    /// `administrator`, `operator` or `production`.
    pub role: String,
}

/// Invites somebody to the team: person, role, invitation and mail come about together. Sent twice, it invites
/// once.
///
/// # Errors
/// [`Refusal::Invalid`] by field, with `email-of-operator` and `email-of-client-user` for people who are known
/// already; [`Refusal::Forbidden`]; [`Refusal::Unproved`].
pub async fn invite(portal: &Portal, operator: &Operator, proof: Proof, form: InviteForm) -> Outcome<UserId> {
    operator.require(Permission::ManageTeam)?;
    proof.require(portal.now())?;
    let person = form.parse()?;
    let mut tx = portal.db.begin().await?;
    let known = find_or_create(portal, &mut tx, &person).await?;
    if known.was_known {
        let refused = |code| Err(Refusal::field("email", Problem::new(code)));
        if known.operator_role.is_none() && !is_former(&mut tx, known.id).await? {
            return refused("email-of-client-user");
        }
        if known.operator_role.is_none() {
            return invite_back(portal, tx, operator, known.id, &person).await;
        }
        let last = invitations::latest(portal, &mut tx, known.id, None).await?;
        let sent_just_now = last.is_some_and(|last| last.state == InvitationState::Sending);
        // Not committed: what was typed the second time changes nothing.
        return if sent_just_now {
            Ok(known.id)
        } else {
            refused("email-of-operator")
        };
    }
    issue(portal, &mut tx, operator, known.id, &person).await?;
    tx.commit().await?;
    Ok(known.id)
}

/// Whether somebody who is no operator is nothing else either: an operator who was removed.
async fn is_former(tx: &mut Tx, user: UserId) -> Outcome<bool> {
    let (of_customer,): (bool,) =
        sql("SELECT EXISTS (SELECT 1 FROM memberships WHERE user_id = $1 AND removed_at IS NULL)")
            .bind(user)
            .fetch_one(tx)
            .await?;
    Ok(!of_customer)
}

/// Invites somebody who has been on the team before, or was of a customer once. Whatever password they had then lets
/// nobody in: they choose one anew.
async fn invite_back(
    portal: &Portal,
    mut tx: Tx,
    operator: &Operator,
    user: UserId,
    person: &NewPerson,
) -> Outcome<UserId> {
    sql("UPDATE users SET operator_role = $2, password_hash = NULL, blocked_at = NULL WHERE id = $1")
        .bind(user)
        .bind(person.operator_role.map(OperatorRole::as_str))
        .execute(&mut tx)
        .await?;
    issue(portal, &mut tx, operator, user, person).await?;
    tx.commit().await?;
    Ok(user)
}

async fn issue(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    user: UserId,
    person: &NewPerson,
) -> Outcome<()> {
    let invitation = NewInvitation {
        kind: MailKind::InvitationOperator,
        user,
        email: person.email.as_str(),
        language: person.language,
        customer: None,
        by: operator.into(),
    };
    invitations::issue(portal, tx, invitation).await?;
    let entry = Entry::new(AuditAction::UserInvited)
        .about(user, person.email.as_str())
        .with(AuditField::Email, person.email.as_str())
        .with(AuditField::Role, person.operator_role.map(OperatorRole::as_str));
    Ok(audit::record(tx, portal, &operator.into(), entry).await?)
}

impl InviteForm {
    fn parse(&self) -> Result<NewPerson, FieldProblems> {
        let mut problems = FieldProblems::new();
        let person = self.person.parse(&mut problems);
        let role = problems.take("role", self.role.parse::<OperatorRole>());
        match (person, role) {
            (Some(person), Some(role)) => Ok(NewPerson {
                operator_role: Some(role),
                ..person
            }),
            _ => Err(problems),
        }
    }
}
