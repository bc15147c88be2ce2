//! How many customers there are in each state of the invitation: the numbers on the chips.

use domain::{InvitationState, Permission};

use crate::access::Operator;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// How many customers there are, archived ones apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_state: Vec<(InvitationState, i64)>,
    /// How many are archived.
    pub archived: i64,
}

impl Counts {
    /// All that are not archived.
    pub fn all(&self) -> i64 {
        self.by_state.iter().map(|(_, customers)| customers).sum()
    }

    /// Those whose client admin's invitation is in this state, as the filter sees it.
    pub fn of(&self, state: InvitationState) -> i64 {
        let same = |known: InvitationState| match known {
            InvitationState::Sending => state == InvitationState::InvitationSent,
            known => known == state,
        };
        self.by_state
            .iter()
            .filter(|(known, _)| same(*known))
            .map(|(_, customers)| customers)
            .sum()
    }
}

/// Counts the customers by the state of the invitation; an index answers.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub async fn counts(portal: &Portal, operator: &Operator) -> Outcome<Counts> {
    operator.require(Permission::SeeCustomers)?;
    let mut conn = portal.db.read().await?;
    let by_state = sql(
        "SELECT CASE WHEN invitation_state = 'invitation_sent' AND invitation_expires_at <= $1 THEN 'expired' \
         ELSE invitation_state END AS state, COUNT(*) FROM customers WHERE archived_at IS NULL GROUP BY 1",
    )
    .bind(portal.now())
    .fetch_all(&mut conn)
    .await?;
    let (archived,): (i64,) = sql("SELECT COUNT(*) FROM customers WHERE archived_at IS NOT NULL")
        .fetch_one(&mut conn)
        .await?;
    Ok(Counts { by_state, archived })
}
