//! Orders in all the shapes they come in.

use std::collections::HashMap;

use domain::Currency;
use domain::source::{ExternalId, LineProperty, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use serde_json::Value;

use super::api::Ask;
use super::connection::{Connection, number};
use super::json::{Address, Line, Meta, Order, Refund, money};
use super::paging::{List, Mode, Position, read};
use super::text::plain;
use crate::lenient::filled;
use crate::store::{Page, Result};

const FIELDS: &str = "id,number,status,currency,total,date_created,date_created_gmt,date_modified,\
    date_modified_gmt,customer_note,billing,shipping,line_items,shipping_lines,refunds,meta_data";

const ORDERS: List = List {
    operation: "orders.list",
    path: "/orders",
    fields: FIELDS,
    old_versions: Mode::Recent,
};

/// What `WooCommerce` itself keeps with a line.
const BOOKKEEPING: [&str; 5] = [
    "_reduced_stock",
    "_restock_refunded_items",
    "_refunded_item_id",
    "_line_tax_data",
    "_cogs_value",
];
/// How deep, and into how many parts, what a plug-in keeps with a line is taken apart.
const DEEPEST: usize = 6;
const MOST_PARTS: usize = 60;

impl Connection {
    pub(super) async fn list_orders(&self, position: Position) -> Result<Page<SourceOrder>> {
        let rows = self.api.page(ORDERS, position.clone()).await?;
        let (orders, mut unreadable) = read::<Order>(rows.found);
        let orders: Vec<Order> = orders.into_iter().filter(Order::was_placed).collect();
        self.learn_goods(&orders).await?;
        let mut items = Vec::with_capacity(orders.len());
        for order in orders {
            let id = order.id;
            match self.source_order(order).await? {
                Some(order) => items.push(order),
                None => unreadable.push((id.to_string(), "it has no date".to_owned())),
            }
        }
        // The bin is a list of its own. Orders of a given date that were thrown away are not asked for.
        let bin = !matches!(position.mode, Mode::Created | Mode::Bin);
        let next = rows.next.or_else(|| bin.then(|| position.in_mode(Mode::Bin)));
        Ok(Page {
            items,
            next: next.as_ref().map(Position::cursor),
            wait: None,
            total: rows.total,
            unreadable,
        })
    }

    pub(super) async fn find_order(&self, id: &ExternalId) -> Result<Option<SourceOrder>> {
        match self.raw_order(id).await?.filter(Order::was_placed) {
            Some(order) => {
                self.learn_goods(std::slice::from_ref(&order)).await?;
                self.source_order(order).await
            }
            None => Ok(None),
        }
    }

    pub(super) async fn raw_order(&self, id: &ExternalId) -> Result<Option<Order>> {
        let Some(id) = number(id) else { return Ok(None) };
        let ask = Ask::get("orders.get", format!("/orders/{id}")).with("_fields", FIELDS);
        let found = self.api.look_up(&ask).await?;
        found.map(|answer| answer.json()).transpose()
    }

    /// The order in the portal's form; `None` without any date. Its goods are learned already.
    pub(super) async fn source_order(&self, order: Order) -> Result<Option<SourceOrder>> {
        let state = self.state(&order.status);
        let refunded = if order.refunds.is_empty() || state == SourceOrderState::Cancelled {
            HashMap::new()
        } else {
            self.refunded(order.id).await?
        };
        let lines = order.line_items.iter().map(|line| {
            let refunded = refunded.get(&line.id).copied().unwrap_or_default();
            source_line(line, refunded, order.currency.parse().ok(), self.ships(line))
        });
        let lines = lines.collect();
        Ok(source_order(order, state, lines))
    }

    /// How many pieces of each line were refunded. Refunds of an amount alone take no pieces off.
    async fn refunded(&self, order: i64) -> Result<HashMap<i64, i64>> {
        let ask = Ask::get("refunds.list", format!("/orders/{order}/refunds"));
        let refunds = self.api.all(ask).await?.unwrap_or_default();
        let mut pieces: HashMap<i64, i64> = HashMap::new();
        for line in read::<Refund>(refunds)
            .0
            .into_iter()
            .flat_map(|refund| refund.line_items)
        {
            let of = line.meta_data.iter().find(|meta| meta.key == "_refunded_item_id");
            let of = of.and_then(|meta| text(&meta.value)?.parse().ok());
            *pieces.entry(of.unwrap_or(line.id)).or_default() += line.quantity.abs();
        }
        Ok(pieces)
    }

    fn state(&self, status: &str) -> SourceOrderState {
        match status {
            _ if self.ready.iter().any(|ready| ready == status) => SourceOrderState::Ready,
            "completed" => SourceOrderState::Fulfilled,
            "cancelled" | "refunded" | "trash" => SourceOrderState::Cancelled,
            _ => SourceOrderState::Waiting,
        }
    }
}

impl Order {
    /// Not a basket that somebody is still filling.
    fn was_placed(&self) -> bool {
        !matches!(self.status.as_str(), "checkout-draft" | "auto-draft")
    }
}

fn source_order(order: Order, state: SourceOrderState, lines: Vec<SourceLine>) -> Option<SourceOrder> {
    let (created, modified) = (order.dates.created(), order.dates.modified());
    let methods: Vec<String> = order
        .shipping_lines
        .iter()
        .filter_map(|line| filled(line.method_title.as_deref().map(plain)))
        .collect();
    let phone = filled(order.shipping.phone.clone()).or_else(|| filled(order.billing.phone.clone()));
    Some(SourceOrder {
        external_id: order.id.into(),
        number: format!(
            "#{}",
            filled(order.number).unwrap_or_else(|| order.id.to_string())
        ),
        state,
        test: false,
        placed_at: created.or(modified)?,
        updated_at: modified.or(created)?,
        total: money(order.total.as_ref(), order.currency.parse().ok()),
        email: filled(order.billing.email.clone()),
        phone,
        address: address(&order.shipping).or_else(|| address(&order.billing)),
        address_withheld: false,
        shipping_method: filled(Some(methods.join(", "))),
        note: filled(order.customer_note),
        lines,
    })
}

fn address(address: &Address) -> Option<SourceAddress> {
    let part = |part: &Option<String>| part.as_deref().unwrap_or_default().trim().to_owned();
    let place = [&address.line1, &address.city, &address.postcode];
    place
        .iter()
        .any(|place| !part(place).is_empty())
        .then(|| SourceAddress {
            recipient: format!("{} {}", part(&address.first_name), part(&address.last_name))
                .trim()
                .to_owned(),
            company: part(&address.company),
            line1: part(&address.line1),
            line2: part(&address.line2),
            city: part(&address.city),
            region: part(&address.state),
            postcode: part(&address.postcode),
            country: part(&address.country),
        })
}

fn source_line(line: &Line, refunded: i64, currency: Option<Currency>, ships: bool) -> SourceLine {
    let variation = line.variation_id.is_some();
    let name = plain(line.name.as_deref().unwrap_or_default());
    let parent = filled(line.parent_name.as_deref().map(plain));
    let (attributes, others): (Vec<&Meta>, Vec<&Meta>) = line
        .meta_data
        .iter()
        .partition(|meta| variation && meta.is_attribute());
    SourceLine {
        external_id: line.id.into(),
        product_id: line.product_id.map(ExternalId::from),
        variant_id: line.variation_id.or(line.product_id).map(ExternalId::from),
        sku: filled(line.sku.clone()),
        variant_title: variant_title(&name, parent.as_deref(), &attributes),
        title: parent.unwrap_or(name),
        quantity: u32::try_from((line.quantity - refunded).max(0)).unwrap_or(u32::MAX),
        sent: 0,
        held: false,
        unit_price: money(line.price.as_ref(), currency),
        properties: others.into_iter().flat_map(properties).collect(),
        ships,
    }
}

/// `A5 flyers - 400gsm Matt, Z-fold` has the values in its name; with more than two attributes only the line has them.
fn variant_title(name: &str, parent: Option<&str>, attributes: &[&Meta]) -> String {
    let values: Vec<String> = attributes
        .iter()
        .filter_map(|meta| filled(meta.display_value.clone()).or_else(|| text(&meta.value)))
        .map(|value| plain(&value))
        .collect();
    if !values.is_empty() {
        return values.join(" / ");
    }
    let rest = parent.and_then(|parent| name.strip_prefix(parent)?.strip_prefix(" - "));
    rest.map(|rest| rest.replace(", ", " / ")).unwrap_or_default()
}

impl Meta {
    /// What tells a variation apart is kept under a slug, and shown under another name; what buyers and plug-ins add
    /// is shown as it is kept.
    fn is_attribute(&self) -> bool {
        let is_slug = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'%')
        };
        let renamed = self.display_key.as_ref().is_none_or(|shown| *shown != self.key);
        !self.key.starts_with('_') && self.key.bytes().all(is_slug) && renamed
    }
}

/// Something added to a line, taken apart when it has parts: `_artwork.files.0.url`.
fn properties(meta: &Meta) -> Vec<LineProperty> {
    if BOOKKEEPING.contains(&meta.key.as_str()) {
        return Vec::new();
    }
    let shown = meta
        .display_key
        .as_deref()
        .filter(|_| !meta.key.starts_with('_'))
        .map(plain);
    let mut parts = Vec::new();
    take_apart(
        &filled(shown).unwrap_or_else(|| meta.key.clone()),
        &meta.value,
        DEEPEST,
        &mut parts,
    );
    if parts.is_empty() {
        let shown = filled(meta.display_value.as_deref().map(plain));
        parts.extend(shown.map(|value| LineProperty {
            name: meta.key.clone(),
            value,
        }));
    }
    parts
}

fn take_apart(name: &str, value: &Value, depth: usize, parts: &mut Vec<LineProperty>) {
    if depth == 0 || parts.len() >= MOST_PARTS {
        return;
    }
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                take_apart(&format!("{name}.{key}"), value, depth - 1, parts);
            }
        }
        Value::Array(members) => {
            for (index, value) in members.iter().enumerate() {
                take_apart(&format!("{name}.{index}"), value, depth - 1, parts);
            }
        }
        simple => parts.extend(filled(text(simple)).map(|value| LineProperty {
            name: name.to_owned(),
            value,
        })),
    }
}

/// Simple values as text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests;
