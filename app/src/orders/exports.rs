//! A list of orders as a CSV file: the link to it, and its words.

use leptos::prelude::*;
use portal::orders::{ORDER_COLUMNS, OrderRow, RowWords};

use super::query::OrderQuery;
use super::status_badge::{nothing_to_make, status_words};
use crate::text::Text;
use crate::ui::*;

/// The button that saves the list of orders at `path` as a file.
pub fn export_button(t: Text, path: &str, query: &OrderQuery) -> AnyView {
    let href = query.link(&format!("{path}/export.csv"), &[("rows", None)]);
    view! {
        <ButtonLink href icon="download" download=true>
            {t.get("orders-export")}
        </ButtonLink>
    }
    .into_any()
}

/// The heads of the file's columns.
pub fn columns(t: Text) -> [String; ORDER_COLUMNS] {
    [
        "orders-order",
        "orders-csv-reference",
        "orders-customer",
        "orders-store",
        "orders-platform",
        "orders-status",
        "orders-csv-reason",
        "orders-recipient",
        "orders-country",
        "orders-shipping-method",
        "orders-items",
        "orders-csv-shipped",
        "orders-received",
        "orders-csv-order-id",
        "orders-csv-store-id",
    ]
    .map(|key| t.get(key))
}

/// What the file says of an order in words.
pub fn row_words(t: Text, row: &OrderRow) -> RowWords {
    RowWords {
        platform: t.get(&format!("platform-{}", row.platform.slug())),
        status: status_words(t, row.status, nothing_to_make(row.item_count, row.reason)),
        reason: row.reason.map(|reason| t.reason(reason)).unwrap_or_default(),
    }
}
