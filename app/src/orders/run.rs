//! How far an order is on its way.

use domain::{OrderStatus, Status as _};
use leptos::prelude::*;
use portal::orders::{OrderDetail, TimelineEvent};

use crate::text::Text;
use crate::ui::*;

/// The stations that everybody sees.
const STATIONS: [OrderStatus; 8] = [
    OrderStatus::Received,
    OrderStatus::Passed,
    OrderStatus::Created,
    OrderStatus::InProduction,
    OrderStatus::Printed,
    OrderStatus::Packaged,
    OrderStatus::Shipped,
    OrderStatus::Delivered,
];

/// The production line of an order.
pub fn run(t: Text, order: &OrderDetail) -> AnyView {
    let status = order.head.status;
    // What stopped stands where it had got to.
    let reached = STATIONS
        .iter()
        .rposition(|station| entered(order, *station).is_some() && !is_ahead(status, *station))
        .unwrap_or_default();
    let stages = STATIONS
        .iter()
        .enumerate()
        .map(|(index, station)| RunStage {
            name: t.status(*station),
            time: entered(order, *station)
                .filter(|_| index <= reached)
                .map(|event| t.ago(event.created_at))
                .into(),
            stage: match index.cmp(&reached) {
                std::cmp::Ordering::Greater => Stage::Ahead,
                std::cmp::Ordering::Less => Stage::Done,
                std::cmp::Ordering::Equal => stage_of(status),
            },
        })
        .collect();
    view! {
        <h2 class="visually-hidden">{t.get("orders-progress")}</h2>
        <Run stages />
    }
    .into_any()
}

/// How the last station is that an order in this status got to: in the colour of its badge.
fn stage_of(status: OrderStatus) -> Stage {
    match status.tone() {
        domain::Tone::Danger => Stage::Failed,
        domain::Tone::Warning => Stage::Stopped,
        domain::Tone::Success => Stage::Done,
        _ if status == OrderStatus::Cancelled => Stage::Done,
        _ => Stage::Current,
    }
}

/// When the whole order last got to a station.
fn entered(order: &OrderDetail, station: OrderStatus) -> Option<&TimelineEvent> {
    order
        .timeline
        .iter()
        .find(|event| event.position.is_none() && event.to_status == Some(station))
}

/// Whether a station lies ahead of an order that moves; one that is stopped is measured by its past.
fn is_ahead(status: OrderStatus, station: OrderStatus) -> bool {
    let moves = !status.needs_attention() && status != OrderStatus::Cancelled;
    moves && station.progress() > status.progress()
}
