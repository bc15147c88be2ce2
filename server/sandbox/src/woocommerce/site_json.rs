//! What a site tells about itself.

use serde_json::{Map, Value, json};

use super::api::Context;
use super::order_json::symbol;
use super::refusal::Outcome;
use super::reply::Reply;
use crate::shop::Shop;

/// `GET /wp-json/`.
pub(super) fn root(context: &Context) -> Outcome<Reply> {
    let visit = &context.visit;
    context.read(|shop| {
        Ok(Reply::ok(json!({
            "name": shop.title,
            "description": "",
            "url": visit.home,
            "home": visit.home,
            "gmt_offset": shop.utc_offset_seconds / 3600,
            "timezone_string": "",
            "namespaces": ["oembed/1.0", "wc/v3", "wc/v1", "wc/v2", "wc-admin", "wc-analytics", "wc/store/v1", "wp/v2"],
            "authentication": { "application-passwords": { "endpoints": {
                "authorization": format!("{}/wp-admin/authorize-application.php", visit.home),
            } } },
            "routes": {},
        })))
    })
}

/// `GET /wp-json/wc/v3`: the routes there are, with the parameters of the lists.
pub(super) fn index(context: &Context) -> Reply {
    let visit = &context.visit;
    let since_5_8 = visit.settings.is_at_least(5, 8);
    let mut orderby = vec!["date", "id", "include", "title", "slug"];
    let mut arguments: Vec<&str> = vec![
        "context", "page", "per_page", "search", "after", "before", "exclude", "include", "offset", "order",
        "status",
    ];
    if since_5_8 {
        orderby.push("modified");
        arguments.extend(["modified_after", "modified_before", "dates_are_gmt"]);
    }
    let mut list: Map<String, Value> = arguments
        .into_iter()
        .map(|name| (name.to_owned(), json!({ "type": "string", "required": false })))
        .collect();
    list.insert(
        "orderby".to_owned(),
        json!({ "type": "string", "default": "date", "enum": orderby }),
    );
    let both: &[&str] = &["GET", "POST"];
    let one: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];
    let mut paths = vec![
        ("", &["GET"] as &[&str]),
        ("/orders", both),
        ("/orders/(?P<id>[\\d]+)", one),
        ("/orders/batch", &["POST", "PUT", "PATCH"]),
        ("/orders/(?P<order_id>[\\d]+)/notes", both),
        ("/orders/(?P<order_id>[\\d]+)/refunds", both),
        ("/products", both),
        ("/products/(?P<id>[\\d]+)", one),
        ("/products/batch", &["POST", "PUT", "PATCH"]),
        ("/products/(?P<product_id>[\\d]+)/variations", both),
        ("/products/(?P<product_id>[\\d]+)/variations/(?P<id>[\\d]+)", one),
        (
            "/products/(?P<product_id>[\\d]+)/variations/batch",
            &["POST", "PUT", "PATCH"],
        ),
        ("/webhooks", both),
        ("/webhooks/(?P<id>[\\d]+)", one),
        ("/system_status", &["GET"]),
        ("/data/currencies/current", &["GET"]),
    ];
    if visit.settings.is_at_least(10, 0) {
        paths.extend([
            ("/orders/statuses", &["GET"] as &[&str]),
            ("/variations", &["GET"]),
        ]);
    }
    if visit.settings.fulfillments {
        paths.push(("/orders/(?P<order_id>[\\d]+)/fulfillments", both));
        paths.push((
            "/orders/(?P<order_id>[\\d]+)/fulfillments/(?P<fulfillment_id>[\\d]+)",
            one,
        ));
    }
    let routes: Map<String, Value> = paths
        .into_iter()
        .map(|(path, methods)| {
            let arguments = matches!(path, "/orders" | "/products" | "/variations").then_some(&list);
            let endpoint = json!({ "methods": ["GET"], "args": arguments.cloned().unwrap_or_default() });
            let route = json!({ "namespace": "wc/v3", "methods": methods, "endpoints": [endpoint] });
            (format!("/wc/v3{path}"), route)
        })
        .collect();
    Reply::ok(json!({ "namespace": "wc/v3", "routes": routes }))
}

/// `GET /system_status`, in so far as a program that connects may want it.
pub(super) fn system_status(context: &Context) -> Outcome<Reply> {
    let visit = &context.visit;
    let secure = visit.is_tls();
    context.read(|shop| {
        Ok(Reply::ok(json!({
            "environment": {
                "home_url": visit.home,
                "site_url": visit.home,
                "version": visit.settings.version,
                "wp_version": "7.0.4",
                "wp_multisite": false,
                "wp_cron": !visit.settings.queue_stopped,
                "language": "es_ES",
                "server_info": "nginx/1.22.1",
                "php_version": "8.2.36",
                "default_timezone": "UTC",
            },
            "database": { "wc_database_version": visit.settings.version },
            "active_plugins": [{ "plugin": "woocommerce/woocommerce.php", "name": "WooCommerce", "version": visit.settings.version }],
            "settings": {
                "api_enabled": false,
                "force_ssl": false,
                "currency": shop.currency,
                "currency_symbol": symbol(&shop.currency),
                "number_of_decimals": 2,
                "HPOS_enabled": true,
            },
            "security": { "secure_connection": secure, "hide_errors": true },
        })))
    })
}

/// `GET /data/currencies/current`.
pub(super) fn currency(context: &Context) -> Outcome<Reply> {
    context.read(|shop: &Shop| {
        let name = match shop.currency.as_str() {
            "EUR" => "Euro",
            "GBP" => "Pound sterling",
            "USD" => "United States (US) dollar",
            other => other,
        };
        let symbol = match symbol(&shop.currency) {
            "€" => "&euro;",
            "£" => "&pound;",
            "$" => "&#36;",
            other => other,
        };
        Ok(Reply::ok(
            json!({ "code": shop.currency, "name": name, "symbol": symbol }),
        ))
    })
}

/// `GET /orders/statuses`.
pub(super) fn statuses(context: &Context) -> Reply {
    let statuses = context.visit.settings.statuses();
    let named = statuses.iter().map(|slug| {
        let name = match slug.as_str() {
            "pending" => "Pending payment".to_owned(),
            "checkout-draft" => "Draft".to_owned(),
            slug => {
                let spaced = slug.replace('-', " ");
                let (first, rest) = spaced.split_at(spaced.chars().next().map_or(0, char::len_utf8));
                format!("{}{rest}", first.to_uppercase())
            }
        };
        json!({ "slug": slug, "name": name })
    });
    Reply::ok(named.collect())
}
