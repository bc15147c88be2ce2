//! What the portal writes about.

use domain::Problem;

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// Invites a customer's account admin to the client portal.
    InvitationClientAdmin,
    /// Invites another user of a customer to the client portal.
    InvitationClientUser,
    /// Invites somebody to the operator console.
    InvitationOperator,
    /// A link to set a new password.
    PasswordReset,
    /// Tells somebody that their password was changed.
    PasswordChanged,
    /// Tells an account admin that a store must be authorised again.
    StoreNeedsReauthorisation,
}

impl MailKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::InvitationClientAdmin,
        Self::InvitationClientUser,
        Self::InvitationOperator,
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::StoreNeedsReauthorisation,
    ];

    /// The name it is stored under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvitationClientAdmin => "invitation_client_admin",
            Self::InvitationClientUser => "invitation_client_user",
            Self::InvitationOperator => "invitation_operator",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::StoreNeedsReauthorisation => "store_needs_reauthorisation",
        }
    }

    /// Whether it carries the link of an invitation.
    pub const fn is_invitation(self) -> bool {
        matches!(
            self,
            Self::InvitationClientAdmin | Self::InvitationClientUser | Self::InvitationOperator
        )
    }

    /// The key of one of its messages: `mail-password-reset-subject`.
    pub(super) fn key(self, part: &str) -> String {
        format!("mail-{}-{part}", self.as_str().replace('_', "-"))
    }
}

impl std::str::FromStr for MailKind {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(Problem::new("unknown-choice"))
    }
}

domain::stored_as_text!(MailKind);
