# What is wrong with an input, and how to put it right.

problem-required = Fill this in
problem-too-long = Use at most { $max } characters
problem-control-characters = Remove the invisible characters
problem-address-in-name = Write the name without an address or a slash
problem-bidi-characters = Remove the invisible characters that change the direction of the text
problem-invalid-email = Write an address such as name@example.com
problem-invalid-key = Use lower-case letters, digits, hyphens, underscores and dots; begin with a letter or a digit
problem-invalid-phone = Write a phone number such as +34 600 000 000
problem-invalid-postcode = Write a postcode such as { $example }
problem-invalid-product-uid = Use lower-case letters, digits, hyphens, underscores and dots; begin with a letter or a digit
problem-invalid-url = Write an address such as https://example.com/file.pdf
problem-not-an-amount = Write an amount such as 12.50
problem-postcode-required = This country needs a postcode such as { $example }
problem-postcode-perhaps-required = Fill this in, unless the country has no postcodes
problem-quantity-not-whole = Write a whole number
problem-quantity-too-large = Enter { $max } at most
problem-quantity-too-small = Enter { $min } at least
problem-role-needs-all-stores = This role works with all stores
problem-role-needs-chosen-stores = Choose the stores for this role
problem-unknown-choice = Choose one of the options
problem-unknown-country = Choose a country
problem-unknown-currency = Choose a currency
problem-unknown-time-zone = Choose a time zone
problem-url-not-http = The address must start with https:// or http://
problem-url-with-password = Remove the user name and password from the address

## Passwords and log-in

problem-password-unchanged = This is your password already. Choose another one
problem-password-too-short = Use at least { $min } characters
problem-password-too-long = Use at most { $max } characters
problem-password-too-weak = This is easy to guess. Add words that do not belong together
problem-password-obvious = Without your name, your company's and common words too little of it is left. Add other words
problem-wrong-password = This is not your password
problem-wrong-name-or-password = Email or password is wrong
problem-account-blocked = Your account is blocked. Ask an administrator to unblock it
problem-account-access-off = The access of { $customer } to Storefronts is switched off. Ask { $company } to switch it on
problem-account-without-customer = Your account belongs to no customer any more. Ask for a new invitation
problem-too-many-attempts = Too many attempts. Try again in { $minutes } min

## Links

problem-link-unknown = This link is not valid. Copy it whole from the mail, or ask for a new one
problem-link-used = This link has been used already. Log in with your password
problem-link-expired = This link has expired. Ask for a new one
problem-link-revoked = This invitation was revoked or replaced by a newer one. Look for the latest mail

## Everywhere

problem-forbidden = Your role does not include this
problem-not-found = This does not exist any more
problem-busy = The portal is busy. Nothing was saved; try again in a moment
problem-unexpected = Something broke on our side. Nothing was changed; try again in a moment
problem-conflict = This has changed in the meantime. Reload the page and try again

## Jobs

problem-job-finished = This has ended already; there is nothing to cancel
problem-job-not-stopped = Only work that failed or was cancelled can be retried
problem-job-already-queued = The same work is already waiting or running

## Files

problem-file-empty = The file is empty
problem-file-too-large = Use a file of at most { $megabytes } MB
problem-file-not-kept = Choose this file again: files are not kept when a session ends
problem-file-quota-used-up = Your company has sent { $megabytes } MB of files within 24 hours, which is the most. Wait some hours, or ask your print company for more
problem-file-wrong-type = { $found ->
    [text] This is a text file, whatever its name says
    [html] This is a web page, whatever its name says
    [zip] This is a ZIP archive or an office document
    [other] What is in this file is not of a type that we know
   *[type] This is a { $found } file
}. Choose a file of one of the types named here
problem-design-wrong-format = The design is of type { $found }. This print area takes { $accepted }
problem-design-low-resolution = The design has { $dpi } dpi at print size. At least { $minimum } dpi are needed
problem-design-wrong-size = The design has other proportions than the print area. The file should be { $width } × { $height } mm, bleed included
problem-design-wrong-page-count = The design has { $pages } { $pages ->
    [one] page
   *[other] pages
}. The print area needs { $expected }

## CSV files

problem-file-is-image = This is a picture. Choose a CSV file
problem-file-is-spreadsheet = This is a spreadsheet. Save it as CSV, then choose that file
problem-file-not-text = This is not a text file. Choose a CSV file
problem-file-encoding-mixed = The file mixes encodings. Save it as CSV UTF-8
problem-file-only-example = The file has no rows of yours, only the example. Write yours in its place
problem-file-only-header = The file has no rows: there is nothing below its header
problem-file-too-many-rows = The file has too many rows. Split it into files of at most { $max } rows
problem-file-changed-since-check = The file has changed since it was checked. Choose it again
problem-header-missing-columns = These columns are missing: { $columns }. Start from the template
problem-header-duplicate-column = The column { $column } is there twice. Remove one
problem-quote-not-closed = The quote opened in line { $line } is never closed
problem-row-too-long = Row { $line } is too long. A quote may be missing there
problem-row-has-too-many-cells = The row has { $cells } cells, the header { $columns }. Put text that holds the delimiter in quotes
problem-order-has-bad-row = Another row of this order is wrong
problem-differs-within-order = This differs from the first row of the order
problem-not-yes-or-no = Write yes or no

## Products and catalogue

problem-no-product-called = No product has this name. Choose one of the list
problem-several-products-called = { $count } products are called like this: { $products }. Choose one
problem-unknown-product-uid = The catalogue has no such product UID
problem-unknown-product-uid-similar = The catalogue has no such product UID. Did you mean { $suggestion }?
problem-product-retired = This product cannot be ordered any more
problem-product-without-print-areas = This product is not printed. Leave the design empty
problem-unknown-print-area = The product has no such print area. It has: { $areas }
problem-two-designs-for-one-area = The print area { $area } has two designs. Keep one
problem-region-required = This country needs a province or state
problem-product-uid-taken = Another product or variant has the UID { $uid }
problem-duplicate-product-uid = Row { $line } has this product UID already
problem-duplicate-key = The key { $key } is there twice
problem-option-without-values = The option { $option } has no values. Write at least one
problem-too-many-combinations = The options make too many combinations. At most { $max } are possible
problem-same-combination-uid = Two combinations would have the UID { $uid }. Change a key
problem-max-below-min = Write a number that is not below the minimum
problem-number-out-of-range = Write a number from { $min } to { $max }
problem-invalid-length = Write a length such as 3 mm
problem-invalid-size = Write a size such as { $example }
problem-unknown-file-format = { $format } is not possible. Use PDF, PNG, JPEG or TIFF
problem-unreadable-part = This cannot be read: { $part }
problem-shown-for-another-customer = This page was shown for { $shown }, and you work for { $chosen } now. Nothing was done: switch customer, or open the page again
problem-viewing-as-customer = You only look at this customer’s Storefronts. Stop viewing as the customer to change something.
