//! A receipt as Etsy gives it, and as an order in the portal's form.

use domain::Timestamp;
use domain::source::{ExternalId, LineProperty, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use serde::Deserialize;

use super::shapes::{Price, plain};
use crate::lenient;

/// The property under which personalisation came before it had questions.
const PERSONALISATION: i64 = 54;

/// A receipt.
#[derive(Deserialize)]
pub(super) struct Receipt {
    #[serde(rename = "receipt_id")]
    id: u64,
    buyer_email: Option<String>,
    name: Option<String>,
    first_line: Option<String>,
    second_line: Option<String>,
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
    pub(super) country_iso: Option<String>,
    status: Option<String>,
    message_from_buyer: Option<String>,
    is_paid: Option<bool>,
    pub(super) is_shipped: Option<bool>,
    create_timestamp: Option<i64>,
    created_timestamp: Option<i64>,
    update_timestamp: Option<i64>,
    updated_timestamp: Option<i64>,
    pub(super) grandtotal: Option<Price>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) shipments: Vec<Shipment>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    transactions: Vec<Transaction>,
}

/// A parcel, as the buyer was told of it.
#[derive(Deserialize)]
pub(super) struct Shipment {
    pub(super) receipt_shipping_id: Option<u64>,
    pub(super) tracking_code: Option<String>,
}

#[derive(Deserialize)]
struct Transaction {
    #[serde(rename = "transaction_id")]
    id: u64,
    title: Option<String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    quantity: Option<i64>,
    is_digital: Option<bool>,
    listing_id: Option<u64>,
    product_id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::text")]
    sku: Option<String>,
    price: Option<Price>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    variations: Vec<Variation>,
    shipping_method: Option<String>,
    shipping_upgrade: Option<String>,
}

#[derive(Deserialize)]
struct Variation {
    property_id: Option<i64>,
    value_id: Option<i64>,
    question_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient::text")]
    formatted_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    formatted_value: Option<String>,
}

impl Variation {
    /// Whether the buyer wrote it, instead of choosing it.
    fn is_personalisation(&self) -> bool {
        self.question_id.is_some() || self.property_id == Some(PERSONALISATION) || self.value_id.is_none()
    }
}

/// A receipt in the portal's form.
pub(super) fn order(receipt: Receipt) -> SourceOrder {
    let state = state(&receipt);
    let time = |seconds: Option<i64>| Timestamp::from_seconds(seconds.unwrap_or_default());
    let shipping_method = receipt.transactions.iter().find_map(|transaction| {
        let named = transaction
            .shipping_upgrade
            .clone()
            .or_else(|| transaction.shipping_method.clone());
        lenient::filled(named)
    });
    let lines: Vec<SourceLine> = receipt.transactions.into_iter().map(line).collect();
    let parts = [
        &receipt.first_line,
        &receipt.city,
        &receipt.zip,
        &receipt.country_iso,
    ];
    let nowhere = parts
        .iter()
        .all(|part| part.as_ref().is_none_or(|part| part.trim().is_empty()));
    let text = |part: Option<String>| plain(&part.unwrap_or_default());
    SourceOrder {
        external_id: ExternalId::new(receipt.id.to_string()),
        number: receipt.id.to_string(),
        state,
        test: false,
        placed_at: time(receipt.created_timestamp.or(receipt.create_timestamp)),
        updated_at: time(receipt.updated_timestamp.or(receipt.update_timestamp)),
        total: receipt.grandtotal.and_then(|total| total.money()),
        email: lenient::filled(receipt.buyer_email),
        phone: None,
        address_withheld: nowhere && lines.iter().any(|line| line.ships),
        address: (!nowhere).then(|| SourceAddress {
            recipient: text(receipt.name),
            company: String::new(),
            line1: text(receipt.first_line),
            line2: text(receipt.second_line),
            city: text(receipt.city),
            region: text(receipt.state),
            postcode: text(receipt.zip),
            country: text(receipt.country_iso),
        }),
        shipping_method,
        note: lenient::filled(receipt.message_from_buyer).map(|note| plain(&note)),
        lines,
    }
}

/// Etsy describes statuses in lower case and sends them capitalised.
fn state(receipt: &Receipt) -> SourceOrderState {
    let status = receipt.status.as_deref().unwrap_or_default().to_ascii_lowercase();
    let paid = receipt.is_paid.unwrap_or_default();
    match status.as_str() {
        "canceled" | "cancelled" | "fully refunded" => SourceOrderState::Cancelled,
        _ if receipt.is_shipped.unwrap_or_default() => SourceOrderState::Fulfilled,
        "completed" => SourceOrderState::Fulfilled,
        "paid" | "partially refunded" if paid => SourceOrderState::Ready,
        _ => SourceOrderState::Waiting,
    }
}

fn line(transaction: Transaction) -> SourceLine {
    let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
    let (written, chosen): (Vec<Variation>, Vec<Variation>) = transaction
        .variations
        .into_iter()
        .partition(Variation::is_personalisation);
    let chosen: Vec<String> = chosen
        .iter()
        .map(|variation| text(&variation.formatted_value))
        .collect();
    let id = |id: Option<u64>| id.map(|id| ExternalId::new(id.to_string()));
    SourceLine {
        external_id: ExternalId::new(transaction.id.to_string()),
        product_id: id(transaction.listing_id),
        variant_id: id(transaction.product_id),
        sku: lenient::filled(transaction.sku),
        title: text(&transaction.title),
        variant_title: chosen.join(" / "),
        quantity: u32::try_from(transaction.quantity.unwrap_or_default()).unwrap_or_default(),
        sent: 0,
        held: false,
        unit_price: transaction.price.and_then(|price| price.money()),
        properties: written
            .iter()
            .map(|variation| LineProperty {
                name: text(&variation.formatted_name),
                value: text(&variation.formatted_value),
            })
            .collect(),
        ships: !transaction.is_digital.unwrap_or_default(),
    }
}

impl Receipt {
    /// The parcel with this number, if the buyer was told of it.
    pub(super) fn shipment(&self, code: &str) -> Option<&Shipment> {
        let same = |known: &str| known.trim().eq_ignore_ascii_case(code.trim());
        self.shipments
            .iter()
            .find(|shipment| shipment.tracking_code.as_deref().is_some_and(same))
    }
}

impl Shipment {
    /// What the portal calls it.
    pub(super) fn external_id(&self) -> Option<ExternalId> {
        self.receipt_shipping_id.map(|id| ExternalId::new(id.to_string()))
    }
}
