# States, by the set they belong to. Spanish agrees in gender with what has the state.


## invitation

status-invitation-not-invited = Not invited
status-invitation-sending = Sending invitation
status-invitation-invitation-sent = Invitation sent
status-invitation-active = Active
status-invitation-expired = Expired
status-invitation-revoked = Revoked
status-invitation-delivery-failed = Delivery failed

## store

status-store-connected = Connected
status-store-needs-reauthorisation = Needs reauthorisation
status-store-needs-attention = Needs attention
status-store-paused = Paused
status-store-disconnected = Disconnected

## mapping

status-mapping-connected = Connected
status-mapping-not-connected = Not connected
status-mapping-ignored = Ignored

## order

status-order-draft = Draft
status-order-received = Received
status-order-not-connected = Not connected
status-order-on-hold = On hold
status-order-pending-approval = Pending approval
status-order-passed = Passed
status-order-failed = Failed
status-order-created = Created
status-order-in-production = In production
status-order-printed = Printed
status-order-packaged = Packaged
status-order-shipped = Shipped
status-order-in-transit = In transit
status-order-delivered = Delivered
status-order-returned = Returned
status-order-cancelled = Cancelled

## job

status-job-queued = Queued
status-job-running = Running
status-job-succeeded = Succeeded
status-job-partly-failed = Partly failed
status-job-failed = Failed
status-job-cancelled = Cancelled
status-job-dead = Gave up

## import

status-import-checking = Checking
status-import-ready = Ready to import
status-import-queued = Queued
status-import-running = Running
status-import-succeeded = Succeeded
status-import-partly-failed = Partly failed
status-import-failed = Failed
status-import-cancelled = Cancelled

## mail

status-mail-queued = Queued
status-mail-sent = Sent
status-mail-failed = Failed

## file

status-file-waiting = Waiting
status-file-checked = Checked
status-file-refused = Refused

## message

status-message-received = Received
status-message-parked = Parked
status-message-done = Done
status-message-ignored = Nothing to do
status-message-failed = Failed
status-message-dead = Gave up

## write

status-write-queued = On its way to the store
status-write-done = The store knows
status-write-already-there = The store knew already
status-write-not-supported = The platform does not show this
status-write-superseded = Replaced by later news
status-write-failed = The store could not be told
