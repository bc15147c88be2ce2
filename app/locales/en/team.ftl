# The team of the print company.

team-title = Team
team-lede = The people who work in the console.
team-name = Name
team-role = Role
team-state = Status
team-last-login = Last login
team-never = Never
team-invite = Invite operator
team-invite-note = They get a mail with a link to set their password. It works for 72 hours.
team-invite-submit = Invite
team-email = Email
team-email-help = This is their user name to log in.
team-role-administrator-note = Everything, with team and settings.
team-role-operator-note = Everything but team and settings.
team-role-production-note = Orders and production only.
team-role-save = Change role
team-own-role = Another administrator can change your role.
team-resend = Resend
team-revoke = Revoke
team-blocked = Blocked
team-blocked-title = This operator is blocked
team-blocked-text = They cannot log in. Nothing of theirs is deleted.
team-unblock = Unblock
team-two-factor = Two-factor authentication
team-two-factor-off = Off: their password alone lets them in.
team-two-factor-reset = Reset two-factor authentication
team-two-factor-text = For who has lost phone and recovery codes. They log in with their password alone until they set it up again.
team-two-factor-menu = Reset…
team-two-factor-question = Reset the two-factor authentication of { $name }?
team-two-factor-confirm = Make sure that it is they who ask. They are logged out everywhere and told by mail.
team-block = Block operator
team-block-menu = Block…
team-block-text = Blocked operators are logged out at once and cannot log in.
team-block-question = Block { $name }?
team-block-confirm = They are logged out now, and an open invitation is revoked. You can unblock them later.

done-operator-invited = Inviting { $email }
done-role-changed = Role changed
done-two-factor-reset = Two-factor authentication reset
done-operator-blocked = Operator blocked and logged out
done-operator-unblocked = Operator unblocked

problem-email-of-client-user = This address belongs to a user of a customer. Use another one
problem-team-yourself = You cannot take your own rights. Ask another administrator
problem-team-last-administrator = This is the last administrator who can log in. Make somebody else an administrator first
