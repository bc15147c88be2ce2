# Stores: where a customer's orders come from.

stores-title = Stores
stores-connect = Connect a store
stores-manual = Manual store
stores-manual-note = Without an online shop, or for recurring orders
stores-yours = Your stores
stores-caption = Stores by name
stores-store = Store
stores-connection = Connection
stores-attention = Need attention
stores-attention-of = { $count ->
    [one] 1 order of { $store } needs attention
   *[other] { $count } orders of { $store } need attention
}
stores-in-production = In production
stores-on-the-way = On their way
stores-orders-30-days = Orders, 30 days
stores-actions = Actions
stores-added = { $platform }, added { $date }
stores-latest-orders = Latest orders
stores-all-orders = See all orders of this store

## Adding and renaming

stores-add-manual = Add manual store
stores-add-note = For recurring orders, or without an online shop.
stores-name = Store name
stores-name-help = Then you can use Place order and Import with this store.
stores-name-example = Direct orders
stores-create = Create store
stores-rename = Rename store

## Nothing here yet

stores-none-title = No stores yet
stores-none-look-only = An admin of your company can add one.
stores-no-orders-title = No orders in this store yet
stores-no-orders-text = Place the first one by form, or import many from a CSV file.
stores-no-orders-look-only = They appear here as soon as somebody places one.

## The pages of an online store

stores-new = New
stores-sections = Sections of the store
stores-overview = Overview
stores-products = Products
stores-orders = Orders
stores-settings = Settings
stores-more = More
stores-reconnect = Reconnect
stores-reconnect-ask = An admin of your company can reconnect it.
stores-see-products = See products

## Syncs

stores-sync-products = Sync products
stores-syncing = Syncing…
stores-sync-now = Sync orders now
stores-sync-now-note = They come by themselves; this asks at once
stores-sync-orders = Sync orders
stores-orders-from = Sync orders from a date
stores-orders-from-note = For orders that were placed before the store was connected. None comes twice.
stores-orders-placed-since = Placed since
stores-sync-under-way = Syncs that go on now
stores-reading-products = Syncing products
stores-reading-orders = Syncing orders
stores-sync-stop = Stop
stores-sync-stopping = Stopping…
stores-runs = Last syncs
stores-run-products = Products
stores-run-orders = Orders
stores-found-new = { $count } new
stores-found-changed = { $count } changed
stores-found-unchanged = { $count } unchanged
stores-found-gone = { $count } no longer in the store
stores-found-not-wanted = { $count } without a connected product
stores-found-passed-over = { $count } from before you connected
stores-found-not-seen = { $count } not seen
stores-found-unreadable = { $count } not readable
stores-found-nothing = nothing new

## Health

stores-health = Connection health
stores-health-products = Products synced
stores-health-orders = Orders synced
stores-health-never = Not yet
stores-health-reading = { $last }, next at { $next }
stores-health-webhooks = Webhooks
stores-health-webhooks-fine = { $count ->
    [one] 1 set up
   *[other] { $count } set up
}
stores-health-webhooks-missing = { $count ->
    [one] 1 could not be set up; we ask the store every few minutes instead
   *[other] { $count } could not be set up; we ask the store every few minutes instead
}
stores-health-webhooks-unknown = Being set up
stores-health-webhooks-none = None: the store is disconnected
stores-health-webhooks-by-application = This platform sends them without being set up
stores-health-last-webhook = Last webhook
stores-health-token = Access
stores-health-token-lasts = Valid, does not expire
stores-health-token-renewed = Valid until { $time }, renewed by itself
stores-health-token-refused = Refused by the store
stores-health-token-none = Erased
stores-health-pace = Requests
stores-health-pace-fine = Within what the store allows
stores-health-pace-slow = The store asks us to slow down
stores-health-pace-low = Few left today for all our stores at this platform: we read less often
stores-health-restriction = Restricted
stores-addresses-withheld = { $platform } keeps your buyers’ addresses from us
stores-addresses-withheld-by-hand = Orders come in without an address and wait. Copy it from { $platform } and type it in at the order: then it goes on.
stores-tracking-withheld = { $platform } does not let us mark your orders as shipped
stores-tracking-withheld-by-hand = Copy the tracking number of each parcel from its order here, and enter it at { $platform } yourself.
stores-health-connected = Connected
stores-health-failing-since = Since { $time }
stores-not-reached = Cannot be reached
stores-not-reached-since = Cannot be reached since { $time }.
stores-next-try = Next try at { $time }.
stores-next-try-now = It is tried again now.
stores-try-now = Try now

## States

stores-connected-now = { $store } is connected
stores-connected-now-text = Its products are being synced. Then connect them to the catalogue, and its orders go into production by themselves.
stores-connected-now-synced = Its products are here. Connect them to the catalogue, and its orders go into production by themselves.
stores-reconnected-now = { $store } is connected again
stores-reconnected-now-text = Its products, their connections and its orders are as they were. What happened meanwhile is being synced.
stores-pause = Pause
stores-pause-note = Nothing is synced until you resume
stores-resume = Resume
stores-paused = This store is paused
stores-paused-text = Nothing is read from it and nothing told to it. What it tells us is kept until you resume.
stores-disconnected = This store is disconnected
stores-disconnected-text = Its products, their connections and its orders are still here. Reconnect it and it goes on where it stopped.
stores-disconnect = Disconnect
stores-disconnect-menu = Disconnect…
stores-disconnect-title = Disconnect { $store }?
stores-disconnect-stops = No more orders come in, and the store is not told about shipments any more.
stores-disconnect-stays = The history stays: products, their connections and orders. You can reconnect the same store at any time.

## Settings and orders

stores-import-unconnected = Import orders with unconnected products
stores-import-unconnected-note = They wait until you connect the product. Off: orders without any connected product stay out.
stores-ready-statuses = Order statuses that are ready for production
stores-ready-statuses-help = As WooCommerce names them, separated by commas: processing, on-hold. Orders in any other status wait.
stores-plug-in-statuses = A plug-in of the store has statuses of its own
stores-plug-in-statuses-note = Tick it to enter others than WooCommerce's own. We cannot check how they are spelt: orders whose status does not match wait for ever.
stores-ready-when-paid = Orders are ready for production as soon as they are paid.
stores-location = Location whose orders we make
stores-location-all = All locations
stores-location-help = What Shopify sends from another location is not made here. Orders that wait are read again.
stores-hold-personalised = Hold lines with the buyer's own text or picture
stores-hold-personalised-note = They wait until somebody has looked at them. The design of the connected product does not show what the buyer added. Stock products are not printed: their lines are not held.
stores-notify-buyers = Let the store mail buyers about shipments
stores-notify-buyers-note = Where the platform leaves the choice to us.
stores-webhooks-note = By them the store tells us of orders and products at once. We look after them every hour and repair them.
stores-webhooks-checked = Last checked
stores-save-settings = Save settings
stores-no-orders-online = They appear here by themselves as soon as somebody buys in the store.
stores-orders-note = Newest first
stores-orders-search = Search and filter
stores-last-sync = Last sync
stores-connected-products = Connected products
stores-connected-of = { $connected } of { $all }

## What was just done

done-store-created = Store { $name } created
done-store-renamed = Store renamed
done-store-paused = Store paused
done-store-resumed = Store resumed. It is being synced
done-store-disconnected = Store disconnected. Its history is still here
done-store-settings-saved = Settings saved
done-orders-sync-started = Orders are being synced
done-store-tried = The store is tried again
done-sync-stopped = Sync stopped. What was read stays

## What is wrong

problem-store-name-taken = Another of your stores has this name
problem-store-asked-to-wait = { $minutes ->
    [one] The store's platform has had enough requests for now. It is asked again in 1 minute
   *[other] The store's platform has had enough requests for now. It is asked again in { $minutes } minutes
}
problem-store-not-connected = The store is not connected now. Reconnect it first
problem-store-not-paused = The store is not paused
problem-store-not-online = This is a manual store: there is nothing to sync or disconnect
problem-shopify-shop-invalid = Enter the name of the shop or its address at myshopify.com
problem-store-not-usable = { $why }
problem-store-status-invalid = Write the statuses as WooCommerce names them, in lower-case letters, with a comma between two of them
problem-store-status-mistyped = WooCommerce has no status “{ $status }”. Did you mean “{ $meant }”? If a plug-in has it, say so below.
problem-store-status-unknown = WooCommerce has no status “{ $status }”, but these: { $known }. If a plug-in has it, say so below.
problem-consumer-key-invalid = A consumer key begins with ck_ and has only letters and digits. Copy it whole
problem-consumer-secret-invalid = A consumer secret begins with cs_ and has only letters and digits. Copy it whole
problem-date-ahead = This day has not come yet
problem-date-invalid = Enter a date such as 2026-11-21
