//! Who does something, as timelines and the audit log tell it.

use domain::ActorKind;
use domain::id::UserId;

use crate::access::{Client, Operator, Viewer};
use crate::storage::{AsConn, StorageError, sql};

/// Who does something.
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

    /// Somebody by their id, as they are called now: people act for themselves also where nobody is logged in.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn person(conn: &mut impl AsConn, user: UserId) -> Result<Self, StorageError> {
        let found: Option<(String, String, bool)> =
            sql("SELECT first_name, last_name, operator_role IS NOT NULL FROM users WHERE id = $1")
                .bind(user)
                .fetch_optional(conn)
                .await?;
        let Some((first_name, last_name, is_operator)) = found else {
            return Ok(Self::SYSTEM);
        };
        Ok(Self {
            kind: if is_operator {
                ActorKind::Operator
            } else {
                ActorKind::Client
            },
            name: Some(format!("{first_name} {last_name}")),
            user: Some(user),
        })
    }
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
