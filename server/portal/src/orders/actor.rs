//! Who does something to an order, as its timeline tells it.

use domain::ActorKind;
use domain::id::UserId;

use crate::access::{Client, Operator, Viewer};

/// Who does something to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// On which side they are.
    pub kind: ActorKind,
    /// Their name; none for the portal itself.
    pub name: Option<String>,
    /// The person; none for the portal itself.
    pub user: Option<UserId>,
}

impl Actor {
    /// The portal itself.
    pub const SYSTEM: Self = Self {
        kind: ActorKind::System,
        name: None,
        user: None,
    };
}

impl From<&Operator> for Actor {
    fn from(operator: &Operator) -> Self {
        Self {
            kind: ActorKind::Operator,
            name: Some(operator.name.clone()),
            user: Some(operator.user),
        }
    }
}

impl From<&Client> for Actor {
    fn from(client: &Client) -> Self {
        Self {
            kind: ActorKind::Client,
            name: Some(client.name.clone()),
            user: Some(client.user),
        }
    }
}

impl From<&Viewer> for Actor {
    fn from(viewer: &Viewer) -> Self {
        match viewer {
            Viewer::Operator(operator) => operator.into(),
            Viewer::Client(client) => client.into(),
        }
    }
}
