//! Every operation the connector sends. A test checks each against Shopify's own schema.

/// A document with what is known about sending it.
pub(super) struct Operation {
    /// Its name in the event inspector.
    pub(super) name: &'static str,
    /// The document.
    pub(super) text: &'static str,
    /// What it can cost at most, in points: 1 for an object, the size of each list times its contents, 10 for writing.
    /// Shopify gives back what was not used.
    pub(super) cost: u32,
    /// Whether doing it twice is doing it once.
    pub(super) repeatable: bool,
}

impl Operation {
    /// Whether its answer must not be recorded: the address of a prepared file lets anybody in.
    pub(super) fn is_confidential(&self) -> bool {
        self.name == BULK_OPERATION.name
    }
}

macro_rules! operations {
    ($($(#[$note:meta])* $constant:ident = $name:literal, $cost:literal, $repeatable:literal, [$($file:literal),+];)+) => {
        $($(#[$note])*
        pub(super) const $constant: Operation = Operation {
            name: $name,
            text: concat!($(include_str!(concat!("operations/", $file, ".graphql"))),+),
            cost: $cost,
            repeatable: $repeatable,
        };)+

        /// All of them, for the test against the schema.
        #[cfg(test)]
        pub(super) const ALL: &[Operation] = &[$($constant),+];
    };
}

operations! {
    SHOP = "shop", 10, true, ["shop"];
    LOCATIONS = "locations.list", 105, true, ["locations"];
    PRODUCTS_PAGE = "products.list", 850, true, ["products_page", "product_fields"];
    PRODUCT = "products.get", 320, true, ["product", "product_fields"];
    BULK_RUN = "products.bulk.run", 10, false, ["bulk_operation_run"];
    BULK_OPERATION = "products.bulk.state", 3, true, ["bulk_operation"];
    ORDERS_PAGE = "orders.list", 930, true, ["orders_page", "order_fields"];
    ORDER = "orders.get", 420, true, ["order", "order_fields"];
    FULFILLMENT_ORDER = "orders.of_fulfillment_order", 2, true, ["fulfillment_order"];
    FULFILLMENT_ORDERS = "orders.fulfillment_orders", 600, true, ["fulfillment_orders"];
    FULFILLMENT_ORDER_LINES = "orders.fulfillment_order_lines", 505, true, ["fulfillment_order_lines"];
    FULFILLMENTS = "orders.fulfillments", 805, true, ["fulfillments"];
    FULFILLMENT_LINES = "orders.fulfillment_lines", 505, true, ["fulfillment_lines"];
    REPORT_PROGRESS = "orders.report_progress", 11, true, ["fulfillment_order_report_progress"];
    HOLD = "orders.hold", 11, false, ["fulfillment_order_hold"];
    TAGS_ADD = "orders.tag", 11, true, ["tags_add"];
    /// Each success may mail the buyer.
    FULFILLMENT_CREATE = "shipments.create", 11, false, ["fulfillment_create"];
    /// Each success may mail the buyer.
    TRACKING_UPDATE = "shipments.update", 11, false, ["fulfillment_tracking_info_update"];
    EVENT_CREATE = "shipments.event", 11, false, ["fulfillment_event_create"];
    PRODUCT_BY_HANDLE = "products.find", 2, true, ["product_by_handle"];
    /// The same handle is the same product.
    PRODUCT_SET = "products.create", 15, true, ["product_set"];
    PRODUCT_OPERATION = "products.create.state", 3, true, ["product_operation"];
    PUBLICATIONS = "publications.list", 110, true, ["publications"];
    PUBLISH = "products.publish", 11, true, ["publishable_publish"];
    WEBHOOKS = "webhooks.list", 105, true, ["webhook_subscriptions"];
    WEBHOOK_CREATE = "webhooks.create", 11, false, ["webhook_subscription_create"];
    WEBHOOK_DELETE = "webhooks.delete", 11, true, ["webhook_subscription_delete"];
}

/// The query that a bulk operation runs, sent as a variable of [`BULK_RUN`].
pub(super) const BULK_PRODUCTS: &str = include_str!("operations/bulk_products.graphql");

#[cfg(test)]
mod tests {
    use std::io::Read;

    use apollo_compiler::{ExecutableDocument, Schema};

    use super::*;

    fn schema() -> apollo_compiler::validation::Valid<Schema> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../sandbox/specs/shopify/admin_2026-10.graphql.gz"
        );
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
            .read_to_string(&mut text)
            .unwrap();
        Schema::parse_and_validate(text, "admin_2026-10.graphql").unwrap()
    }

    #[test]
    fn shopify_accepts_every_operation() {
        let schema = schema();
        let sent = ALL.iter().map(|operation| (operation.name, operation.text));
        for (name, text) in sent.chain([("bulk products", BULK_PRODUCTS)]) {
            let checked = ExecutableDocument::parse_and_validate(&schema, text, name);
            assert!(checked.is_ok(), "{name}: {}", checked.unwrap_err());
        }
        let wrong = BULK_PRODUCTS.replace("onlineStoreUrl", "onlineShopUrl");
        assert!(ExecutableDocument::parse_and_validate(&schema, &wrong, "wrong").is_err());
    }

    #[test]
    fn no_operation_costs_more_than_shopify_takes_at_once() {
        for operation in ALL {
            assert!(operation.cost <= 1000, "{}", operation.name);
        }
    }
}
