//! An order as its store has it, beside what became of it here.

use domain::source::{SourceLine, SourceOrderState};
use domain::{CountryCode, OrderStatus, ReasonCode};
use leptos::prelude::*;
use portal::orders::{AddressForm, AtStore, LineDetail, OrderDetail, StoreChange};

use crate::text::Text;
use crate::ui::*;

/// The card with what the store says.
pub fn at_store_card(t: Text, at_store: &AtStore) -> AnyView {
    let order = &at_store.order;
    let state = state_there(t, order.state);
    let test = order
        .test
        .then(|| view! { " " <Tag text=t.get("orders-test") icon="flask" /> });
    let total = order
        .total
        .map(|total| view! { <Fact name=t.get("orders-total") value=t.money(total) /> });
    let (number, id) = (order.number.clone(), order.external_id.to_string());
    let id = (id != number).then(|| {
        view! {
            <Fact name=t.get("orders-id-at-store")>
                <Copyable text=id />
            </Fact>
        }
    });
    let (placed, changed, read) = (
        t.date_time(order.placed_at),
        t.date_time(order.updated_at),
        t.ago(at_store.read_at),
    );
    view! {
        <Card>
            <CardHead title=t.get("orders-at-store") />
            <CardBody>
                <Facts>
                    <Fact name=t.get("orders-number-at-store")>
                        <Copyable text=number />
                    </Fact>
                    {id}
                    <Fact name=t.get("orders-state-at-store")>{state} {test}</Fact>
                    {total}
                    <Fact name=t.get("orders-placed-at-store") value=placed />
                    <Fact name=t.get("orders-changed-at-store") value=changed />
                    <Fact name=t.get("orders-read-from-store") value=read />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

/// How far the store has an order, in words.
pub(super) fn state_there(t: Text, state: SourceOrderState) -> String {
    t.get(match state {
        SourceOrderState::Waiting => "orders-at-store-waiting",
        SourceOrderState::Ready => "orders-at-store-ready",
        SourceOrderState::Fulfilled => "orders-at-store-fulfilled",
        SourceOrderState::Cancelled => "orders-at-store-cancelled",
    })
}

/// That the store cancelled the order, how far it is here, and what to do; nothing of any other order.
pub(super) fn cancelled_there(t: Text, order: &OrderDetail, at_store: &AtStore) -> Option<AnyView> {
    if at_store.order.state != SourceOrderState::Cancelled {
        return None;
    }
    // An order that its store does not show any more has no newer time there.
    let learned = order.timeline.iter().find(|event| {
        let detail = event.detail.as_ref().map(|detail| &detail.0);
        detail.is_some_and(|detail| detail.changes.iter().any(is_cancellation))
    });
    let time = learned.map_or(at_store.order.updated_at, |event| event.created_at);
    let begun = order
        .lines
        .iter()
        .filter(|line| line.status != OrderStatus::Cancelled && line.has_begun());
    let (made, left) = (
        begun.map(LineDetail::remaining).sum::<i64>(),
        order.head.shipped_count,
    );
    let count = |key, pieces: i64| (pieces > 0).then(|| t.with(key, [("count", pieces.into())]));
    let nothing = (made + left == 0).then(|| t.get("orders-cancelled-there-nothing"));
    let advice = (made > 0).then(|| {
        t.get(if order.head.status.needs_attention() {
            "orders-cancelled-there-decide"
        } else {
            "orders-cancelled-there-goes-on"
        })
    });
    let text = [
        count("orders-cancelled-there-made", made),
        count("orders-cancelled-there-left", left),
        nothing,
        advice,
    ];
    let text = text.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let title = t.with("orders-cancelled-there", [("time", t.date_time(time).into())]);
    Some(view! { <Alert tone=Tone::Warning title text /> }.into_any())
}

/// That somebody else sent the order, as its store says, though pieces of it are still here; nothing of any other order.
pub(super) fn sent_there(t: Text, order: &OrderDetail, at_store: &AtStore) -> Option<AnyView> {
    let text = t.get(if order.head.status.needs_attention() {
        "orders-sent-there-decide"
    } else {
        "orders-sent-there-goes-on"
    });
    let title = t.get("orders-sent-there");
    at_store
        .sent_by_others(order)
        .then(|| view! { <Alert tone=Tone::Warning title text /> }.into_any())
}

fn is_cancellation(change: &StoreChange) -> bool {
    let to = SourceOrderState::Cancelled;
    *change == StoreChange::State { to }
}

/// What the store wants otherwise since production began, line by line; nothing when nothing came too late.
pub(super) fn changed_too_late(t: Text, order: &OrderDetail, at_store: &AtStore) -> Vec<String> {
    let late = |line: &&LineDetail| {
        line.status == OrderStatus::OnHold && line.reason == Some(ReasonCode::ChangedAfterProduction)
    };
    let mut wanted: Vec<String> = order
        .lines
        .iter()
        .filter(late)
        .map(|line| wanted_now(t, line, at_store))
        .collect();
    if let Some(address) = elsewhere(t, order, at_store).filter(|_| !wanted.is_empty()) {
        wanted.push(t.with("orders-late-address", [("address", address.into())]));
    }
    wanted
}

/// The address that the store has now, in a line; nothing while it is the one that the order goes to.
fn elsewhere(t: Text, order: &OrderDetail, at_store: &AtStore) -> Option<String> {
    let there = at_store.order.address.as_ref();
    let there = there.filter(|_| !at_store.order.address_withheld)?;
    let ours = AddressForm::of(&order.head);
    let theirs = AddressForm {
        recipient: there.recipient.clone(),
        company: there.company.clone(),
        address_line1: there.line1.clone(),
        address_line2: there.line2.clone(),
        city: there.city.clone(),
        region: there.region.clone(),
        postcode: there.postcode.clone(),
        country: there.country.clone(),
        ..AddressForm::default()
    };
    // Spaces and signs are the writing of an address, not the address.
    let told_apart = |form: &AddressForm| domain::fold(&in_a_line(t, form)).replace([' ', '-', '.', ','], "");
    (told_apart(&theirs) != told_apart(&ours)).then(|| in_a_line(t, &theirs))
}

/// `Ana Ruiz, Calle Mayor 1, 28013 Madrid, Spain`.
fn in_a_line(t: Text, form: &AddressForm) -> String {
    let country = CountryCode::parse(&form.country).map_or_else(
        |_| form.country.clone(),
        |country| country.name(t.language).to_owned(),
    );
    let place = format!("{} {}", form.postcode, form.city);
    [
        form.recipient.as_str(),
        form.company.as_str(),
        form.address_line1.as_str(),
        form.address_line2.as_str(),
        place.trim(),
        form.region.as_str(),
        country.as_str(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(", ")
}

fn wanted_now(t: Text, line: &LineDetail, at_store: &AtStore) -> String {
    let position = line.position.into();
    match at_store.line(line.id).filter(|wanted| wanted.quantity > 0) {
        None => t.with("orders-late-gone", [("line", position)]),
        Some(wanted) => t.with(
            "orders-late-wanted",
            [
                ("line", position),
                ("quantity", i64::from(wanted.quantity).into()),
                ("title", called(wanted).into()),
            ],
        ),
    }
}

fn called(line: &SourceLine) -> String {
    if line.variant_title.is_empty() {
        line.title.clone()
    } else {
        format!("{}, {}", line.title, line.variant_title)
    }
}
