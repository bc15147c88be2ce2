# Customers: the list and one customer.

customers-title = Customers
customers-caption = Customers, sorted by { $sort }
customers-sorted-name = name, A to Z
customers-sorted-name-descending = name, Z to A
customers-sorted-created = creation, oldest first
customers-sorted-created-descending = creation, newest first
customers-sorted-last-order = last order, oldest first
customers-sorted-last-order-descending = last order, newest first
customers-search = Search name, ID or email
customers-all = All
customers-access = Storefronts access
customers-access-state = Invitation
customers-access-on = Access on
customers-access-off = Access off
customers-archived = Archived
customers-not-archived = Not archived
customers-filter-search = Search: { $q }
customers-export = Export CSV
customers-customer = Customer
customers-reference = Reference ID
customers-stores = Stores
customers-orders-30 = Orders, 30 d
customers-last-order = Last order
customers-created = Created
customers-actions = Actions
customers-actions-for = Actions for { $name }
customers-none = None
customers-never = Never
customers-since = since { $date }
customers-need-attention = { $orders ->
    [one] { $orders } needs attention
   *[other] { $orders } need attention
}
customers-shown-of = 1–{ $to } of { $total }
customers-shown = { $rows ->
    [one] { $rows } customer
   *[other] { $rows } customers
}
customers-empty-title = Create your first customer
customers-empty-text = A customer is a business you print for. Create one, switch on Storefronts access, and its orders arrive here ready to print.
customers-no-stores = None
customers-none-match = No customer matches “{ $q }”
customers-none-here = No customer matches these filters
customers-none-text = Check the spelling, or search by reference ID.
customers-show-all = Show all customers
customers-platform-manual = Manual store
customers-platform-shopify = Shopify
customers-platform-etsy = Etsy
customers-platform-woocommerce = WooCommerce
customers-platform-pressero = Pressero
customers-platform-infigo = Infigo

## Create and edit

customers-create = Create customer
customers-create-note = You can switch on Storefronts access afterwards, in Settings.
customers-create-submit = Create
customers-name = Name
customers-name-help = Business name, as it should read on job tickets.
customers-reference-id = Customer reference ID
customers-reference-help = A unique ID from your own system. Pressero uses it as the integration ID.
customers-description = Description
customers-save = Save
customers-edit = Edit

## One customer

customers-sections = Customer sections
customers-overview = Overview
customers-users = Users
customers-settings = Settings
customers-details = Details
customers-next-title = Nobody of this customer can log in yet
customers-next-text = Switch on Storefronts access and invite the client admin, who connects the stores.
customers-invite-admin = Invite the client admin
customers-in-production = In production
customers-attention = Needs attention
customers-attention-all = See all
customers-attention-invitation = The invitation to { $email } did not arrive
customers-orders-ever = All orders
customers-change = { $percent } %
customers-orders-per-day = Orders per day
customers-today = Today
customers-chart-sentence = Orders per day, last 30 days: between { $least } and { $most }, { $today } today
customers-chart-bar = { $orders ->
    [one] { $orders } order, { $date }
   *[other] { $orders } orders, { $date }
}
customers-switch = Access
customers-on = On
customers-off = Off
customers-client-admin = Client admin

## Stores and orders of a customer

customers-orders = Orders
customers-store = Store
customers-store-state = Connection
customers-store-synced = Last sync
customers-store-never-synced = Not yet
customers-stores-empty-title = No stores yet
customers-stores-empty-text = The client admin adds stores in Storefronts. Every store of this customer appears here.
customers-orders-empty-title = No orders yet
customers-orders-empty-text = Orders appear here as soon as a store of this customer sends one.
customers-orders-note = Newest first.
customers-orders-search = Search and filter in Orders
customers-orders-shown = { $orders ->
    [one] { $orders } order
   *[other] { $orders } orders
}
customers-order = Order
customers-recipient = Recipient
customers-items = Items
customers-order-status = Status
customers-received = Received

## Storefronts access

customers-access-switch = Let this customer log in to Storefronts
customers-access-switch-note = The client admin connects stores, maps products and invites colleagues. Switching this off logs everyone out; nothing is deleted.
customers-access-when-on = Who is invited. This counts only while access is on.
customers-access-note = Changing the email sends a new invitation and cancels the old one.
customers-access-note-new = The invitation is sent to this address at once.
customers-access-note-active = Takes effect at once.
customers-admin-email = Email
customers-admin-email-help = This is the user name to log in. Check it twice: it cannot change after the invitation is accepted.
customers-admin-email-fixed = This is the user name to log in. It cannot change after the invitation is accepted.
customers-submit = Submit
customers-resend = Resend
customers-revoke = Revoke
customers-accepted-title = { $name } accepted on { $date }
customers-accepted-text = Last login: { $last }. Name and language are theirs to change now.
customers-revoke-invitation-title = Revoke the invitation?
customers-revoke-invitation-text = The link sent to { $email } stops working now. You can invite the same address again later.
customers-revoke-invitation = Revoke invitation
customers-revoke-access-title = Revoke access?
customers-revoke-access-text = { $name } is logged out now and cannot log in here again. Everyone else of this customer goes on working; without another account admin nobody manages its users until you invite one. To keep everyone out, switch Storefronts access off.
customers-revoke-access = Revoke access
customers-profile = Profile
customers-history = Invitation history
customers-history-invited = Invited by { $name }
customers-history-resent = Invited again by { $name }
customers-history-somebody = somebody
customers-history-delivered = taken by the mail server { $time }
customers-history-refused = The mail server refused the invitation
customers-history-accepted = Accepted by { $name }
customers-history-expired = Expired
customers-history-revoked = Revoked

## How far an invitation has come

invitation-sending-title = Sending the invitation to { $email }
invitation-sending-words = Waiting for the mail server
invitation-retry = The mail server did not take it yet: “{ $answer }” Next attempt: { $time }.
invitation-soon = any moment
invitation-invitation-sent-title = Invitation sent to { $email }
invitation-invitation-sent-text = The mail server took it { $sent }. Not accepted yet; the link works until { $expires }. If it is not in the inbox, ask { $name } to check the spam folder.
invitation-expired-title = The invitation to { $email } has expired
invitation-expired-text = The link worked until { $date }. Send it again, or correct the address.
invitation-delivery-failed-title = The invitation to { $email } could not be delivered
invitation-delivery-failed-text = The mail server says: “{ $answer }” Correct the address, or send it again.
invitation-delivery-failed-silent = The mail server did not answer. Correct the address, or send it again.
invitation-revoked-title = The invitation to { $email } was revoked
invitation-revoked-text = Its link does not work any more. You can send a new one.

## Archive

customers-archive = Archive customer
customers-archive-menu = Archive…
customers-archive-text = Archived customers keep their orders and disappear from the list. Nobody of them can log in.
customers-archive-question = Archive { $name }?
customers-archive-confirm = Everybody of this customer is logged out now, and open invitations are revoked. You can restore the customer later.
customers-archived-since = Archived on { $date }
customers-archived-text = Nobody of this customer can log in. Restore it to work with it again.
customers-restore = Restore

## What was just done

done-customer-created = { $name } created
done-customer-saved = Saved
done-customer-archived = Customer archived
done-customer-restored = Customer restored
done-access-on = Storefronts access is on
done-access-off = Storefronts access is off. Everybody is logged out
done-access-revoked = Access of the client admin revoked
done-admin-invited = Inviting { $email }
done-admin-promoted = { $email } is the client admin now
done-invitation-resent = Sending a new invitation
done-invitation-revoked = Invitation revoked

## Problems

problem-reference-taken = { $name } has this reference ID already
problem-email-of-operator = This address belongs to an operator of the print company. Use another one
problem-customer-archived = This customer is archived. Restore it first
problem-invitation-missing = Nobody is invited
problem-invitation-accepted = The invitation has been accepted already
problem-invitation-sending = The mail of the last invitation is still on its way
problem-invitations-to-person = This person has been sent { $max } invitations within a day. Try again tomorrow, or ask them to look among unwanted mail
problem-invitations-to-customer = { $max } invitations have been sent within a day. Try again tomorrow
problem-access-needed-to-invite = Nobody can be invited while access is off. Switch it on to send the invitation
