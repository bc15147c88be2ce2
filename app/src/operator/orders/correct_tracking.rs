//! Correcting who brings a parcel that has left, and how it can be followed.

use domain::id::ShipmentId;
use domain::{Platform, WriteKind, WriteState};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::access::Scope;
use portal::orders::{self, OrderDetail, ShipmentDetail, TrackingForm, WriteDetail};
use portal::stores::health::health;

use super::list::PATH;
use crate::action::{Action, Done, Reply};
use crate::orders::shipments::tracking_dialog_id;
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// One dialog for each parcel.
pub(super) async fn tracking_dialogs(page: &OperatorPage, order: &OrderDetail) -> Outcome<AnyView> {
    let notifies = notifies(page, order).await?;
    let parcels = order.shipments.iter().enumerate();
    Ok(parcels
        .map(|(place, parcel)| dialog(page, order, place, parcel, notifies))
        .collect_view()
        .into_any())
}

fn dialog(
    page: &OperatorPage,
    order: &OrderDetail,
    place: usize,
    parcel: &ShipmentDetail,
    notifies: bool,
) -> AnyView {
    let t = page.t;
    let id = tracking_dialog_id(place);
    let (form, form_id, foot, open) = (id.clone(), id.clone(), id.clone(), page.shows_dialog(&id));
    let note = told(order, parcel.id).map(|told| told_words(t, &order.head.store_name, told, notifies));
    let (head, shipment) = (&order.head, parcel.id.to_string());
    let (order, seen) = (head.id.to_string(), head.updated_at.micros().to_string());
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

/// What a store learns of a correction.
#[derive(Clone, Copy)]
enum Told {
    /// It is told again.
    Again,
    /// It is still to be told of the parcel.
    Still,
    /// It is told only if it does not know the parcel: its answer was lost, or it could not be reached.
    Unclear,
    /// It is not told again.
    No,
}

/// What the order's store learns of a correction; nothing where it is not told of the parcel at all.
fn told(order: &OrderDetail, parcel: ShipmentId) -> Option<Told> {
    let is_its = |write: &&WriteDetail| write.kind == WriteKind::Shipped && write.shipment_id == Some(parcel);
    let write = order.writes.iter().find(is_its)?;
    let etsy = order.head.platform == Platform::Etsy;
    match write.state {
        WriteState::Queued | WriteState::Failed if etsy && write.attempts > 0 => Some(Told::Unclear),
        WriteState::Queued | WriteState::Failed => Some(Told::Still),
        WriteState::Done | WriteState::AlreadyThere if etsy => Some(Told::No),
        // With a later parcel, where that one was told for both.
        WriteState::Done | WriteState::AlreadyThere | WriteState::Superseded => Some(Told::Again),
        WriteState::NotSupported => None,
    }
}

fn told_words(t: Text, store: &str, told: Told, notifies: bool) -> String {
    let (key, mailed) = match told {
        Told::Again => ("orders-correct-tracking-told", notifies),
        Told::Still => ("orders-correct-tracking-untold", notifies),
        Told::Unclear => ("orders-correct-tracking-unclear", false),
        Told::No => ("orders-correct-tracking-at-etsy", false),
    };
    let words = t.with(key, [("store", store.into())]);
    if mailed {
        format!("{words} {}", t.get("orders-correct-tracking-mailed"))
    } else {
        words
    }
}

/// Whether the order's store mails the buyer when it is told of a parcel: Etsy always does.
async fn notifies(page: &OperatorPage, order: &OrderDetail) -> Outcome<bool> {
    if order.shipments.is_empty() || order.writes.is_empty() {
        return Ok(false);
    }
    if order.head.platform == Platform::Etsy {
        return Ok(true);
    }
    let health = health(&page.portal, &Scope::AllCustomers, order.head.store_id).await?;
    Ok(health.is_some_and(|health| health.settings.notify_buyers))
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
