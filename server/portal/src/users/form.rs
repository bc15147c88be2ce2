//! What the forms about a user ask for, besides [who they are](crate::invitations::PersonForm).

use domain::id::StoreId;
use domain::{ClientRole, FieldProblems, Problem, StoreReach, StoreScope};

/// A role with its stores, as chosen.
#[derive(Clone, Debug, Default)]
pub struct RoleForm {
    /// The role.
    pub role: String,
    /// `chosen` where a role that can have all stores is given [`stores`](Self::stores) only.
    pub reach: String,
    /// The ids of the chosen stores.
    pub stores: Vec<String>,
}

/// A role with stores that fit it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RoleAt {
    pub(super) role: ClientRole,
    pub(super) stores: StoreScope,
}

impl RoleForm {
    /// The role with its stores, or what is wrong with each field, added to `problems`. The stores are those of the role:
    /// what was ticked for another role before counts for nothing.
    pub(super) fn parse(&self, problems: &mut FieldProblems) -> Option<RoleAt> {
        let role: ClientRole = problems.take("role", self.role.parse())?;
        let is_chosen = match role.reach() {
            StoreReach::All => false,
            StoreReach::Chosen => true,
            StoreReach::Either => self.reach == "chosen",
        };
        let stores = if is_chosen {
            problems.take("stores", self.chosen())?
        } else {
            StoreScope::All
        };
        problems.take("stores", role.check_scope(&stores))?;
        Some(RoleAt { role, stores })
    }

    fn chosen(&self) -> Result<StoreScope, Problem> {
        let ids: Result<Vec<StoreId>, _> = self.stores.iter().map(|id| id.parse()).collect();
        let mut ids = ids.map_err(|_| Problem::new("unknown-choice"))?;
        ids.sort_unstable();
        ids.dedup();
        Ok(StoreScope::Chosen(ids))
    }
}
