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
    /// Tells somebody that a browser not seen before has logged in as them.
    NewDevice,
    /// Tells somebody that they log in with a second step from now on.
    TwoFactorOn,
    /// Tells somebody that they log in without a second step from now on.
    TwoFactorOff,
    /// Tells somebody that one of their recovery codes was used.
    RecoveryCodeUsed,
    /// Tells an account admin that a store must be authorised again.
    StoreNeedsReauthorisation,
    /// Tells those responsible for a store that a buyer wants to know what is kept about them.
    DataRequested,
}

impl MailKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::InvitationClientAdmin,
        Self::InvitationClientUser,
        Self::InvitationOperator,
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::NewDevice,
        Self::TwoFactorOn,
        Self::TwoFactorOff,
        Self::RecoveryCodeUsed,
        Self::StoreNeedsReauthorisation,
        Self::DataRequested,
    ];

    /// The name it is stored under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvitationClientAdmin => "invitation_client_admin",
            Self::InvitationClientUser => "invitation_client_user",
            Self::InvitationOperator => "invitation_operator",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::NewDevice => "new_device",
            Self::TwoFactorOn => "two_factor_on",
            Self::TwoFactorOff => "two_factor_off",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::StoreNeedsReauthorisation => "store_needs_reauthorisation",
            Self::DataRequested => "data_requested",
        }
    }

    /// Whether it carries the link of an invitation.
    pub const fn is_invitation(self) -> bool {
        matches!(
            self,
            Self::InvitationClientAdmin | Self::InvitationClientUser | Self::InvitationOperator
        )
    }

    /// Whether it tells somebody what happened to their account: it leads to where they see to its security.
    pub const fn is_alert(self) -> bool {
        matches!(
            self,
            Self::NewDevice | Self::TwoFactorOn | Self::TwoFactorOff | Self::RecoveryCodeUsed
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
