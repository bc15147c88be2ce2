//! What stands above every page of a store that does not simply run.

use domain::{Permission, StoreState};
use leptos::prelude::*;

use super::connect::reconnect_page;
use super::diagnosis::Diagnosis;
use super::failing::{failing_alert, try_now_button};
use super::frame::{Section, StoreFrame};
use super::pause::resume_button;
use super::restrictions::restriction_alerts;
use crate::page::ClientPage;
use crate::ui::*;

/// What is wrong with the store and the button that puts it right, or that it has just been connected.
pub(super) fn notice(page: &ClientPage, frame: &StoreFrame) -> Option<AnyView> {
    let t = page.t;
    let health = &frame.health;
    if let Some(failing) = health.failing() {
        return Some(failing_alert(page, frame.store(), &failing));
    }
    match frame.store().state {
        StoreState::Connected => connected(page, frame),
        StoreState::NeedsReauthorisation => {
            let code = health.reason.as_deref().unwrap_or("store-unauthorized");
            let why = Diagnosis::of(t, code, health.words.as_deref());
            Some(why.alert(t, Tone::Warning, reconnect(page, frame, Variant::Primary)))
        }
        StoreState::NeedsAttention => {
            let code = health.reason.as_deref().unwrap_or("store-sync-failed");
            let why = Diagnosis::of(t, code, health.words.as_deref());
            let button = try_now_button(page, frame.store(), Size::Medium);
            Some(why.alert(t, Tone::Warning, button.into_any()))
        }
        StoreState::Paused => {
            let may = page.client.require(Permission::ConfigureStores).is_ok();
            let resume = may.then(|| resume_button(t, frame.store()));
            let (title, text) = (t.get("stores-paused"), t.get("stores-paused-text"));
            Some(view! { <Alert tone=Tone::Neutral title text>{resume}</Alert> }.into_any())
        }
        StoreState::Disconnected => {
            let (title, text) = (t.get("stores-disconnected"), t.get("stores-disconnected-text"));
            let button = reconnect(page, frame, Variant::Primary);
            Some(view! { <Alert tone=Tone::Neutral title text>{button}</Alert> }.into_any())
        }
    }
}

/// The way to the page that connects the store again; who to ask, for those who may not.
fn reconnect(page: &ClientPage, frame: &StoreFrame, variant: Variant) -> AnyView {
    let t = page.t;
    if page.client.require(Permission::ConnectStores).is_err() {
        return view! { <span class="muted">{t.get("stores-reconnect-ask")}</span> }.into_any();
    }
    let href = reconnect_page(frame.store());
    view! {
        <ButtonLink href variant icon="link">
            {t.get("stores-reconnect")}
        </ButtonLink>
    }
    .into_any()
}

/// For whoever comes back from connecting it: that it is connected, and what its platform keeps from us.
fn connected(page: &ClientPage, frame: &StoreFrame) -> Option<AnyView> {
    let t = page.t;
    let (title, text) = match page.query("done")?.as_str() {
        "connected" if frame.is_syncing => ("stores-connected-now", "stores-connected-now-text"),
        "connected" => ("stores-connected-now", "stores-connected-now-synced"),
        "reconnected" => ("stores-reconnected-now", "stores-reconnected-now-text"),
        _ => return None,
    };
    let title = t.with(title, [("store", frame.store().name.as_str().into())]);
    let href = Section::Products.href(frame.store().id);
    let restrictions = restriction_alerts(t, frame.store(), &frame.health);
    let view = view! {
        <Alert tone=Tone::Success title text=t.get(text)>
            <ButtonLink href>{t.get("stores-see-products")}</ButtonLink>
        </Alert>
        {restrictions}
    };
    Some(view.into_any())
}
