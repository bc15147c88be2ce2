# The users of a customer, in Storefronts and in the console.

users-title = User management
users-short = Users
users-lede = The people who work for this customer in Storefronts.
users-caption = Users
users-name = Name
users-you = (you)
users-role = Role
users-stores = Stores
users-all-stores = All
users-no-store = None
users-state = Status
users-last-login = Last login
users-never = Never
users-search = Search name or email
users-filter-search = Search: { $q }
users-none-match = Nobody matches
users-none-text = Search for something else, or take the filters away.
users-show-all = Show all
users-shown = { $rows ->
    [one] { $rows } user
   *[other] { $rows } users
}
users-state-active = Active
users-state-invited = Invited
users-state-lapsed = Invitation lapsed or revoked
users-state-blocked = Blocked
users-actions = Actions
users-blocked = Blocked
users-alone = Only you work here so far
users-alone-text = Add your colleagues, each with the role and the stores they need.
users-empty-title = Nobody yet
users-empty-text = Add the account admin first. They add their colleagues from Storefronts.
users-closed = Storefronts access is off for this customer: nobody can be invited

## Add and correct

users-add = Add user
users-add-note = They get a mail with a link to come in. It works for 72 hours.
users-add-submit = Send invitation
users-email = Email
users-email-help = This is their user name to log in.
users-person = Invited person
users-person-note = Until they accept, you can correct what you typed. Another address gets a new invitation, and the former one stops working.
users-person-name-note = Until they accept, you can correct what you typed.
users-email-stays = The print company invites account admins: only they can change this address.
users-person-save = Save

## Role and stores

users-role-note = It counts from their next click on.
users-role-invited-note = It counts once they have accepted.
users-step-down-note = If you take another role, you cannot manage users any more.
users-last-admin = The last account admin who can log in keeps this role. Make another active user account admin first.
users-last-admin-you = You are the last account admin who can log in. Make another active user account admin; then you can take another role.
users-role-account-admin-note = Everything, and the only one who manages users
users-role-admin-note = Full access to all stores and settings
users-role-store-manager-note = Manages chosen stores and their products
users-role-order-manager-note = Sees and manages orders, and nothing else
users-role-view-only-note = Looks at everything, changes nothing
users-reach = Which stores?
users-reach-all = All stores, also those added later
users-reach-chosen = Only these stores
users-stores-none = There are no stores yet
users-role-save = Change role

## Invitation, block, remove

users-resend = Resend
users-revoke = Revoke invitation
users-revoke-menu = Revoke…
users-revoke-question = Revoke the invitation of { $name }?
users-revoke-confirm = Its link stops working now. You can send another one later.
users-blocked-title = This user is blocked
users-blocked-text = They cannot log in here. Nothing of theirs is deleted.
users-unblock = Unblock
users-block = Block user
users-block-menu = Block…
users-block-text = Blocked users are logged out at once and cannot come in until you unblock them.
users-block-question = Block { $name }?
users-block-confirm = They are logged out now, and an open invitation is revoked. You can unblock them later.
users-remove = Remove user
users-remove-menu = Remove…
users-remove-text = Removed users lose their access. What they did keeps their name.
users-remove-question = Remove { $name }?
users-remove-confirm = They are logged out now and leave this list. You can add them again later.

## Two-factor authentication

users-two-factor-title = Two-factor authentication
users-two-factor-on = On. Who has lost phone and recovery codes asks { $company } to reset it.
users-two-factor-off = Off: their password alone lets them in.
users-two-factor = Reset two-factor authentication
users-two-factor-text = For who has lost phone and recovery codes. They log in with their password alone until they set it up again.
users-two-factor-menu = Reset…
users-two-factor-question = Reset the two-factor authentication of { $name }?
users-two-factor-confirm = Make sure that it is they who ask. They are logged out everywhere, also where they work for other customers, and told by mail.

## What each role may do

users-matrix = What each role may do
users-matrix-caption = Permissions by role
users-matrix-action = Action
users-matrix-yes = Yes
users-matrix-no = No
users-matrix-chosen = Chosen stores
users-matrix-either = All or chosen stores
users-may-see-orders = See orders
users-may-see-stores = See stores and products
users-may-place-orders = Place and import orders
users-may-edit-orders = Edit, approve, hold and cancel orders
users-may-products = Connect, add and publish products, bulk operations
users-may-configure-stores = Sync stores and change their settings
users-may-connect-stores = Connect and disconnect stores
users-may-account = Change the settings of the account
users-may-users = Manage users
users-may-buyers = Export and erase buyers' data
users-may-audit-log = See the audit log

done-user-added = Inviting { $email }
done-user-saved = Saved
done-user-role-changed = Role changed
done-user-blocked = User blocked and logged out
done-user-unblocked = User unblocked
done-user-removed = User removed

problem-email-of-user = This address belongs to a user of this account already
problem-email-not-for-users = This address cannot be used here. Use another one
problem-account-admin-by-operator = An account admin is invited by the print company. Add the person in another role, and hand the account over once they are active
problem-account-admin-not-active = Only a user who is active can become account admin
problem-users-yourself = You cannot block or remove yourself. Ask another account admin
problem-users-last-account-admin = This is the last account admin who can log in. Make another active user account admin first
problem-users-access-off = Storefronts access is off for this customer. Switch it on, then invite
problem-users-blocked = This user is blocked. Unblock them, then send the invitation
