//! Who is asking, and what they may see.
//!
//! A page or edge resolves the session to a [`Viewer`] once. Use cases take an [`Operator`], a [`Client`]
//! or a [`Scope`], so that a query for one customer's data cannot be written without saying whose.

use domain::id::{CustomerId, StoreId, UserId};
use domain::policy::{Permission, allows};
use domain::{ClientRole, OperatorRole, Role, StoreScope};

use crate::{Outcome, Refusal};

/// Who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Staff of the print company, in the operator console.
    Operator(Operator),
    /// Somebody of a customer, in Storefronts.
    Client(Client),
}

/// Staff of the print company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The person.
    pub user: UserId,
    /// First and last name, as shown in timelines.
    pub name: String,
    /// What they may do.
    pub role: OperatorRole,
}

/// Somebody of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The person.
    pub user: UserId,
    /// First and last name, as shown in timelines.
    pub name: String,
    /// The customer they are working for in this session.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// What they may do.
    pub role: ClientRole,
    /// Which of the customer's stores they work with.
    pub stores: StoreScope,
}

/// Whose data a query may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every customer's: operators.
    AllCustomers,
    /// One customer's, narrowed to some of its stores.
    Customer {
        /// Whose.
        customer: CustomerId,
        /// Which of its stores.
        stores: StoreScope,
    },
}

impl Viewer {
    /// The person.
    pub fn user(&self) -> UserId {
        match self {
            Self::Operator(operator) => operator.user,
            Self::Client(client) => client.user,
        }
    }

    /// First and last name.
    pub fn name(&self) -> &str {
        match self {
            Self::Operator(operator) => &operator.name,
            Self::Client(client) => &client.name,
        }
    }

    /// The role that policy is asked about.
    pub fn role(&self) -> Role {
        match self {
            Self::Operator(operator) => Role::Operator(operator.role),
            Self::Client(client) => Role::Client(client.role),
        }
    }

    /// Whose data the viewer's queries may read.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Operator(_) => Scope::AllCustomers,
            Self::Client(client) => client.scope(),
        }
    }

    /// Whether the viewer's role allows this at all; chosen stores are checked by the [`Scope`].
    pub fn may(&self, permission: Permission) -> bool {
        allows(self.role(), permission).is_some()
    }

    /// Refuses what the viewer's role does not allow.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn require(&self, permission: Permission) -> Outcome<()> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }
}

impl Operator {
    /// Refuses what the operator's role does not allow.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn require(&self, permission: Permission) -> Outcome<()> {
        if allows(Role::Operator(self.role), permission).is_some() {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }
}

impl Client {
    /// Refuses what the client user's role does not allow.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn require(&self, permission: Permission) -> Outcome<()> {
        if allows(Role::Client(self.role), permission).is_some() {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }

    /// Whose data the client user's queries may read.
    pub fn scope(&self) -> Scope {
        Scope::Customer {
            customer: self.customer,
            stores: self.stores.clone(),
        }
    }
}

impl Scope {
    /// The customer whose data it is limited to.
    pub fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::AllCustomers => None,
            Self::Customer { customer, .. } => Some(*customer),
        }
    }

    /// The stores it is limited to within the customer.
    pub fn chosen_stores(&self) -> Option<&[StoreId]> {
        match self {
            Self::Customer {
                stores: StoreScope::Chosen(stores),
                ..
            } => Some(stores),
            _ => None,
        }
    }
}
