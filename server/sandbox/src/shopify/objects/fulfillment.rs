//! Fulfillments: what was sent together.

use serde_json::{Value, json};

use super::super::answer::gid;
use super::instant;
use crate::shop::{Order, Shipment, Shop};

/// `Fulfillment`; `index` is its place in the order, from 0.
pub(in super::super) fn fulfillment(shop: &Shop, order: &Order, index: usize, shipment: &Shipment) -> Value {
    let cancelled = shipment.cancelled_at.is_some();
    let display = match shipment {
        _ if cancelled => "CANCELED",
        Shipment {
            delivered_at: Some(_),
            ..
        } => "DELIVERED",
        _ => "FULFILLED",
    };
    json!({
        "id": gid("Fulfillment", shipment.id),
        "legacyResourceId": shipment.id.to_string(),
        "name": format!("#{}-F{}", order.number, index + 1),
        "status": if cancelled { "CANCELLED" } else { "SUCCESS" },
        "displayStatus": display,
        "createdAt": instant(shipment.at),
        "updatedAt": instant(shipment.cancelled_at.or(shipment.delivered_at).unwrap_or(shipment.at)),
        "deliveredAt": shipment.delivered_at.map(instant),
        "order": gid("Order", order.id),
        "requiresShipping": true,
        "totalQuantity": shipment.lines.iter().map(|(_, quantity)| quantity).sum::<u32>(),
        "trackingInfo": tracking_info(shipment),
        "fulfillmentLineItems": shipment
            .lines
            .iter()
            .filter_map(|(line_id, quantity)| {
                let line = order.line(*line_id)?;
                Some(json!({
                    "id": gid("FulfillmentLineItem", *line_id),
                    "quantity": quantity,
                    "lineItem": super::order::line(shop, order, line),
                }))
            })
            .collect::<Vec<_>>(),
    })
}

/// The tracking of a shipment: none when nothing is known of it.
fn tracking_info(shipment: &Shipment) -> Vec<Value> {
    if shipment.tracking_number.is_none() && shipment.carrier.is_none() && shipment.tracking_url.is_none() {
        return Vec::new();
    }
    let numbers = shipment.tracking_number.as_deref().unwrap_or_default();
    numbers
        .split(',')
        .map(|number| {
            json!({
                "company": shipment.carrier,
                "number": number,
                "url": shipment.tracking_url,
            })
        })
        .collect()
}
