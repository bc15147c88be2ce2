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

    /// Adds a tracking number to an order that has it not, takes away the one it replaces, and gives its id.
    pub(super) async fn write_tracking(
        &self,
        order: &str,
        shipment: &OutgoingShipment,
        number: &str,
        before: Option<&str>,
    ) -> Result<String> {
        let path = format!("/wp-json/{NAMESPACE}/orders/{order}/shipment-trackings");
        let list = Ask::get("trackings.list", "").of_plugin(path.clone());
        let there = match self.api.find(&list).await? {
            Some(answer) => read::<Tracking>(answer.json()?).0,
            None => Vec::new(),
        };
        let same = there
            .iter()
            .find(|tracking| tracking.tracking_number.as_deref() == Some(number));
        if let Some(id) = same.and_then(|tracking| tracking.tracking_id.clone()) {
            return Ok(id);
        }
        let create = Ask::post("trackings.create", "", body(shipment, number)).of_plugin(path.clone());
        let written: Tracking = self.api.send(&create).await?.json()?;
        let replaced = there
            .iter()
            .filter_map(|tracking| tracking.tracking_id.as_deref());
        // One number may be that of several parcels: what another one still has stays.
        let is_others = |id: &str| shipment.others.iter().any(|other| other.as_str() == id);
        for id in replaced.filter(|id| Some(*id) == before && !is_others(id)) {
            let delete = Ask::delete("trackings.delete", "").of_plugin(format!("{path}/{id}"));
            self.api.find(&delete).await?;
        }
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
