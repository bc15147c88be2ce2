//! Orders and their lines.

use serde_json::{Map, Value, json};

use super::super::answer::gid;
use super::{fulfillment, fulfillment_order, instant, money_bag};
use crate::shop::{Address, Line, Order, Property, Refused, Shop};

/// Where the stand-in keeps the attributes a theme or app wrote on an order.
const ATTRIBUTES: &str = "attributes";

/// `Order`. Names, addresses and mail addresses are withheld from an app without approval for protected customer data.
///
/// # Errors
/// [`Refused::Missing`].
pub(in super::super) fn order(shop: &mut Shop, id: u64, protected_data: bool) -> Result<Value, Refused> {
    let fulfillment_orders = fulfillment_order::of_order(shop, id)?;
    let shop = &*shop;
    let order = shop.order(id)?;
    if order.binned.is_some() {
        return Err(Refused::Missing { what: "order", id });
    }
    let mut fields = head(shop, order);
    let parts = json!({
        "lineItems": order.lines.iter().map(|line| self::line(shop, order, line)).collect::<Vec<_>>(),
        "shippingLines": shipping_lines(shop, order),
        "shippingLine": shipping_lines(shop, order).first(),
        "fulfillmentOrders": fulfillment_orders.iter().map(|known| known.object(shop, order)).collect::<Vec<_>>(),
        "fulfillments": order
            .shipments
            .iter()
            .enumerate()
            .map(|(index, shipment)| fulfillment::fulfillment(shop, order, index, shipment))
            .collect::<Vec<_>>(),
        "refunds": order
            .refunds
            .iter()
            .map(|refund| json!({
                "id": gid("Refund", refund.id),
                "createdAt": instant(refund.at),
                "note": refund.reason,
                "totalRefundedSet": money_bag(shop, order, refund.amount),
            }))
            .collect::<Vec<_>>(),
        "displayFulfillmentStatus": fulfillment_status(order, &fulfillment_orders),
    });
    extend(&mut fields, parts);
    if protected_data {
        let person = json!({
            "email": order.email,
            "phone": order.shipping.as_ref().map(|address| &address.phone),
            "shippingAddress": order.shipping.as_ref().map(|found| address(order.id, found)),
            "billingAddress": order.billing.as_ref().map(|found| address(order.id + 1, found)),
        });
        extend(&mut fields, person);
    }
    Ok(Value::Object(fields))
}

/// What an order says of itself, without its parts.
fn head(shop: &Shop, order: &Order) -> Map<String, Value> {
    let cancelled = order.cancelled_at.is_some();
    let mut fields = Map::new();
    let general = json!({
        "id": gid("Order", order.id),
        "legacyResourceId": order.id.to_string(),
        "name": format!("#{}", order.number),
        "number": order.number.parse::<i64>().unwrap_or_default(),
        "confirmationNumber": format!("C{:08X}", order.id & 0xffff_ffff),
        "poNumber": null,
        "sourceName": "web",
        "test": order.test,
        "note": (!order.note.is_empty()).then_some(&order.note),
        "tags": order.tags,
        "createdAt": instant(order.created_at),
        "processedAt": instant(order.created_at),
        "updatedAt": instant(order.updated_at),
        "cancelledAt": order.cancelled_at.map(instant),
        "cancelReason": cancelled.then(|| cancel_reason(order)),
        "closed": false,
        "closedAt": null,
        "confirmed": true,
        "displayFinancialStatus": financial_status(order),
        "fullyPaid": order.paid_at.is_some(),
        "unpaid": order.paid_at.is_none(),
        "requiresShipping": order.lines.iter().any(|line| line.requires_shipping),
        "edited": order.lines.iter().any(|line| line.wanted != line.ordered),
        "customAttributes": order.extra.get(ATTRIBUTES).cloned().unwrap_or_else(|| json!([])),
    });
    let money = json!({
        "currencyCode": shop.currency,
        "presentmentCurrencyCode": order.currency,
        "currentTotalPriceSet": money_bag(shop, order, order.total() - order.refunded()),
        "totalPriceSet": money_bag(shop, order, order.total()),
        "originalTotalPriceSet": money_bag(shop, order, order.total()),
        "subtotalPriceSet": money_bag(shop, order, order.subtotal() - order.discount),
        "totalDiscountsSet": money_bag(shop, order, order.discount),
        "totalShippingPriceSet": money_bag(shop, order, order.shipping_price),
        "totalRefundedSet": money_bag(shop, order, order.refunded()),
        "currentTotalTaxSet": money_bag(shop, order, 0),
        "totalTaxSet": money_bag(shop, order, 0),
        "discountCodes": order.discount_code.iter().collect::<Vec<_>>(),
    });
    extend(&mut fields, general);
    extend(&mut fields, money);
    fields
}

/// `LineItem`.
pub(in super::super) fn line(shop: &Shop, order: &Order, line: &Line) -> Value {
    let shipped = order.shipped_quantity(line.id);
    let gross = line.price * i64::from(line.ordered);
    let name = if line.variant_title.is_empty() {
        line.title.clone()
    } else {
        format!("{} - {}", line.title, line.variant_title)
    };
    json!({
        "id": gid("LineItem", line.id),
        "title": line.title,
        "variantTitle": (!line.variant_title.is_empty()).then_some(&line.variant_title),
        "name": name,
        "sku": line.sku,
        "vendor": shop.title,
        "quantity": line.ordered,
        "currentQuantity": line.wanted,
        "unfulfilledQuantity": line.wanted.saturating_sub(shipped),
        "nonFulfillableQuantity": 0,
        "refundableQuantity": line.wanted,
        "requiresShipping": line.requires_shipping,
        "isGiftCard": false,
        "taxable": true,
        "customAttributes": line.properties.iter().map(attribute).collect::<Vec<_>>(),
        "originalUnitPriceSet": money_bag(shop, order, line.price),
        "discountedUnitPriceSet": money_bag(shop, order, line.price),
        "originalTotalSet": money_bag(shop, order, gross),
        "discountedTotalSet": money_bag(shop, order, gross),
        "product": line.product_id.map(|id| gid("Product", id)),
        "variant": line.variant_id.map(|id| gid("ProductVariant", id)),
        "image": line.image_url.as_ref().map(|url| json!({ "url": url, "altText": line.title })),
    })
}

/// What a buyer entered, as `Attribute`: whatever an app wrote is text here.
fn attribute(property: &Property) -> Value {
    let value = match &property.value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    json!({ "key": property.name, "value": value })
}

/// `displayFinancialStatus`: the word set at the desk, or what follows from payments and refunds.
pub(in super::super) fn financial_status(order: &Order) -> &'static str {
    const WORDS: [&str; 8] = [
        "AUTHORIZED",
        "EXPIRED",
        "PAID",
        "PARTIALLY_PAID",
        "PARTIALLY_REFUNDED",
        "PENDING",
        "REFUNDED",
        "VOIDED",
    ];
    if let Some(word) = WORDS
        .into_iter()
        .find(|word| word.eq_ignore_ascii_case(&order.status))
    {
        return word;
    }
    match (order.paid_at.is_some(), order.refunded()) {
        (false, _) if order.cancelled_at.is_some() => "VOIDED",
        (false, _) => "PENDING",
        (true, 0) => "PAID",
        (true, refunded) if refunded >= order.total() => "REFUNDED",
        (true, _) => "PARTIALLY_REFUNDED",
    }
}

/// `displayFulfillmentStatus`.
fn fulfillment_status(order: &Order, known: &[fulfillment_order::FulfillmentOrder]) -> &'static str {
    use fulfillment_order::State;
    let states: Vec<State> = known.iter().map(|known| known.state(order)).collect();
    let shipped = order.lines.iter().any(|line| order.shipped_quantity(line.id) > 0);
    if order.unshipped().is_empty() && shipped {
        "FULFILLED"
    } else if shipped {
        "PARTIALLY_FULFILLED"
    } else if states.contains(&State::OnHold) {
        "ON_HOLD"
    } else if states.contains(&State::InProgress) {
        "IN_PROGRESS"
    } else if states.contains(&State::Scheduled) {
        "SCHEDULED"
    } else {
        "UNFULFILLED"
    }
}

/// `OrderCancelReason`.
pub(in super::super) fn cancel_reason(order: &Order) -> &'static str {
    let given = order.cancel_reason.as_deref().unwrap_or_default();
    ["CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "STAFF"]
        .into_iter()
        .find(|reason| reason.eq_ignore_ascii_case(given))
        .unwrap_or("OTHER")
}

fn shipping_lines(shop: &Shop, order: &Order) -> Vec<Value> {
    if order.shipping_title.is_empty() {
        return Vec::new();
    }
    vec![json!({
        "id": gid("ShippingLine", order.id),
        "title": order.shipping_title,
        "code": order.shipping_title,
        "source": "shopify",
        "carrierIdentifier": null,
        "custom": false,
        "isRemoved": false,
        "originalPriceSet": money_bag(shop, order, order.shipping_price),
        "discountedPriceSet": money_bag(shop, order, order.shipping_price),
    })]
}

/// `MailingAddress`.
fn address(id: u64, address: &Address) -> Value {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "id": format!("{}?model_name=Address", gid("MailingAddress", id)),
        "firstName": text(&address.first_name),
        "lastName": text(&address.last_name),
        "name": text(&address.name()),
        "company": text(&address.company),
        "address1": text(&address.line1),
        "address2": text(&address.line2),
        "city": text(&address.city),
        "province": text(&address.region),
        "provinceCode": text(&address.region),
        "zip": text(&address.postcode),
        "country": text(&address.country),
        "countryCodeV2": text(&address.country),
        "phone": text(&address.phone),
    })
}

fn extend(fields: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        fields.extend(more);
    }
}
