//! Why an order stopped, and the button that puts it right.

use domain::{Fix, OrderStatus};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::orders::{OrderDetail, may_release};

use crate::text::Text;
use crate::ui::*;

/// The alert on an order that waits for a person; nothing on any other.
pub fn attention(t: Text, viewer: &Viewer, order: &OrderDetail, may_edit: bool) -> AnyView {
    let head = &order.head;
    let Some(reason) = head.reason.filter(|_| head.status.needs_attention()) else {
        return ().into_any();
    };
    let tone = if head.status == OrderStatus::Failed {
        Tone::Danger
    } else {
        Tone::Warning
    };
    let fix = match reason.fix() {
        Fix::EditAddress if may_edit => Some(("?dialog=address", "address", t.get("orders-edit-address"))),
        Fix::UploadFile | Fix::Retry if may_edit => Some(("#lines", "", t.get("orders-see-designs"))),
        Fix::ConnectProduct => Some(("#lines", "", t.get("orders-see-lines"))),
        Fix::EditOrder if may_edit => Some(("#lines", "", t.get("orders-see-lines"))),
        _ => None,
    };
    let button = fix.map(|(href, opens, words)| view! { <ButtonLink href opens>{words}</ButtonLink> });
    let release = may_release(viewer, head.status, head.reason).then(|| t.get("orders-release-hint"));
    view! {
        <Alert tone title=t.reason(reason) text=release>
            {button}
        </Alert>
    }
    .into_any()
}
