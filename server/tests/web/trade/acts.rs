//! What buyers, shop owners and operators do.

use domain::id::{LineId, OrderId, StoreVariantId};
use domain::{OrderStatus, Platform};
use portal::Outcome;
use portal::access::Scope;
use portal::mapping::{ConnectForm, connect as connect_variant};
use portal::orders;
use portal::orders::ShipmentForm;
use sandbox::shop::{Address, NewLine, NewOrder, ProductStatus};

use super::{Trade, key};

impl Trade {
    /// Connects a variant with the pen.
    pub(super) async fn map(&self, variant: StoreVariantId) {
        let form = ConnectForm {
            product_uid: "pen".to_owned(),
            ..ConnectForm::default()
        };
        connect_variant(&self.portal, &self.viewer(), variant, &form)
            .await
            .unwrap();
    }

    /// The variants that buyers can buy at the platform and that have to be made.
    pub(super) fn for_sale(&self, platform: Platform, count: usize) -> Vec<u64> {
        self.world
            .read(&key(platform), |shop| {
                let products = shop
                    .products
                    .values()
                    .filter(|product| product.status == ProductStatus::Published && !product.digital);
                let variants = products.flat_map(|product| &product.variants);
                variants.map(|variant| variant.id).take(count).collect()
            })
            .unwrap()
    }

    /// A buyer at a platform orders one of each variant.
    pub(super) fn place(&self, platform: Platform, variants: &[u64]) -> u64 {
        let order = bought(variants, 1);
        self.world
            .change(&key(platform), |shop| shop.place_order(order))
            .unwrap()
            .unwrap()
    }

    /// Prints an order and sends all of it, with all that follows from each.
    pub(super) async fn make_and_ship(&self, order: OrderId, tracking_number: &str) {
        self.print(order).await;
        self.settle().await;
        self.send(order, tracking_number).await;
        self.settle().await;
    }

    /// An operator takes an order into production and sends it, as far as that has not been done and can be.
    pub(super) async fn try_to_make_and_ship(&self, order: OrderId, tracking_number: &str) {
        // What does not succeed shows by where the order is.
        let _ = self.try_to_advance(order, OrderStatus::InProduction).await;
        let _ = self.try_to_send(order, tracking_number, None).await;
    }

    /// An operator takes an order into production.
    pub(super) async fn print(&self, order: OrderId) {
        self.advance(order, OrderStatus::InProduction).await;
    }

    /// An operator moves an order on.
    pub(super) async fn advance(&self, order: OrderId, to: OrderStatus) {
        self.try_to_advance(order, to).await.unwrap();
    }

    async fn try_to_advance(&self, order: OrderId, to: OrderStatus) -> Outcome<()> {
        let step = orders::Advance {
            to: Some(to),
            ..orders::Advance::default()
        };
        orders::advance(&self.portal, &self.operator, order, &step)
            .await
            .map(|_| ())
    }

    /// An operator sends all of an order.
    pub(super) async fn send(&self, order: OrderId, tracking_number: &str) {
        self.try_to_send(order, tracking_number, None).await.unwrap();
    }

    /// An operator sends so many pieces of every line of an order.
    pub(super) async fn send_pieces(&self, order: OrderId, tracking_number: &str, pieces: &str) {
        self.try_to_send(order, tracking_number, Some(pieces))
            .await
            .unwrap();
    }

    /// An operator sends one line of an order, which is of one piece.
    pub(super) async fn send_line(&self, order: OrderId, tracking_number: &str, line: LineId) {
        let detail = orders::find(&self.portal, &Scope::AllCustomers, order)
            .await
            .unwrap();
        let form = ShipmentForm {
            carrier: "Correos".to_owned(),
            tracking_number: tracking_number.to_owned(),
            quantities: vec![(line, "1".to_owned())],
            seen: detail.head.updated_at.micros(),
            ..ShipmentForm::default()
        };
        orders::ship(&self.portal, &self.operator, order, &form)
            .await
            .unwrap();
    }

    async fn try_to_send(&self, order: OrderId, tracking_number: &str, pieces: Option<&str>) -> Outcome<()> {
        let detail = orders::find(&self.portal, &Scope::AllCustomers, order).await?;
        let each = |pieces: &str| {
            detail
                .lines
                .iter()
                .map(|line| (line.id, pieces.to_owned()))
                .collect()
        };
        let form = ShipmentForm {
            carrier: "Correos".to_owned(),
            tracking_number: tracking_number.to_owned(),
            quantities: pieces.map(each).unwrap_or_default(),
            seen: detail.head.updated_at.micros(),
            ..ShipmentForm::default()
        };
        orders::ship(&self.portal, &self.operator, order, &form)
            .await
            .map(|_| ())
    }
}

/// An order of so many pieces of each variant.
pub(super) fn bought(variants: &[u64], pieces: u32) -> NewOrder {
    let lines = variants.iter().map(|variant| NewLine {
        variant_id: Some(*variant),
        quantity: pieces,
        ..NewLine::default()
    });
    NewOrder {
        lines: lines.collect(),
        email: "ana@example.com".to_owned(),
        shipping: Some(Address {
            first_name: "Ana".to_owned(),
            last_name: "Ruiz".to_owned(),
            line1: "Calle Mayor 1".to_owned(),
            city: "Madrid".to_owned(),
            postcode: "28013".to_owned(),
            country: "ES".to_owned(),
            ..Address::default()
        }),
        ..NewOrder::default()
    }
}
