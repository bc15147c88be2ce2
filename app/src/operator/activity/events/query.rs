//! What the address of the list of events says.

use domain::id::{CustomerId, OrderId, StoreId};
use domain::{Direction, MessageKind, MessageState, Platform};
use portal::messages::MessageFilter;

use crate::page::Page;
use crate::ui::Kept;

/// The parameters that narrow the list, in the order they are written.
pub(super) const NAMES: [&str; 9] = [
    "direction",
    "state",
    "kind",
    "platform",
    "topic",
    "customer",
    "store",
    "order",
    "from",
];

/// The filters of the list, as its address says them. Nonsense counts as absent.
pub(super) struct EventsQuery {
    pub(super) direction: Option<Direction>,
    /// The state wanted, or `stopped` for all that wait for a person.
    pub(super) state: Option<String>,
    filter: MessageFilter,
}

/// The value of `state` for whatever waits for a person.
pub(super) const STOPPED: &str = "stopped";

impl EventsQuery {
    pub(super) fn of(page: &Page) -> Self {
        let state = page.query("state");
        let states = match state.as_deref() {
            Some(STOPPED) => vec![MessageState::Failed, MessageState::Dead],
            Some(word) => word.parse().into_iter().collect(),
            None => Vec::new(),
        };
        let direction = page.query_as::<Direction>("direction");
        let filter = MessageFilter {
            states,
            direction,
            kind: page.query_as::<MessageKind>("kind"),
            customer: page.query_as::<CustomerId>("customer"),
            store: page.query_as::<StoreId>("store"),
            platform: page.query_as::<Platform>("platform"),
            order: page.query_as::<OrderId>("order"),
            topic: page.query("topic").map(|topic| topic.trim().to_owned()),
            since: page
                .query("from")
                .and_then(|day| page.visitor.time_zone.day(&day, 0)),
        };
        Self {
            direction,
            state,
            filter,
        }
    }

    pub(super) const fn filter(&self) -> &MessageFilter {
        &self.filter
    }

    /// Whether the list shows only some of the messages.
    pub(super) fn narrows(&self) -> bool {
        self.filter != MessageFilter::default()
    }
}

/// What a form keeps of the address: every filter in force but its `own`, without the page.
pub(super) fn kept(page: &Page, own: &[&str]) -> Kept {
    NAMES
        .iter()
        .filter(|name| !own.contains(name))
        .filter_map(|name| Some(((*name).to_owned(), page.query(name)?)))
        .collect()
}

/// The list with some filters changed, from its first page.
pub(super) fn link(page: &Page, changes: &[(&str, Option<&str>)]) -> String {
    let first = [("after", None), ("before", None)];
    page.link_with(&[&first, changes].concat())
}
