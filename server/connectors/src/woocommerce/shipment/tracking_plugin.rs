//! The *Shipment Tracking* plug-in of `WooCommerce`'s makers, whose interface others imitate. It adds the number to the
//! shop's own mails.
//!
//! Source: <https://woocommerce.com/document/shipment-tracking/shipment-tracking-rest-api-create-tracking-item/>.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::api::Ask;
use super::super::connection::Connection;
use super::super::json::date;
use super::super::paging::read;
use super::nameless;
use crate::lenient;
use crate::store::{OutgoingShipment, Result};

const NAMESPACE: &str = "wc-shipment-tracking/v3";

#[derive(Deserialize)]
struct Tracking {
    #[serde(default, deserialize_with = "lenient::text")]
    tracking_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    tracking_number: Option<String>,
}

impl Connection {
    /// Whether the site has the plug-in, or one that speaks like it.
    pub(super) async fn has_tracking_plugin(&self) -> Result<bool> {
        #[derive(Deserialize)]
        struct Index {
            #[serde(default)]
            namespaces: Vec<String>,
        }
        let ask = Ask::get("namespaces.get", "")
            .of_plugin("/wp-json/".to_owned())
            .with("_fields", "namespaces");
        let namespaces = self.namespaces.get_or_try_init(|| async {
            let index: Index = self.api.send(&ask).await?.json()?;
            Ok::<_, crate::store::ConnectionError>(index.namespaces)
        });
        Ok(namespaces.await?.iter().any(|namespace| namespace == NAMESPACE))
    }

    /// Has an order show the parcel's tracking number, and no more the one it replaces. Gives the number's id; `None` of a
    /// parcel without one.
    pub(super) async fn write_tracking(
        &self,
        order: &str,
        shipment: &OutgoingShipment,
        before: Option<&str>,
    ) -> Result<Option<String>> {
        let numbers = shipment.joined_numbers();
        if numbers.is_none() && before.is_none() {
            return Ok(None);
        }
        let path = format!("/wp-json/{NAMESPACE}/orders/{order}/shipment-trackings");
        let list = Ask::get("trackings.list", "").of_plugin(path.clone());
        let there = match self.api.find(&list).await? {
            Some(answer) => read::<Tracking>(answer.json()?).0,
            None => Vec::new(),
        };
        let (replaced, there): (Vec<_>, Vec<_>) = there
            .into_iter()
            .partition(|tracking| before.is_some() && tracking.tracking_id.as_deref() == before);
        let id = match numbers.as_deref() {
            None => None,
            Some(number) => {
                let same = there
                    .into_iter()
                    .find(|tracking| tracking.tracking_number.as_deref() == Some(number));
                match same.and_then(|tracking| tracking.tracking_id) {
                    Some(id) => Some(id),
                    None => Some(self.add_tracking(&path, shipment, number).await?),
                }
            }
        };
        // One number may be that of several parcels: what another one still has stays.
        let is_others = |id: &str| shipment.others.iter().any(|other| other.as_str() == id);
        for replaced in replaced.into_iter().filter_map(|tracking| tracking.tracking_id) {
            if !is_others(&replaced) {
                let delete = Ask::delete("trackings.delete", "").of_plugin(format!("{path}/{replaced}"));
                self.api.find(&delete).await?;
            }
        }
        Ok(id)
    }

    /// Adds a number and gives its id.
    async fn add_tracking(&self, path: &str, shipment: &OutgoingShipment, number: &str) -> Result<String> {
        let create = Ask::post("trackings.create", "", body(shipment, number)).of_plugin(path.to_owned());
        let written: Tracking = self.api.send(&create).await?.json()?;
        written.tracking_id.ok_or_else(|| nameless("tracking number"))
    }
}

/// The plug-in knows carriers by names of its own; given as *custom*, any name and address will do.
fn body(shipment: &OutgoingShipment, number: &str) -> Value {
    let day = date(shipment.shipped_at);
    json!({
        "custom_tracking_provider": shipment.carrier,
        "custom_tracking_link": shipment.tracking_url.as_deref().unwrap_or_default(),
        "tracking_number": number,
        "date_shipped": day.split('T').next().unwrap_or_default(),
    })
}
