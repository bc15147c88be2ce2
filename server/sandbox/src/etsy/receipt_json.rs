//! Receipts as Etsy writes them.

use serde_json::{Value, json};

use super::inventory::{property_id, value_id};
use super::{ADDRESS_ALLOWED, CAPITALISED, user_id};
use crate::clock::Moment;
use crate::shop::{Address, Line, Order, Property, Shipment, Shop};

/// The property a personalisation is told under; known from practice, not from Etsy's document.
const PERSONALISATION: u64 = 54;

/// Whether all of it was sent.
pub(super) fn is_shipped(order: &Order) -> bool {
    order
        .shipments
        .iter()
        .any(|shipment| shipment.cancelled_at.is_none())
        && order.unshipped().is_empty()
}

/// `status`; the document writes it small, the live service has been seen to begin it with a capital.
fn status(shop: &Shop, order: &Order) -> String {
    let status = if order.cancelled_at.is_some() {
        "canceled"
    } else if order.refunded() >= order.total() && order.refunded() > 0 {
        "fully refunded"
    } else if order.refunded() > 0 {
        "partially refunded"
    } else if order.paid_at.is_none() {
        "payment processing"
    } else if is_shipped(order) {
        "completed"
    } else {
        "paid"
    };
    let mut letters = status.chars();
    match letters.next().filter(|_| shop.is_on(CAPITALISED)) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => status.to_owned(),
    }
}

/// `ShopReceipt`.
pub(super) fn receipt(shop: &Shop, order: &Order) -> Value {
    let name = order.shipping.as_ref().map(Address::name).unwrap_or_default();
    let (created, updated) = (order.created_at.unix_seconds(), order.updated_at.unix_seconds());
    let mut receipt = json!({
        "receipt_id": order.id,
        "receipt_type": 0,
        "seller_user_id": user_id(&shop.key.name),
        "seller_email": "seller@example.com",
        "buyer_user_id": 900_300_400,
        "buyer_email": null,
        "name": name,
        "status": status(shop, order),
        "payment_method": "cc",
        "payment_email": "",
        "message_from_seller": null,
        "message_from_buyer": order.note,
        "message_from_payment": null,
        "is_paid": order.paid_at.is_some(),
        "is_shipped": is_shipped(order),
        "create_timestamp": created,
        "created_timestamp": created,
        "update_timestamp": updated,
        "updated_timestamp": updated,
        "is_gift": false,
        "gift_message": "",
        "gift_sender": "",
        "grandtotal": money(order, order.total()),
        "subtotal": money(order, order.subtotal() - order.discount),
        "total_price": money(order, order.subtotal()),
        "total_shipping_cost": money(order, order.shipping_price),
        "total_tax_cost": money(order, 0),
        "total_vat_cost": money(order, 0),
        "discount_amt": money(order, order.discount),
        "gift_wrap_price": money(order, 0),
        "shipments": order.shipments.iter().filter(|shipment| shipment.cancelled_at.is_none()).map(shipment).collect::<Vec<_>>(),
        "transactions": order.lines.iter().map(|line| transaction(shop, order, line)).collect::<Vec<_>>(),
        "refunds": order
            .refunds
            .iter()
            .map(|refund| json!({
                "amount": money(order, refund.amount),
                "created_timestamp": refund.at.unix_seconds(),
                "reason": refund.reason,
                "note_from_issuer": null,
                "status": "completed",
            }))
            .collect::<Vec<_>>(),
    });
    let shown = order.shipping.as_ref().filter(|_| shop.is_on(ADDRESS_ALLOWED));
    for (field, value) in address(shown) {
        receipt[field] = value;
    }
    receipt
}

/// The parts of the address; null where the app may not see them.
fn address(address: Option<&Address>) -> [(&'static str, Value); 7] {
    let text = |part: fn(&Address) -> &str| {
        address
            .map(part)
            .filter(|text| !text.is_empty())
            .map_or(Value::Null, Value::from)
    };
    let formatted = address.map(|address| {
        format!(
            "{}\n{}\n{} {}\n{}",
            address.name(),
            address.line1,
            address.postcode,
            address.city,
            address.country
        )
    });
    [
        ("first_line", text(|address| &address.line1)),
        ("second_line", text(|address| &address.line2)),
        ("city", text(|address| &address.city)),
        ("state", text(|address| &address.region)),
        ("zip", text(|address| &address.postcode)),
        ("country_iso", text(|address| &address.country)),
        ("formatted_address", json!(formatted)),
    ]
}

fn shipment(shipment: &Shipment) -> Value {
    json!({
        "receipt_shipping_id": shipment.id,
        "shipment_notification_timestamp": shipment.at.unix_seconds(),
        "carrier_name": shipment.carrier.as_deref().unwrap_or_default(),
        "tracking_code": shipment.tracking_number.as_deref().unwrap_or_default(),
    })
}

/// `ShopReceiptTransaction`.
fn transaction(shop: &Shop, order: &Order, line: &Line) -> Value {
    let created = order.created_at.unix_seconds();
    let chosen = line.chosen.iter().enumerate();
    let mut variations: Vec<Value> = chosen
        .clone()
        .map(|(place, (name, value))| {
            json!({
                "property_id": property_id(place),
                "value_id": value_id(value),
                "formatted_name": name,
                "formatted_value": value,
            })
        })
        .collect();
    variations.extend(
        line.properties
            .iter()
            .zip(88_001..)
            .map(|(property, question)| personalisation(property, question)),
    );
    json!({
        "transaction_id": line.id,
        "title": line.title,
        "description": null,
        "seller_user_id": user_id(&shop.key.name),
        "buyer_user_id": 900_300_400,
        "create_timestamp": created,
        "created_timestamp": created,
        "paid_timestamp": order.paid_at.map(Moment::unix_seconds),
        "shipped_timestamp": order.shipments.first().map(|shipment| shipment.at.unix_seconds()),
        "quantity": line.wanted,
        "listing_image_id": null,
        "receipt_id": order.id,
        "is_digital": !line.requires_shipping,
        "file_data": "",
        "listing_id": line.product_id,
        "product_id": line.variant_id,
        "sku": line.sku,
        "transaction_type": "listing",
        "price": money(order, line.price),
        "shipping_cost": money(order, 0),
        "variations": variations,
        "product_data": chosen
            .map(|(place, (name, value))| json!({
                "property_id": property_id(place),
                "property_name": name,
                "scale_id": null,
                "scale_name": null,
                "value_ids": [value_id(value)],
                "values": [value],
            }))
            .collect::<Vec<_>>(),
        "shipping_profile_id": super::profiles::SHIPPING_PROFILE,
        "min_processing_days": 1,
        "max_processing_days": 3,
        "shipping_method": null,
        "shipping_upgrade": null,
        "expected_ship_date": created + 3 * 24 * 3600,
        "buyer_coupon": 0,
        "shop_coupon": 0,
    })
}

/// What the buyer entered, among the variations.
fn personalisation(property: &Property, question: u64) -> Value {
    let text = property
        .value
        .as_str()
        .map_or_else(|| property.value.to_string(), str::to_owned);
    json!({
        "property_id": PERSONALISATION,
        "value_id": null,
        "formatted_name": property.name,
        "formatted_value": text,
        "question_id": question,
    })
}

/// `Money` in what the buyer pays in.
fn money(order: &Order, minor: i64) -> Value {
    super::inventory::money(minor, &order.currency)
}
