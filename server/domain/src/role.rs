//! Who somebody is: the roles of operators and of client users, and the stores a role reaches.

use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::id::StoreId;
use crate::word::words;

words! {
    /// What an operator may do.
    pub enum OperatorRole {
        /// Everything.
        Administrator = "administrator", "administrator";
        /// Everything but team and settings.
        Operator = "operator", "operator";
        /// Orders and production only.
        Production = "production", "production";
    }
}

words! {
    /// What a client user may do.
    pub enum ClientRole {
        /// Created by an operator; the only one who adds and removes users.
        AccountAdmin = "account_admin", "account-admin";
        /// Everything but users.
        Admin = "admin", "admin";
        /// Settings, sync and products of chosen stores.
        StoreManager = "store_manager", "store-manager";
        /// Orders only.
        OrderManager = "order_manager", "order-manager";
        /// Looks, changes nothing.
        ViewOnly = "view_only", "view-only";
    }
}

/// The role somebody acts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// In the operator console.
    Operator(OperatorRole),
    /// In the client portal.
    Client(ClientRole),
}

impl Role {
    /// Every role: operators first.
    pub fn all() -> impl Iterator<Item = Self> {
        let operators = OperatorRole::ALL.iter().copied().map(Self::Operator);
        operators.chain(ClientRole::ALL.iter().copied().map(Self::Client))
    }
}

impl From<OperatorRole> for Role {
    fn from(role: OperatorRole) -> Self {
        Self::Operator(role)
    }
}

impl From<ClientRole> for Role {
    fn from(role: ClientRole) -> Self {
        Self::Client(role)
    }
}

/// The stores of its customer that a client user reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoreScope {
    /// All, also those added later.
    All,
    /// These only.
    Chosen(Vec<StoreId>),
}

impl StoreScope {
    /// Whether `store` is among them.
    pub fn contains(&self, store: StoreId) -> bool {
        match self {
            Self::All => true,
            Self::Chosen(stores) => stores.contains(&store),
        }
    }
}

/// Which stores a role can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreReach {
    /// All of them, always.
    All,
    /// Chosen ones, never all.
    Chosen,
    /// All, or chosen ones.
    Either,
}

impl ClientRole {
    /// Which stores the role can be given.
    pub const fn reach(self) -> StoreReach {
        match self {
            Self::AccountAdmin | Self::Admin => StoreReach::All,
            Self::StoreManager => StoreReach::Chosen,
            Self::OrderManager | Self::ViewOnly => StoreReach::Either,
        }
    }

    /// Checks that a role can be given for these stores.
    ///
    /// # Errors
    ///
    /// `role-needs-all-stores`, or `role-needs-chosen-stores` also for an empty choice.
    pub fn check_scope(self, scope: &StoreScope) -> Result<(), Problem> {
        match (self.reach(), scope) {
            (StoreReach::All, StoreScope::Chosen(_)) => Err(Problem::new("role-needs-all-stores")),
            (StoreReach::Chosen, StoreScope::All) => Err(Problem::new("role-needs-chosen-stores")),
            (_, StoreScope::Chosen(stores)) if stores.is_empty() => {
                Err(Problem::new("role-needs-chosen-stores"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;

    #[test]
    fn every_word_reads_back() {
        assert_words!(OperatorRole, ClientRole);
    }

    #[test]
    fn roles_and_stores_must_fit() {
        let store = StoreId(uuid::Uuid::nil());
        let chosen = StoreScope::Chosen(vec![store]);
        assert!(ClientRole::Admin.check_scope(&chosen).is_err());
        assert!(ClientRole::StoreManager.check_scope(&StoreScope::All).is_err());
        assert!(ClientRole::StoreManager.check_scope(&chosen).is_ok());
        assert!(ClientRole::ViewOnly.check_scope(&StoreScope::All).is_ok());
        assert!(
            ClientRole::ViewOnly
                .check_scope(&StoreScope::Chosen(vec![]))
                .is_err()
        );
    }
}
