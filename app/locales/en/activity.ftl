# What the portal does by itself.

activity-title = Activity
activity-jobs = Jobs
activity-mails = Mail
activity-jobs-caption = Jobs, newest first
activity-mails-caption = Mail, newest first
activity-now = Running now
activity-running = { $jobs } running
activity-running-or-more = More than { $jobs } running
activity-all = All
activity-all-mails = All
activity-every-kind = Every kind
activity-of-customer = Customer: { $customer }
activity-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
activity-show-all = Show all

## Columns and facts

activity-job = Job
activity-customer = Customer
activity-customer-and-store = Customer and store
activity-status = Status
activity-queued-at = Queued
activity-started-at = Started
activity-due-at = Next attempt
activity-finished-at = Finished
activity-took = Took
activity-result = Result
activity-actions = Actions
activity-about = About this job
activity-attempts = Attempts
activity-attempt-of = { $attempt } of { $attempts }
activity-next-attempt = Next attempt: { $time }
activity-done-of = { $done } of { $total }
activity-in-log = The server's log has the details, under the ID of this job.
activity-order = Order
activity-id = Job ID
activity-recipient = Recipient
activity-about-what = About
activity-server-answer = The mail server said
activity-being-cancelled = Being cancelled

## Workers

activity-workers = Workers
activity-worker = Worker
activity-worker-role = Does
activity-worker-pages-and-jobs = Pages and jobs
activity-worker-jobs-only = Jobs only
activity-worker-jobs = Running jobs
activity-worker-running = { $running } of { $slots }
activity-worker-seen = Last seen
activity-worker-ready = Ready
activity-worker-busy = At work
activity-worker-silent = Not heard of
activity-no-workers = No worker is running
activity-no-workers-text = Imports, mails and checks wait until one is started: see “One process or several” in the operating guide.

## Actions

activity-cancel = Cancel
activity-retry = Retry
activity-retry-dead = { $jobs ->
    [one] Retry 1 job that gave up
   *[other] Retry { $jobs } jobs that gave up
}
done-job-cancelled = Job cancelled
done-job-retried = Job queued again
done-jobs-retried = { $left ->
    [0] Jobs queued again: { $queued }
   *[other] Jobs queued again: { $queued }. Left as they are, because another job does the same: { $left }
}

## Nothing here

activity-none = No jobs
activity-none-text = Imports, mails and clean-up appear here as they happen.
activity-none-match = No job matches
activity-none-match-text = Finished jobs are kept for a day, those that stopped for a month.
activity-no-mails = No mail yet
activity-no-mails-text = Invitations and password links appear here as they are sent.
activity-no-mails-match = No mail in this state

## Kinds of jobs, by their stored names

activity-kind-check-design = Check design file
activity-kind-check-store-design = Check design of a store product
activity-kind-fetch-order = Fetch order from the store
activity-kind-fetch-product = Fetch product from the store
activity-kind-reconsider-orders = Let waiting orders go on
activity-kind-rename-in-orders = Let orders be found by a customer’s new name
activity-kind-schedule-stores = Look at stores that are due
activity-kind-sync-orders = Sync orders
activity-kind-sync-products = Sync products
activity-kind-tell-again = Tell the store what it missed
activity-kind-write-back = Tell the store
activity-kind-check-import = Check import file
activity-kind-handle-notice = Handle webhook
activity-kind-erase-buyer = Erase a buyer
activity-kind-erase-store = Erase the buyers of a store
activity-kind-import-catalogue = Import catalogue
activity-kind-import-orders = Import orders
activity-kind-retention = Clean up
activity-kind-send-mail = Send mail
activity-kind-send-reset-link = Send a link for a new password
activity-kind-watch-store = Check webhooks
activity-kind-watch-stores = Look for webhooks to check

## Kinds of mails

activity-mail-invitation-client-admin = Invitation, client admin
activity-mail-invitation-client-user = Invitation, client user
activity-mail-invitation-operator = Invitation, operator
activity-mail-password-reset = Password link
activity-mail-password-changed = Password changed
activity-mail-new-device = New device
activity-mail-two-factor-on = Two-factor on
activity-mail-two-factor-off = Two-factor off
activity-mail-recovery-code-used = Recovery code used
activity-mail-store-needs-reauthorisation = Store to be reconnected
activity-mail-data-requested = Data asked for by a buyer
activity-filter-state = Status
activity-filter-kind = Kind
activity-filter-customer = Customer
activity-filter-direction = Direction
activity-filter-platform = Platform
activity-filter-store = Store
activity-filter-order = Order
activity-filter-from = From
