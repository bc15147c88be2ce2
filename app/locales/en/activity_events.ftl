# The event inspector.

activity-events = Event inspector
activity-events-caption = Events, newest first
activity-events-stopped = Failed
activity-event = Event
activity-event-time = Time
activity-event-direction = Direction
activity-event-in = Incoming
activity-event-out = Outgoing
activity-event-store = Store
activity-event-order = Order
activity-event-code = Code
activity-event-platform = Platform
activity-event-topic = Event
activity-event-from = From
activity-of-store = Store: { $store }
activity-of-order = Order: { $order }
activity-event-kind-webhook = Webhook
activity-event-kind-poll = Poll
activity-event-kind-call = Call
activity-no-events = No events yet
activity-no-events-text = What stores tell us, and what we ask them, appears here as it happens.
activity-no-events-match = No event matches
activity-no-events-match-text = Events are kept for 90 days. Try fewer filters.

## One event

activity-event-panes = As it came, as it was understood, what was answered
activity-event-request = Raw message
activity-event-mapping = Mapping result
activity-event-response = Response
activity-event-result = Result
activity-event-result-order = Order in the store
activity-event-result-product = Product in the store
activity-event-result-taken-in = Became of it
activity-event-result-permissions = Permissions
activity-event-result-erased = Erased
activity-event-result-unreadable = Not readable
activity-event-result-call = The answer went to the job that asked.
activity-event-result-waiting = A job is on its way.
activity-event-result-nothing = It called for nothing.
activity-event-taken-in-unknown = The store does not know it any more
activity-event-taken-in-created = A new order
activity-event-taken-in-changed = The order changed
activity-event-taken-in-unchanged = Nothing new
activity-event-taken-in-older = Older than what we have
activity-event-taken-in-not-wanted = Not for us
activity-event-taken-in-placed-before = Placed before the store was connected: it stays out
activity-event-taken-in-over-already = Placed before the store was connected, and over: it stays out
activity-event-listed = Found in a list that we asked for.
activity-event-taken-in-out-of-sight = Shopify shows orders of the last 60 days only: nothing is known of this older one, and it stays as it is
activity-event-acknowledged = Acknowledged as soon as it was stored
activity-event-answered = HTTP { $status } in { $took }
activity-event-not-answered = Not answered
activity-event-left-out = { $count ->
    [one] 1 more character is not shown
   *[other] { $count } more characters are not shown
}
activity-event-status = The store answered with status { $status }.
activity-event-parked = Kept back: the customer has no access, or the store is paused or not connected
activity-event-parked-text = It is worked on once they are back, or when you retry it.
activity-event-about = About this event
activity-event-attempt = Attempt
activity-event-id = Event ID
activity-event-see-job = See the job
activity-event-not-there = There is no such event any more
activity-event-not-stopped = It is done or being worked on, or we sent it ourselves
activity-events-left = { $count ->
    [one] 1 event was left as it is
   *[other] { $count } events were left as they are
}

done-event-retried = The event is worked on again
done-events-retried = { $count ->
    [0] No event was retried
    [one] 1 event is worked on again
   *[other] { $count } events are worked on again
}
problem-event-not-stopped = It is done or being worked on, or we sent it ourselves: what we say is repeated by its job
