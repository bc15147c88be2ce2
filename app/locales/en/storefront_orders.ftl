# Orders as their customer sees them, and the form that places one.

storefront-orders-caption = Orders, newest first
storefront-orders-order = Order
storefront-orders-for = For
storefront-orders-store = Store
storefront-orders-items = Items
storefront-orders-items-shipped = { $shipped } of { $items } shipped
storefront-orders-status = Status
storefront-orders-next = Next step
storefront-orders-received = Received
storefront-orders-reference = Your reference
storefront-orders-empty-look-only = They appear here as soon as somebody of your company places one.

## What comes next

storefront-orders-next-draft = Not sent yet
storefront-orders-next-received = We check it
storefront-orders-next-not-connected = Waits for a product
storefront-orders-next-on-hold = On hold
storefront-orders-next-pending-approval = Waits for approval
storefront-orders-next-passed = Goes to production
storefront-orders-next-failed = It stopped
storefront-orders-next-created = Waits for its turn in production
storefront-orders-next-in-production = Is being made
storefront-orders-next-printed = Will be packaged
storefront-orders-next-packaged = Waits for the carrier
storefront-orders-next-shipped = Given to the carrier
storefront-orders-next-in-transit = On its way
storefront-orders-next-delivered = Arrived
storefront-orders-next-returned = Came back
storefront-orders-next-cancelled = Will not be made
storefront-orders-fix-give-design = Give a design
storefront-orders-fix-correct-address = Correct the address
storefront-orders-fix-edit-line = Change the line
storefront-orders-fix-release = Release it
storefront-orders-fix-see = See why
storefront-orders-settled = Production has begun: designs and address cannot change any more.

## Placing an order

storefront-orders-place-lede = What is printed, and where it goes.
storefront-orders-choose-store = Choose a store
storefront-orders-no-store-look-only = Orders belong to a store. An admin of your company can add one.
storefront-orders-no-products = There is nothing to order yet
storefront-orders-no-products-text = { $company } has not put products into the catalogue yet. Come back once they have.
storefront-orders-what-to-print = What to print
storefront-orders-another-line = Another product
storefront-orders-product-uid = UID { $uid }
storefront-orders-line = { $number } · { $product }
storefront-orders-remove-line = Remove line: { $product }
storefront-orders-quantity-between = { $min } to { $max } pieces
storefront-orders-quantity-at-least = At least { $min } pieces
storefront-orders-area = Finished size { $width } × { $height } mm, { $pages }, at least { $dpi } dpi, { $formats }
storefront-orders-area-bleed = Finished size { $width } × { $height } mm; file with { $bleed } mm bleed: { $file-width } × { $file-height } mm, { $pages }, at least { $dpi } dpi, { $formats }
storefront-orders-area-pages = { $pages ->
    [one] 1 page
   *[other] { $pages } pages
}
storefront-orders-design-upload = { $area }: design file
storefront-orders-design-url = { $area }: or its address on the web
storefront-orders-designs-later = Without a design the order waits until you give it one.
storefront-orders-remove-file = Remove file
storefront-orders-what-happens = What happens then
storefront-orders-what-check = We check the designs
storefront-orders-what-check-text = Size, resolution and pages. If something does not fit, you see it at the order.
storefront-orders-what-produce = Production begins
storefront-orders-what-produce-text = Until then you can change address and designs.
storefront-orders-what-ship = The parcel leaves
storefront-orders-what-ship-text = Its tracking appears at the order.

problem-designs-of-new-line = The line was added. Give it its designs, then place the order
