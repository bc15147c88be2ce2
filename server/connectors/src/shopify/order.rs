//! An order as Shopify gives it, and in the portal's form.

use std::collections::BTreeMap;

use domain::Money;
use domain::source::{ExternalId, LineProperty, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use serde::Deserialize;
use serde_json::Value;

use super::fulfillment::{self, Location};
use super::graphql::List;
use crate::{lenient, moment};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderNode {
    pub(super) id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    test: bool,
    note: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    created_at: String,
    updated_at: String,
    cancelled_at: Option<String>,
    display_financial_status: Option<String>,
    display_fulfillment_status: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    fully_paid: bool,
    #[serde(default)]
    current_total_price_set: MoneyBag,
    shipping_address: Option<Address>,
    shipping_line: Option<ShippingLine>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) line_items: List<LineNode>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    fulfillment_orders: List<FulfillmentOrderNode>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct MoneyBag {
    /// What the buyer sees and pays, in the buyer's currency.
    presentment_money: Option<Amount>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    #[serde(default, deserialize_with = "lenient::text")]
    amount: Option<String>,
    currency_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    name: Option<String>,
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    city: Option<String>,
    province_code: Option<String>,
    country_code_v2: Option<String>,
    zip: Option<String>,
    phone: Option<String>,
}

#[derive(Deserialize)]
struct ShippingLine {
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LineNode {
    id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    title: String,
    variant_title: Option<String>,
    sku: Option<String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    current_quantity: Option<i64>,
    requires_shipping: Option<bool>,
    is_gift_card: Option<bool>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    custom_attributes: Vec<Attribute>,
    #[serde(default)]
    original_unit_price_set: MoneyBag,
    product: Option<Named>,
    variant: Option<Named>,
}

#[derive(Deserialize)]
struct Attribute {
    key: String,
    value: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FulfillmentOrderNode {
    #[serde(default, deserialize_with = "lenient::or_default")]
    status: String,
    #[serde(default)]
    assigned_location: Value,
}

/// An order in the portal's form. `ours` says how many pieces of each line are to be sent from our location.
pub(super) fn order(
    node: OrderNode,
    denied: bool,
    ours: Option<&BTreeMap<String, u32>>,
    location: Location<'_>,
) -> std::result::Result<SourceOrder, String> {
    let time = |text: &str| moment::parse(text).ok_or_else(|| format!("`{text}` is no time"));
    let state = state(&node, location);
    let address_phone = node
        .shipping_address
        .as_ref()
        .and_then(|address| address.phone.clone());
    let address = node
        .shipping_address
        .map(address)
        .filter(|address| *address != SourceAddress::default());
    Ok(SourceOrder {
        placed_at: time(&node.created_at)?,
        updated_at: time(&node.updated_at)?,
        external_id: ExternalId::new(node.id),
        number: node.name,
        state,
        test: node.test,
        total: money(node.current_total_price_set),
        email: lenient::filled(node.email),
        phone: lenient::filled(address_phone).or_else(|| lenient::filled(node.phone)),
        address_withheld: denied && address.is_none(),
        address,
        shipping_method: node.shipping_line.and_then(|line| lenient::filled(line.title)),
        note: lenient::filled(node.note),
        lines: node
            .line_items
            .nodes
            .into_iter()
            .map(|line_node| line(line_node, ours))
            .collect(),
    })
}

fn state(node: &OrderNode, location: Location<'_>) -> SourceOrderState {
    let paid = match node.display_financial_status.as_deref() {
        Some("PAID" | "AUTHORIZED" | "PARTIALLY_REFUNDED") => true,
        Some("REFUNDED" | "VOIDED") => return SourceOrderState::Cancelled,
        _ => node.fully_paid,
    };
    if node.cancelled_at.is_some() {
        return SourceOrderState::Cancelled;
    }
    if node.display_fulfillment_status.as_deref() == Some("FULFILLED") {
        return SourceOrderState::Fulfilled;
    }
    let ours: Vec<&str> = node
        .fulfillment_orders
        .nodes
        .iter()
        .filter(|order| fulfillment::is_at(&order.assigned_location, location))
        .map(|order| order.status.as_str())
        .collect();
    let open = ours
        .iter()
        .any(|status| matches!(*status, "OPEN" | "IN_PROGRESS"));
    if !ours.is_empty() && !open {
        let closed = ours.iter().all(|status| *status == "CLOSED");
        return if closed {
            SourceOrderState::Fulfilled
        } else {
            SourceOrderState::Waiting
        };
    }
    // Orders without any are digital, or Shopify still decides where they are sent from.
    if paid {
        SourceOrderState::Ready
    } else {
        SourceOrderState::Waiting
    }
}

fn address(address: Address) -> SourceAddress {
    let text = Option::unwrap_or_default;
    SourceAddress {
        recipient: text(address.name),
        company: text(address.company),
        line1: text(address.address1),
        line2: text(address.address2),
        city: text(address.city),
        region: text(address.province_code),
        postcode: text(address.zip),
        country: text(address.country_code_v2),
    }
}

fn line(node: LineNode, ours: Option<&BTreeMap<String, u32>>) -> SourceLine {
    let quantity = u32::try_from(node.current_quantity.unwrap_or_default()).unwrap_or_default();
    let quantity = ours.map_or(quantity, |ours| {
        quantity.min(ours.get(&node.id).copied().unwrap_or_default())
    });
    SourceLine {
        external_id: ExternalId::new(node.id),
        product_id: node.product.map(|product| ExternalId::new(product.id)),
        variant_id: node.variant.map(|variant| ExternalId::new(variant.id)),
        sku: lenient::filled(node.sku),
        title: node.title,
        variant_title: node
            .variant_title
            .filter(|title| title != "Default Title")
            .unwrap_or_default(),
        quantity,
        unit_price: money(node.original_unit_price_set),
        properties: node
            .custom_attributes
            .into_iter()
            .map(|attribute| LineProperty {
                name: attribute.key,
                value: attribute.value.unwrap_or_default(),
            })
            .collect(),
        ships: node.requires_shipping.unwrap_or(true) && !node.is_gift_card.unwrap_or_default(),
    }
}

fn money(bag: MoneyBag) -> Option<Money> {
    let amount = bag.presentment_money?;
    Money::parse(&amount.amount?, amount.currency_code?.parse().ok()?).ok()
}
