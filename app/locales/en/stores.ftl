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
stores-none-text = Orders belong to a store. Add a manual store to place and import them.
stores-none-look-only = An admin of your company can add one.
stores-no-orders-title = No orders in this store yet
stores-no-orders-text = Place the first one by form, or import many from a CSV file.
stores-no-orders-look-only = They appear here as soon as somebody places one.

## What was just done

done-store-created = Store { $name } created
done-store-renamed = Store renamed

## What is wrong

problem-store-name-taken = Another of your stores has this name
problem-store-not-connected = The store is not connected now. Reconnect it first
problem-store-not-paused = The store is not paused
problem-store-not-online = This is a manual store: there is nothing to sync or disconnect
problem-shopify-shop-invalid = Enter the name of the shop or its address at myshopify.com
