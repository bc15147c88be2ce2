# The catalogue: products, their form, CSV import and export.

catalogue-title = Catalogue
catalogue-caption = Catalogue products by name
catalogue-create = Create product
catalogue-import = Import
catalogue-export = Export
catalogue-search = Search name, UID or category
catalogue-product = Product
catalogue-category = Category
catalogue-variants = Variants
catalogue-areas = Print areas
catalogue-changed = Changed
catalogue-created = Created
catalogue-archived = Archived
catalogue-not-archived = Not archived
catalogue-filter-search = Search: { $q }
catalogue-filter-category = Category: { $category }
catalogue-shown = { $count ->
    [one] 1 product
   *[other] { $count } products
}
catalogue-empty-title = The catalogue is empty
catalogue-empty-text = Create the first product, or import all of them from a CSV file. Customers can order what is here.
catalogue-none-match = No product matches “{ $q }”
catalogue-none-here = No product here
catalogue-none-text = Change the search or the filters.
catalogue-show-all = Show all products

## Form

catalogue-save = Save product
catalogue-uid = Product UID
catalogue-uid-help = Orders and CSV files name the product by it: letters, digits, “-”, “_” and “.”
catalogue-category-help = Products of a kind share it, such as Posters
catalogue-name-en = Name in English
catalogue-name-es = Name in Spanish
catalogue-min-quantity = Minimum quantity
catalogue-max-quantity = Maximum quantity
catalogue-max-quantity-help = Empty: no limit
catalogue-options = Options
catalogue-options-note = What customers choose from. Each combination becomes a variant with a UID of its own.
catalogue-no-options = Without options the product has a single variant with its own UID.
catalogue-option-title = Option { $number }
catalogue-add-option = Add option
catalogue-areas-note = Where the product is printed and what a design must be like. Stock items have none.
catalogue-no-areas = Without print areas the product is a stock item: it is shipped, not printed.
catalogue-area-title = Print area { $number }
catalogue-add-area = Add print area
catalogue-remove = Remove { $title }
catalogue-key = Key
catalogue-key-help = Empty: made of the English name
catalogue-values = Values
catalogue-values-help = One per line: A4. With its own key and both names: silk(Silk/Seda)
catalogue-size = Trim size
catalogue-size-help = Width x height, without bleed
catalogue-bleed = Bleed
catalogue-resolution = Minimum resolution
catalogue-pages = Pages
catalogue-formats = Accepted formats

## Product

catalogue-facts = In short
catalogue-variants-note = Orders name the product by one of these UIDs.
catalogue-variants-caption = Variants in the order of the options
catalogue-archived-badge = Archived
catalogue-archive = Archive product
catalogue-archive-open = Archive product…
catalogue-archive-text = Archived products cannot be ordered any more. Orders in production go on.
catalogue-archive-question = Archive { $name }?
catalogue-archive-confirm = It leaves the catalogue, and customers cannot order it. Orders that name it go on. You can restore it.
catalogue-archived-since = Archived since { $date }
catalogue-archived-text = It cannot be ordered.
catalogue-restore = Restore product

## What was just done

done-product-created = Product created
done-product-saved = Product saved
done-product-archived = Product archived
done-product-restored = Product restored
