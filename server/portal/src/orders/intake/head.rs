//! Everything about a store's order but its lines.

use domain::id::OrderId;
use domain::order::{Address, RawAddress};
use domain::source::{SourceAddress, SourceOrder};
use domain::{EmailAddress, OrderStatus, PhoneNumber, ReasonCode};

use super::flag::Parcel;
use super::snapshot::content_hash;
use super::take_in::Arrival;
use crate::Portal;
use crate::orders::insert::next_number;
use crate::orders::search;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::Store;

/// The most characters kept of a part of an address, of a method, of a note: more is no such thing.
const PART: usize = 200;
const NOTE: usize = 5000;

/// Writes the head of an order that is new.
pub(super) async fn insert(
    portal: &Portal,
    tx: &mut Tx,
    arrival: Arrival<'_>,
    id: OrderId,
    order: &SourceOrder,
) -> Result<(), StorageError> {
    let number = next_number(tx).await?;
    let (store, now, status) = (arrival.store, portal.now(), OrderStatus::Received);
    let address = Parts::of(order.address.as_ref());
    let mut insert = sql("INSERT INTO orders (number, id, customer_id, store_id, platform, external_id, source, status,
             needs_attention, content_hash, placed_at, recipient, company, address_line1, address_line2, city, region,
             postcode, country, item_count, search, created_at, updated_at) VALUES ");
    insert.push("(").push_bind(number);
    macro_rules! values {
        ($($value:expr),+ $(,)?) => { $(insert.push(", ").push_bind($value);)+ };
    }
    values!(
        id,
        store.customer_id,
        store.id,
        store.platform.as_str(),
        order.external_id.as_str(),
        arrival.source.as_str(),
        status.as_str(),
        status.needs_attention(),
        content_hash(order),
        order.placed_at,
        address.recipient.as_str(),
        filled(&address.company),
        address.line1.as_str(),
        filled(&address.line2),
        address.city.as_str(),
        filled(&address.region),
        filled(&address.postcode),
        address.country.as_str(),
        0_i64,
        "",
        now,
        now,
    );
    insert.push(")");
    insert.execute(tx).await?;
    write_rest(tx, id, order).await?;
    write_contact(tx, id, order).await?;
    search::refresh(portal, tx, &store.customer_name, id).await
}

/// Follows a change. What somebody corrected here, an address or how to reach the buyer, stays until the store has
/// another one. An address that the store changed is not written while something is made for the former one: a person
/// decides what becomes of it.
pub(super) async fn update(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    id: OrderId,
    before: &SourceOrder,
    order: &SourceOrder,
    parcel: Parcel,
) -> Result<(), StorageError> {
    write_rest(tx, id, order).await?;
    if (&before.email, &before.phone) != (&order.email, &order.phone) {
        write_contact(tx, id, order).await?;
    }
    if before.address != order.address && parcel == Parcel::Unmade {
        let address = Parts::of(order.address.as_ref());
        sql("UPDATE orders SET recipient = $2, company = $3, address_line1 = $4, address_line2 = $5, city = $6,
                 region = $7, postcode = $8, country = $9 WHERE id = $1")
        .bind(id)
        .bind(address.recipient.as_str())
        .bind(filled(&address.company))
        .bind(address.line1.as_str())
        .bind(filled(&address.line2))
        .bind(address.city.as_str())
        .bind(filled(&address.region))
        .bind(filled(&address.postcode))
        .bind(address.country.as_str())
        .execute(tx)
        .await?;
    }
    search::refresh(portal, tx, &store.customer_name, id).await
}

/// Writes how to reach the buyer.
async fn write_contact(tx: &mut Tx, id: OrderId, order: &SourceOrder) -> Result<(), StorageError> {
    let email = order.email.as_deref().map(|text| {
        EmailAddress::parse(text).map_or_else(|_| clean(text, PART), |email| email.as_str().to_owned())
    });
    let phone = order.phone.as_deref().map(|text| {
        PhoneNumber::parse(text).map_or_else(|_| clean(text, PART), |phone| phone.as_str().to_owned())
    });
    sql("UPDATE orders SET email = $2, phone = $3 WHERE id = $1")
        .bind(id)
        .bind(email.filter(|text| !text.is_empty()))
        .bind(phone.filter(|text| !text.is_empty()))
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes what follows the store whatever happens here.
async fn write_rest(tx: &mut Tx, id: OrderId, order: &SourceOrder) -> Result<(), StorageError> {
    let cleaned = |text: &Option<String>, most| text.as_deref().map(|text| clean(text, most));
    sql("UPDATE orders SET source_number = $2, shipping_method = $3, note = $4, total_minor = $5, currency = $6
         WHERE id = $1")
    .bind(id)
    .bind(filled(&clean(&order.number, PART)))
    .bind(cleaned(&order.shipping_method, PART).filter(|text| !text.is_empty()))
    .bind(cleaned(&order.note, NOTE).filter(|text| !text.is_empty()))
    .bind(order.total.map(|total| total.minor))
    .bind(order.total.map(|total| total.currency.to_string()))
    .execute(tx)
    .await?;
    Ok(())
}

/// The parts of an address as columns: in their proper form where they have one, else as the store has them.
#[derive(Debug, Default, PartialEq, Eq, sqlx::FromRow)]
struct Parts {
    recipient: String,
    company: String,
    line1: String,
    line2: String,
    city: String,
    region: String,
    postcode: String,
    country: String,
}

impl Parts {
    fn of(address: Option<&SourceAddress>) -> Self {
        let Some(address) = address else {
            return Self::default();
        };
        let parts = Self {
            recipient: clean(&address.recipient, PART),
            company: clean(&address.company, PART),
            line1: clean(&address.line1, PART),
            line2: clean(&address.line2, PART),
            city: clean(&address.city, PART),
            region: clean(&address.region, PART),
            postcode: clean(&address.postcode, PART),
            country: clean(&address.country, PART),
        };
        let Ok(parsed) = Address::parse(&parts.raw()) else {
            return parts;
        };
        Self {
            postcode: parsed
                .postcode
                .as_ref()
                .map_or_else(String::new, |code| code.as_str().to_owned()),
            country: parsed.country.as_str().to_owned(),
            ..parts
        }
    }

    /// Those of an order as it is written here.
    async fn written(tx: &mut Tx, id: OrderId) -> Result<Self, StorageError> {
        sql(
            "SELECT recipient, COALESCE(company, '') AS company, address_line1 AS line1,
                 COALESCE(address_line2, '') AS line2, city, COALESCE(region, '') AS region,
                 COALESCE(postcode, '') AS postcode, country
             FROM orders WHERE id = $1",
        )
        .bind(id)
        .fetch_one(tx)
        .await
    }

    fn raw(&self) -> RawAddress<'_> {
        RawAddress {
            recipient: &self.recipient,
            company: &self.company,
            address_line1: &self.line1,
            address_line2: &self.line2,
            city: &self.city,
            region: &self.region,
            postcode: &self.postcode,
            country: &self.country,
        }
    }
}

/// Whether an order goes to another address here than its store shows.
pub(super) async fn is_elsewhere(
    tx: &mut Tx,
    id: OrderId,
    order: &SourceOrder,
) -> Result<bool, StorageError> {
    let shown = order.address.as_ref().filter(|_| !order.address_withheld);
    Ok(match shown {
        Some(address) => Parts::written(tx, id).await? != Parts::of(Some(address)),
        None => false,
    })
}

/// Why nothing can be sent to an order's address as it is written here.
pub(super) async fn why_not_there(
    tx: &mut Tx,
    id: OrderId,
    order: &SourceOrder,
) -> Result<Option<ReasonCode>, StorageError> {
    let parts = Parts::written(tx, id).await?;
    Ok(match Address::parse(&parts.raw()) {
        Ok(_) => None,
        Err(_) if order.address_withheld && parts.line1.is_empty() => Some(ReasonCode::AddressWithheld),
        Err(_) => Some(ReasonCode::AddressIncomplete),
    })
}

/// Text of a store on one line, as far as it can be shown.
pub(super) fn clean(text: &str, most: usize) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .take(most)
        .collect();
    text.trim().to_owned()
}

/// Text that is there.
pub(super) fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
