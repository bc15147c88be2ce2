//! What a platform keeps from us at a store, and how it goes by hand.

use leptos::prelude::*;
use portal::stores::Store;
use portal::stores::health::StoreHealth;

use super::platform_name;
use crate::text::Text;
use crate::ui::*;

/// The sentences: what is kept from us, and what to do instead.
fn restrictions(t: Text, store: &Store, health: &StoreHealth) -> Vec<(String, String)> {
    let able = &health.facts.capabilities;
    let kept = [
        (able.reads_addresses, "stores-addresses-withheld"),
        (able.writes_shipments, "stores-tracking-withheld"),
    ];
    let platform = platform_name(t, store.platform);
    let said = |key: String| t.with(&key, [("platform", platform.clone().into())]);
    kept.into_iter()
        .filter(|(able, _)| !able)
        .map(|(_, key)| (said(key.to_owned()), said(format!("{key}-by-hand"))))
        .collect()
}

/// For whoever has just connected the store.
pub(super) fn restriction_alerts(t: Text, store: &Store, health: &StoreHealth) -> AnyView {
    let alerts = restrictions(t, store, health)
        .into_iter()
        .map(|(title, text)| view! { <Alert tone=Tone::Warning title text /> });
    alerts.collect_view().into_any()
}

/// Among the facts of the health card.
pub(super) fn restriction_facts(t: Text, store: &Store, health: &StoreHealth) -> AnyView {
    let facts = restrictions(t, store, health).into_iter().map(|(title, text)| {
        view! {
            <Fact name=t.get("stores-health-restriction") value=title>
                <small class="sub">{text}</small>
            </Fact>
        }
    });
    facts.collect_view().into_any()
}
