//! How many invitations are sent: their mails go to whatever address was typed, in the name of the print company.

use std::time::Duration;

use domain::{ActorKind, Problem};

use super::NewInvitation;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// The time they are counted over.
const WHILE: Duration = Duration::from_hours(24);
/// To one person, of one customer or of the team.
const TO_ONE_PERSON: i64 = 5;
/// To one person where operators invite, who mend what went wrong.
const TO_ONE_PERSON_BY_OPERATORS: i64 = 20;
/// To all the people of one customer, before its account admins must wait. Operators may go on.
const TO_ONE_CUSTOMER: i64 = 50;

/// Refuses an invitation when there were too many.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitations-to-person` or `invitations-to-customer` (argument `max`).
pub(super) async fn require_few(portal: &Portal, tx: &mut Tx, invitation: &NewInvitation<'_>) -> Outcome<()> {
    let since = portal.now() - WHILE;
    let by_client = invitation.by.kind == ActorKind::Client;
    let mut to_person = sql("SELECT COUNT(*) FROM invitations WHERE user_id = $1 AND created_at > $2")
        .bind(invitation.user)
        .bind(since);
    match invitation.customer {
        Some(customer) => to_person.push(" AND customer_id = ").push_bind(customer),
        None => to_person.push(" AND customer_id IS NULL"),
    };
    let (sent,): (i64,) = to_person.fetch_one(tx).await?;
    let max = if by_client {
        TO_ONE_PERSON
    } else {
        TO_ONE_PERSON_BY_OPERATORS
    };
    if sent >= max {
        return Err(refusal("invitations-to-person", max));
    }
    if let (true, Some(customer)) = (by_client, invitation.customer) {
        let (sent,): (i64,) =
            sql("SELECT COUNT(*) FROM invitations WHERE customer_id = $1 AND created_at > $2")
                .bind(customer)
                .bind(since)
                .fetch_one(tx)
                .await?;
        if sent >= TO_ONE_CUSTOMER {
            return Err(refusal("invitations-to-customer", TO_ONE_CUSTOMER));
        }
    }
    Ok(())
}

fn refusal(code: &'static str, max: i64) -> Refusal {
    Refusal::Conflict(Problem::new(code).with("max", max))
}
