//! How an online store is doing: what is read when, what it tells by itself, how long it lets us in.

use domain::{StoreState, Timestamp};
use leptos::prelude::*;
use portal::stores::health::StoreHealth;

use super::diagnosis::Diagnosis;
use super::frame::StoreFrame;
use super::restrictions::restriction_facts;
use super::webhooks::webhook_facts;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The code of a store that asks for fewer requests.
const THROTTLED: &str = "store-throttled";

/// The card.
pub(super) fn health_card(page: &ClientPage, frame: &StoreFrame) -> AnyView {
    let t = page.t;
    let health = &frame.health;
    let read = frame.is_read();
    let products = reading(
        t,
        health.products_synced_at,
        health.products_due_at.filter(|_| read),
    );
    let orders = reading(t, health.orders_synced_at, health.orders_due_at.filter(|_| read));
    let (webhooks, token, pace) = (webhook_facts(t, health), token(t, health), pace(page, frame));
    let restrictions = restriction_facts(t, frame.store(), health);
    let asks = asks(t, health);
    let connected = t.date(health.connected_at);
    view! {
        <Card id="health">
            <CardHead title=t.get("stores-health") />
            <CardBody>
                {asks}
                <Facts>
                    <Fact name=t.get("stores-health-products") value=products />
                    <Fact name=t.get("stores-health-orders") value=orders />
                    {webhooks}
                    {restrictions}
                    <Fact name=t.get("stores-health-token") value=token />
                    <Fact name=t.get("stores-health-pace") value=pace />
                    <Fact name=t.get("stores-health-connected") value=connected />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

/// What a store that runs asks of us. That it cannot be read stands above all of its pages.
fn asks(t: Text, health: &StoreHealth) -> Option<AnyView> {
    if health.state != StoreState::Connected || health.failing().is_some() {
        return None;
    }
    let why = Diagnosis::of(t, health.reason.as_deref()?, health.words.as_deref());
    let since = health.failing_since.map(|since| {
        let since = t.with("stores-health-failing-since", [("time", t.ago(since).into())]);
        view! { <span class="muted">{since}</span> }
    });
    Some(why.alert(t, Tone::Info, since.into_any()))
}

/// `2 min ago, next at 14:02`
fn reading(t: Text, last: Option<Timestamp>, next: Option<Timestamp>) -> String {
    let last = last.map_or_else(|| t.get("stores-health-never"), |at| t.ago(at));
    match next {
        Some(next) => t.with(
            "stores-health-reading",
            [("last", last.into()), ("next", t.time(next).into())],
        ),
        None => last,
    }
}

fn token(t: Text, health: &StoreHealth) -> String {
    match (health.state, health.token_expires_at) {
        (StoreState::NeedsReauthorisation, _) => t.get("stores-health-token-refused"),
        (StoreState::Disconnected, _) => t.get("stores-health-token-none"),
        (_, Some(ends)) => t.with(
            "stores-health-token-renewed",
            [("time", t.date_time(ends).into())],
        ),
        (_, None) => t.get("stores-health-token-lasts"),
    }
}

fn pace(page: &ClientPage, frame: &StoreFrame) -> String {
    let throttled = frame.health.reason.as_deref() == Some(THROTTLED);
    let left = page.portal.platforms.quota_left(frame.store().platform);
    page.t.get(if throttled {
        "stores-health-pace-slow"
    } else if let Some(left) = left
        && left.is_low()
    {
        "stores-health-pace-low"
    } else {
        "stores-health-pace-fine"
    })
}
