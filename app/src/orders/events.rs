//! The timeline of an order, in sentences.

use domain::{ActorKind, Argument, OrderEventKind, OrderStatus, Status as _};
use leptos::prelude::*;
use portal::orders::{Corrected, Correction, OrderDetail, StoreChange, TimelineEvent};

use super::at_store::state_there;
use super::status_badge::{nothing_to_make, status_words};
use crate::text::Text;
use crate::ui::*;

/// The card with everything that happened, newest first.
pub fn timeline_card(t: Text, order: &OrderDetail) -> AnyView {
    let events = order.timeline.iter();
    let items = events.map(|event| item(t, order, event)).collect_view();
    view! {
        <Card>
            <CardHead title=t.get("orders-timeline") />
            <CardBody>
                <Timeline>{items}</Timeline>
            </CardBody>
        </Card>
    }
    .into_any()
}

fn item(t: Text, order: &OrderDetail, event: &TimelineEvent) -> AnyView {
    let (words, changes) = (sentence(t, order, event), changes(t, event));
    let actor = event
        .actor_name
        .clone()
        .filter(|_| event.actor != ActorKind::System);
    let actor = actor.map(|name| view! { <b dir="auto">{name}</b> " · " });
    view! {
        <TimelineItem
            time=t.date_time(event.created_at)
            datetime=t.machine_time(event.created_at)
            tone=tone(event)
            note=note(t, event)
        >
            {actor}
            {words}
            {changes}
        </TimelineItem>
    }
    .into_any()
}

fn tone(event: &TimelineEvent) -> Tone {
    match event.kind {
        OrderEventKind::FileRefused => Tone::Danger,
        OrderEventKind::FileChecked => Tone::Success,
        OrderEventKind::LetPass => Tone::Warning,
        OrderEventKind::StatusChanged => event
            .to_status
            .map_or(Tone::Neutral, |status| status.tone().into()),
        _ => Tone::Neutral,
    }
}

/// What happened; of which line, when not of the whole order.
fn sentence(t: Text, order: &OrderDetail, event: &TimelineEvent) -> String {
    let line: Argument = event.position.unwrap_or_default().into();
    let key = |name: &str| {
        let of = if event.position.is_some() { "line" } else { "order" };
        format!("orders-event-{name}-{of}")
    };
    let nothing = event.position.is_none() && nothing_to_make(order.head.item_count, order.head.reason);
    let status = |status: Option<OrderStatus>| {
        status.map_or_else(String::new, |status| status_words(t, status, nothing))
    };
    let detail = event.detail.clone().map(|detail| detail.0).unwrap_or_default();
    match event.kind {
        OrderEventKind::Received => t.get("orders-event-received"),
        OrderEventKind::StatusChanged => t.with(
            &key("status"),
            [("line", line), ("status", status(event.to_status).into())],
        ),
        OrderEventKind::Shipped => t.with(
            "orders-event-shipped",
            [
                ("pieces", detail.quantity.unwrap_or_default().into()),
                ("carrier", detail.carrier.unwrap_or_default().into()),
            ],
        ),
        OrderEventKind::TrackingCorrected => t.get("orders-event-tracking-corrected"),
        OrderEventKind::FileChecked => t.with("orders-event-file-checked", [("line", line)]),
        OrderEventKind::FileRefused => t.with("orders-event-file-refused", [("line", line)]),
        OrderEventKind::Edited if event.position.is_some() && detail.area.is_none() => {
            t.with("orders-event-corrected-line", [("line", line)])
        }
        OrderEventKind::Edited if detail.again => t.with("orders-event-fetched-again", [("line", line)]),
        OrderEventKind::Edited => t.with(&key("edited"), [("line", line)]),
        OrderEventKind::ChangedAtStore => t.with(&key("changed-at-store"), [("line", line)]),
        OrderEventKind::LetPass => t.get("orders-event-let-pass"),
        OrderEventKind::BuyerErased => t.get("orders-event-buyer-erased"),
        OrderEventKind::LineIgnored => t.with("orders-event-line-ignored", [("line", line)]),
        OrderEventKind::LineTakenBack => t.with("orders-event-line-taken-back", [("line", line)]),
        OrderEventKind::RestCancelled => t.with(
            "orders-event-rest-cancelled",
            [
                ("line", line),
                ("pieces", detail.quantity.unwrap_or_default().into()),
            ],
        ),
    }
}

/// What the store changed or a person corrected, one by one.
fn changes(t: Text, event: &TimelineEvent) -> Option<AnyView> {
    let detail = &event.detail.as_ref()?.0;
    let changes = detail.changes.iter().map(|change| changed(t, change));
    let corrections = detail
        .corrections
        .iter()
        .map(|correction| corrected(t, correction));
    let items = changes
        .chain(corrections)
        .map(|words| view! { <small dir="auto">{words}</small> });
    Some(items.collect_view().into_any())
}

/// `Quantity: 2 → 3`.
fn corrected(t: Text, correction: &Correction) -> String {
    let what = t.get(match correction.what {
        Corrected::Product => "orders-product",
        Corrected::Quantity => "orders-quantity",
        Corrected::Carrier => "orders-carrier",
        Corrected::TrackingNumber => "orders-tracking",
        Corrected::TrackingPage => "orders-tracking-url",
    });
    let value = |value: &str| match value {
        "" => "–".to_owned(),
        value => value.to_owned(),
    };
    let (from, to) = (&correction.from, &correction.to);
    if from == to {
        return what;
    }
    t.with(
        "orders-corrected",
        [
            ("what", what.into()),
            ("from", value(from).into()),
            ("to", value(to).into()),
        ],
    )
}

fn changed(t: Text, change: &StoreChange) -> String {
    let number = |count: u32| Argument::from(i64::from(count));
    let titled = |key: &str, title: &str| t.with(key, [("title", title.into())]);
    match change {
        StoreChange::LineAdded { title, quantity } => t.with(
            "orders-changed-line-added",
            [("quantity", number(*quantity)), ("title", title.as_str().into())],
        ),
        StoreChange::LineRemoved { title } => titled("orders-changed-line-removed", title),
        StoreChange::Quantity { title, from, to } => t.with(
            "orders-changed-quantity",
            [
                ("title", title.as_str().into()),
                ("from", number(*from)),
                ("to", number(*to)),
            ],
        ),
        StoreChange::Product { from, to } => t.with(
            "orders-changed-product",
            [("from", from.as_str().into()), ("to", to.as_str().into())],
        ),
        StoreChange::Properties { title } => titled("orders-changed-properties", title),
        StoreChange::Held { title } => titled("orders-changed-held", title),
        StoreChange::Address => t.get("orders-changed-address"),
        StoreChange::Contact => t.get("orders-changed-contact"),
        StoreChange::ShippingMethod => t.get("orders-changed-shipping-method"),
        StoreChange::Note => t.get("orders-changed-note"),
        StoreChange::State { to } => t.with("orders-changed-state", [("state", state_there(t, *to).into())]),
        StoreChange::More { count } => t.with("orders-changed-more", [("count", (*count).into())]),
    }
}

/// Why it happened, or what belongs to it.
fn note(t: Text, event: &TimelineEvent) -> Option<String> {
    let detail = event.detail.as_ref().map(|detail| &detail.0)?;
    detail
        .reason
        .map(|reason| t.reason(reason))
        .or_else(|| detail.tracking_number.clone())
}
