# The start page of Storefronts, and the buttons its pages share.

dashboard-good-morning = Good morning, { $name }
dashboard-good-afternoon = Good afternoon, { $name }
dashboard-good-evening = Good evening, { $name }
dashboard-lede-new = Your first order is a few steps away.
dashboard-lede-fine = No order needs you. Everything is on its way.
dashboard-lede-waiting = { $count ->
    [one] 1 order waits for you. The rest goes its way.
   *[other] { $count } orders wait for you. The rest goes its way.
}
dashboard-place-order = Place order
dashboard-import = Import
dashboard-look-only = You can only look
dashboard-look-only-text = Your role shows this without changing it. Your account admin can give you another one.

## Getting started

dashboard-get-started = Get your account going
dashboard-steps-done = { $done } of { $all } steps
dashboard-steps-finished = { $count ->
    [one] 1 step done
   *[other] { $count } steps done
}
dashboard-step-store-title = Add a store
dashboard-step-store-text = Connect Shopify, Etsy or WooCommerce, or add a manual one: it needs only a name.
dashboard-step-store-do = Add a store
dashboard-step-sync-title = Sync its products
dashboard-step-sync-text = We begin by ourselves as soon as the store is connected.
dashboard-step-sync-do = See the store
dashboard-step-connect-title = Connect the products
dashboard-step-connect-text = Say what it is in the catalogue and which design it carries. Its orders then go on by themselves.
dashboard-step-connect-left = { $count ->
    [one] 1 product of { $store } is left to be connected or ignored.
   *[other] { $count } products of { $store } are left to be connected or ignored.
}
dashboard-step-connect-left-in-several = { $count } products are left to be connected or ignored, { $here } of them in { $store }.
dashboard-step-connect-do = See products
dashboard-step-order-title = Place or import an order
dashboard-step-order-text = One by form, or many from a CSV file.
dashboard-step-order-do = Place order
dashboard-step-test-title = Place a test order
dashboard-step-test-text = Buy something in your own store. It appears here by itself.
dashboard-step-test-do = See the store
dashboard-step-production-title = Follow it into production
dashboard-step-production-text = We check the designs, then production begins.
dashboard-step-production-do = See orders
dashboard-step-shipped-title = The first parcel leaves
dashboard-step-shipped-text = You find its tracking at the order.
dashboard-step-shipped-do = See orders

## Figures

dashboard-per-day = Orders per day
dashboard-last-days = Last { $days } days
dashboard-days-before = { $days } days before
dashboard-today = Today
dashboard-bar = { $count ->
    [one] 1 order, { $day }
   *[other] { $count } orders, { $day }
}
dashboard-chart-sentence = { $total ->
    [0] No orders in the last { $days } days.
    [one] 1 order in the last { $days } days.
   *[other] { $total } orders in the last { $days } days, at most { $most } on one day, { $today } today.
}
dashboard-orders-days = Orders, { $days } days
dashboard-change = { $change } %
dashboard-before-production = Before production
dashboard-in-production = In production
dashboard-on-the-way = On their way
dashboard-by-status = Orders by status
dashboard-stores = Stores
dashboard-all-stores = See all
dashboard-store-orders = { $count ->
    [one] 1 order in 30 days
   *[other] { $count } orders in 30 days
}

## Orders that wait

dashboard-attention = Orders that need you
dashboard-attention-none = None. When an order stops, it appears here with the reason and what to do.
dashboard-see-all = { $count ->
    [one] See it
   *[other] See all { $count }
}
dashboard-order-for = { $order }, for { $recipient }
