# Orders, in both faces.

orders-title = Orders
orders-caption = Orders, newest first
orders-search = Search number, name or email
orders-status = Status
orders-all = All
orders-attention = Needs attention
orders-no-address = No address
orders-store = Store
orders-customer = Customer
orders-platform = Platform
orders-from = From
orders-until = Until
orders-order = Order
orders-recipient = Recipient
orders-recipient-erased = Erased
orders-items = Items
orders-received = Received
orders-shipping-method = Shipping method
orders-export = Export CSV
orders-csv-reference = Reference
orders-csv-reason = Reason
orders-csv-shipped = Shipped items
orders-csv-order-id = Order ID
orders-csv-store-id = Store ID
orders-views = Saved views
orders-save-view = Save view
orders-save-view-note = Keeps search and filters under a name, for you alone.
orders-save-view-submit = Save view
orders-change-views = Change views
orders-view-name = Name of the view
orders-rename-view = Rename
orders-delete-view = Delete { $name }
orders-all-customers = All customers
orders-no-customer-called = No customer is called “{ $words }”
orders-several-customers-called = Several customers match “{ $words }”
orders-place = Place order
orders-shown = { $count ->
    [one] 1 order
   *[other] { $count } orders
}
orders-shipped-of = { $shipped } of { $quantity } shipped
orders-of = of { $quantity }
orders-pack = { $pieces } pieces per unit sold
orders-quantity-in-pieces = In pieces, not in packs of { $pieces }
orders-cancelled-of = { $cancelled } of { $ordered } cancelled
orders-nothing-to-make = Nothing to make

## Platforms

platform-manual = Manual store
platform-shopify = Shopify
platform-etsy = Etsy
platform-woocommerce = WooCommerce
platform-pressero = Pressero
platform-infigo = Infigo

## Filters in force

orders-more-stores = The { $shown } stores that ordered last. Narrow by customer to find others.
orders-filter-search = Search: { $value }
orders-filter-status = Status: { $value }
orders-filter-customer = Customer: { $value }
orders-filter-store = Store: { $value }
orders-filter-from = From { $value }
orders-filter-until = Until { $value }

## Nothing to show

orders-empty-title = No orders yet
orders-empty-text = Place the first one, or import a file with many.
orders-empty-text-operator = They appear here as soon as a customer places or imports one.
orders-empty-no-store = Orders belong to a store. Add one first.
orders-no-manual-store = No store takes orders by hand yet
orders-none-match = Nothing matches “{ $q }”
orders-none-here = No order matches these filters
orders-none-text = Try other words or fewer filters.
orders-show-all = Show all orders

## One order

orders-progress = Production progress
orders-lede-operator = Received { $time } from { $customer }
orders-lede-client = Placed { $time }, number { $number }
orders-newer = Newer order
orders-older = Older order
orders-aside = Shipment, address and origin
orders-lines = Lines
orders-item-count = { $count ->
    [one] 1 piece
   *[other] { $count } pieces
}
orders-product = Product
orders-quantity = Quantity
orders-artwork = Artwork
orders-not-printed = Not printed
orders-no-design = No design
orders-print-file = Print file
orders-design-address = Address of the design
orders-dpi = { $dpi } dpi
orders-pages = { $pages ->
    [one] 1 page
   *[other] { $pages } pages
}
orders-give-design = Add design
orders-replace-design = Replace
orders-see-designs = Go to the designs
orders-see-lines = Go to the lines
orders-note = Note
orders-origin = Origin
orders-reference = Order there
orders-came-by = Came by
orders-source-form = Form
orders-source-csv = CSV import
orders-source-webhook = Webhook
orders-source-poll = Sync
orders-source-api = API
orders-release-hint = It can be released as it is.

## Steps

orders-mark-passed = Mark as passed
orders-mark-created = Hand to production
orders-mark-in-production = Start production
orders-mark-printed = Mark as printed
orders-mark-packaged = Mark as packaged
orders-mark-in-transit = Mark as in transit
orders-mark-delivered = Mark as delivered
orders-mark-returned = Mark as returned
orders-move-to = Move selected lines to
orders-move-lines = Move lines
orders-hold = Hold
orders-release = Release
orders-cancel = Cancel order…
orders-cancel-title = Cancel { $order }
orders-cancel-back = Back
orders-cancel-at-shopify-text = Where Shopify still allows it, { $store } puts what will not come on hold with a note. It neither cancels nor refunds the order: do that there, so that the buyer gets their money.
orders-cancel-at-woocommerce-text = { $store } cancels the order if all of it is made here, else it gets a note. It refunds nothing: do that there, so that the buyer gets their money.
orders-cancel-at-woocommerce-rest-text = { $store } gets a note that says what will not come. It neither cancels nor refunds it: do that there, so that the buyer gets their money.
orders-cancel-at-etsy-text = { $store } cannot be told: Etsy has no way for it. Cancel and refund the order there, so that the buyer gets their money.
orders-cancel-rest-text = What has left stays shipped; nothing else of it will be made or shipped. This cannot be undone.
orders-cancel-text = Nothing of it will be made or shipped. This cannot be undone.
orders-cancel-submit = Cancel order
orders-stayed = { $count ->
    [one] 1 order did not move
   *[other] { $count } orders did not move
}

## Shipping

orders-shipment = Shipment
orders-no-shipment = Nothing has been shipped yet.
orders-no-method = Not set
orders-carrier = Carrier
orders-carrier-help = Asked for: { $method }
orders-tracking = Tracking number
orders-tracking-asked = { $store } may refuse the parcel without a number.
orders-tracking-url = Tracking page
orders-no-tracking = No tracking number
orders-follow = Follow the parcel
orders-shipped-at = Shipped
orders-contents = Contents
orders-ship = Ship…
orders-ship-title = Ship order
orders-ship-note = Leave out of the parcel what follows later.
orders-ship-whole = { $store } takes the first parcel for the whole order.
orders-ship-whole-text = It marks the order as sent and mails the buyer, even if the rest follows later. Ship everything together if you can.
orders-ship-submit = Ship
orders-correct-tracking = Correct tracking…
orders-correct-tracking-title = Correct carrier and tracking
orders-correct-tracking-submit = Save
orders-correct-tracking-told = { $store } learns it, too.
orders-correct-tracking-untold = { $store } is still to be told of this parcel: it learns what you save here.
orders-correct-tracking-unclear = { $store } has not confirmed this parcel yet. It learns what you save here only if it does not know the parcel already: look there.
orders-correct-tracking-at-etsy = { $store } does not learn it: Etsy would mail the buyer once more. Write to the buyer there.
orders-correct-tracking-mailed = The buyer is told by mail.

## Address

orders-deliver-to = Deliver to
orders-buyer-erased = Buyer’s data erased on { $date }
orders-edit = Edit
orders-edit-address-note = All of this goes on the parcel: check the name, the company and the email, too.
orders-edit-address = Correct the address
orders-save-address = Save address
orders-saved-meanwhile = Saved meanwhile: { $value }
orders-saved-nothing = nothing
orders-company = Company
orders-address-line1 = Street and number
orders-address-line2 = Floor, door
orders-postcode = Postcode
orders-city = City
orders-region = Province or state
orders-country = Country
orders-choose-country = Choose a country
orders-email = Email
orders-phone = Phone

## Designs

orders-design-title = Design: { $area }
orders-design-file = Design file
orders-design-note = PDF, PNG, JPEG or TIFF, up to 200 MB
orders-design-let-pass = Released as it is
orders-design-remarked = Checked, with a remark
orders-design-url = Or its address on the web
orders-design-submit = Save design

orders-design-next-attempt = Next attempt: { $time }.
orders-retry-design = Fetch again

orders-edit-line = Change
orders-edit-line-title = Line { $line }: product and quantity
orders-product-field-help = Type words of its name, then choose.
orders-save-line = Save and go on

## Placing an order

orders-place-order = Order
orders-place-delivery = Delivery
orders-your-reference = Your reference
orders-your-reference-help = What you call this order. We make one up when you leave it empty.
orders-line-number = Line { $number }
orders-add-line = Add line
orders-shipping-method-help = Leave it empty for the usual one.

## Timeline

orders-timeline = Event log
orders-event-received = Order received
orders-event-status-order = { $status }
orders-event-status-line = Line { $line }: { $status }
orders-event-shipped = { $pieces ->
    [one] 1 piece handed to { $carrier }
   *[other] { $pieces } pieces handed to { $carrier }
}
orders-event-file-checked = Line { $line }: the design can be printed
orders-event-file-refused = Line { $line }: the design cannot be printed
orders-event-tracking-corrected = Carrier or tracking corrected
orders-corrected = { $what }: { $from } → { $to }
orders-event-edited-order = Address changed
orders-event-edited-line = Line { $line }: new design
orders-event-fetched-again = Line { $line }: design fetched again
orders-event-corrected-line = Line { $line }: product or quantity corrected
orders-event-changed-at-store-order = Changed in the store
orders-event-changed-at-store-line = Line { $line }: changed in the store
orders-event-rest-cancelled = { $pieces ->
    [one] Line { $line }: the last piece cancelled
   *[other] Line { $line }: the other { $pieces } pieces cancelled
}
orders-event-line-taken-back = Line { $line }: made after all
orders-event-let-pass = Released as it is
orders-event-buyer-erased = Buyer’s data erased
orders-changed-line-added = Added: { $quantity } × { $title }
orders-changed-line-removed = Removed: { $title }
orders-changed-quantity = { $to ->
    [one] { $title }: { $from } → { $to } piece
   *[other] { $title }: { $from } → { $to } pieces
}
orders-changed-product = { $to } instead of { $from }
orders-changed-properties = { $title }: what the buyer wrote
orders-changed-held = { $title }: held or let go
orders-changed-address = Address
orders-changed-contact = Email or phone
orders-changed-shipping-method = Shipping method
orders-changed-note = Note
orders-changed-state = State: { $state }
orders-changed-more = { $count ->
    [one] and 1 more change
   *[other] and { $count } more changes
}
orders-event-line-ignored = Line { $line }: not made here, by a decision about its product

## What was just done

done-order-placed = Order placed
done-order-already-placed = This order was placed before. To place another one, start a new form
done-order-moved = Order moved
done-order-shipped = Shipment saved
done-tracking-corrected = Carrier and tracking saved
done-order-held = Order on hold
done-order-released = Order released
done-order-cancelled = Order cancelled
done-address-saved = Address saved
done-design-given = Design saved. We check it now
done-line-saved = Line saved
done-view-saved = View saved
done-view-renamed = View renamed
done-view-deleted = View deleted
done-orders-moved = { $count ->
    [one] 1 order moved
   *[other] { $count } orders moved
}
done-orders-moved-some = { $count ->
    [one] 1 order moved
   *[other] { $count } orders moved
}, others stayed

## What is wrong

problem-design-missing = A design is missing. Add it, then the order goes on
problem-template-not-connected = That variant is not connected itself. Choose another one
problem-write-not-failed = The store knows this already
problem-address-missing = The address is missing. Complete it, then the order goes on
problem-access-holds-order = Access to Storefronts is off. Switch it on, then the order goes on
problem-design-required = Choose a file or write its address
problem-nothing-selected = Select something first
problem-nothing-to-hold = Nothing of this order can be put on hold any more
problem-nothing-to-release = This order is not on hold
problem-parcel-empty = Enter how many pieces go into this parcel
problem-nothing-to-ship = Nothing is left to ship
problem-order-already-there = This has been done already
problem-order-changed = Somebody changed this order in the meantime. Look at it again
problem-product-still-ignored = Its product is ignored. Stop ignoring it first, under the products of the store
problem-address-changed = Somebody changed this address in the meantime. Compare it with what you typed, then save again
problem-line-changed = Somebody changed this line in the meantime. Compare it with what you typed, then save again
problem-order-not-shipped = Not shipped yet. Ship it first
problem-order-in-production = Production has begun; this cannot change any more
problem-order-reference-taken = The store has another order with this reference
problem-order-shipped = All of this order has been shipped; it cannot be cancelled
problem-order-stopped = This order stopped. Put it right or release it first
problem-shipment-needed = Ship this order on its own page: it needs a carrier
problem-status-not-possible = This step does not follow from where the order is now
problem-store-takes-no-orders = This store does not take orders by hand
problem-too-many-files = Send at most { $max } files at once
problem-too-many-lines = Use at most { $max } lines
problem-view-name-taken = Another of your views has this name
problem-too-many-views = You have { $max } views. Delete one first
problem-too-many-selected = Select at most { $max }
