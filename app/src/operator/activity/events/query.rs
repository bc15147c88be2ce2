//! What the address of the list of events says.

use domain::id::{CustomerId, OrderId, StoreId};
use domain::{Direction, MessageKind, MessageState, Platform};
use portal::messages::MessageFilter;

use crate::list_address::{ListAddress, Listed};
use crate::text::Zone;

/// The list of events.
#[derive(Clone, Debug)]
pub(super) struct Events;

impl Listed for Events {
    const NAMES: &'static [&'static str] = &[
        "direction",
        "state",
        "kind",
        "platform",
        "topic",
        "customer",
        "store",
        "order",
        "from",
        "rows",
    ];
}

/// What the list was asked for.
pub(super) type EventsQuery = ListAddress<Events>;

/// The value of `state` for whatever waits for a person.
pub(super) const STOPPED: &str = "stopped";

impl EventsQuery {
    /// Whether what came in or what went out is shown.
    pub(super) fn direction(&self) -> Option<Direction> {
        self.parsed("direction")
    }

    fn states(&self) -> Vec<MessageState> {
        match self.get("state") {
            Some(STOPPED) => vec![MessageState::Failed, MessageState::Dead],
            Some(word) => word.parse().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// What the list is narrowed to; days begin at midnight of `zone`.
    pub(super) fn filter(&self, zone: Zone) -> MessageFilter {
        MessageFilter {
            states: self.states(),
            direction: self.direction(),
            kind: self.parsed::<MessageKind>("kind"),
            customer: self.parsed::<CustomerId>("customer"),
            store: self.parsed::<StoreId>("store"),
            platform: self.parsed::<Platform>("platform"),
            order: self.parsed::<OrderId>("order"),
            topic: self.get("topic").map(|topic| topic.trim().to_owned()),
            since: self.get("from").and_then(|day| zone.day(day, 0)),
        }
    }

    /// Whether a parameter says something.
    pub(super) fn means(&self, zone: Zone) -> impl Fn(&str, &str) -> bool {
        let filter = self.filter(zone);
        move |name, _| match name {
            "direction" => filter.direction.is_some(),
            "state" => !filter.states.is_empty(),
            "kind" => filter.kind.is_some(),
            "platform" => filter.platform.is_some(),
            "customer" => filter.customer.is_some(),
            "store" => filter.store.is_some(),
            "order" => filter.order.is_some(),
            "from" => filter.since.is_some(),
            _ => true,
        }
    }
}
