//! Saying at the shop that something was sent: a fulfilment for each location, or new tracking for one that is there.

use std::collections::BTreeMap;

use domain::source::ExternalId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::fulfillment::{self, Fulfillment, FulfillmentOrder, Line, Location, SentLine};
use super::graphql::{Api, UserError, accept};
use super::operations::{FULFILLMENT_CREATE, TRACKING_UPDATE};
use super::{carriers, gid, progress};
use crate::lenient;
use crate::store::{ConnectionError, OutgoingShipment, ParcelTracking, Result, Written};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    fulfillment_create: Option<Payload>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    fulfillment: Option<Named>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// A shipment from several locations is several fulfilments at Shopify; together they are one id here.
pub(super) fn fulfillments(id: &ExternalId) -> impl Iterator<Item = &str> {
    id.as_str().split(',')
}

fn together(ids: &[String]) -> Option<ExternalId> {
    (!ids.is_empty()).then(|| ExternalId::new(ids.join(",")))
}

pub(super) fn no_order() -> ConnectionError {
    refused("the order does not exist")
}

fn refused(message: &str) -> ConnectionError {
    ConnectionError::Refused {
        status: 404,
        message: message.to_owned(),
    }
}

pub(super) async fn write(api: &Api, shipment: &OutgoingShipment, location: Location<'_>) -> Result<Written> {
    let order = gid::of("Order", shipment.order.as_str());
    let sent = fulfillment::sent(api, &order).await?;
    if let Some(written) = correct(api, shipment, &sent).await? {
        return Ok(written);
    }
    let mut wanted = wanted(shipment);
    let earlier = earlier_attempts(api, shipment, &sent, &mut wanted).await?;
    let mut ids: Vec<String> = earlier.iter().map(|earlier| earlier.id.clone()).collect();
    let mut corrected = false;
    for earlier in earlier
        .into_iter()
        .filter(|earlier| !has_number(shipment, earlier))
    {
        set_tracking(api, shipment, earlier).await?;
        corrected = true;
    }
    if wanted.values().all(|pieces| *pieces == 0) {
        let external_id = together(&ids);
        return Ok(if corrected {
            Written::Done { external_id }
        } else {
            Written::AlreadyThere { external_id }
        });
    }
    let plan = fulfillment::plan(api, &order, location)
        .await?
        .ok_or_else(no_order)?;
    let calls = allocate(&plan.parts, &mut wanted);
    let nothing_open = calls.is_empty();
    for parts in calls.into_values() {
        match create(api, shipment, parts).await {
            Ok(id) => ids.push(id),
            Err(refusal) => return there_after_all(api, shipment, &order, refusal).await,
        }
    }
    if is_held_back(&plan.parts, &wanted) {
        // The next attempt finds what could be told by now.
        return Err(refused(
            "the shop does not let all of it be fulfilled now: on hold, scheduled or cancelled there",
        ));
    }
    let external_id = together(&ids);
    match (nothing_open, &external_id) {
        (false, _) => Ok(Written::Done { external_id }),
        (true, Some(_)) => Ok(Written::AlreadyThere { external_id }),
        // Whoever closed it told the shop of another parcel, not of this one.
        (true, None) => Err(refused(
            "the shop has closed the order: nothing of it is left to fulfil",
        )),
    }
}

/// What is there although the shop refused to create it: a request of ours whose answer got lost was still under way
/// when we looked, and has taken the pieces.
async fn there_after_all(
    api: &Api,
    shipment: &OutgoingShipment,
    order: &str,
    refusal: ConnectionError,
) -> Result<Written> {
    if !matches!(refusal, ConnectionError::Refused { .. }) {
        return Err(refusal);
    }
    let sent = fulfillment::sent(api, order).await?;
    let mut wanted = wanted(shipment);
    let ours = earlier_attempts(api, shipment, &sent, &mut wanted).await?;
    if wanted.values().any(|pieces| *pieces > 0) {
        return Err(refusal);
    }
    let ids: Vec<String> = ours.iter().map(|ours| ours.id.clone()).collect();
    Ok(Written::AlreadyThere {
        external_id: together(&ids),
    })
}

/// Whether the shop still waits for any of the pieces that are left of `wanted`, in parts that cannot be fulfilled now.
fn is_held_back(parts: &[FulfillmentOrder], wanted: &BTreeMap<String, u32>) -> bool {
    let is_wanted = |line: &Line| wanted.get(line.order_line()).is_some_and(|pieces| *pieces > 0);
    parts
        .iter()
        .filter(|part| !can_be_fulfilled(part))
        .flat_map(|part| &part.line_items.nodes)
        .any(|line| line.remaining_quantity > 0 && is_wanted(line))
}

fn can_be_fulfilled(part: &FulfillmentOrder) -> bool {
    part.is_open() && part.supports("CREATE_FULFILLMENT")
}

/// Pieces of each line of the order.
fn wanted(shipment: &OutgoingShipment) -> BTreeMap<String, u32> {
    let mut wanted = BTreeMap::new();
    for item in &shipment.items {
        *wanted.entry(gid::of("LineItem", item.line.as_str())).or_default() += item.quantity;
    }
    wanted
}

/// What an earlier attempt sent, whether or not its answer arrived: what no other shipment is known to be, was not there
/// before the first attempt, and holds nothing but pieces of this shipment. Those are taken off `wanted`.
///
/// Numbers alone do not tell: some carriers have none, and others one for several parcels.
async fn earlier_attempts<'s>(
    api: &Api,
    shipment: &OutgoingShipment,
    sent: &'s [Fulfillment],
    wanted: &mut BTreeMap<String, u32>,
) -> Result<Vec<&'s Fulfillment>> {
    let known = shipment.others.iter().chain(&shipment.sent_before);
    let known: Vec<&str> = known.flat_map(fulfillments).collect();
    let mut unknown: Vec<&Fulfillment> = sent
        .iter()
        .filter(|sent| !known.contains(&sent.id.as_str()))
        .collect();
    unknown.sort_by_key(|sent| !has_number(shipment, sent));
    let mut ours = Vec::new();
    for sent in unknown {
        let lines = fulfillment::sent_lines(api, &sent.id).await?;
        if let Some(left) = without(wanted, &lines) {
            *wanted = left;
            ours.push(sent);
        }
    }
    Ok(ours)
}

/// What is left of `wanted` without `lines`; `None` when they hold something else.
fn without(wanted: &BTreeMap<String, u32>, lines: &[SentLine]) -> Option<BTreeMap<String, u32>> {
    let mut left = wanted.clone();
    for line in lines {
        let pieces = left.get_mut(line.order_line())?;
        *pieces = pieces.checked_sub(line.quantity)?;
    }
    (!lines.is_empty()).then_some(left)
}

fn has_number(shipment: &OutgoingShipment, sent: &Fulfillment) -> bool {
    let is_there = |number: &str| {
        sent.tracking_info
            .iter()
            .any(|tracking| tracking.number() == number)
    };
    let numbers = shipment.numbers();
    if numbers.is_empty() {
        return sent.tracking_info.is_empty() || is_there("");
    }
    numbers.into_iter().all(is_there)
}

/// Gives an earlier version of the shipment its new tracking; `None` when there is none at the shop.
async fn correct(api: &Api, shipment: &OutgoingShipment, sent: &[Fulfillment]) -> Result<Option<Written>> {
    let Some(written_as) = &shipment.written_as else {
        return Ok(None);
    };
    let earlier: Vec<&Fulfillment> = sent
        .iter()
        .filter(|sent| fulfillments(written_as).any(|id| id == sent.id))
        .collect();
    if earlier.is_empty() {
        return Ok(None);
    }
    let external_id = Some(written_as.clone());
    let mut written = Written::AlreadyThere {
        external_id: external_id.clone(),
    };
    for fulfillment in earlier
        .into_iter()
        .filter(|fulfillment| !has_tracking(shipment, fulfillment))
    {
        set_tracking(api, shipment, fulfillment).await?;
        written = Written::Done {
            external_id: external_id.clone(),
        };
    }
    Ok(Some(written))
}

async fn set_tracking(api: &Api, shipment: &OutgoingShipment, sent: &Fulfillment) -> Result<()> {
    let variables = json!({
        "fulfillmentId": sent.id,
        "trackingInfoInput": tracking(shipment),
        "notifyCustomer": shipment.notify_buyer,
    });
    progress::mutate(api, &TRACKING_UPDATE, variables).await
}

fn has_tracking(shipment: &OutgoingShipment, sent: &Fulfillment) -> bool {
    let carrier = carriers::shopifys_name(&shipment.carrier);
    let is_there = |number: &str, url: Option<&str>| {
        sent.tracking_info.iter().any(|tracking| {
            // Where we give none, Shopify shows that of a carrier it knows: nothing tells it from one that was taken away.
            tracking.number() == number
                && tracking.company.as_deref() == Some(carrier)
                && tracking.url.as_deref() == url
        })
    };
    let number = shipment.tracking_number.as_deref().unwrap_or_default();
    is_there(number, shipment.tracking_url.as_deref())
        && numbered(&shipment.along).all(|(number, url)| is_there(number, url))
}

/// The numbers of parcels that have one, with where to follow each.
fn numbered(parcels: &[ParcelTracking]) -> impl Iterator<Item = (&str, Option<&str>)> {
    parcels
        .iter()
        .filter_map(|parcel| Some((parcel.number.as_deref()?, parcel.url.as_deref())))
}

/// Spreads the wanted pieces over the parts that can be fulfilled now, by location: one call takes one location.
fn allocate<'p>(
    parts: &'p [FulfillmentOrder],
    wanted: &mut BTreeMap<String, u32>,
) -> BTreeMap<&'p str, Vec<Value>> {
    let mut calls: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for part in parts.iter().filter(|part| can_be_fulfilled(part)) {
        let mut lines = Vec::new();
        for line in &part.line_items.nodes {
            let Some(pieces) = wanted.get_mut(line.order_line()) else {
                continue;
            };
            let quantity = line.remaining_quantity.min(*pieces);
            if quantity > 0 {
                *pieces -= quantity;
                lines.push(json!({ "id": line.id, "quantity": quantity }));
            }
        }
        if !lines.is_empty() {
            let part_lines = json!({ "fulfillmentOrderId": part.id, "fulfillmentOrderLineItems": lines });
            calls.entry(part.location()).or_default().push(part_lines);
        }
    }
    calls
}

async fn create(api: &Api, shipment: &OutgoingShipment, parts: Vec<Value>) -> Result<String> {
    let fulfillment = json!({
        "lineItemsByFulfillmentOrder": parts,
        "trackingInfo": tracking(shipment),
        "notifyCustomer": shipment.notify_buyer,
    });
    let created: Created = api
        .ask(&FULFILLMENT_CREATE, json!({ "fulfillment": fulfillment }))
        .await?;
    let unreadable = || ConnectionError::Unreadable("no fulfillment in the answer".to_owned());
    let payload = created.fulfillment_create.ok_or_else(unreadable)?;
    accept(&payload.user_errors)?;
    payload
        .fulfillment
        .map(|fulfillment| fulfillment.id)
        .ok_or_else(unreadable)
}

/// What is not known is `null`: so a correction takes away what was. Shopify takes the addresses of several numbers in
/// their order, so that each has one or none has.
fn tracking(shipment: &OutgoingShipment) -> Value {
    let company = carriers::shopifys_name(&shipment.carrier);
    if shipment.along.is_empty() {
        return json!({
            "company": company,
            "number": shipment.tracking_number,
            "url": shipment.tracking_url,
        });
    }
    let own = shipment.tracking_number.as_deref();
    let own = own.map(|number| (number, shipment.tracking_url.as_deref()));
    let (numbers, urls): (Vec<&str>, Vec<Option<&str>>) = numbered(&shipment.along).chain(own).unzip();
    let urls: Vec<&str> = urls.into_iter().collect::<Option<_>>().unwrap_or_default();
    json!({ "company": company, "numbers": numbers, "urls": urls })
}
