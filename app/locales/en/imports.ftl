# Importing orders by CSV.

imports-title = Import orders
imports-lede = Bring many orders at once in a CSV file: one row for each product, rows of one order share their reference.

## The form

imports-file-title = Choose a file
imports-file-note = Start from the template. Delimiter and encoding are detected.
imports-template = Download template
imports-template-file = orders-template.csv
imports-store = Store
imports-store-help = The orders come in through this store.
imports-choose-store = Choose a store
imports-file = CSV file
imports-file-limits = CSV, up to 50 MB and 100,000 rows
imports-check = Check file
imports-check-note = You see a preview first. Nothing is created yet.
imports-no-store-title = Orders are imported into a manual store
imports-no-store-text = Add one, then come back with your file.
imports-no-store-ask = Ask an administrator of your account to add one.
imports-no-store-add = Add manual store

## Imports so far

imports-history = Earlier imports
imports-history-caption = Imports, newest first
imports-state = State
imports-when = Started
imports-newer = Newer
imports-older = Older

## Counts

imports-created = Orders created
imports-unchanged = Already there
imports-refused-rows = Rows refused

## One import

imports-store-named = Store { $store }
imports-rows-and-store = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, store { $store }
imports-checking = Checking the file
imports-running = Creating orders
imports-may-leave = You can leave this page. The work goes on.
imports-stop = Stop
imports-stopping = Stopping…

## Preview

imports-preview = Preview
imports-rows = Rows of the file
imports-row = Row
imports-order = Order
imports-recipient = Recipient
imports-product = Product UID
imports-quantity = Quantity
imports-with-errors = With errors
imports-ready-rows = Ready
imports-all-rows = All
imports-shown = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
imports-coverage = { $right } rows ready, { $wrong } with errors
imports-some-ready = { $orders ->
    [one] 1 order is ready
   *[other] { $orders } orders are ready
} and { $rows ->
    [one] 1 row has errors
   *[other] { $rows } rows have errors
}
imports-some-ready-text = Import the right ones, or correct the file and upload it again. Nothing has been created yet.
imports-all-ready = { $orders ->
    [one] 1 order is ready
   *[other] { $orders } orders are ready
}
imports-nothing-yet = Nothing has been created yet.
imports-none-ready = { $rows ->
    [one] 1 row has errors, and no order can be imported
   *[other] { $rows } rows have errors, and no order can be imported
}
imports-none-ready-text = Correct the file and upload it again.
imports-all-there = { $there ->
    [one] The order of this file is already there
   *[other] All { $there } orders of this file are already there
}
imports-all-there-text = Nothing is created twice.
imports-rest-there = { $rows ->
    [one] 1 row has errors
   *[other] { $rows } rows have errors
}, { $there ->
    [one] 1 order is already there
   *[other] { $there } orders are already there
}
imports-there = { $orders ->
    [one] 1 order is already there and stays as it is.
   *[other] { $orders } orders are already there and stay as they are.
}
imports-held = { $rows ->
    [one] 1 right row waits because another row of its order is wrong.
   *[other] { $rows } right rows wait because another row of their order is wrong.
}
imports-ignored = Columns not read: { $columns }
imports-change-file = Change file
imports-download-errors = Download errors
imports-discard = Discard
imports-start = { $orders ->
    [one] Import 1 order
   *[other] Import { $orders } orders
}
imports-problem = { $column }: { $problem }
imports-problem-value = { $column } “{ $value }”: { $problem }

## Result

imports-done = { $created ->
    [one] 1 order created
   *[other] { $created } orders created
}
imports-partly = { $created ->
    [one] 1 order created
   *[other] { $created } orders created
}, { $rows ->
    [one] 1 row refused
   *[other] { $rows } rows refused
}
imports-nothing-new = Every order of this file was already there
imports-cancelled = { $created ->
    [0] Import cancelled
    [one] Import cancelled after 1 order
   *[other] Import cancelled after { $created } orders
}
imports-cancelled-text = What was created stays. Nothing is created twice when you go on.
imports-so-far = { $created ->
    [one] 1 order had been created and stays.
   *[other] { $created } orders had been created and stay.
}
imports-see-orders = See orders
imports-go-on = Go on
imports-check-again = Check again
imports-download-result = Download result
imports-no-rows = No such rows
imports-outcome = Result
imports-outcome-ready = Ready
imports-outcome-refused = Refused
imports-outcome-created = Created
imports-outcome-changed = Changed
imports-outcome-unchanged = Already there
imports-outcome-waiting = Not imported

## Result files

imports-column-outcome = Import result
imports-column-reason = What to correct
imports-column-number = Imported as
imports-errors-file = { $name }-errors.csv
imports-result-file = { $name }-result.csv

## What was just done

done-import-discarded = Preview discarded. Nothing was created
done-import-cancelled = Import cancelled

## What is wrong

problem-order-differs = The store has an order with this reference and other content. Use another reference
problem-import-not-ready = This import has been started or stopped already. Reload the page
problem-import-nothing-ready = There is nothing to import in this file
problem-import-finished = This import has ended; there is nothing to stop
problem-import-not-stopped = Only an import that failed or was cancelled can go on
imports-unknown-country = Write a country: its name or its two letters, such as ES
