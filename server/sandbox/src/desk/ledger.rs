//! The ledger and the faults, for people.

use axum::extract::{Query, State};
use axum::response::Response;
use serde_json::Value;

use super::Desk;
use super::html::{choice, escaped, field, form, page, table};
use crate::ledger::{Entry, Filter};
use crate::shop::ShopKey;

/// How many of the newest entries are shown.
const ROWS: usize = 200;

/// The effects by their names in JSON, with what they do.
const EFFECTS: &[(&str, &str)] = &[
    ("server_error", "500 error page"),
    ("too_many_requests", "429 too many requests"),
    ("hang", "silence, then 504"),
    ("hang_after", "done, silence, then the answer"),
    ("drop_answer", "done, but no answer"),
    ("malformed", "done, unreadable answer"),
    ("truncated", "done, half an answer"),
    ("error_in200", "error object with 200"),
    ("html", "HTML page"),
    ("token_revoked", "credentials revoked"),
    ("token_expired", "credentials expired"),
    ("repeat_page", "a page comes twice"),
    ("shift_page", "rows move between pages"),
];

pub(super) async fn entries(State(desk): State<Desk>, Query(filter): Query<Filter>) -> Response {
    let entries = desk.world.ledger.entries(&filter);
    let newest = entries.iter().rev().take(ROWS);
    let counts = desk.world.ledger.requests(&filter).into_iter().map(|count| {
        vec![
            count.shop.platform.name().to_owned(),
            escaped(&count.shop.name),
            escaped(&count.operation),
            count
                .status
                .map_or_else(|| "none".to_owned(), |status| status.to_string()),
            count.count.to_string(),
        ]
    });
    let body = format!(
        "<p>The newest {ROWS}; all of them are at <a href=\"/desk/api/ledger\">/desk/api/ledger</a>.</p>{}\
         <h2>Requests</h2>{}",
        rows(newest),
        table(&["Platform", "Shop", "Operation", "Status", "How often"], counts),
    );
    page("Ledger", &body)
}

/// What happened to an order, newest first.
pub(super) fn of_order(desk: &Desk, key: &ShopKey, order: u64) -> String {
    let filter = Filter {
        platform: Some(key.platform),
        shop: Some(key.name.clone()),
        order: Some(order),
        ..Filter::default()
    };
    rows(desk.world.ledger.entries(&filter).iter().rev())
}

fn rows<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    let rows = entries.map(|entry| {
        vec![
            entry.sequence.to_string(),
            entry.at.to_string(),
            format!("{} {}", entry.shop.platform.name(), escaped(&entry.shop.name)),
            entry.event.kind().replace('_', " "),
            format!("<code>{}</code>", escaped(&details(entry))),
        ]
    });
    table(&["", "When", "Shop", "What", "Details"], rows)
}

fn details(entry: &Entry) -> String {
    let mut event = serde_json::to_value(&entry.event).unwrap_or_default();
    if let Some(event) = event.as_object_mut() {
        event.remove("kind");
    }
    event.to_string()
}

pub(super) async fn faults(State(desk): State<Desk>) -> Response {
    let injected = desk.world.faults.injected().into_iter().map(|injected| {
        let hidden = format!("<input type=\"hidden\" name=\"id\" value=\"{}\">", injected.id);
        let fault = serde_json::to_value(&injected.fault).unwrap_or(Value::Null);
        vec![
            injected.fault.effect.name().replace('_', " "),
            format!("<code>{}</code>", escaped(&fault.to_string())),
            injected.happened.to_string(),
            form("/desk/faults", "remove", "Remove", &hidden),
        ]
    });
    let platforms = [
        ("", "any"),
        ("woocommerce", "WooCommerce"),
        ("shopify", "Shopify"),
        ("etsy", "Etsy"),
    ];
    let fields = [
        choice("What", "effect", EFFECTS),
        choice("Platform", "platform", &platforms),
        field("Shop", "shop", "", "placeholder=\"any\""),
        field("Operation", "operation", "*", "required"),
        field(
            "In how many of 100",
            "percent",
            "100",
            "type=\"number\" min=\"1\" max=\"100\"",
        ),
        field(
            "How many times",
            "times",
            "",
            "type=\"number\" min=\"1\" placeholder=\"always\"",
        ),
        field("Seconds", "seconds", "45", "type=\"number\" min=\"0\""),
        field(
            "Status",
            "status",
            "500",
            "type=\"number\" min=\"200\" max=\"599\"",
        ),
        field(
            "Retry-After",
            "retry_after",
            "",
            "type=\"number\" min=\"0\" placeholder=\"without\"",
        ),
    ];
    let body = format!(
        "{}{}{}",
        form("/desk/faults", "inject", "Inject", &fields.concat()),
        table(&["What", "Exactly", "Happened", ""], injected),
        form("/desk/faults", "clear", "Remove all", ""),
    );
    page("Faults", &body)
}
