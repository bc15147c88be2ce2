//! Where an order goes, how, and what has left.

use domain::CountryCode;
use leptos::prelude::*;
use portal::orders::{OrderDetail, OrderHead, ShipmentDetail};

use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog that corrects a parcel, by its place from 0, and of its form.
pub fn tracking_dialog_id(place: usize) -> String {
    format!("tracking-{}", place + 1)
}

/// The card with the parcels. `action` is the button that ships, or nothing; `correct` says whether parcels that left
/// can be corrected.
pub fn shipment_card(t: Text, order: &OrderDetail, action: Option<AnyView>, correct: bool) -> AnyView {
    let head = &order.head;
    let count = (head.shipped_count > 0).then(|| {
        t.with(
            "orders-shipped-of",
            [
                ("shipped", head.shipped_count.into()),
                ("quantity", head.item_count.into()),
            ],
        )
    });
    let parcels = order
        .shipments
        .iter()
        .enumerate()
        .map(|(place, shipment)| {
            let which = (order.shipments.len() > 1).then_some(shipment);
            let correct = correct.then(|| correct_link(t, place, which));
            view! { {parcel(t, order, shipment)} {correct} }
        })
        .collect_view();
    let nothing = order
        .shipments
        .is_empty()
        .then(|| view! { <p class="muted">{t.get("orders-no-shipment")}</p> });
    let method = head
        .shipping_method
        .clone()
        .unwrap_or_else(|| t.get("orders-no-method"));
    view! {
        <Card>
            <CardHead title=t.get("orders-shipment") count />
            <CardBody>
                <Facts>
                    <Fact name=t.get("orders-shipping-method") value=method />
                </Facts>
                {parcels}
                {nothing}
                {action}
            </CardBody>
        </Card>
    }
    .into_any()
}

/// `which` is the parcel where there are several: whoever hears the link alone learns which one it corrects.
fn correct_link(t: Text, place: usize, which: Option<&ShipmentDetail>) -> AnyView {
    let id = tracking_dialog_id(place);
    let which = which.map(|parcel| {
        let number = parcel.tracking_number.as_deref().unwrap_or_default();
        let name = format!("{} {number}", parcel.carrier);
        view! { <span class="visually-hidden">" " {name}</span> }
    });
    view! {
        <ButtonLink href=format!("?dialog={id}") opens=id icon="edit">
            {t.get("orders-correct-tracking")}
            {which}
        </ButtonLink>
    }
    .into_any()
}

fn parcel(t: Text, order: &OrderDetail, shipment: &ShipmentDetail) -> AnyView {
    let tracking = match (&shipment.tracking_number, &shipment.tracking_url) {
        (Some(number), Some(url)) => {
            view! { <a href=url.clone() rel="noreferrer" class="mono">{number.clone()}</a> }.into_any()
        }
        (Some(number), None) => view! { <Copyable text=number.clone() /> }.into_any(),
        (None, Some(url)) => {
            view! { <a href=url.clone() rel="noreferrer">{t.get("orders-follow")}</a> }.into_any()
        }
        (None, None) => view! { <span class="faint">{t.get("orders-no-tracking")}</span> }.into_any(),
    };
    let contents = shipment.lines.iter().map(|line| {
        let name = order.line_name(line.position, t.language);
        let name = name.unwrap_or_else(|| line.title.clone());
        let words = format!("{} × {name}", t.number(line.quantity));
        view! { <li dir="auto">{words}</li> }
    });
    let contents = contents.collect_view();
    let (carrier, shipped_at) = (shipment.carrier.clone(), t.date_time(shipment.shipped_at));
    view! {
        <Facts>
            <Fact name=t.get("orders-carrier") value=carrier />
            <Fact name=t.get("orders-tracking")>{tracking}</Fact>
            <Fact name=t.get("orders-shipped-at") value=shipped_at />
            <Fact name=t.get("orders-contents")>
                <ul class="plain">{contents}</ul>
            </Fact>
        </Facts>
    }
    .into_any()
}

/// The card with the address. `edit` is the link that opens its form, or nothing.
pub fn address_card(t: Text, head: &OrderHead, edit: Option<AnyView>) -> AnyView {
    let head = head.clone();
    let erased = head
        .buyer_erased_at
        .map(|at| t.with("orders-buyer-erased", [("date", t.date(at).into())]));
    let line = |text: Option<String>| text.map(|text| view! { <span dir="auto">{text}</span> <br /> });
    let country = CountryCode::parse(&head.country).map_or_else(
        |_| head.country.clone(),
        |country| country.name(t.language).to_owned(),
    );
    let place = [head.postcode.as_deref(), Some(head.city.as_str())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let contact = contact(&head);
    let address = if let Some(erased) = erased {
        view! {
            <p class="muted">{erased}</p>
            <address>{country}</address>
        }
        .into_any()
    } else {
        view! {
            <address>
                <b dir="auto">{head.recipient}</b>
                <br />
                {line(head.company)}
                {line(Some(head.address_line1))}
                {line(head.address_line2)}
                {line(Some(place))}
                {line(head.region)}
                {country}
            </address>
        }
        .into_any()
    };
    view! {
        <Card>
            <CardHead title=t.get("orders-deliver-to")>{edit}</CardHead>
            <CardBody>
                {address}
                {contact}
            </CardBody>
        </Card>
    }
    .into_any()
}

fn contact(head: &OrderHead) -> AnyView {
    let email = head.email.clone().map(|email| {
        view! { <a href=format!("mailto:{email}")>{email.clone()}</a> }
    });
    let phone = head
        .phone
        .clone()
        .map(|phone| view! { <span class="muted num">{phone}</span> });
    view! { <div class="cluster">{email} {phone}</div> }.into_any()
}
