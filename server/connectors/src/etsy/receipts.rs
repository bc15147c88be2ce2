//! Reading orders: Etsy's receipts.

use domain::Timestamp;
use domain::source::{ExternalId, LineProperty, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ShopId;
use super::api::Api;
use super::shapes::{List, Price, id_of, plain};
use crate::lenient;
use crate::store::{ConnectionError, Cursor, Page, Result};

/// The most that Etsy gives at once.
const LIMIT: usize = 100;
/// The earliest time Etsy takes in a search: the start of 2000.
const EARLIEST: i64 = 946_684_800;
/// The property under which personalisation came before it had questions.
const PERSONALISATION: i64 = 54;

/// By which time receipts are listed.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// When they changed last.
    Update,
    /// When they were placed.
    Placing,
}

/// Where a list of receipts goes on. Receipts that change while the list is read move to its end and would shift the
/// others past a counted page: each page begins at the time where the one before ended.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Place {
    /// The list begins here, in seconds.
    from: i64,
    /// How many to pass over: those of that second that were read.
    offset: usize,
}

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

/// A page of receipts, oldest change (or placing) first.
pub(super) async fn list(
    api: &Api,
    shop: ShopId,
    by: By,
    since: Timestamp,
    cursor: Option<&Cursor>,
) -> Result<Page<SourceOrder>> {
    let place = match cursor {
        Some(Cursor(place)) => {
            serde_json::from_str(place).map_err(|error| ConnectionError::Unreadable(error.to_string()))?
        }
        None => Place {
            from: since.seconds().max(EARLIEST),
            offset: 0,
        },
    };
    let (parameter, sort, fields) = match by {
        By::Update => (
            "min_last_modified",
            "updated",
            ["updated_timestamp", "update_timestamp"],
        ),
        By::Placing => (
            "min_created",
            "created",
            ["created_timestamp", "create_timestamp"],
        ),
    };
    let Place { from, offset } = place;
    let path = format!(
        "/shops/{shop}/receipts?{parameter}={from}&sort_on={sort}&sort_order=asc&limit={LIMIT}&offset={offset}"
    );
    let list: List = api.get("orders.list", &path).await?;
    let read = list.results.len();
    let latest = list
        .results
        .last()
        .and_then(|receipt| fields.iter().find_map(|field| receipt[*field].as_i64()));
    let next = match latest {
        _ if read < LIMIT => None,
        Some(latest) if latest > from => Some(Place {
            from: latest,
            offset: 0,
        }),
        _ => Some(Place {
            from,
            offset: offset + read,
        }),
    };
    let mut page = Page::last(Vec::new());
    page.total = list.count.filter(|_| cursor.is_none());
    page.next = next.map(|place| Cursor(json!(place).to_string()));
    for value in list.results {
        let id = id_of(&value, "receipt_id");
        match serde_json::from_value::<Receipt>(value) {
            Ok(receipt) => page.items.push(order(receipt)),
            Err(error) => page.unreadable.push((id, error.to_string())),
        }
    }
    Ok(page)
}

/// A receipt as Etsy has it.
pub(super) async fn read(api: &Api, shop: ShopId, id: &ExternalId) -> Result<Option<Receipt>> {
    let Ok(id) = id.as_str().parse::<u64>() else {
        return Ok(None);
    };
    api.find("orders.get", &format!("/shops/{shop}/receipts/{id}"))
        .await
}

/// Whether the newest receipts of things that are sent have no address: Etsy keeps them from this application. `None`
/// when there is nothing to tell by.
pub(super) async fn addresses_withheld(api: &Api, shop: ShopId) -> Result<Option<bool>> {
    let path =
        format!("/shops/{shop}/receipts?was_paid=true&sort_on=created&sort_order=desc&limit=5&offset=0");
    let list: List = api.get("orders.list", &path).await?;
    let receipts = list.results.into_iter();
    let orders: Vec<SourceOrder> = receipts
        .filter_map(|value| serde_json::from_value(value).ok())
        .map(order)
        .collect();
    let sent = orders
        .iter()
        .find(|order| order.lines.iter().any(|line| line.ships));
    Ok(sent.map(|order| order.address_withheld))
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
