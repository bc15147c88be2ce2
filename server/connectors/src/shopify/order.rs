//! An order as Shopify gives it, and in the portal's form.

use std::collections::BTreeMap;

use domain::Money;
use domain::source::{ExternalId, LineProperty, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use serde::Deserialize;

use super::fulfillment::{FulfillmentOrder, Location};
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
    pub(super) fulfillment_orders: List<FulfillmentOrder>,
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
    #[serde(default, deserialize_with = "lenient::integer")]
    unfulfilled_quantity: Option<i64>,
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

/// An order in the portal's form. `parts` are all of its fulfilment orders, each with all of its lines.
pub(super) fn order(
    node: OrderNode,
    denied: bool,
    parts: &[FulfillmentOrder],
    location: Location<'_>,
) -> std::result::Result<SourceOrder, String> {
    let time = |text: &str| moment::parse(text).ok_or_else(|| format!("`{text}` is no time"));
    let routed = !parts.is_empty();
    let ours: Vec<&FulfillmentOrder> = parts.iter().filter(|part| part.is_at(location)).collect();
    let state = state(&node, routed, &ours);
    let pieces = routed.then(|| Pieces::of_lines(&ours));
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
            .map(|line_node| line(line_node, pieces.as_ref()))
            .collect(),
    })
}

fn state(node: &OrderNode, routed: bool, ours: &[&FulfillmentOrder]) -> SourceOrderState {
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
    let open = ours.iter().any(|part| part.is_open());
    if !ours.is_empty() && !open {
        let waits = |part: &&FulfillmentOrder| !matches!(part.status.as_str(), "CLOSED" | "CANCELLED");
        let sent = !ours.iter().any(waits) && ours.iter().any(|part| part.status == "CLOSED");
        return if sent {
            SourceOrderState::Fulfilled
        } else {
            SourceOrderState::Waiting
        };
    }
    // Shopify still decides where it is sent from; an order of downloads alone is sent from nowhere.
    let undecided = !routed && node.line_items.nodes.iter().any(LineNode::ships);
    if paid && !undecided {
        SourceOrderState::Ready
    } else {
        SourceOrderState::Waiting
    }
}

/// How the pieces of a line are that are, or were, to be sent from our location.
#[derive(Clone, Copy, Default)]
struct Pieces {
    /// To be sent now.
    open: u32,
    /// To be sent, but not now: on hold, or scheduled for a later day.
    held: u32,
    /// Sent.
    sent: u32,
}

impl Pieces {
    /// By line of the order.
    fn of_lines<'p>(parts: &[&'p FulfillmentOrder]) -> BTreeMap<&'p str, Self> {
        let mut lines: BTreeMap<&str, Self> = BTreeMap::new();
        for part in parts.iter().filter(|part| part.status != "CANCELLED") {
            for line in &part.line_items.nodes {
                let pieces = lines.entry(line.order_line()).or_default();
                pieces.sent += line.sent();
                if part.is_open() {
                    pieces.open += line.remaining_quantity;
                } else {
                    pieces.held += line.remaining_quantity;
                }
            }
        }
        lines
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

impl LineNode {
    fn ships(&self) -> bool {
        self.requires_shipping.unwrap_or(true) && !self.is_gift_card.unwrap_or_default()
    }

    /// How many pieces are wanted from us, how many of them were sent, and whether the others are held. Lines that
    /// nobody sends are in no part, and none are in parts before Shopify has decided where they are sent from.
    fn pieces(&self, parts: Option<&BTreeMap<&str, Pieces>>) -> (u32, u32, bool) {
        let count = |pieces: Option<i64>| u32::try_from(pieces.unwrap_or_default()).unwrap_or_default();
        let current = count(self.current_quantity);
        let Some(parts) = parts.filter(|_| self.ships()) else {
            return (current, 0, false);
        };
        let Some(pieces) = parts.get(self.id.as_str()) else {
            return (0, 0, false);
        };
        // What was called back is in an old part as sent, and in a new one as open.
        let sent = match self.unfulfilled_quantity {
            None => pieces.sent,
            left => pieces.sent.min(current.saturating_sub(count(left))),
        };
        let held = pieces.open == 0 && pieces.held > 0;
        let left = if held { pieces.held } else { pieces.open };
        (current.min(left + sent), sent, held)
    }
}

fn line(node: LineNode, parts: Option<&BTreeMap<&str, Pieces>>) -> SourceLine {
    let (quantity, sent, held) = node.pieces(parts);
    let ships = node.ships();
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
        sent,
        held,
        unit_price: money(node.original_unit_price_set),
        properties: node
            .custom_attributes
            .into_iter()
            .map(|attribute| LineProperty {
                name: attribute.key,
                value: attribute.value.unwrap_or_default(),
            })
            .collect(),
        ships,
    }
}

fn money(bag: MoneyBag) -> Option<Money> {
    let amount = bag.presentment_money?;
    Money::parse(&amount.amount?, amount.currency_code?.parse().ok()?).ok()
}
