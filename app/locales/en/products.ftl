# What online stores sell, and connecting it to the catalogue.

products-title = Products
products-caption = Products by title
products-search = Search product or SKU
products-product = Product
products-sku = SKU
products-connection = Connection
products-variants = Variants
products-listing = In the store
products-actions = Actions
products-all = All
products-gone = No longer there
products-every-listing = In the store
products-sort-title = By title
products-sort-title-descending = By title, Z first
products-sort-newest = Newest first
products-listing-published = Published
products-listing-draft = Draft
products-listing-archived = Archived
products-partly = { $connected } of { $variants } connected
products-export = Export CSV
products-shown = { $count ->
    [one] 1 product
   *[other] { $count } products
}
products-show-all = Show all products

## Nothing here

products-empty-title = No products yet
products-empty-text = Sync products to see what the store sells. Then connect each one to what is to be printed.
products-empty-look-only = They appear here once somebody syncs the store.
products-none-match = Nothing matches “{ $q }”
products-none-here = No product matches these filters
products-none-text = Try other words or fewer filters.

## One product

products-about = About this product
products-variant = Variant
products-variants-caption = Variants in the order of the store
products-price = Price in the store
products-made-of = Is made of
products-nothing-assigned = Not assigned
products-variant-gone = No longer in the store
products-gone-since = No longer there since
products-not-sent = The store sends nothing for it, so it is not printed
products-ignored-with-product = The whole product is ignored
products-make-printable = Make it printable
products-decided-by = By { $name }
products-how-by-person = Chosen by a person
products-how-exact-uid = The SKU is the product UID
products-how-known-sku = The SKU is known
products-how-title = The title is the same
products-id = ID in the store
products-at-store = Page
products-open = Open in the store
products-changed = Last changed
products-change = Change
products-design-refused = Design refused
products-replace-design = Replace design
products-connect = Connect product
products-ignore = Ignore product
products-ignore-selected = Ignore selected
products-ignore-variant = Ignore { $variant }
products-ignore-this-variant = Ignore this variant
products-take-back = Stop ignoring
products-disconnect = Disconnect
products-disconnect-title = Disconnect variant
products-disconnect-text = New orders wait until it is connected again. Orders that came before keep what they have.
products-orders-wait = { $orders ->
    [one] 1 order waits for this
   *[other] { $orders } orders wait for this
}
products-orders-wait-text = Orders that wait go on by themselves once you connect or ignore what is missing.

## Connecting

products-connect-title = Connect “{ $variant }”
products-connect-lede = Choose what is printed when somebody buys it.
products-connect-lede-sku = Choose what is printed when somebody buys it. SKU { $sku }
products-catalogue-product = 1. Catalogue product
products-specification = 2. Print specification
products-design = 3. Design
products-design-alike = The sizes asked for are the same for every combination of this product. If yours is larger, make the file larger, too.
products-pick-note = Pick what it is made of.
products-pick-another = Choose another
products-pick-none = Nothing in the catalogue matches
products-pick-none-text = Try other words or another category.
products-search-catalogue = Search the catalogue
products-category = Category
products-combinations = { $count ->
    [one] 1 combination
   *[other] { $count } combinations
}
products-choose = Choose
products-uid = Product UID
products-pieces = Pieces per unit sold
products-pieces-help = 1, unless the store sells it as a pack: 10 for a pack of 10. Orders that came before keep their pieces.
products-not-printed = This product comes from stock. It needs no design.
products-design-formats = { $formats }, up to 200 MB
products-design-or-url = Instead of a file: we fetch it from there.
products-design-replace = { $area }: another design file
products-design-keep = Leave both empty to keep the design that is there.
products-preview = Preview
products-preview-of = { $area } with the line of the cut
products-preview-legend = What lies outside of the line is cut off. Keep what matters inside of the dashed line.
products-connect-alike = { $count ->
    [one] Connect 1 other variant that waits
   *[other] Connect { $count } other variants that wait
}
products-connect-alike-note = Each to what its own options say; the rest, the pieces and the design as you choose here.
products-connect-alike-left = Left as they are, because their options match nothing of this product: { $variants }
products-connect-alike-more = and { $count } more
products-connect-submit = Connect
products-connect-next = Connect and go on

## Auto-match

products-match = Auto-match
products-match-title = Auto-match products
products-match-lede = What your SKUs and titles say. Nothing is connected before you say so.
products-match-result = Result
products-match-suggestion = Suggestion
products-match-why = Why
products-match-connects = Can be connected
products-match-connects-note = They take the design of a variant that is connected already, or need none.
products-match-design-needed = Design missing
products-match-design-needed-note = We know what they are. Give each one a design.
products-match-ambiguous = Ambiguous
products-match-ambiguous-note = They may be several things, or packs of several sizes: choose yourself.
products-match-nothing = No suggestion
products-match-nothing-note = Neither SKU nor title says what they are.
products-match-none = Nothing waits to be connected
products-match-none-text = Every product is connected or ignored.
products-match-group-empty = There are none of these
products-match-range = { $first }–{ $last } of { $all }
products-match-orders = { $orders ->
    [one] 1 order waits for them and goes on once all are connected
   *[other] { $orders } orders wait for them and go on once all are connected
}
products-match-connect-selected = Connect selected
products-match-connect-all = { $count ->
    [one] Connect it
   *[other] Connect all { $count }
}

## What was just done

done-variants-connected = { $variants ->
    [one] Variant connected
   *[other] { $variants } variants connected
}{ $orders ->
    [0] {""}
    [one] {". "}1 order goes on
   *[other] {". "}{ $orders } orders go on
}
done-variants-connected-others-left = { $variants ->
    [one] Variant connected
   *[other] { $variants } variants connected
}{ $orders ->
    [0] {""}
    [one] {". "}1 order goes on
   *[other] {". "}{ $orders } orders go on
}. Left as they are: { $left }
done-variant-taken-back = The variant waits to be connected
done-variant-ignored = Variant ignored{ $orders ->
    [0] {""}
    [one] {". "}1 order goes on without it
   *[other] {". "}{ $orders } orders go on without it
}
done-product-ignored = Product ignored{ $orders ->
    [0] {""}
    [one] {". "}1 order goes on without it
   *[other] {". "}{ $orders } orders go on without it
}
done-products-ignored = { $products ->
    [one] Product ignored
   *[other] { $products } products ignored
}{ $orders ->
    [0] {""}
    [one] {". "}1 order goes on without what is ignored
   *[other] {". "}{ $orders } orders go on without what is ignored
}{ $left ->
    [0] {""}
    [one] {". "}1 product could not be ignored. Try again
   *[other] {". "}{ $left } products could not be ignored. Try again
}
done-product-taken-back = The product is not ignored any more
done-variant-disconnected = The variant is not connected any more
done-matches-connected = { $variants ->
    [0] Nothing was connected
    [one] 1 variant connected
   *[other] { $variants } variants connected
}{ $orders ->
    [0] {""}
    [one] {". "}1 order that waited goes on
   *[other] {". "}{ $orders } orders that waited go on
}

## What is wrong

problem-combination-not-made = This combination is not made. Choose another one
problem-product-not-ignored = This product is not ignored
products-filter-connection = Connection
products-filter-listing = In the store
products-filter-gone = No longer there
products-filter-sort = Sorting
