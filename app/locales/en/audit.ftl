# Who changed what.

audit-title = Audit log
audit-short = Log
audit-lede = Who changed what, and when. Entries cannot be changed or deleted.
audit-caption = Audit log, newest first
audit-export = Export CSV
audit-what = Action
audit-object = Object
audit-who = Who
audit-when = When
audit-side = Acted as
audit-customer = Customer
audit-person = Person
audit-every-action = Every action
audit-every-object = Every kind of object
audit-from = From
audit-until = Until
audit-of-customer = Customer: { $name }
audit-of-person = Person: { $name }
audit-of-object = Object: { $name }
audit-filter-customer = Customer
audit-filter-person = Person
audit-filter-action = Action
audit-filter-kind = Kind of object
audit-filter-object = Object
audit-filter-from = From
audit-filter-until = Until
audit-nothing-matches = Nothing in the log matches these filters
audit-show-all = Show the whole log
audit-empty = Nothing has been recorded yet
audit-empty-text = Every change that somebody makes appears here.
audit-changes = What changed
audit-no-fields = The action itself is all there is to tell.
audit-field = Field
audit-before = Before
audit-after = After
audit-value = Value
audit-facts = About this entry
audit-address = IP address
audit-request = Request ID
audit-history = History
audit-history-all = See all in the audit log
audit-portal-itself = The portal
audit-actor-operator = Operator
audit-actor-client = Customer’s user
audit-actor-system = The portal itself
audit-nothing = None
audit-yes = Yes
audit-no = No
audit-all-stores = All stores
audit-rows = { $rows ->
    [one] 1 entry
   *[other] { $rows } entries
}

## Actions

audit-customer-created = Customer created
audit-customer-edited = Customer changed
audit-customer-archived = Customer archived
audit-customer-restored = Customer restored
audit-access-switched-on = Storefronts access switched on
audit-access-switched-off = Storefronts access switched off
audit-user-invited = Person invited
audit-invitation-resent = Invitation sent again
audit-invitation-revoked = Invitation revoked
audit-invitation-accepted = Invitation accepted
audit-user-corrected = Person corrected
audit-user-role-changed = Role changed
audit-user-blocked = Person blocked
audit-user-unblocked = Person unblocked
audit-user-removed = Person removed
audit-first-operator-created = First operator created
audit-profile-changed = Profile changed
audit-password-changed = Password changed
audit-password-reset = Password reset
audit-session-ended = Session ended
audit-other-sessions-ended = Other sessions ended
audit-two-factor-on = Two-factor switched on
audit-two-factor-off = Two-factor switched off
audit-two-factor-reset = Two-factor reset
audit-recovery-codes-renewed = Recovery codes renewed
audit-store-created = Manual store added
audit-store-connected = Store connected
audit-store-reconnected = Store connected again
audit-store-disconnected = Store disconnected
audit-store-paused = Store paused
audit-store-resumed = Store resumed
audit-store-renamed = Store renamed
audit-store-settings-changed = Store settings changed
audit-product-connected = Product connected
audit-products-matched = Product connected by auto-match
audit-product-disconnected = Product disconnected
audit-product-ignored = Product ignored
audit-product-taken-back = Product no longer ignored
audit-catalogue-product-created = Catalogue product created
audit-catalogue-product-edited = Catalogue product changed
audit-catalogue-product-archived = Catalogue product archived
audit-catalogue-product-restored = Catalogue product restored
audit-catalogue-import-started = Catalogue import started
audit-order-import-started = Order import started
audit-order-cancelled = Order cancelled
audit-order-held = Order put on hold
audit-order-released = Order released
audit-order-address-changed = Address of an order changed
audit-order-line-changed = Line of an order changed
audit-order-design-changed = Design of an order changed
audit-order-line-ignored = Line of an order ignored
audit-order-line-taken-back = Line of an order no longer ignored
audit-buyer-erased = Buyer erased
audit-buyer-exported = Buyer’s data downloaded
audit-customers-exported = Customers exported
audit-orders-exported = Orders exported
audit-import-downloaded = Rows of an import downloaded
audit-store-products-exported = Store products exported
audit-catalogue-exported = Catalogue exported
audit-audit-log-exported = Audit log exported
audit-view-started = View as customer started
audit-view-ended = View as customer ended
audit-backup-taken = Backup taken
audit-backup-restored = Backup restored
audit-keys-rotated = Encryption keys rotated

## Objects

audit-object-customer = Customer
audit-object-user = Person
audit-object-store = Store
audit-object-store-product = Store product
audit-object-catalogue-product = Catalogue product
audit-object-order = Order

## Fields

audit-field-name = Name
audit-field-reference = Customer reference ID
audit-field-description = Description
audit-field-email = E-mail
audit-field-first-name = First name
audit-field-last-name = Last name
audit-field-language = Language
audit-field-time-zone = Time zone
audit-field-theme = Theme
audit-field-role = Role
audit-field-stores = Stores
audit-field-access = Storefronts access
audit-field-platform = Platform
audit-field-shop = Shop address
audit-field-import-unconnected = Import orders with unconnected products
audit-field-hold-personalised = Buyers' own text or picture waits for a look
audit-field-notify-buyers = Platform notifies buyers
audit-field-ready-statuses = Statuses that mean “make it”
audit-field-location = Location
audit-field-product-uid = Product UID
audit-field-made-of = Made of
audit-field-variant = Variant
audit-field-variants = Variants
audit-field-category = Category
audit-field-name-en = Name in English
audit-field-name-es = Name in Spanish
audit-field-options = Options
audit-field-print-areas = Print areas
audit-field-min-quantity = Minimum quantity
audit-field-max-quantity = Maximum quantity
audit-field-line = Line
audit-field-quantity = Quantity
audit-field-print-area = Print area
audit-field-address-parts = Changed parts
audit-field-orders = Orders
audit-field-file = File
audit-field-filters = Filters
audit-field-device = Browser
audit-field-status = Status

## Parts of an address

audit-part-recipient = Recipient
audit-part-company = Company
audit-part-address-line1 = Street
audit-part-address-line2 = Address line 2
audit-part-city = City
audit-part-region = Region
audit-part-postcode = Postcode
audit-part-country = Country
audit-part-email = E-mail
audit-part-phone = Phone

## View as customer

view-as-start = View as customer
view-as-title = You see Storefronts as { $customer } does
view-as-text = You can look at everything and change nothing. It ends by itself at { $time }, and is in the audit log.
view-as-stop = Stop
view-as-stop-and-go-on = Stop viewing and go on
view-as-instead = You are viewing as the customer
