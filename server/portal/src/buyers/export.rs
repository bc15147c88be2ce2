//! Everything that is kept about a buyer, for them to read.

use domain::Timestamp;
use domain::id::OrderId;
use serde_json::{Value, json};
use sqlx::types::Json;

use super::{address, push_orders};
use crate::access::Viewer;
use crate::storage::{Conn, StorageError, sql};
use crate::{Outcome, Portal};

#[derive(sqlx::FromRow)]
struct Order {
    id: OrderId,
    number: i64,
    external_id: String,
    store: String,
    customer: String,
    status: String,
    placed_at: Option<Timestamp>,
    created_at: Timestamp,
    email: Option<String>,
    phone: Option<String>,
    recipient: String,
    company: Option<String>,
    address_line1: String,
    address_line2: Option<String>,
    city: String,
    region: Option<String>,
    postcode: Option<String>,
    country: String,
    shipping_method: Option<String>,
    note: Option<String>,
}

/// Everything that is kept about the buyer with an e-mail address within what the viewer may see, as JSON: their orders with
/// addresses, lines, parcels and timeline, and of the messages about them when they came and what they were.
///
/// # Errors
/// [`Refusal::Invalid`](crate::Refusal::Invalid) for `email`; [`Refusal::Forbidden`](crate::Refusal::Forbidden).
pub async fn export(portal: &Portal, viewer: &Viewer, email: &str) -> Outcome<String> {
    let email = address(viewer, email)?;
    let mut query = sql(
        "SELECT orders.id, orders.number, orders.external_id, stores.name AS store, \
         (SELECT name FROM customers WHERE customers.id = orders.customer_id) AS customer, orders.status, \
         orders.placed_at, orders.created_at, orders.email, orders.phone, orders.recipient, orders.company, \
         orders.address_line1, orders.address_line2, orders.city, orders.region, orders.postcode, orders.country, \
         orders.shipping_method, orders.note",
    );
    push_orders(&mut query, viewer, &email);
    query.push(" ORDER BY orders.number");
    let mut conn = portal.db.read().await?;
    let rows: Vec<Order> = query.fetch_all(&mut conn).await?;
    let prefix = &portal.settings.brand.order_prefix;
    let mut orders = Vec::with_capacity(rows.len());
    for row in rows {
        orders.push(row.told(&mut conn, prefix).await?);
    }
    let told = json!({
        "email": email.as_str(),
        "exported_at": moment(portal.now()),
        "orders": orders,
    });
    Ok(serde_json::to_string_pretty(&told).map_err(anyhow::Error::from)?)
}

impl Order {
    async fn told(self, conn: &mut Conn, prefix: &str) -> Result<Value, StorageError> {
        Ok(json!({
            "lines": lines(conn, self.id).await?,
            "parcels": parcels(conn, self.id).await?,
            "timeline": timeline(conn, self.id).await?,
            "messages": messages(conn, self.id).await?,
            "number": format!("{prefix}{}", self.number),
            "reference": self.external_id,
            "store": self.store,
            "company": self.customer,
            "status": self.status,
            "placed_at": self.placed_at.map(moment),
            "received_at": moment(self.created_at),
            "email": self.email,
            "phone": self.phone,
            "address": {
                "recipient": self.recipient,
                "company": self.company,
                "line1": self.address_line1,
                "line2": self.address_line2,
                "city": self.city,
                "region": self.region,
                "postcode": self.postcode,
                "country": self.country,
            },
            "shipping_method": self.shipping_method,
            "note": self.note,
        }))
    }
}

type LineRow = (
    String,
    Option<String>,
    Option<String>,
    i64,
    String,
    Option<Json<Value>>,
);

async fn lines(conn: &mut Conn, order: OrderId) -> Result<Vec<Value>, StorageError> {
    let rows: Vec<LineRow> = sql(
        "SELECT title, variant_title, sku, quantity, status, properties FROM order_lines WHERE order_id = $1 \
         ORDER BY position",
    )
    .bind(order)
    .fetch_all(conn)
    .await?;
    let told = |(title, variant, sku, quantity, status, properties): LineRow| {
        json!({
            "title": title,
            "variant": variant,
            "sku": sku,
            "quantity": quantity,
            "status": status,
            "properties": properties.map(|Json(properties)| properties),
        })
    };
    Ok(rows.into_iter().map(told).collect())
}

type ParcelRow = (String, Option<String>, Option<String>, Timestamp);

async fn parcels(conn: &mut Conn, order: OrderId) -> Result<Vec<Value>, StorageError> {
    let rows: Vec<ParcelRow> = sql(
        "SELECT carrier, tracking_number, tracking_url, shipped_at FROM shipments WHERE order_id = $1 ORDER BY id",
    )
    .bind(order)
    .fetch_all(conn)
    .await?;
    let told = |(carrier, number, url, at): ParcelRow| json!({ "carrier": carrier, "tracking_number": number, "tracking_url": url, "shipped_at": moment(at) });
    Ok(rows.into_iter().map(told).collect())
}

type EventRow = (String, Option<String>, Option<String>, String, Timestamp);

async fn timeline(conn: &mut Conn, order: OrderId) -> Result<Vec<Value>, StorageError> {
    let rows: Vec<EventRow> = sql(
        "SELECT kind, from_status, to_status, actor, created_at FROM order_events WHERE order_id = $1 ORDER BY id",
    )
    .bind(order)
    .fetch_all(conn)
    .await?;
    let told = |(kind, from, to, by, at): EventRow| json!({ "what": kind, "from": from, "to": to, "by": by, "at": moment(at) });
    Ok(rows.into_iter().map(told).collect())
}

type MessageRow = (String, String, String, Timestamp);

async fn messages(conn: &mut Conn, order: OrderId) -> Result<Vec<Value>, StorageError> {
    let rows: Vec<MessageRow> =
        sql("SELECT direction, platform, topic, created_at FROM messages WHERE order_id = $1 ORDER BY id")
            .bind(order)
            .fetch_all(conn)
            .await?;
    let told = |(direction, platform, topic, at): MessageRow| json!({ "direction": direction, "platform": platform, "topic": topic, "at": moment(at) });
    Ok(rows.into_iter().map(told).collect())
}

/// A moment in UTC, as ISO 8601 writes it.
fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.micros())
        .unwrap_or_default()
        .to_string()
}
