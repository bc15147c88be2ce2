//! What the Admin API tells of a shop, as JSON under the names of the schema.

pub(super) mod fulfillment;
pub(super) mod fulfillment_order;
pub(super) mod order;
pub(super) mod product;
pub(super) mod shop;

use serde_json::{Value, json};

use crate::clock::Moment;
use crate::shop::{Meta, Order, Shop, decimal};

/// An instant as the API writes it.
pub(super) fn instant(moment: Moment) -> Value {
    Value::from(moment.format("%Y-%m-%dT%H:%M:%SZ", 0))
}

/// Text that software wrote under a name.
pub(super) fn noted<'m>(meta: &'m [Meta], key: &str) -> Option<&'m str> {
    meta.iter().find(|meta| meta.key == key)?.value.as_str()
}

/// An amount of an order as `MoneyBag`, in minor units of what the buyer pays in.
pub(super) fn money_bag(shop: &Shop, order: &Order, minor: i64) -> Value {
    let money =
        |minor: i64, currency: &str| json!({ "amount": decimal(minor, currency), "currencyCode": currency });
    json!({
        "shopMoney": money(in_shop_currency(shop, order, minor), &shop.currency),
        "presentmentMoney": money(minor, &order.currency),
    })
}

/// What an amount of an order is in the shop's currency. The rate is made up, and never 1 between two currencies, so that
/// nobody takes one amount for the other unnoticed.
pub(super) fn in_shop_currency(shop: &Shop, order: &Order, minor: i64) -> i64 {
    if order.currency == shop.currency {
        minor
    } else {
        minor * 4 / 5
    }
}
