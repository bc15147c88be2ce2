//! What the portal has in its books, and the platforms in theirs.

use std::collections::{BTreeMap, BTreeSet};

use domain::Platform;
use domain::id::{OrderId, StoreId, StoreVariantId};
use portal::orders;
use portal::orders::{OrderFilter, OrderRow};
use portal::paging::Turn;
use portal::storage::sql;
use sandbox::ledger::{Event, Filter};
use uuid::Uuid;

use super::{Trade, key};

impl Trade {
    /// Every variant of a store.
    pub(super) async fn variants(&self, store: StoreId) -> Vec<StoreVariantId> {
        self.ids("SELECT id FROM store_variants WHERE store_id = $1", store.0)
            .await
    }

    /// The variants that the lines of an order wait for.
    pub(super) async fn waited_for(&self, order: OrderId) -> Vec<StoreVariantId> {
        let statement =
            "SELECT store_variant_id FROM order_lines WHERE order_id = $1 AND status = 'not_connected'";
        self.ids(statement, order.0).await
    }

    pub(super) async fn ids(&self, statement: &'static str, of: Uuid) -> Vec<StoreVariantId> {
        let rows: Vec<(StoreVariantId,)> = sql(statement)
            .bind(of)
            .fetch_all(&mut self.portal.db.read().await.unwrap())
            .await
            .unwrap();
        rows.into_iter().map(|(id,)| id).collect()
    }

    /// How many products of a store the portal lists.
    pub(super) async fn products(&self, store: StoreId) -> usize {
        let counts: (i64,) =
            sql("SELECT COUNT(*) FROM store_products WHERE store_id = $1 AND gone_at IS NULL")
                .bind(store)
                .fetch_one(&mut self.portal.db.read().await.unwrap())
                .await
                .unwrap();
        usize::try_from(counts.0).unwrap()
    }

    /// The orders that the client sees, newest first.
    pub(super) async fn orders(&self) -> Vec<OrderRow> {
        let filter = OrderFilter::default();
        let page = orders::list(&self.portal, &self.scope(), &filter, Turn::First, 10_000).await;
        page.unwrap().rows
    }

    /// The tracking numbers that a platform's ledger has for shipments that stand.
    pub(super) fn shipped_at(&self, platform: Platform) -> Vec<String> {
        let mut standing = BTreeMap::new();
        let of_platform = Filter {
            platform: Some(key(platform).platform),
            ..Filter::default()
        };
        for entry in self.world.ledger.entries(&of_platform) {
            match entry.event {
                Event::Shipped { shipment, .. } | Event::ShipmentChanged { shipment, .. } => {
                    standing.insert(shipment.id, shipment.tracking_number);
                }
                Event::ShipmentRemoved { shipment_id, .. } => {
                    standing.remove(&shipment_id);
                }
                _ => {}
            }
        }
        let mut numbers: Vec<String> = standing.into_values().flatten().collect();
        numbers.sort();
        numbers
    }

    /// How many requests a platform has taken.
    pub(super) fn requests(&self, platform: Platform) -> usize {
        let requests = Filter {
            platform: Some(key(platform).platform),
            kind: Some("request".to_owned()),
            ..Filter::default()
        };
        self.world.ledger.entries(&requests).len()
    }

    /// The ids of a platform's orders, and of the orders the portal has from there.
    pub(super) async fn both_books(&self, platform: Platform) -> (BTreeSet<String>, Vec<String>) {
        let theirs = self
            .world
            .read(&key(platform), |shop| {
                shop.orders.keys().map(ToString::to_string).collect()
            })
            .unwrap();
        let ours: Vec<(String,)> =
            sql("SELECT external_id FROM orders WHERE platform = $1 ORDER BY external_id")
                .bind(platform.as_str())
                .fetch_all(&mut self.portal.db.read().await.unwrap())
                .await
                .unwrap();
        let number = |id: String| id.rsplit('/').next().unwrap_or_default().to_owned();
        (theirs, ours.into_iter().map(|(id,)| number(id)).collect())
    }
}
