//! The badge of an order or a line.

use domain::{OrderStatus, ReasonCode};
use leptos::prelude::*;
use portal::orders::{OrderHead, OrderRow};

use crate::text::Text;
use crate::ui::*;

/// The badge of a status. `nothing_to_make` says that nothing of it ever was to be made here: nobody cancelled that.
pub fn status_badge(t: Text, status: OrderStatus, nothing_to_make: bool) -> AnyView {
    let text = status_words(t, status, nothing_to_make);
    view! { <Badge status=status.slug() text /> }.into_any()
}

/// What a status is called, as its badge says.
pub(super) fn status_words(t: Text, status: OrderStatus, nothing_to_make: bool) -> String {
    if nothing_to_make && status == OrderStatus::Cancelled {
        t.get("orders-nothing-to-make")
    } else {
        t.status(status)
    }
}

/// Whether nothing of an order ever was to be made here: it has no pieces, and no reason to be cancelled.
pub(super) const fn nothing_to_make(pieces: i64, reason: Option<ReasonCode>) -> bool {
    pieces == 0 && reason.is_none()
}

/// The badge of an order's page.
pub fn head_badge(t: Text, head: &OrderHead) -> AnyView {
    status_badge(t, head.status, nothing_to_make(head.item_count, head.reason))
}

/// The badges of an order in a list: its status, that its store cancelled or sent what is being made, how much of it was
/// cancelled while the rest goes on, and that its store could not be told.
pub fn row_badges(t: Text, row: &OrderRow) -> AnyView {
    let status = status_badge(t, row.status, nothing_to_make(row.item_count, row.reason));
    let there = match row.reason {
        Some(ReasonCode::CancelledAfterProduction) => Some("orders-cancelled-there-badge"),
        Some(ReasonCode::FulfilledAfterProduction) => Some("orders-sent-there-badge"),
        _ => None,
    };
    let there = there.map(|key| view! { <PlainBadge tone=Tone::Warning text=t.get(key) /> });
    let cancelled = row.partly_cancelled().map(|(cancelled, ordered)| {
        let text = cancelled_of(t, cancelled, ordered);
        view! { <PlainBadge tone=Tone::Warning text /> }
    });
    let untold = untold_note(t, row).map(|text| view! { <PlainBadge tone=Tone::Danger text /> });
    view! {
        {status}
        {there}
        {cancelled}
        {untold}
    }
    .into_any()
}

/// That the store could not be told something of the order; nothing on any other.
pub fn untold_note(t: Text, row: &OrderRow) -> Option<String> {
    row.untold.then(|| t.get("orders-untold"))
}

/// `2 of 5 cancelled`.
pub(super) fn cancelled_of(t: Text, cancelled: i64, ordered: i64) -> String {
    let pieces = [("cancelled", cancelled.into()), ("ordered", ordered.into())];
    t.with("orders-cancelled-of", pieces)
}
