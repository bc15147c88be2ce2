//! What a store changed about an order, in facts that its timeline can tell.

use domain::source::{SourceLine, SourceOrder, SourceOrderState};
use serde::{Deserialize, Serialize};

use super::head::clean;

/// The most characters of a title: timelines are read, not searched.
const TITLE: usize = 80;
/// The most changes that are told one by one.
const MOST: usize = 20;

/// One thing that a store changed about an order. It says nothing about the buyer: timelines outlive them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum StoreChange {
    /// Something more is ordered.
    LineAdded {
        /// What.
        title: String,
        /// How many.
        quantity: u32,
    },
    /// Something is not wanted any more.
    LineRemoved {
        /// What.
        title: String,
    },
    /// More or fewer of something.
    Quantity {
        /// Of what.
        title: String,
        /// How many it were.
        from: u32,
        /// How many they are.
        to: u32,
    },
    /// Another product or variant instead.
    Product {
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
    /// What the buyer wrote about one line.
    Properties {
        /// Of what.
        title: String,
    },
    /// Whether one line may be made.
    Held {
        /// Which.
        title: String,
    },
    /// Where it goes.
    Address,
    /// How to reach the buyer.
    Contact,
    /// How it travels.
    ShippingMethod,
    /// What the buyer remarked.
    Note,
    /// How far the store has it.
    State {
        /// How far it is now.
        to: SourceOrderState,
    },
    /// More than is told one by one.
    More {
        /// How many.
        count: usize,
    },
}

/// What has changed from `before` to `now`: lines in the order of `now`, those that are gone after them.
pub(super) fn difference(before: &SourceOrder, now: &SourceOrder) -> Vec<StoreChange> {
    let mut changes = Vec::new();
    if before.state != now.state {
        changes.push(StoreChange::State { to: now.state });
    }
    for line in &now.lines {
        match same_line(before, line) {
            None if line.quantity > 0 => changes.push(StoreChange::LineAdded {
                title: called(line),
                quantity: line.quantity,
            }),
            None => {}
            Some(old) => of_line(old, line, &mut changes),
        }
    }
    let gone = before.lines.iter().filter(|old| old.quantity > 0);
    let gone = gone.filter(|old| same_line(now, old).is_none());
    changes.extend(gone.map(|old| StoreChange::LineRemoved { title: called(old) }));
    for (changed, change) in [
        (before.address != now.address, StoreChange::Address),
        (
            before.email != now.email || before.phone != now.phone,
            StoreChange::Contact,
        ),
        (
            before.shipping_method != now.shipping_method,
            StoreChange::ShippingMethod,
        ),
        (before.note != now.note, StoreChange::Note),
    ] {
        if changed {
            changes.push(change);
        }
    }
    if changes.len() > MOST {
        let count = changes.len() - MOST;
        changes.truncate(MOST);
        changes.push(StoreChange::More { count });
    }
    changes
}

fn same_line<'o>(order: &'o SourceOrder, line: &SourceLine) -> Option<&'o SourceLine> {
    order
        .lines
        .iter()
        .find(|known| known.external_id == line.external_id)
}

fn of_line(old: &SourceLine, line: &SourceLine, changes: &mut Vec<StoreChange>) {
    let title = called(line);
    if (&old.product_id, &old.variant_id) != (&line.product_id, &line.variant_id) {
        changes.push(StoreChange::Product {
            from: called(old),
            to: title.clone(),
        });
    }
    match (old.quantity, line.quantity) {
        (from, to) if from == to => {}
        (_, 0) => changes.push(StoreChange::LineRemoved { title: title.clone() }),
        (0, quantity) => changes.push(StoreChange::LineAdded {
            title: title.clone(),
            quantity,
        }),
        (from, to) => changes.push(StoreChange::Quantity {
            title: title.clone(),
            from,
            to,
        }),
    }
    if old.held != line.held {
        changes.push(StoreChange::Held { title: title.clone() });
    }
    if old.properties != line.properties {
        changes.push(StoreChange::Properties { title });
    }
}

/// `Poster, A3`.
fn called(line: &SourceLine) -> String {
    let title = match (line.title.as_str(), line.variant_title.as_str()) {
        ("", _) => line.external_id.to_string(),
        (title, "") => title.to_owned(),
        (title, variant) => format!("{title}, {variant}"),
    };
    clean(&title, TITLE)
}
