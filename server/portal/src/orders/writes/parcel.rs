//! Putting a parcel into the connectors' form.

use std::collections::HashMap;

use connectors::store::{OutgoingShipment, ParcelTracking, ShippedItem};
use domain::id::ShipmentId;
use domain::source::{ExternalId, SourceOrder};
use domain::{Argument, Language, Timestamp};
use sqlx::types::Json;

use super::rest::cut;
use super::saying::{Saying, TEXTS, Told};
use crate::orders::tellings::{Telling, tellings};
use crate::storage::{AsConn, StorageError, sql};
use crate::stores::OpenStore;

/// A parcel that has left.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Parcel {
    carrier: String,
    tracking_number: Option<String>,
    tracking_url: Option<String>,
    shipped_at: Timestamp,
}

impl Parcel {
    async fn find(conn: &mut impl AsConn, id: ShipmentId) -> Result<Self, StorageError> {
        sql("SELECT carrier, tracking_number, tracking_url, shipped_at FROM shipments WHERE id = $1")
            .bind(id)
            .fetch_one(conn)
            .await
    }
}

impl Told {
    /// The parcel as the store is told of it, unless a later one is told with it or the store wants nothing of it.
    pub(super) async fn parcel(
        &self,
        conn: &mut impl AsConn,
        id: ShipmentId,
        store: &OpenStore,
        language: Language,
    ) -> Result<Saying, StorageError> {
        let knows_parts = store.platform.knows_parts();
        let telling = if knows_parts {
            let tellings = tellings(conn, self.order_id).await?;
            tellings.into_iter().find(|telling| telling.parcel == id)
        } else {
            Some(Telling {
                parcel: id,
                along: Vec::new(),
                items: Vec::new(),
            })
        };
        let Some(telling) = telling else {
            return Ok(Saying::Later);
        };
        let items = self.wanted(conn, &telling).await?;
        if knows_parts && items.is_empty() {
            return Ok(Saying::NotWanted);
        }
        let parcel = Parcel::find(conn, id).await?;
        let mut along = Vec::new();
        for earlier in &telling.along {
            let earlier = Parcel::find(conn, *earlier).await?;
            along.push(ParcelTracking {
                number: earlier.tracking_number,
                url: earlier.tracking_url,
            });
        }
        // Only the last parcel of an order completes it, however late an earlier one is told.
        let (open, first): (bool, bool) = sql(
            "SELECT EXISTS (SELECT 1 FROM order_lines WHERE order_id = $1 AND kind <> 'ignored'
                 AND status <> 'cancelled' AND shipped_quantity < quantity)
             OR EXISTS (SELECT 1 FROM shipments WHERE order_id = $1 AND id > $2),
             NOT EXISTS (SELECT 1 FROM shipments WHERE order_id = $1 AND id < $2)",
        )
        .bind(self.order_id)
        .bind(id)
        .fetch_one(conn)
        .await?;
        let mut shipment = OutgoingShipment {
            key: id.to_string(),
            order: ExternalId::new(self.order_external_id.as_str()),
            items,
            completes_order: !open,
            carrier: parcel.carrier,
            tracking_number: parcel.tracking_number,
            tracking_url: parcel.tracking_url,
            along,
            note: String::new(),
            shipped_at: parcel.shipped_at,
            written_as: self.external_id.as_deref().map(ExternalId::new),
            others: self.other_shipments(conn, id).await?,
            sent_before: self
                .sent_before
                .clone()
                .map(|Json(sent)| sent)
                .unwrap_or_default(),
            notify_buyer: store.settings.notify_buyers,
        };
        let lines = if first && !open {
            String::new()
        } else {
            self.in_words(conn, &shipment.items).await?
        };
        shipment.note = note(language, &shipment, &lines);
        Ok(Saying::Shipment(Box::new(shipment), telling.along))
    }

    /// What is told of the order, at most as much as the store still wants: it may have less by now than is made.
    async fn wanted(
        &self,
        conn: &mut impl AsConn,
        telling: &Telling,
    ) -> Result<Vec<ShippedItem>, StorageError> {
        let (snapshot,): (Json<SourceOrder>,) = sql("SELECT snapshot FROM order_sources WHERE order_id = $1")
            .bind(self.order_id)
            .fetch_one(conn)
            .await?;
        let wanted: HashMap<&str, u32> = snapshot
            .lines
            .iter()
            .map(|line| (line.external_id.as_str(), line.quantity))
            .collect();
        let items = telling.items.iter().map(|item| {
            let wanted = wanted.get(item.line.as_str()).copied().unwrap_or_default();
            ShippedItem {
                line: ExternalId::new(item.line.as_str()),
                quantity: item.units.min(wanted.saturating_sub(item.before)),
            }
        });
        Ok(items.filter(|item| item.quantity > 0).collect())
    }

    /// What the store calls the order's other parcels.
    async fn other_shipments(
        &self,
        conn: &mut impl AsConn,
        id: ShipmentId,
    ) -> Result<Vec<ExternalId>, StorageError> {
        let rows: Vec<(String,)> = sql("SELECT external_id FROM order_writes
             WHERE order_id = $1 AND kind = 'shipped' AND shipment_id <> $2 AND external_id IS NOT NULL ORDER BY id")
        .bind(self.order_id)
        .bind(id)
        .fetch_all(conn)
        .await?;
        Ok(rows.into_iter().map(|(id,)| ExternalId::new(id)).collect())
    }

    /// `2 × Poster, 1 × Mug`.
    async fn in_words(&self, conn: &mut impl AsConn, items: &[ShippedItem]) -> Result<String, StorageError> {
        let rows: Vec<(String, String)> = sql("SELECT external_id, title FROM order_lines
             WHERE order_id = $1 AND external_id IS NOT NULL")
        .bind(self.order_id)
        .fetch_all(conn)
        .await?;
        let titles: HashMap<String, String> = rows.into_iter().collect();
        let items = items.iter().filter_map(|item| {
            let title = titles.get(item.line.as_str())?;
            Some(format!("{} × {title}", item.quantity))
        });
        let items: Vec<String> = items.collect();
        Ok(cut(&items.join(", ")))
    }
}

/// A sentence for the buyer; `lines` names what is in a parcel that is not the whole order.
fn note(language: Language, shipment: &OutgoingShipment, lines: &str) -> String {
    let carrier = || -> (&str, Argument) { ("carrier", shipment.carrier.as_str().into()) };
    let left = if lines.is_empty() {
        TEXTS.format(language, "shop-parcel", &[carrier()])
    } else {
        TEXTS.format(
            language,
            "shop-parcel-part",
            &[carrier(), ("lines", lines.into())],
        )
    };
    let own = ParcelTracking {
        number: shipment.tracking_number.clone(),
        url: shipment.tracking_url.clone(),
    };
    let tracking: Vec<String> = shipment
        .along
        .iter()
        .chain([&own])
        .map(|parcel| [parcel.number.as_deref(), parcel.url.as_deref()])
        .map(|words| words.into_iter().flatten().collect::<Vec<_>>().join(" "))
        .filter(|words| !words.is_empty())
        .collect();
    if tracking.is_empty() {
        return left;
    }
    let tracking = tracking.join(", ");
    let follow = TEXTS.format(
        language,
        "shop-parcel-tracking",
        &[("tracking", tracking.as_str().into())],
    );
    format!("{left} {follow}")
}
