//! Why an order stopped or will stop, and the buttons that put it right.

use domain::{Fix, OrderStatus, ReasonCode, StoreState};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::orders::{self, AtStore, OrderDetail, OrderHead, may_release};

use super::at_store::{cancelled_there, changed_too_late, sent_there};
use super::stops::take_over_button;
use crate::text::Text;
use crate::ui::*;

/// One alert with everything about an order that waits for a person, also what would stop it next: that it has no
/// address; or that its store cancelled it or says that it was sent, which says it all. Nothing on any other.
pub fn attention(
    t: Text,
    viewer: &Viewer,
    order: &OrderDetail,
    may_edit: bool,
    at_store: Option<&AtStore>,
) -> Option<AnyView> {
    let over = |at_store| cancelled_there(t, order, at_store).or_else(|| sent_there(t, order, at_store));
    if let Some(over) = at_store.and_then(over) {
        return Some(over);
    }
    let head = &order.head;
    let reason = head.reason.filter(|_| head.status.needs_attention());
    let address = address_problem(head).filter(|problem| Some(*problem) != reason);
    let first = reason.or(address)?;
    let late = at_store
        .map(|at_store| changed_too_late(t, order, at_store))
        .unwrap_or_default();
    let take_over = take_over_button(t, viewer, head, at_store);
    let (title, text) = if late.is_empty() {
        let release = reason.is_some() && may_release(viewer, head.status, head.reason);
        (t.reason(first), release.then(|| t.get("orders-release-hint")))
    } else {
        (
            t.get("orders-changed-too-late"),
            Some(t.get(if take_over.is_some() {
                "orders-changed-too-late-quantity-text"
            } else {
                "orders-changed-too-late-text"
            })),
        )
    };
    let second = address
        .filter(|_| reason.is_some())
        .map(|address| t.reason(address));
    let items = late.into_iter().chain(second).collect();
    let buttons = [reason, address]
        .into_iter()
        .flatten()
        .filter_map(|reason| button(t, reason, may_edit))
        .collect_view();
    let tone = if head.status == OrderStatus::Failed {
        Tone::Danger
    } else {
        Tone::Warning
    };
    Some(
        view! {
            <Alert tone title text items>
                {take_over}
                {buttons}
            </Alert>
        }
        .into_any(),
    )
}

/// That the order's store is not read, so that nobody learns what the shop changes; nothing once that cannot matter.
pub fn store_not_read(t: Text, head: &OrderHead) -> Option<AnyView> {
    let title = t.get(match head.store_state {
        StoreState::Paused => "orders-store-paused",
        StoreState::NeedsReauthorisation => "orders-store-needs-reauthorisation",
        StoreState::Connected | StoreState::NeedsAttention | StoreState::Disconnected => return None,
    });
    (!head.status.is_finished()).then(|| view! { <Alert tone=Tone::Warning title /> }.into_any())
}

/// Why nothing can be sent to an order's address, as long as that can be put right.
fn address_problem(head: &OrderHead) -> Option<ReasonCode> {
    head.address_problem.filter(|_| orders::may_edit(head.status))
}

/// The badge of an order in a list that has no address yet.
pub fn no_address_badge(t: Text, status: OrderStatus, problem: Option<ReasonCode>) -> Option<AnyView> {
    problem
        .filter(|_| orders::may_edit(status))
        .map(|_| view! { <PlainBadge tone=Tone::Warning text=t.get("orders-no-address") /> }.into_any())
}

/// Where a reason is put right.
fn button(t: Text, reason: ReasonCode, may_edit: bool) -> Option<AnyView> {
    let (href, opens, words) = match reason.fix() {
        Fix::EditAddress if may_edit => ("?dialog=address", "address", "orders-edit-address"),
        Fix::UploadFile | Fix::Retry if may_edit => ("#lines", "", "orders-see-designs"),
        Fix::ConnectProduct => ("#lines", "", "orders-see-lines"),
        Fix::EditOrder if may_edit => ("#lines", "", "orders-see-lines"),
        _ => return None,
    };
    Some(view! { <ButtonLink href opens>{t.get(words)}</ButtonLink> }.into_any())
}
