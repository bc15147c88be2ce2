//! What a store tells by itself: whether it can, and when it did last.

use std::collections::BTreeSet;

use domain::StoreState;
use leptos::prelude::*;
use portal::stores::health::StoreHealth;

use super::frame::StoreFrame;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The card of the store's settings.
pub(super) fn webhooks_card(page: &ClientPage, frame: &StoreFrame) -> AnyView {
    let t = page.t;
    let facts = webhook_facts(t, &frame.health);
    let checked = frame.health.webhooks_checked_at;
    let checked = checked.map_or_else(|| t.get("stores-health-never"), |at| t.ago(at));
    view! {
        <Card>
            <CardHead title=t.get("stores-health-webhooks") note=t.get("stores-webhooks-note") />
            <CardBody>
                <Facts>
                    {facts}
                    <Fact name=t.get("stores-webhooks-checked") value=checked />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

/// Which are set up, and when the last one came.
pub(super) fn webhook_facts(t: Text, health: &StoreHealth) -> AnyView {
    let (state, failed) = (state(t, health), failed_topics(health));
    let told = health
        .last_webhook_at
        .map_or_else(|| t.get("stores-health-never"), |at| t.ago(at));
    view! {
        <Fact name=t.get("stores-health-webhooks") value=state>
            {failed}
        </Fact>
        <Fact name=t.get("stores-health-last-webhook") value=told />
    }
    .into_any()
}

fn state(t: Text, health: &StoreHealth) -> String {
    if health.state == StoreState::Disconnected {
        return t.get("stores-health-webhooks-none");
    }
    if !health.facts.capabilities.sets_up_webhooks {
        return t.get("stores-health-webhooks-by-application");
    }
    match health.webhook_health.as_deref() {
        None => t.get("stores-health-webhooks-unknown"),
        Some(found) if found.failed.is_empty() => {
            // What was set up at the last look is among the active ones or beside them, as the platform tells it.
            let topics: BTreeSet<&String> = found.active.iter().chain(&found.repaired).collect();
            t.with("stores-health-webhooks-fine", [("count", topics.len().into())])
        }
        Some(found) => t.with(
            "stores-health-webhooks-missing",
            [("count", found.failed.len().into())],
        ),
    }
}

/// What the store tells nothing about, and why.
fn failed_topics(health: &StoreHealth) -> Option<AnyView> {
    let failed = &health.webhook_health.as_deref()?.failed;
    if failed.is_empty() {
        return None;
    }
    let lines = failed.iter().map(|(topic, words)| {
        view! { <small class="sub" dir="auto">{format!("{topic}: {words}")}</small> }
    });
    Some(lines.collect_view().into_any())
}
