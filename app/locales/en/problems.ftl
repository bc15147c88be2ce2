# What is wrong with an input, and how to put it right.

problem-required = Fill this in
problem-too-long = Use at most { $max } characters
problem-control-characters = Remove the invisible characters
problem-bidi-characters = Remove the invisible characters that change the direction of the text
problem-invalid-email = Write an address such as name@example.com
problem-invalid-key = Use lower-case letters, digits and hyphens
problem-invalid-phone = Write a phone number such as +34 600 000 000
problem-invalid-postcode = Write a postcode such as { $example }
problem-invalid-product-uid = Use lower-case letters, digits, hyphens, underscores and dots
problem-invalid-url = Write an address such as https://example.com/file.pdf
problem-postcode-required = This country needs a postcode such as { $example }
problem-quantity-not-whole = Write a whole number
problem-quantity-too-large = Order at most { $max }
problem-quantity-too-small = Order at least { $min }
problem-role-needs-all-stores = This role works with all stores
problem-role-needs-chosen-stores = Choose the stores for this role
problem-unknown-choice = Choose one of the options
problem-unknown-country = Choose a country
problem-unknown-time-zone = Choose a time zone
problem-url-not-http = The address must start with https:// or http://
problem-url-with-password = Remove the user name and password from the address

## Passwords and log-in

problem-password-too-short = Use at least { $min } characters
problem-password-too-long = Use at most { $max } characters
problem-password-too-weak = This is easy to guess. Add words that do not belong together
problem-wrong-password = This is not your password
problem-wrong-name-or-password = Email or password is wrong, or the account has no access
problem-too-many-attempts = Too many attempts. Try again in { $minutes } min

## Links

problem-link-unknown = This link is not valid. Copy it whole from the mail, or ask for a new one
problem-link-used = This link has been used already. Log in with your password
problem-link-expired = This link has expired. Ask for a new one
problem-link-revoked = This invitation was revoked or replaced by a newer one. Look for the latest mail

## Everywhere

problem-forbidden = Your role does not include this
problem-not-found = This does not exist any more
problem-unexpected = Something broke on our side. Nothing was changed; try again in a moment
problem-conflict = This has changed in the meantime. Reload the page and try again

## Jobs

problem-job-finished = This has ended already; there is nothing to cancel
problem-job-not-stopped = Only work that failed or was cancelled can be retried
problem-job-already-queued = The same work is already waiting or running

## Files

problem-file-empty = The file is empty
problem-file-too-large = Use a file of at most { $megabytes } MB
problem-file-wrong-type = This is a file of type { $found }, which does not belong here
problem-design-wrong-format = The design is of type { $found }. This print area takes { $accepted }
problem-design-low-resolution = The design has { $dpi } dpi at print size. At least { $minimum } dpi are needed
problem-design-wrong-size = The design does not have the size of the print area: { $width } × { $height } mm with bleed
problem-design-wrong-page-count = The design has { $pages } { $pages ->
    [one] page
   *[other] pages
}. The print area needs { $expected }
