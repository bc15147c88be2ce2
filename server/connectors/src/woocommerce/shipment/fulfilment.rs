//! Fulfilments: part of `WooCommerce` since 10.1, off unless the shop switches them on.
//!
//! Source: `OrderFulfillmentsRestController` and `Fulfillment` of `WooCommerce`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::api::Ask;
use super::super::connection::{Connection, number};
use super::super::json::Meta;
use super::super::orders::text;
use super::super::paging::read;
use super::nameless;
use crate::lenient;
use crate::store::{OutgoingShipment, Result};

/// Our name of the shipment, kept with its fulfilment.
const KEY: &str = "_portal_shipment";
/// Carriers that `WooCommerce` knows under their own name in small letters; it shows the names of others as given.
const KNOWN_CARRIERS: [&str; 8] = ["dhl", "dpd", "fedex", "gls", "mrw", "seur", "ups", "usps"];

#[derive(Deserialize)]
struct Fulfilment {
    #[serde(default, deserialize_with = "lenient::integer")]
    id: Option<i64>,
    #[serde(default, deserialize_with = "lenient::text")]
    date_deleted: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    meta_data: Vec<Meta>,
}

impl Fulfilment {
    fn meta(&self, key: &str) -> Option<String> {
        self.meta_data
            .iter()
            .find(|meta| meta.key == key)
            .and_then(|meta| text(&meta.value))
    }
}

impl Connection {
    /// Creates a fulfilment, or corrects the one that is there already, and gives its id; `None` where the shop has
    /// none.
    pub(super) async fn write_fulfilment(
        &self,
        order: &str,
        shipment: &OutgoingShipment,
        before: Option<&str>,
    ) -> Result<Option<String>> {
        let path = format!("/orders/{order}/fulfillments");
        let Some(answer) = self.api.find(&Ask::get("fulfilments.list", &path)).await? else {
            return Ok(None);
        };
        let there = read::<Fulfilment>(answer.json()?).0;
        let ours = there
            .iter()
            .filter(|fulfilment| fulfilment.date_deleted.is_none())
            .find(|fulfilment| {
                let id = fulfilment.id.map(|id| id.to_string());
                fulfilment.meta(KEY).as_deref() == Some(&shipment.key)
                    || (id.is_some() && id.as_deref() == before)
            });
        let ask = match ours.and_then(|ours| ours.id) {
            Some(id) => Ask::put("fulfilments.correct", format!("{path}/{id}"), body(shipment)),
            None => Ask::post("fulfilments.create", path, body(shipment)),
        };
        let written: Fulfilment = self.api.send(&ask).await?.json()?;
        let id = written.id.ok_or_else(|| nameless("fulfilment"))?;
        Ok(Some(id.to_string()))
    }
}

fn body(shipment: &OutgoingShipment) -> Value {
    let carrier = shipment.carrier.to_lowercase();
    let items: Vec<Value> = shipment
        .items
        .iter()
        .filter_map(|item| Some(json!({ "item_id": number(&item.line)?, "qty": item.quantity })))
        .collect();
    let mut metas = vec![
        json!({ "key": "_items", "value": items }),
        json!({ "key": KEY, "value": shipment.key }),
    ];
    let mut keep = |key: &str, value: &str| metas.push(json!({ "key": key, "value": value }));
    if KNOWN_CARRIERS.contains(&carrier.as_str()) {
        keep("_shipment_provider", &carrier);
    } else {
        keep("_shipment_provider", "other");
        keep("_provider_name", &shipment.carrier);
    }
    if let Some(number) = &shipment.tracking_number {
        keep("_tracking_number", number);
    }
    if let Some(url) = &shipment.tracking_url {
        keep("_tracking_url", url);
    }
    json!({
        "status": "fulfilled",
        "is_fulfilled": true,
        "notify_customer": shipment.notify_buyer,
        "meta_data": metas,
    })
}
