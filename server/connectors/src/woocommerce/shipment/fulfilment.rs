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
use crate::store::{ConnectionError, OutgoingShipment, Result};

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
        let Some(there) = self.find_fulfilment(&path, shipment, before).await? else {
            return Ok(None);
        };
        let ask = match there {
            Some(id) => Ask::put(
                "fulfilments.correct",
                format!("{path}/{id}"),
                body(shipment, true),
            ),
            None => Ask::post("fulfilments.create", path.clone(), body(shipment, false)),
        };
        let id = match self.api.send(&ask).await {
            Ok(answer) => answer.json::<Fulfilment>()?.id,
            Err(refused) if there.is_none() && may_be_there(&refused) => {
                let there = self.find_fulfilment(&path, shipment, before).await?;
                Some(there.flatten().ok_or(refused)?)
            }
            Err(error) => return Err(error),
        };
        let id = id.ok_or_else(|| nameless("fulfilment"))?;
        Ok(Some(id.to_string()))
    }

    /// The shop's id of the fulfilment that is ours, if there is one; the outer `None` where the shop has none at all.
    async fn find_fulfilment(
        &self,
        path: &str,
        shipment: &OutgoingShipment,
        before: Option<&str>,
    ) -> Result<Option<Option<i64>>> {
        let Some(answer) = self.api.find(&Ask::get("fulfilments.list", path)).await? else {
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
        Ok(Some(ours.and_then(|ours| ours.id)))
    }
}

/// Whether a shop may refuse to create what it has meanwhile: a request of ours whose answer got lost was still under
/// way when we looked, and has taken the pieces.
fn may_be_there(error: &ConnectionError) -> bool {
    matches!(
        error,
        ConnectionError::Refused {
            status: 400 | 409,
            ..
        }
    )
}

/// What a correction leaves empty is said to be so: shops keep what they are not told about.
fn body(shipment: &OutgoingShipment, corrects: bool) -> Value {
    let carrier = shipment.carrier.to_lowercase();
    let numbers = shipment.joined_numbers();
    let items: Vec<Value> = shipment
        .items
        .iter()
        .filter_map(|item| Some(json!({ "item_id": number(&item.line)?, "qty": item.quantity })))
        .collect();
    let mut metas = vec![
        json!({ "key": "_items", "value": items }),
        json!({ "key": KEY, "value": shipment.key }),
    ];
    let (provider, provider_name) = if KNOWN_CARRIERS.contains(&carrier.as_str()) {
        (carrier.as_str(), None)
    } else {
        ("other", Some(shipment.carrier.as_str()))
    };
    for (key, value) in [
        ("_shipment_provider", Some(provider)),
        ("_provider_name", provider_name),
        ("_tracking_number", numbers.as_deref()),
        ("_tracking_url", shipment.tracking_url.as_deref()),
    ] {
        if let Some(value) = value.or(corrects.then_some("")) {
            metas.push(json!({ "key": key, "value": value }));
        }
    }
    json!({
        "status": "fulfilled",
        "is_fulfilled": true,
        "notify_customer": shipment.notify_buyer,
        "meta_data": metas,
    })
}
