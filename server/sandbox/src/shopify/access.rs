//! Which access scopes an operation needs.
//!
//! The requirements are those Shopify publishes with the schema (`offline_scopes` in `@shopify/dev-mcp`), for the types
//! and fields the stand-in answers. Of several scopes any one is enough, and `write_x` includes `read_x`.

use std::collections::BTreeSet;

use apollo_compiler::executable::{Selection, SelectionSet};

use super::execute::Checked;

const ASSIGNED: &str = "read_assigned_fulfillment_orders";
const MERCHANT_MANAGED: &str = "read_merchant_managed_fulfillment_orders";
const THIRD_PARTY: &str = "read_third_party_fulfillment_orders";
const MARKETPLACE: &str = "read_marketplace_fulfillment_orders";

const PRODUCTS: &[&str] = &["read_products"];
const INVENTORY: &[&str] = &["read_inventory", "read_products"];
const MEDIA: &[&str] = &[
    "read_products",
    "read_files",
    "read_themes",
    "read_orders",
    "read_draft_orders",
    "read_images",
    "read_quick_sale",
];
const FILES: &[&str] = &["read_products", "read_files", "read_images"];
const ORDERS: &[&str] = &["read_orders", "read_marketplace_orders", "read_quick_sale"];
const LINES: &[&str] = &["read_orders", "read_marketplace_orders"];
const FULFILLMENTS: &[&str] = &[
    "read_orders",
    "read_marketplace_orders",
    ASSIGNED,
    MERCHANT_MANAGED,
    THIRD_PARTY,
    MARKETPLACE,
];
const FULFILLMENT_ORDERS: &[&str] = &[ASSIGNED, MERCHANT_MANAGED, THIRD_PARTY, MARKETPLACE];
const FULFILLMENT_ORDER_LINES: &[&str] = &[ASSIGNED, MERCHANT_MANAGED, THIRD_PARTY];
const DELIVERY: &[&str] = &[
    "read_orders",
    ASSIGNED,
    MERCHANT_MANAGED,
    THIRD_PARTY,
    MARKETPLACE,
];
const LOCATIONS: &[&str] = &["read_locations", "read_inventory", "read_markets_home"];
const WRITE_FULFILLMENT_ORDERS: &[&str] = &[
    "write_assigned_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
];

/// What reading an object of a type needs.
fn for_type(type_name: &str) -> Option<&'static [&'static str]> {
    Some(match type_name {
        "Product"
        | "ProductOperation"
        | "ProductOption"
        | "ProductOptionValue"
        | "ProductSetOperation"
        | "ProductVariant" => PRODUCTS,
        "InventoryItem" => INVENTORY,
        "File" | "Media" | "MediaImage" => MEDIA,
        "MediaPreviewImage" => FILES,
        "Order" => ORDERS,
        "LineItem" => LINES,
        "Fulfillment" | "FulfillmentTrackingInfo" => FULFILLMENTS,
        "FulfillmentEvent" => &["read_orders"],
        "FulfillmentHold" | "FulfillmentOrder" | "FulfillmentOrderAssignedLocation" => FULFILLMENT_ORDERS,
        "FulfillmentOrderLineItem" | "FulfillmentOrderSupportedAction" => FULFILLMENT_ORDER_LINES,
        "DeliveryMethod" => DELIVERY,
        "Location" => LOCATIONS,
        _ => return None,
    })
}

/// What a single field needs beyond its type.
fn for_field(parent: &str, field: &str) -> Option<&'static [&'static str]> {
    Some(match (parent, field) {
        ("Mutation", "fulfillmentCreate" | "fulfillmentTrackingInfoUpdate" | "fulfillmentCancel") => {
            WRITE_FULFILLMENT_ORDERS
        }
        ("Mutation", "fulfillmentEventCreate") => &["write_fulfillments"],
        ("Mutation", "fulfillmentOrderHold") => &[
            "write_merchant_managed_fulfillment_orders",
            "write_third_party_fulfillment_orders",
        ],
        ("Mutation", "fulfillmentOrderReleaseHold") => &[
            "write_merchant_managed_fulfillment_orders",
            "write_third_party_fulfillment_orders",
            "write_marketplace_fulfillment_orders",
        ],
        ("Mutation", "fulfillmentOrderReportProgress") => &[
            "write_merchant_managed_fulfillment_orders",
            "write_assigned_fulfillment_orders",
        ],
        ("Mutation", "fileCreate") => &["write_files", "write_themes", "write_images"],
        ("Mutation", "productSet") => &["write_products"],
        ("Mutation", "publishablePublish") => &["write_publications"],
        ("QueryRoot", "fulfillmentOrders") => FULFILLMENT_ORDERS,
        ("QueryRoot", "publications") | (_, "availablePublicationsCount") => &["read_publications"],
        ("Location", "name") => &["read_locations", "read_markets_home"],
        ("Location", "address" | "fulfillmentService" | "fulfillsOnlineOrders" | "isActive") => {
            &["read_locations"]
        }
        _ => return None,
    })
}

/// The scopes a shop granted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Scopes(BTreeSet<String>);

impl Scopes {
    /// Reads a list separated by commas.
    pub fn parse(list: &str) -> Self {
        Self(
            list.split(',')
                .map(str::trim)
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Whether a scope was granted, or the one to write that includes it.
    pub fn allows(&self, scope: &str) -> bool {
        let includes = scope.strip_prefix("read_").map(|rest| format!("write_{rest}"));
        self.0.contains(scope) || includes.is_some_and(|writing| self.0.contains(&writing))
    }

    /// The scopes, in alphabetical order.
    pub fn handles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// These scopes without the ones in `refused`: a merchant can grant less than was asked for.
    #[must_use]
    pub fn without(&self, refused: &Self) -> Self {
        Self(self.0.difference(&refused.0).cloned().collect())
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.iter().map(String::as_str).collect::<Vec<_>>().join(","))
    }
}

/// A field that was asked for without the scope it needs.
#[derive(Debug, PartialEq)]
pub(super) struct Denied {
    /// The response keys that lead to it.
    pub(super) path: Vec<String>,
    /// The field's name.
    pub(super) field: String,
    /// The scopes of which one is needed.
    pub(super) required: &'static [&'static str],
}

/// The first field of an operation that the granted scopes do not cover.
pub(super) fn denied(checked: &Checked<'_>, granted: &Scopes) -> Option<Denied> {
    in_selections(
        checked,
        granted,
        &checked.operation().selection_set,
        &mut Vec::new(),
    )
}

fn in_selections(
    checked: &Checked<'_>,
    granted: &Scopes,
    set: &SelectionSet,
    path: &mut Vec<String>,
) -> Option<Denied> {
    set.selections.iter().find_map(|selection| match selection {
        Selection::Field(field) => {
            path.push(field.response_key().to_string());
            let lacking = [
                for_field(&set.ty, &field.name),
                for_type(field.definition.ty.inner_named_type()),
            ]
            .into_iter()
            .flatten()
            .find(|required| !required.iter().any(|scope| granted.allows(scope)));
            let found = match lacking {
                Some(required) => Some(Denied {
                    path: path.clone(),
                    field: field.name.to_string(),
                    required,
                }),
                None => in_selections(checked, granted, &field.selection_set, path),
            };
            path.pop();
            found
        }
        Selection::InlineFragment(fragment) => in_selections(checked, granted, &fragment.selection_set, path),
        Selection::FragmentSpread(spread) => checked
            .document()
            .fragments
            .get(&spread.fragment_name)
            .and_then(|fragment| in_selections(checked, granted, &fragment.selection_set, path)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_includes_reading_but_not_the_other_way() {
        let granted = Scopes::parse("write_products, read_orders");
        assert!(granted.allows("read_products"));
        assert!(granted.allows("write_products"));
        assert!(!granted.allows("write_orders"));
        assert_eq!(granted.to_string(), "read_orders,write_products");
        assert_eq!(
            granted.without(&Scopes::parse("read_orders")).to_string(),
            "write_products"
        );
    }
}
