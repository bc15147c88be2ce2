# What the store of an order says, and what it is told.

orders-connect-product = Connect product
orders-ignore = Ignore…
orders-ignore-title = Ignore this item
orders-ignore-where = Where?
orders-ignore-line = This order only
orders-ignore-line-note = Other orders go on waiting. If nothing else is left to make, this order is cancelled here.
orders-ignore-variant = This variant, in every order
orders-ignore-variant-note = Waiting orders go on without it, and so do those to come. Orders with nothing else to make are cancelled here.
orders-ignore-product = The whole product, in every order
orders-ignore-product-note = All its variants, those to come as well. Orders with nothing else to make are cancelled here.
orders-ignore-submit = Ignore
orders-ignored-digital = Not made here: nothing is sent
orders-ignored-nothing-left = Not made: taken out or refunded in the store
orders-ignored-variant = Not made here: the variant is ignored
orders-ignored-product = Not made here: the product is ignored
orders-ignored-line = Not made here: ignored in this order

orders-at-store = In the store
orders-number-at-store = Order there
orders-id-at-store = ID there
orders-state-at-store = State there
orders-total = Total
orders-placed-at-store = Placed
orders-changed-at-store = Changed there
orders-read-from-store = Read
orders-test = Test
orders-at-store-waiting = Waits there
orders-at-store-ready = To be made
orders-at-store-fulfilled = Sent
orders-at-store-cancelled = Cancelled
orders-cancelled-there = Cancelled in the store on { $time }
orders-cancelled-there-badge = Cancelled in the store
orders-cancelled-there-made = { $count ->
    [one] 1 piece is in production already.
   *[other] { $count } pieces are in production already.
}
orders-cancelled-there-left = { $count ->
    [one] 1 piece has been shipped.
   *[other] { $count } pieces have been shipped.
}
orders-cancelled-there-nothing = Nothing of it is made or shipped here.
orders-cancelled-there-decide = Cancel the order here, too, or release it so that it goes on.
orders-cancelled-there-goes-on = Production goes on: cancel the order here, too, if it should not.
orders-sent-there = The store says that somebody else already sent this order
orders-sent-there-decide = Cancel what is still here, or release it if it is to be sent all the same.
orders-sent-there-goes-on = What is shipped now is sent a second time. Cancel it if that is not meant.
orders-sent-there-badge = Sent by the store
orders-although-sent = Send it a second time
orders-although-sent-note = The store says that somebody else already sent this order.
problem-sent-already = Confirm that it is to be sent a second time
orders-changed-too-late = The store changed this order after production began
orders-changed-too-late-text = Decide whether it goes on as it is. Then release it or cancel it.
orders-changed-too-late-quantity-text = Take over how many pieces the store wants now, release the order to go on as it is, or cancel it.
orders-untold = The store could not be told
orders-store-paused = This store is paused: changes at the shop are not seen
orders-store-needs-reauthorisation = This store needs to be connected again: changes at the shop are not seen
orders-take-over = Take over the store’s change
done-change-taken-over = As many pieces are made as the store wants
problem-nothing-to-take-over = The store wants no other quantities of what is stopped here
orders-late-gone = Line { $line }: taken out there
orders-late-wanted = Line { $line }: it wants { $quantity } × { $title } now
orders-late-address = It goes to another address there now: { $address }

orders-told = Told to the store
orders-told-note = What { $store } knows of this order.
orders-told-in-production = In production
orders-told-shipped = Shipped
orders-told-shipped-parcel = Parcel { $parcel } shipped
orders-told-delivered = Delivered
orders-told-delivered-parcel = Parcel { $parcel } delivered
orders-told-cancelled = Cancelled
orders-told-rest-cancelled = Rest cancelled
orders-told-retry = Retry

storefront-orders-fix-connect = Connect the product

done-line-ignored = Ignored in this order
done-write-retried = The store is being told again
orders-take-back = Make it after all…
orders-take-back-title = Make this item after all
orders-take-back-text = It counts in this order again, and waits to be connected if it is not. Other orders stay as they are.
orders-take-back-submit = Make it
done-line-taken-back = It counts in this order again
