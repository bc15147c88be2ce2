//! Whom an order goes to, in a row of a list.

use leptos::prelude::*;
use portal::orders::OrderRow;

use crate::text::Text;

/// The person's name, or that it was erased.
pub fn recipient_name(t: Text, order: &OrderRow) -> AnyView {
    if order.buyer_erased {
        view! { <span class="muted">{t.get("orders-recipient-erased")}</span> }.into_any()
    } else {
        view! { <span dir="auto">{order.recipient.clone()}</span> }.into_any()
    }
}
