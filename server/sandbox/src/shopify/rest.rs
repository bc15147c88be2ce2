//! The bodies of webhooks: REST resources without a wrapper, numeric ids, times in the shop's own offset.

use serde_json::{Value, json};

use super::PROTECTED_DATA;
use super::answer::gid;
use super::objects::{
    fulfillment_order, in_shop_currency, order as order_objects, product as product_objects,
    shop as shop_objects,
};
use crate::clock::Moment;
use crate::shop::{Address, Line, Order, Product, Shipment, Shop, decimal};

/// The body of a topic about an order.
pub(super) fn order_topic(shop: &Shop, order: &Order, topic: &str) -> Value {
    match topic {
        "REFUNDS_CREATE" => refund(shop, order),
        "ORDERS_EDITED" => edited(order),
        "FULFILLMENTS_CREATE" | "FULFILLMENTS_UPDATE" => order
            .shipments
            .last()
            .map(|shipment| fulfillment(shop, order, shipment))
            .unwrap_or_default(),
        _ if topic.starts_with("FULFILLMENT_ORDERS_") => part(order, topic),
        _ => self::order(shop, order),
    }
}

/// A part of an order: its id and status, and nowhere the order it is of.
fn part(order: &Order, topic: &str) -> Value {
    let Some(part) = fulfillment_order::changed_last(order) else {
        return Value::Null;
    };
    let named = json!({
        "id": gid("FulfillmentOrder", part.id),
        "status": part.state(order).name().to_lowercase(),
    });
    if topic == "FULFILLMENT_ORDERS_MOVED" {
        let location = part.location.to_string();
        return json!({
            "original_fulfillment_order": named,
            "moved_fulfillment_order": named,
            "destination_location_id": location,
            "fulfillment_order_line_items_requested": [],
        });
    }
    json!({ "fulfillment_order": named })
}

/// An order.
fn order(shop: &Shop, order: &Order) -> Value {
    let shown = shop.is_on(PROTECTED_DATA);
    let mut body = json!({
        "id": order.id,
        "admin_graphql_api_id": gid("Order", order.id),
        "app_id": null,
        "cancel_reason": order.cancelled_at.map(|_| order_objects::cancel_reason(order).to_lowercase()),
        "cancelled_at": order.cancelled_at.map(|at| local(shop, at)),
        "closed_at": null,
        "confirmed": true,
        "created_at": local(shop, order.created_at),
        "processed_at": local(shop, order.created_at),
        "updated_at": local(shop, order.updated_at),
        "name": format!("#{}", order.number),
        "number": order.number.parse::<i64>().unwrap_or_default() - 1000,
        "order_number": order.number.parse::<i64>().unwrap_or_default(),
        "financial_status": order_objects::financial_status(order).to_lowercase(),
        "fulfillment_status": fulfillment_status(order),
        "note": (!order.note.is_empty()).then_some(&order.note),
        "note_attributes": order.extra.get("attributes").cloned().unwrap_or_else(|| json!([])),
        "source_name": "web",
        "tags": order.tags.join(", "),
        "test": order.test,
        "line_items": order.lines.iter().map(|line| self::line(shop, order, line)).collect::<Vec<_>>(),
        "fulfillments": order.shipments.iter().map(|shipment| fulfillment(shop, order, shipment)).collect::<Vec<_>>(),
        "refunds": order.refunds.iter().map(|refund| json!({ "id": refund.id, "order_id": order.id })).collect::<Vec<_>>(),
        "shipping_lines": [{
            "id": order.id + 1,
            "title": order.shipping_title,
            "code": order.shipping_title,
            "price": decimal(in_shop_currency(shop, order, order.shipping_price), &shop.currency),
            "source": "shopify",
        }],
        "email": "",
        "contact_email": null,
        "shipping_address": null,
        "billing_address": null,
    });
    let totals = [
        ("total_price", order.total()),
        ("current_total_price", order.total() - order.refunded()),
        ("subtotal_price", order.subtotal() - order.discount),
        ("total_line_items_price", order.subtotal()),
        ("total_discounts", order.discount),
        ("total_tax", 0),
    ];
    for (name, minor) in totals {
        body[name] = json!(decimal(in_shop_currency(shop, order, minor), &shop.currency));
        body[format!("{name}_set")] = money_set(shop, order, minor);
    }
    body["currency"] = json!(shop.currency);
    body["presentment_currency"] = json!(order.currency);
    if shown {
        body["email"] = json!(order.email);
        body["contact_email"] = json!(order.email);
        body["shipping_address"] = json!(order.shipping.as_ref().map(address));
        body["billing_address"] = json!(order.billing.as_ref().map(address));
    }
    body
}

fn line(shop: &Shop, order: &Order, line: &Line) -> Value {
    let left = line.wanted.saturating_sub(order.shipped_quantity(line.id));
    json!({
        "id": line.id,
        "admin_graphql_api_id": gid("LineItem", line.id),
        "title": line.title,
        "variant_title": (!line.variant_title.is_empty()).then_some(&line.variant_title),
        "name": line.title,
        "sku": line.sku.clone().unwrap_or_default(),
        "vendor": shop.title,
        "quantity": line.ordered,
        "current_quantity": line.wanted,
        "fulfillable_quantity": left,
        "fulfillment_service": "manual",
        "fulfillment_status": (left == 0).then_some("fulfilled"),
        "requires_shipping": line.requires_shipping,
        "gift_card": false,
        "product_exists": line.product_id.is_some(),
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "price": decimal(in_shop_currency(shop, order, line.price), &shop.currency),
        "price_set": money_set(shop, order, line.price),
        "properties": line.properties,
    })
}

fn fulfillment(shop: &Shop, order: &Order, shipment: &Shipment) -> Value {
    json!({
        "id": shipment.id,
        "admin_graphql_api_id": gid("Fulfillment", shipment.id),
        "order_id": order.id,
        "status": if shipment.cancelled_at.is_some() { "cancelled" } else { "success" },
        "shipment_status": shipment.delivered_at.map(|_| "delivered"),
        "created_at": local(shop, shipment.at),
        "tracking_company": shipment.carrier,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.tracking_url,
        "line_items": shipment
            .lines
            .iter()
            .filter_map(|(id, quantity)| Some(json!({ "id": id, "sku": order.line(*id)?.sku, "quantity": quantity })))
            .collect::<Vec<_>>(),
    })
}

fn refund(shop: &Shop, order: &Order) -> Value {
    let Some(refund) = order.refunds.last() else {
        return Value::Null;
    };
    json!({
        "id": refund.id,
        "admin_graphql_api_id": gid("Refund", refund.id),
        "order_id": order.id,
        "created_at": local(shop, refund.at),
        "note": refund.reason,
        "refund_line_items": refund
            .lines
            .iter()
            .map(|line| json!({ "id": line.id, "line_item_id": line.line_id, "quantity": line.quantity, "restock_type": "cancel" }))
            .collect::<Vec<_>>(),
    })
}

fn edited(order: &Order) -> Value {
    let changed = order.lines.iter().filter(|line| line.wanted != line.ordered);
    json!({
        "order_edit": {
            "order_id": order.id,
            "line_items": {
                "additions": [],
                "removals": changed.map(|line| json!({ "id": line.id, "delta": line.ordered.abs_diff(line.wanted) })).collect::<Vec<_>>(),
            },
        },
    })
}

/// A product.
pub(super) fn product(shop: &Shop, product: &Product) -> Value {
    let variants = product.variants.iter().zip(1_u64..).map(|(variant, position)| {
        let mut body = json!({
            "id": variant.id,
            "admin_graphql_api_id": gid("ProductVariant", variant.id),
            "product_id": product.id,
            "title": product_objects::variant_title(variant),
            "price": decimal(variant.price, &shop.currency),
            "sku": variant.sku.clone().unwrap_or_default(),
            "position": position,
            "created_at": local(shop, variant.created_at),
            "updated_at": local(shop, variant.updated_at),
        });
        for (place, option) in product_objects::selected_options(product, variant)
            .iter()
            .enumerate()
        {
            body[format!("option{}", place + 1)] = option["value"].clone();
        }
        body
    });
    json!({
        "id": product.id,
        "admin_graphql_api_id": gid("Product", product.id),
        "title": product.title,
        "body_html": product.description,
        "handle": product_objects::handle(product),
        "vendor": product_objects::vendor(shop, product),
        "product_type": "",
        "status": product_objects::status(product.status).to_lowercase(),
        "tags": product_objects::tags(product).join(", "),
        "created_at": local(shop, product.created_at),
        "updated_at": local(shop, product.updated_at),
        "published_at": product_objects::is_published(product).then(|| local(shop, product.created_at)),
        "variants": variants.collect::<Vec<_>>(),
        "options": product
            .options
            .iter()
            .zip(1_u64..)
            .map(|(option, position)| json!({ "name": option.name, "position": position, "values": option.values }))
            .collect::<Vec<_>>(),
        "images": product
            .images
            .iter()
            .map(|image| json!({ "id": image.id, "src": image.url, "alt": image.alt }))
            .collect::<Vec<_>>(),
    })
}

/// The shop, as the uninstalled app last hears of it.
pub(super) fn shop(shop: &Shop) -> Value {
    let domain = shop_objects::domain(shop);
    json!({
        "id": shop_objects::number(shop),
        "name": shop.title,
        "email": "owner@example.com",
        "domain": domain,
        "myshopify_domain": domain,
        "currency": shop.currency,
        "country_code": shop.country,
    })
}

/// A privacy request; order ids are plain numbers in it.
pub(super) fn privacy(shop: &Shop, path: &str) -> Value {
    let mut body =
        json!({ "shop_id": shop_objects::number(shop), "shop_domain": shop_objects::domain(shop) });
    if path == "shop/redact" {
        return body;
    }
    let orders: Vec<u64> = shop.orders.keys().copied().collect();
    let email = shop.orders.values().next().map(|order| order.email.clone());
    body["customer"] = json!({ "id": 191_167, "email": email, "phone": null });
    if path == "customers/data_request" {
        body["orders_requested"] = json!(orders);
        body["data_request"] = json!({ "id": 9_999 });
    } else {
        body["orders_to_redact"] = json!(orders);
    }
    body
}

fn address(address: &Address) -> Value {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "first_name": text(&address.first_name),
        "last_name": text(&address.last_name),
        "name": address.name(),
        "company": text(&address.company),
        "address1": text(&address.line1),
        "address2": text(&address.line2),
        "city": text(&address.city),
        "province": text(&address.region),
        "province_code": text(&address.region),
        "zip": text(&address.postcode),
        "country": text(&address.country),
        "country_code": text(&address.country),
        "phone": text(&address.phone),
    })
}

fn fulfillment_status(order: &Order) -> Option<&'static str> {
    let shipped = order.lines.iter().any(|line| order.shipped_quantity(line.id) > 0);
    match (shipped, order.unshipped().is_empty()) {
        (false, _) => None,
        (true, true) => Some("fulfilled"),
        (true, false) => Some("partial"),
    }
}

fn money_set(shop: &Shop, order: &Order, minor: i64) -> Value {
    json!({
        "shop_money": { "amount": decimal(in_shop_currency(shop, order, minor), &shop.currency), "currency_code": shop.currency },
        "presentment_money": { "amount": decimal(minor, &order.currency), "currency_code": order.currency },
    })
}

/// A time with the shop's offset, such as `2026-11-21T05:00:00-05:00`.
fn local(shop: &Shop, moment: Moment) -> String {
    let offset = shop.utc_offset_seconds;
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
    let time = moment.format("%Y-%m-%dT%H:%M:%S", offset);
    format!("{time}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
