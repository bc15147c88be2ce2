# What is kept about buyers, in Storefronts and in the console.

buyers-title = Buyers' data
buyers-short = Buyers
buyers-lede = A buyer may ask what is kept about them, and have it erased.
buyers-email = Email of the buyer
buyers-email-help = The address they ordered with.
buyers-search = Look up
buyers-none = Nothing is kept about { $email }
buyers-none-text = No order has this address. Orders that a store gave without an email, or with another one, are found in Orders by name.
buyers-export = Download everything
buyers-export-note = The file has their orders with addresses, lines, parcels and timeline, and when stores told about them.
buyers-orders = Orders
buyers-under-way = Still under way
buyers-first = First order
buyers-last = Last order
buyers-erase-later = { $orders ->
    [one] One order is still under way
   *[other] { $orders } orders are still under way
}
buyers-erase-later-text = What is still to be sent needs its address. Erase when it is sent or cancelled.
buyers-erase = Erase buyer
buyers-erase-text = Takes name, address, contact and notes out of all orders of this buyer. It cannot be undone.
buyers-erase-menu = Erase…
buyers-erase-question = Erase { $email }?
buyers-erase-confirm = { $orders ->
    [one] Who it was for goes from one order:
   *[other] Who they were for goes from { $orders } orders:
 } name, address, email, phone, notes, what was added to the products, and the messages of the stores. What stays: order number, dates, country, products and quantities, prices, design files and parcels with their tracking.

done-buyer-erased = { $orders ->
    [one] Buyer erased from one order
   *[other] Buyer erased from { $orders } orders
}

problem-buyer-orders-under-way = { $orders ->
    [one] One order of this buyer is still under way. Erase when it is sent or cancelled
   *[other] { $orders } orders of this buyer are still under way. Erase when they are sent or cancelled
}
