//! Correcting who brings a parcel that has left, and how it can be followed.

use domain::Platform;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::{self, OrderDetail, ShipmentDetail, TrackingForm};

use super::list::PATH;
use crate::action::{Action, Done, Reply};
use crate::orders::shipments::tracking_dialog_id;
use crate::page::OperatorPage;
use crate::ui::*;

/// One dialog for each parcel.
pub(super) fn tracking_dialogs(page: &OperatorPage, order: &OrderDetail) -> AnyView {
    let parcels = order.shipments.iter().enumerate();
    parcels
        .map(|(place, parcel)| dialog(page, order, place, parcel))
        .collect_view()
        .into_any()
}

fn dialog(page: &OperatorPage, order: &OrderDetail, place: usize, parcel: &ShipmentDetail) -> AnyView {
    let t = page.t;
    let id = tracking_dialog_id(place);
    let (form, form_id, foot, open) = (id.clone(), id.clone(), id.clone(), page.shows_dialog(&id));
    let (head, shipment) = (&order.head, parcel.id.to_string());
    let (order, seen) = (head.id.to_string(), head.updated_at.micros().to_string());
    let note = told_words(head.platform).map(|key| t.with(key, [("store", head.store_name.as_str().into())]));
    let ShipmentDetail {
        carrier,
        tracking_number,
        tracking_url,
        ..
    } = parcel.clone();
    view! {
        <Dialog
            id
            title=t.get("orders-correct-tracking-title")
            note
            open
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <Form id=form_id action=CorrectTracking::PATH>
                <input type="hidden" name="order" value=order />
                <input type="hidden" name="shipment" value=shipment />
                <input type="hidden" name="form" value=form />
                <input type="hidden" name="seen" value=seen />
                <DialogBody>
                    <TextField name="carrier" label=t.get("orders-carrier") value=carrier autocomplete="off" />
                    <TextField
                        name="tracking_number"
                        label=t.get("orders-tracking")
                        value=tracking_number
                        optional=true
                        code=true
                    />
                    <TextField
                        name="tracking_url"
                        kind="url"
                        label=t.get("orders-tracking-url")
                        value=tracking_url
                        optional=true
                    />
                </DialogBody>
                <DialogFoot id=foot>
                    <Button variant=Variant::Primary>{t.get("orders-correct-tracking-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// What the order's store learns of it: the key of the sentence; none where nobody is told of parcels.
const fn told_words(platform: Platform) -> Option<&'static str> {
    match platform {
        Platform::Manual | Platform::Pressero | Platform::Infigo => None,
        Platform::Shopify | Platform::WooCommerce => Some("orders-correct-tracking-told"),
        Platform::Etsy => Some("orders-correct-tracking-at-etsy"),
    }
}

/// Corrects who brings a parcel and how it can be followed.
#[server(prefix = "/do", endpoint = "orders/correct-tracking")]
pub async fn correct_tracking(
    /// The order.
    #[server(default)]
    order: String,
    /// The parcel.
    #[server(default)]
    shipment: String,
    /// The form's `id`.
    #[server(default)]
    form: String,
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
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let page = format!("{PATH}/{order}");
    let outcome = async {
        let operator = action.operator()?;
        let (id, shipment) = (action.id(&order)?, action.id(&shipment)?);
        let typed = TrackingForm {
            carrier,
            tracking_number,
            tracking_url,
            seen: action.id(&seen)?,
        };
        orders::correct_tracking(&action.portal, operator, id, shipment, &typed).await?;
        Ok(Done::to(page.clone()).saying("tracking-corrected"))
    }
    .await;
    action.answer_anew(&form, true, page, outcome).await
}
