//! Putting what a store is told into the connectors' form.

use std::sync::LazyLock;

use connectors::store::{OutgoingShipment, Progress, ProgressUpdate, ShippedItem};
use domain::id::{OrderId, ShipmentId};
use domain::source::{ExternalId, SourceOrder};
use domain::{Argument, Language, Timestamp, WriteKind};
use sqlx::types::Json;

use super::rest;
use crate::Portal;
use crate::orders::counted::Counted;
use crate::storage::{AsConn, StorageError, sql};
use crate::texts::Texts;

/// What the portal says to people of shops.
static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::load(&[
        (Language::En, &[include_str!("../../../locales/en/shops.ftl")]),
        (Language::Es, &[include_str!("../../../locales/es/shops.ftl")]),
    ])
});

/// What to say.
#[derive(Debug)]
pub(super) enum Saying {
    Progress(ProgressUpdate),
    Shipment(OutgoingShipment),
}

impl Saying {
    /// Whether it is a parcel with nothing of the store's in it.
    pub(super) fn holds_nothing(&self) -> bool {
        matches!(self, Self::Shipment(shipment) if shipment.items.is_empty())
    }
}

/// What is to be told, with the order and what the store called it before.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Told {
    pub(super) order_id: OrderId,
    pub(super) order_external_id: String,
    pub(super) shipment_id: Option<ShipmentId>,
    pub(super) kind: WriteKind,
    pub(super) external_id: Option<String>,
    pub(super) sent_before: Option<Json<Vec<ExternalId>>>,
}

impl Told {
    /// In the connectors' form. `notify_buyers` is what people chose for the store.
    pub(super) async fn saying(
        &self,
        portal: &Portal,
        conn: &mut impl AsConn,
        notify_buyers: bool,
    ) -> Result<Saying, StorageError> {
        let progress = match (self.kind, self.shipment_id) {
            (WriteKind::Shipped, Some(shipment)) => {
                return self
                    .shipment(conn, shipment, notify_buyers)
                    .await
                    .map(Saying::Shipment);
            }
            (WriteKind::InProduction | WriteKind::Shipped, _) => Progress::InProduction,
            (WriteKind::Cancelled, _) => Progress::Cancelled,
            (WriteKind::RestCancelled, _) => Progress::RestCancelled,
            (WriteKind::Delivered, _) => Progress::Delivered,
        };
        let (lines, named) = if progress == Progress::RestCancelled {
            let rests = rest::of_order(conn, self.order_id).await?;
            let named = rest::in_words(&rests);
            (rests.into_iter().map(|rest| rest.line).collect(), named)
        } else {
            (self.lines(conn).await?, String::new())
        };
        Ok(Saying::Progress(ProgressUpdate {
            order: ExternalId::new(self.order_external_id.as_str()),
            progress,
            lines,
            shipment: self.written_shipment(conn).await?,
            remark: remark(portal, self.kind, &named),
        }))
    }

    async fn lines(&self, conn: &mut impl AsConn) -> Result<Vec<ExternalId>, StorageError> {
        let rows: Vec<(String,)> = sql("SELECT external_id FROM order_lines
             WHERE order_id = $1 AND external_id IS NOT NULL AND kind <> 'ignored' ORDER BY position")
        .bind(self.order_id)
        .fetch_all(conn)
        .await?;
        Ok(rows.into_iter().map(|(id,)| ExternalId::new(id)).collect())
    }

    /// What the store calls the parcel this is about.
    async fn written_shipment(&self, conn: &mut impl AsConn) -> Result<Option<ExternalId>, StorageError> {
        let row: Option<(Option<String>,)> =
            sql("SELECT external_id FROM order_writes WHERE shipment_id = $1 AND kind = 'shipped'")
                .bind(self.shipment_id)
                .fetch_optional(conn)
                .await?;
        Ok(row.and_then(|(id,)| id).map(ExternalId::new))
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

    /// What of the order is in a parcel, as the store counts it.
    async fn items(&self, conn: &mut impl AsConn, id: ShipmentId) -> Result<Vec<ShippedItem>, StorageError> {
        let (snapshot,): (Json<SourceOrder>,) = sql("SELECT snapshot FROM order_sources WHERE order_id = $1")
            .bind(self.order_id)
            .fetch_one(conn)
            .await?;
        let lines: Vec<(String, i64, i64, i64)> = sql(
            "SELECT l.external_id, l.quantity + l.cancelled_quantity, s.quantity,
                 (SELECT CAST(COALESCE(SUM(e.quantity), 0) AS BIGINT) FROM shipment_lines e
                  WHERE e.line_id = l.id AND e.shipment_id < $1)
             FROM shipment_lines s JOIN order_lines l ON l.id = s.line_id
             WHERE s.shipment_id = $1 AND l.external_id IS NOT NULL ORDER BY l.position",
        )
        .bind(id)
        .fetch_all(conn)
        .await?;
        let items = lines.into_iter().map(|(line, ordered, now, before)| {
            let counted = Counted::of(&snapshot, &line, ordered);
            ShippedItem {
                quantity: counted.units(before + now) - counted.units(before),
                line: ExternalId::new(line),
            }
        });
        Ok(items.filter(|item| item.quantity > 0).collect())
    }

    async fn shipment(
        &self,
        conn: &mut impl AsConn,
        id: ShipmentId,
        notify_buyer: bool,
    ) -> Result<OutgoingShipment, StorageError> {
        let (carrier, tracking_number, tracking_url, shipped_at): (
            String,
            Option<String>,
            Option<String>,
            Timestamp,
        ) = sql("SELECT carrier, tracking_number, tracking_url, shipped_at FROM shipments WHERE id = $1")
            .bind(id)
            .fetch_one(conn)
            .await?;
        let items = self.items(conn, id).await?;
        // Only the last parcel of an order completes it, however late an earlier one is told.
        let (open,): (bool,) = sql(
            "SELECT EXISTS (SELECT 1 FROM order_lines WHERE order_id = $1 AND kind <> 'ignored'
                 AND status <> 'cancelled' AND shipped_quantity < quantity)
             OR EXISTS (SELECT 1 FROM shipments WHERE order_id = $1 AND id > $2)",
        )
        .bind(self.order_id)
        .bind(id)
        .fetch_one(conn)
        .await?;
        Ok(OutgoingShipment {
            key: id.to_string(),
            order: ExternalId::new(self.order_external_id.as_str()),
            items,
            completes_order: !open,
            carrier,
            tracking_number,
            tracking_url,
            shipped_at,
            written_as: self.external_id.as_deref().map(ExternalId::new),
            others: self.other_shipments(conn, id).await?,
            sent_before: self
                .sent_before
                .clone()
                .map(|Json(sent)| sent)
                .unwrap_or_default(),
            notify_buyer,
        })
    }
}

/// A sentence for people of the shop; `lines` names those that will not be made.
fn remark(portal: &Portal, kind: WriteKind, lines: &str) -> String {
    let brand = &portal.settings.brand;
    let company: Argument = brand.company.as_str().into();
    let key = format!("shop-remark-{}", kind.slug());
    TEXTS.format(
        brand.default_language,
        &key,
        &[("company", company), ("lines", lines.into())],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything() {
        assert_eq!(TEXTS.parity_problems(), &[] as &[String]);
        for kind in WriteKind::ALL {
            assert!(TEXTS.has(Language::En, &format!("shop-remark-{}", kind.slug())));
        }
    }
}
