//! Holding, releasing and cancelling an order, and taking over what its store changed: the same for both faces.

use domain::id::OrderId;
use domain::{Permission, Platform};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::orders::{self, AtStore, OrderHead, may_cancel, may_hold, may_release};
use portal::{Outcome, Portal};

use super::page_of;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog that asks before an order is cancelled.
const CANCEL: &str = "cancel-order";

/// The `id` of the form that takes over what the store changed.
const TAKE_OVER: &str = "take-over";

/// The button that holds or releases the order, whichever can be done; disabled where the role does not allow it.
pub fn hold_button(t: Text, viewer: &Viewer, head: &OrderHead) -> AnyView {
    let (action, icon, words) = if may_release(viewer, head.status, head.reason) {
        (ReleaseOrder::PATH, "play", t.get("orders-release"))
    } else if may_hold(head.status) {
        (HoldOrder::PATH, "pause", t.get("orders-hold"))
    } else {
        return ().into_any();
    };
    if !viewer.may(Permission::HoldOrders) {
        return view! { <ClosedButton words icon /> }.into_any();
    }
    let id = head.id.to_string();
    view! {
        <Form id="hold" action>
            <input type="hidden" name="order" value=id />
            <Button icon>{words}</Button>
        </Form>
    }
    .into_any()
}

/// The button that takes over how many pieces the store wants since production began; nothing where there is nothing to
/// take over, or the role does not allow it.
pub(super) fn take_over_button(
    t: Text,
    viewer: &Viewer,
    head: &OrderHead,
    at_store: Option<&AtStore>,
) -> Option<AnyView> {
    let takes_over = at_store.is_some_and(|at_store| at_store.takes_over);
    (takes_over && viewer.may(Permission::EditOrders)).then(|| {
        let id = head.id.to_string();
        view! {
            <Form id=TAKE_OVER action=TakeOverChange::PATH>
                <input type="hidden" name="order" value=id />
                <Button icon="check">{t.get("orders-take-over")}</Button>
            </Form>
        }
        .into_any()
    })
}

/// The button that asks whether to cancel the order; disabled where the role does not allow it.
pub fn cancel_button(t: Text, viewer: &Viewer, head: &OrderHead) -> AnyView {
    if !may_cancel(head.status) {
        return ().into_any();
    }
    if !viewer.may(Permission::CancelOrders) {
        let words = t.get("orders-cancel");
        return view! { <ClosedButton words variant=Variant::Danger icon="slash" /> }.into_any();
    }
    view! {
        <ButtonLink href="?dialog=cancel-order" opens=CANCEL variant=Variant::Danger icon="slash">
            {t.get("orders-cancel")}
        </ButtonLink>
    }
    .into_any()
}

/// Asks before the order is cancelled.
pub fn cancel_dialog(page: &Page, viewer: &Viewer, head: &OrderHead, name: &str) -> AnyView {
    let t = page.t;
    if !viewer.may(Permission::CancelOrders) || !may_cancel(head.status) {
        return ().into_any();
    }
    let id = head.id.to_string();
    let text = t.get(if head.shipped_count > 0 {
        "orders-cancel-rest-text"
    } else {
        "orders-cancel-text"
    });
    let at_store = at_store_words(head).map(|key| {
        let text = t.with(key, [("store", head.store_name.as_str().into())]);
        view! { <p>{text}</p> }
    });
    view! {
        <Dialog
            id=CANCEL
            title=t.with("orders-cancel-title", [("order", name.into())])
            size=Size::Small
            open=page.shows_dialog(CANCEL)
            close_href=page.link_with(&[("dialog", None)])
        >
            <Form id=CANCEL action=CancelOrder::PATH>
                <input type="hidden" name="order" value=id />
                <DialogBody>
                    <p>{text}</p>
                    {at_store}
                </DialogBody>
                <DialogFoot id=CANCEL back=t.get("orders-cancel-back")>
                    <Button variant=Variant::DangerFill>{t.get("orders-cancel-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// What the order's store makes of it: the key of the sentence; none where nobody is told.
fn at_store_words(head: &OrderHead) -> Option<&'static str> {
    match head.platform {
        Platform::Manual | Platform::Pressero | Platform::Infigo => None,
        Platform::Shopify => Some("orders-cancel-at-shopify-text"),
        Platform::WooCommerce if head.shipped_count > 0 => Some("orders-cancel-at-woocommerce-rest-text"),
        Platform::WooCommerce => Some("orders-cancel-at-woocommerce-text"),
        Platform::Etsy => Some("orders-cancel-at-etsy-text"),
    }
}

/// Puts an order on hold.
#[server(prefix = "/do", endpoint = "orders/hold")]
pub async fn hold_order(
    /// The order.
    #[server(default)]
    order: String,
) -> Result<Reply, ServerFnError> {
    stop(order, "hold", "order-held", orders::hold).await
}

/// Lets an order on hold go on.
#[server(prefix = "/do", endpoint = "orders/release")]
pub async fn release_order(
    /// The order.
    #[server(default)]
    order: String,
) -> Result<Reply, ServerFnError> {
    stop(order, "hold", "order-released", orders::release).await
}

/// Has as many pieces made as the order's store wants since production began.
#[server(prefix = "/do", endpoint = "orders/take-over")]
pub async fn take_over_change(
    /// The order.
    #[server(default)]
    order: String,
) -> Result<Reply, ServerFnError> {
    stop(order, TAKE_OVER, "change-taken-over", orders::take_over).await
}

/// Cancels an order.
#[server(prefix = "/do", endpoint = "orders/cancel")]
pub async fn cancel_order(
    /// The order.
    #[server(default)]
    order: String,
) -> Result<Reply, ServerFnError> {
    stop(order, CANCEL, "order-cancelled", orders::cancel).await
}

/// Does one of these things to an order and shows it.
async fn stop(
    order: String,
    form: &str,
    said: &'static str,
    work: impl AsyncFnOnce(&Portal, &Viewer, OrderId) -> Outcome<()>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let mut page = String::new();
    let outcome = async {
        let (viewer, id) = (action.viewer()?, action.id(&order)?);
        page = page_of(viewer, id);
        work(&action.portal, viewer, id).await?;
        Ok(Done::to(page.clone()).saying(said))
    }
    .await;
    action.answer_anew(form, false, page, outcome).await
}
