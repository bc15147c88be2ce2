//! Orders, notes and refunds as WooCommerce writes them.

use serde_json::{Map, Value, json};

use super::json::{links, number, put_dates};
use super::product_json::{attribute_key, attribute_value, variation_sku};
use super::visit::Visit;
use crate::shop::{Address, Line, Meta, Note, Order, Refund, Shop, decimal, minor_digits};

/// The status an order answers with.
pub(super) fn status(order: &Order) -> &str {
    match order.binned {
        Some(_) => "trash",
        None => &order.status,
    }
}

/// An order.
pub(super) fn order(shop: &Shop, order: &Order, visit: &Visit) -> Value {
    let money = |minor| decimal(minor, &order.currency);
    let offset = shop.utc_offset_seconds;
    let key = format!("wc_order_{:013x}", order.id.wrapping_mul(0x9e37_79b9_7f4a));
    let self_url = visit.api(&format!("orders/{}", order.id));
    let mut object = Map::new();
    put_dates(&mut object, "date_created", Some(order.created_at), offset);
    put_dates(&mut object, "date_modified", Some(order.updated_at), offset);
    put_dates(&mut object, "date_completed", order.completed_at, offset);
    put_dates(&mut object, "date_paid", order.paid_at, offset);
    let fields = json!({
        "id": order.id,
        "parent_id": 0,
        "status": status(order),
        "currency": order.currency,
        "version": visit.settings.version,
        "prices_include_tax": false,
        "discount_total": money(order.discount),
        "discount_tax": money(0),
        "shipping_total": money(order.shipping_price),
        "shipping_tax": money(0),
        "cart_tax": money(0),
        "total": money(order.total()),
        "total_tax": money(0),
        "customer_id": 0,
        "order_key": key,
        "billing": address(order.billing.as_ref(), Some(&order.email)),
        "shipping": address(order.shipping.as_ref(), None),
        "payment_method": "bacs",
        "payment_method_title": "Direct bank transfer",
        "transaction_id": order.extra.get("transaction_id").cloned().unwrap_or(json!("")),
        "customer_ip_address": "203.0.113.7",
        "customer_user_agent": "Mozilla/5.0 (sandbox)",
        "created_via": order.extra.get("created_via").cloned().unwrap_or(json!("checkout")),
        "customer_note": order.note,
        "cart_hash": "",
        "number": order.number,
        "meta_data": order_meta(order),
        "line_items": shown_lines(order).map(|line| line_item(shop, order, line, visit)).collect::<Vec<_>>(),
        "tax_lines": [],
        "shipping_lines": shipping_lines(order, visit),
        "fee_lines": [],
        "coupon_lines": coupon_lines(order),
        "refunds": order.refunds.iter().map(|refund| json!({
            "id": refund.id, "reason": refund.reason, "total": money(-refund.amount), "total_tax": money(0),
        })).collect::<Vec<_>>(),
        "payment_url": format!("{}/checkout/order-pay/{}/?pay_for_order=true&key={key}", visit.home, order.id),
        "is_editable": matches!(status(order), "pending" | "on-hold"),
        "needs_payment": matches!(status(order), "pending" | "failed"),
        "needs_processing": order.lines.iter().any(|line| line.requires_shipping),
        "currency_symbol": symbol(&order.currency),
        "_links": links(&self_url, &visit.api("orders"), &["GET", "POST", "PUT", "PATCH", "DELETE"]),
    });
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

/// The sign of a currency.
pub(super) fn symbol(currency: &str) -> &str {
    match currency {
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "SEK" => "kr",
        "USD" => "$",
        other => other,
    }
}

fn address(address: Option<&Address>, email: Option<&str>) -> Value {
    let empty = Address::default();
    let address = address.unwrap_or(&empty);
    let mut object = json!({
        "first_name": address.first_name,
        "last_name": address.last_name,
        "company": address.company,
        "address_1": address.line1,
        "address_2": address.line2,
        "city": address.city,
        "state": address.region,
        "postcode": address.postcode,
        "country": address.country,
        "phone": address.phone,
    });
    if let Some(email) = email {
        object["email"] = json!(email);
    }
    object
}

/// Order meta, sorted by key as the tables of orders give it.
fn order_meta(order: &Order) -> Vec<Value> {
    let mut meta: Vec<&Meta> = order.meta.iter().collect();
    meta.sort_by(|one, other| one.key.cmp(&other.key));
    let shown = meta.iter();
    shown
        .map(|meta| json!({ "id": meta.id, "key": meta.key, "value": meta.value }))
        .collect()
}

/// Lines of quantity 0 were removed.
fn shown_lines(order: &Order) -> impl Iterator<Item = &Line> {
    order.lines.iter().filter(|line| order.charged_quantity(line) > 0)
}

fn line_item(shop: &Shop, order: &Order, line: &Line, visit: &Visit) -> Value {
    let quantity = order.charged_quantity(line);
    let total = decimal(line.price * i64::from(quantity), &order.currency);
    let product = line.product_id.and_then(|id| shop.products.get(&id));
    let variant = product.and_then(|product| {
        product
            .variants
            .iter()
            .find(|variant| Some(variant.id) == line.variant_id)
    });
    let variable = product.is_some_and(|product| !product.options.is_empty());
    let sku = match (product, variant) {
        (Some(product), Some(variant)) => json!(variation_sku(product, variant)),
        (Some(_), None) => json!(line.sku),
        (None, _) => Value::Null,
    };
    let mut item = json!({
        "id": line.id,
        "name": line_name(line),
        "product_id": product.map_or(0, |product| product.id),
        "variation_id": variant.filter(|_| variable).map_or(0, |variant| variant.id),
        "quantity": quantity,
        "tax_class": "",
        "subtotal": total,
        "subtotal_tax": "0.00",
        "total": total,
        "total_tax": "0.00",
        "taxes": [],
        "meta_data": line_meta(line),
        "sku": sku,
        "price": number(line.price, minor_digits(&order.currency)),
        "image": { "id": image_id(shop, line), "src": line.image_url.as_deref().unwrap_or("") },
        "parent_name": product.filter(|_| variable).map(|product| &product.title),
    });
    if visit.settings.is_at_least(10, 0) {
        item["global_unique_id"] = if product.is_some() { json!("") } else { Value::Null };
    }
    item
}

/// A variation is named after its product and, when it has at most two attributes, their values.
fn line_name(line: &Line) -> String {
    match line.chosen.len() {
        1 | 2 => {
            let values: Vec<&str> = line.chosen.iter().map(|(_, value)| value.as_str()).collect();
            format!("{} - {}", line.title, values.join(", "))
        }
        _ => line.title.clone(),
    }
}

/// A number for a variation, text for a simple product, `""` or 0 where there is none.
fn image_id(shop: &Shop, line: &Line) -> Value {
    let Some(product) = line.product_id.and_then(|id| shop.products.get(&id)) else {
        return json!(0);
    };
    let image = product
        .images
        .iter()
        .find(|image| Some(&image.url) == line.image_url.as_ref());
    match (image, product.options.is_empty()) {
        (Some(image), true) => json!(image.id.to_string()),
        (Some(image), false) => json!(image.id),
        (None, true) => json!(""),
        (None, false) => json!(0),
    }
}

/// What was chosen, what the buyer entered, what software wrote, in this order.
fn line_meta(line: &Line) -> Vec<Value> {
    let mut next_id = line.id.wrapping_mul(100);
    let mut made = |key: &str, value: Value, display_key: &str, display_value: Value| {
        next_id += 1;
        json!({ "id": next_id, "key": key, "value": value, "display_key": display_key, "display_value": display_value })
    };
    let chosen = line.chosen.iter().enumerate().map(|(position, (name, value))| {
        let key = attribute_key(name, position);
        (
            key,
            json!(attribute_value(value, position)),
            name.clone(),
            json!(value),
        )
    });
    let entered = line.properties.iter().map(|property| {
        let (name, value) = (property.name.clone(), property.value.clone());
        (name.clone(), value.clone(), name, value)
    });
    let mut all: Vec<Value> = chosen
        .chain(entered)
        .map(|(key, value, display_key, display_value)| made(&key, value, &display_key, display_value))
        .collect();
    all.extend(line.meta.iter().map(|meta| {
        json!({
            "id": meta.id, "key": meta.key, "value": meta.value,
            "display_key": meta.key, "display_value": meta.value,
        })
    }));
    all
}

fn shipping_lines(order: &Order, visit: &Visit) -> Vec<Value> {
    if order.shipping_title.is_empty() {
        return Vec::new();
    }
    let total = decimal(order.shipping_price, &order.currency);
    let titles = order
        .lines
        .iter()
        .map(|line| format!("{} &times; {}", line.title, line.ordered));
    let items = titles.collect::<Vec<_>>().join(", ");
    let mut line = json!({
        "id": order.id + 1_000_000,
        "method_title": order.shipping_title,
        "method_id": "flat_rate",
        "instance_id": "1",
        "total": total,
        "total_tax": "0.00",
        "taxes": [],
        "meta_data": [{
            "id": order.id, "key": "Items", "value": items, "display_key": "Items", "display_value": items,
        }],
    });
    if visit.settings.is_at_least(9, 0) {
        line["tax_status"] = json!("taxable");
    }
    vec![line]
}

fn coupon_lines(order: &Order) -> Vec<Value> {
    let code = order.discount_code.iter();
    code.map(|code| {
        let discount = decimal(order.discount, &order.currency);
        json!({ "id": order.id + 2_000_000, "code": code, "discount": discount, "discount_tax": "0.00", "meta_data": [] })
    })
    .collect()
}

/// A note.
pub(super) fn note(shop: &Shop, order_id: u64, note: &Note, visit: &Visit) -> Value {
    let collection = visit.api(&format!("orders/{order_id}/notes"));
    let mut object = Map::new();
    put_dates(
        &mut object,
        "date_created",
        Some(note.at),
        shop.utc_offset_seconds,
    );
    let fields = json!({
        "id": note.id,
        "author": note.author,
        "note": note.text,
        "customer_note": note.to_buyer,
        "_links": links(&format!("{collection}/{}", note.id), &collection, &["GET", "DELETE"]),
    });
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

/// A refund.
pub(super) fn refund(shop: &Shop, order: &Order, refund: &Refund, visit: &Visit) -> Value {
    let collection = visit.api(&format!("orders/{}/refunds", order.id));
    let money = |minor| decimal(minor, &order.currency);
    let item = |refunded: &crate::shop::Refunded| {
        let line = order.line(refunded.line_id)?;
        let mut item = line_item(shop, order, line, visit);
        item["id"] = json!(refunded.id);
        item["quantity"] = json!(-i64::from(refunded.quantity));
        item["subtotal"] = json!(money(-refunded.amount));
        item["total"] = json!(money(-refunded.amount));
        let line_id = refunded.line_id.to_string();
        item["meta_data"] = json!([{
            "id": refunded.id, "key": "_refunded_item_id", "value": line_id,
            "display_key": "_refunded_item_id", "display_value": line_id,
        }]);
        Some(item)
    };
    let mut object = Map::new();
    put_dates(
        &mut object,
        "date_created",
        Some(refund.at),
        shop.utc_offset_seconds,
    );
    let fields = json!({
        "id": refund.id,
        "amount": money(refund.amount),
        "reason": refund.reason,
        "refunded_by": 1,
        "refunded_payment": false,
        "meta_data": [],
        "line_items": refund.lines.iter().filter_map(item).collect::<Vec<_>>(),
        "shipping_lines": [],
        "tax_lines": [],
        "fee_lines": [],
        "_links": links(&format!("{collection}/{}", refund.id), &collection, &["GET", "DELETE"]),
    });
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}
