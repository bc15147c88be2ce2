//! Shipping an order, whole or in parts.

use domain::OrderStatus;
use domain::id::LineId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::orders::{self, AtStore, LineDetail, OrderDetail, ShipmentForm};

use super::list::PATH;
use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog and its form.
const FORM: &str = "ship";

/// The `id` of the list of carriers that were used before.
const CARRIERS: &str = "carriers";

/// Whether anything of the order is left to ship.
pub(super) fn can_ship(order: &OrderDetail) -> bool {
    shippable(order).next().is_some()
}

fn shippable(order: &OrderDetail) -> impl Iterator<Item = &LineDetail> {
    order
        .lines
        .iter()
        .filter(|line| line.status.may_become(OrderStatus::Shipped) && line.remaining() > 0)
}

/// The button that opens the dialog.
pub(super) fn ship_button(t: Text, variant: Variant) -> AnyView {
    view! {
        <ButtonLink href="?dialog=ship" opens=FORM variant icon="truck">
            {t.get("orders-ship")}
        </ButtonLink>
    }
    .into_any()
}

/// The dialog that enters a parcel.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn ship_dialog(
    page: &OperatorPage,
    order: &OrderDetail,
    at_store: Option<&AtStore>,
) -> Outcome<AnyView> {
    let t = page.t;
    let sent = at_store.is_some_and(|at_store| at_store.sent_by_others(order));
    let carriers = orders::any_carriers(&page.portal, &page.operator).await?;
    let carriers = carriers
        .into_iter()
        .map(|carrier| view! { <option value=carrier></option> });
    let carriers = carriers.collect_view();
    let left: Vec<(LineId, String, i64)> = shippable(order)
        .map(|line| (line.id, line.full_name(t.language), line.remaining()))
        .collect();
    // Made inside of the form: fields learn there what was typed and what was wrong.
    let quantities = move || {
        let fields = left
            .into_iter()
            .map(|(line, label, left)| quantity_field(t, line, label, left));
        fields.collect_view()
    };
    let (id, seen) = (
        order.head.id.to_string(),
        order.head.updated_at.micros().to_string(),
    );
    let asked_for = order.head.shipping_method.clone();
    let asked_for = asked_for.map(|method| t.with("orders-carrier-help", [("method", method.into())]));
    let whole = whole_warning(t, order);
    let head = &order.head;
    let asks_number = head.platform.may_refuse_without_number(&head.country);
    let number_help = asks_number.then(|| {
        t.with(
            "orders-tracking-asked",
            [("store", head.store_name.as_str().into())],
        )
    });
    Ok(view! {
        <Dialog
            id=FORM
            title=t.get("orders-ship-title")
            note=t.get("orders-ship-note")
            open=page.shows_dialog(FORM)
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <Form id=FORM action=ShipOrder::PATH>
                <input type="hidden" name="order" value=id />
                <input type="hidden" name="seen" value=seen />
                <DialogBody>
                    {whole}
                    <TextField
                        name="carrier"
                        label=t.get("orders-carrier")
                        help=asked_for
                        list=CARRIERS
                        autocomplete="off"
                    />
                    <datalist id=CARRIERS>{carriers}</datalist>
                    <TextField
                        name="tracking_number"
                        label=t.get("orders-tracking")
                        help=number_help
                        optional=!asks_number
                        alternative=asks_number
                        code=true
                    />
                    <TextField name="tracking_url" kind="url" label=t.get("orders-tracking-url") optional=true />
                    {quantities()}
                    {sent.then(|| although_sent_field(t))}
                </DialogBody>
                <DialogFoot id=FORM>
                    <Button variant=Variant::Primary icon="truck">{t.get("orders-ship-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any())
}

/// That the store takes the first of several parcels for the whole order.
fn whole_warning(t: Text, order: &OrderDetail) -> Option<AnyView> {
    let pieces: i64 = shippable(order).map(LineDetail::remaining).sum();
    if pieces < 2 || order.head.platform.knows_parts() {
        return None;
    }
    let title = t.with(
        "orders-ship-whole",
        [("store", order.head.store_name.as_str().into())],
    );
    let text = t.get("orders-ship-whole-text");
    Some(view! { <Alert tone=Tone::Warning title text /> }.into_any())
}

/// How many of the pieces that are left of a line go into the parcel.
fn quantity_field(t: Text, line: LineId, label: String, left: i64) -> AnyView {
    view! {
        <TextField
            name=format!("quantity-{line}")
            kind="number"
            label
            value=left.to_string()
            min="0"
            max=left.to_string()
            suffix=t.with("orders-of", [("quantity", left.into())])
        />
    }
    .into_any()
}

/// Asks whether to ship what somebody else has sent, as the store says.
fn although_sent_field(t: Text) -> AnyView {
    view! {
        <CheckField
            name="although_sent"
            label=t.get("orders-although-sent")
            note=t.get("orders-although-sent-note")
            boxed=true
        />
    }
    .into_any()
}

/// Enters a parcel. The pieces of each line come as `quantity-<line>`.
#[server(prefix = "/do", endpoint = "orders/ship")]
pub async fn ship_order(
    /// The order.
    #[server(default)]
    order: String,
    /// The version of the order that the form was made for.
    #[server(default)]
    seen: String,
    /// Who brings it.
    #[server(default)]
    carrier: String,
    /// The number the carrier knows it by.
    #[server(default)]
    tracking_number: String,
    /// Where to follow it.
    #[server(default)]
    tracking_url: String,
    /// Whether to ship what somebody else has sent, as the store says.
    #[server(default)]
    although_sent: bool,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        let id = action.id(&order)?;
        let quantities = action
            .posted()
            .iter()
            .filter_map(|(name, value)| {
                let line: LineId = name.strip_prefix("quantity-")?.parse().ok()?;
                Some((line, value.clone()))
            })
            .collect();
        let form = ShipmentForm {
            carrier,
            tracking_number,
            tracking_url,
            quantities,
            although_sent,
            seen: action.id(&seen)?,
        };
        orders::ship(&action.portal, operator, id, &form).await?;
        Ok(Done::to(format!("{PATH}/{id}")).saying("order-shipped"))
    }
    .await;
    let page = format!("{PATH}/{order}");
    action.answer_anew(FORM, true, page, outcome).await
}
