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
catalogue-uid-help = Orders and CSV files name the product by it: lower-case letters, digits, hyphens, underscores and dots; it begins with a letter or a digit.
catalogue-category-help = Products of a kind share it. For both languages: Posters/Carteles
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
catalogue-areas-note = Where the product is printed and what a design must be like, alike for every combination: make a size that needs another file a product of its own. Stock items have none.
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

## Import: the form

catalogue-import-title = Import products
catalogue-import-lede = Create and change many products at once with a CSV file: one row for each product.
catalogue-file-title = Choose a file
catalogue-file-note = Start from the template, or from an export of the catalogue. Delimiter and encoding are detected.
catalogue-template = Download template
catalogue-template-file = catalogue-template.csv
catalogue-file = CSV file
catalogue-file-limits = CSV, up to 50 MB and 100,000 rows
catalogue-file-check = Check file
catalogue-file-check-note = You see a preview first. Nothing is changed yet.
catalogue-imports = Earlier imports
catalogue-imports-caption = Imports, newest first
catalogue-import-state = State
catalogue-import-sent = Sent
catalogue-columns-title = Columns
catalogue-columns-note = Their order does not matter. A column that is left out leaves existing products as they are.
catalogue-column = Column
catalogue-column-holds = What it holds
catalogue-column-uid = The product UID. A product that has it is changed, otherwise a new one is created.
catalogue-column-name-en = The name in English.
catalogue-column-name-es = The name in Spanish.
catalogue-column-category = What kind of thing it is; for both languages with a slash between: Posters/Carteles.
catalogue-column-options = Options between semicolons, values between bars: Size=A4|A3; paper(Paper/Papel)=silk(Silk/Seda)|Matt
catalogue-column-areas = Print areas between semicolons: front(Front/Anverso) 297 x 420 mm bleed 3 mm 150 dpi 1p pdf,png
catalogue-column-min = The least that can be ordered. Empty: 1.
catalogue-column-max = The most that can be ordered. Empty: no limit.
catalogue-column-archived = Yes for products that cannot be ordered any more.

## Import: the preview

catalogue-import-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
catalogue-preview = Preview
catalogue-rows = Rows of the file
catalogue-rows-shown = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
catalogue-row = Row
catalogue-name = Name
catalogue-outcome = What it does
catalogue-outcome-new = New
catalogue-outcome-changed = Changed
catalogue-outcome-unchanged = Unchanged
catalogue-outcome-refused = Error
catalogue-field-name-en = name in English
catalogue-field-name-es = name in Spanish
catalogue-field-category = category
catalogue-field-options = options
catalogue-field-print-areas = print areas
catalogue-field-min-quantity = minimum quantity
catalogue-field-max-quantity = maximum quantity
catalogue-field-archived = archived
catalogue-show-errors = With errors
catalogue-show-new = New
catalogue-show-changed = Changed
catalogue-show-unchanged = Unchanged
catalogue-show-all-rows = All
catalogue-coverage = { $ready } rows to import, { $unchanged } unchanged, { $refused } with errors
catalogue-all-there = The catalogue is just as this file has it
catalogue-all-there-text = There is nothing to import.
catalogue-none-ready = { $refused ->
    [one] The only row that would change something has errors
   *[other] All { $refused } rows that would change something have errors
}
catalogue-none-ready-text = Correct the file and choose it again.
catalogue-all-ready = { $ready ->
    [one] 1 product is ready
   *[other] { $ready } products are ready
}
catalogue-nothing-yet = Nothing has been changed yet.
catalogue-some-ready = { $ready ->
    [one] 1 product is ready
   *[other] { $ready } products are ready
} and { $refused ->
    [one] 1 row has errors
   *[other] { $refused } rows have errors
}
catalogue-some-ready-text = Import the right ones, or correct the file and choose it again. Nothing has been changed yet.
catalogue-ignored-columns = These columns mean nothing here and are not read: { $columns }
catalogue-change-file = Change file
catalogue-download-errors = Download errors
catalogue-errors-file = catalogue-errors.csv
catalogue-errors-line = Row of the file
catalogue-errors-problem = What is wrong
catalogue-start = { $ready ->
    [one] Import 1 product
   *[other] Import { $ready } products
}
catalogue-problem = { $column }: { $problem }
catalogue-problem-value = { $column } “{ $value }”: { $problem }

## Import: progress and result

catalogue-importing = Importing products
catalogue-may-leave = You can leave this page. The work goes on.
catalogue-imported = The file is imported
catalogue-partly-imported = The file is imported, except for rows with errors
catalogue-import-cancelled = The import was stopped
catalogue-import-failed = The import failed
catalogue-to-list = Go to the catalogue
catalogue-another-file = Import another file
catalogue-stat-created = Created
catalogue-stat-changed = Changed
catalogue-stat-unchanged = Unchanged
catalogue-stat-refused = Refused
catalogue-refused-rows = Refused rows
catalogue-refused-note = Download them, correct them and import that file.
catalogue-dpi = dpi
