//! The desk's pages: all shops, one shop, one order.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::Value;

use super::api::DeskError;
use super::html::{choice, escaped, field, form, page, problem, table};
use super::{Desk, actions, ledger};
use crate::shop::generate::Shape;
use crate::shop::{Order, Product, Shop, ShopKey, decimal};

/// How many rows a page shows; the JSON shows all.
const ROWS: usize = 50;

/// The routes under `/desk`.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk", get(shops).post(actions::on_world))
        .route("/desk/{platform}/{shop}", get(shop).post(actions::on_shop))
        .route(
            "/desk/{platform}/{shop}/orders/{id}",
            get(order).post(actions::on_order),
        )
        .route(
            "/desk/{platform}/{shop}/products/{id}",
            get(product).post(actions::on_product),
        )
        .route("/desk/ledger", get(ledger::entries))
        .route("/desk/faults", get(ledger::faults).post(actions::on_faults))
}

/// The address of a shop's page.
pub(super) fn shop_path(key: &ShopKey) -> String {
    format!("/desk/{}/{}", key.platform.name(), key.name)
}

pub(super) fn refused(error: &DeskError) -> Response {
    problem(error.status(), &error.to_string())
}

async fn shops(State(desk): State<Desk>) -> Response {
    let rows = desk.world.shops().into_iter().map(|key| {
        let counts = desk.world.read(&key, |shop| {
            (shop.title.clone(), shop.products.len(), shop.orders.len())
        });
        let (title, products, orders) = counts.unwrap_or_default();
        let announced = desk.announcement(&key).unwrap_or_default();
        let url = announced["url"].as_str().unwrap_or_default();
        vec![
            format!("<a href=\"{}\">{}</a>", shop_path(&key), escaped(&title)),
            key.platform.name().to_owned(),
            format!("<code>{}</code>", escaped(url)),
            products.to_string(),
            orders.to_string(),
        ]
    });
    let open = form(
        "/desk",
        "open",
        "Open a shop",
        &[
            choice(
                "Platform",
                "platform",
                &[
                    ("woocommerce", "WooCommerce"),
                    ("shopify", "Shopify"),
                    ("etsy", "Etsy"),
                ],
            ),
            field("Name", "shop", "", "required pattern=\"[a-z0-9-]+\""),
        ]
        .concat(),
    );
    let minutes = field("Minutes", "minutes", "60", "type=\"number\" min=\"1\" required");
    let body = format!(
        "{}<h2>Another shop</h2>{open}<h2>Time</h2><p>It is {}. {} webhooks wait to be delivered.</p>{}{}",
        table(&["Shop", "Platform", "Address", "Products", "Orders"], rows),
        desk.world.clock.now(),
        desk.world.outbox.waiting(),
        form("/desk", "advance", "Move the clock on", &minutes),
        form("/desk", "deliver", "Deliver what is due", ""),
    );
    page("Shops", &body)
}

async fn shop(State(desk): State<Desk>, Path(key): Path<ShopKey>) -> Response {
    let announced = match desk.announcement(&key) {
        Ok(announced) => announced,
        Err(error) => return refused(&error),
    };
    let body = desk
        .world
        .read(&key, |shop| (shop.title.clone(), shop_body(shop, &announced)));
    let (title, body) = body.unwrap_or_default();
    page(&title, &body)
}

fn shop_body(shop: &Shop, announced: &Value) -> String {
    let here = shop_path(&shop.key);
    let shapes = Shape::ALL.map(|shape| serde_json::to_value(shape).unwrap_or_default());
    let shapes: Vec<(&str, &str)> = shapes
        .iter()
        .filter_map(Value::as_str)
        .map(|name| (name, name))
        .collect();
    let settings = serde_json::to_string_pretty(&shop.settings).unwrap_or_default();
    let announced = serde_json::to_string_pretty(announced).unwrap_or_default();
    let new_product = [
        field("Name", "title", "", "required"),
        field(
            "Price",
            "price",
            "9.00",
            "required pattern=\"[0-9]+([.][0-9]+)?\"",
        ),
        field("SKU", "sku", "", ""),
        field("Choices, such as Size: A3, A2", "options", "", "size=\"40\""),
    ];
    let settings = format!(
        "<label>Settings <textarea name=\"settings\" rows=\"8\">{}</textarea></label>",
        escaped(&settings)
    );
    [
        "<h2>Orders</h2>".to_owned(),
        form(
            &here,
            "order",
            "Place an order",
            &choice("Kind", "shape", &shapes),
        ),
        orders_of(shop, &here),
        "<h2>Products</h2>".to_owned(),
        form(&here, "product", "Add a product", &new_product.concat()),
        form(
            &here,
            "stock",
            "Make up products",
            &field("How many", "count", "10", "type=\"number\" min=\"1\" required"),
        ),
        products_of(shop, &here),
        "<h2>Webhooks</h2>".to_owned(),
        webhooks_of(shop),
        "<h2>Settings</h2>".to_owned(),
        form(&here, "settings", "Save the settings", &settings),
        format!("<h2>Credentials</h2><pre>{}</pre>", escaped(&announced)),
    ]
    .concat()
}

fn orders_of(shop: &Shop, here: &str) -> String {
    let orders = shop.orders.values().rev().take(ROWS).map(|order| {
        vec![
            format!(
                "<a href=\"{here}/orders/{}\">{}</a>",
                order.id,
                escaped(&order.number)
            ),
            order.created_at.to_string(),
            escaped(&state(order)),
            order.lines.len().to_string(),
            format!("{} {}", decimal(order.total(), &order.currency), order.currency),
        ]
    });
    table(&["Order", "Placed", "State", "Lines", "Total"], orders)
}

fn products_of(shop: &Shop, here: &str) -> String {
    let products = shop.products.values().rev().take(ROWS).map(|product| {
        let skus: Vec<&str> = product
            .variants
            .iter()
            .filter_map(|variant| variant.sku.as_deref())
            .take(3)
            .collect();
        vec![
            format!(
                "<a href=\"{here}/products/{}\">{}</a>",
                product.id,
                escaped(&product.title)
            ),
            product.variants.len().to_string(),
            escaped(&skus.join(", ")),
            product.updated_at.to_string(),
        ]
    });
    table(&["Product", "Variants", "SKUs", "Changed"], products)
}

fn webhooks_of(shop: &Shop) -> String {
    let webhooks = shop.subscriptions.values().map(|webhook| {
        vec![
            escaped(&webhook.topic),
            escaped(&webhook.url),
            format!("{:?}", webhook.status).to_lowercase(),
            webhook.failures.to_string(),
        ]
    });
    table(&["Topic", "Address", "Status", "Failures"], webhooks)
}

/// The state of an order in a few words.
fn state(order: &Order) -> String {
    let mut words = vec![order.status.as_str()];
    words.extend(order.paid_at.is_none().then_some("not paid"));
    words.extend(order.cancelled_at.map(|_| "cancelled"));
    words.extend(order.binned.as_ref().map(|_| "in the bin"));
    words.extend((!order.refunds.is_empty()).then_some("refunded"));
    words.extend(
        order
            .shipments
            .iter()
            .any(|shipment| shipment.cancelled_at.is_none())
            .then_some("shipped"),
    );
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

async fn order(State(desk): State<Desk>, Path(within): Path<actions::Within>) -> Response {
    let key = within.key();
    let body = desk.read(&key, |shop| {
        let order = shop.order(within.id)?;
        Ok((order.number.clone(), order_body(&key, order)))
    });
    match body {
        Ok((number, body)) => {
            let history = ledger::of_order(&desk, &key, within.id);
            page(
                &format!("Order {number}"),
                &format!("{body}<h2>Ledger</h2>{history}"),
            )
        }
        Err(error) => refused(&error),
    }
}

fn order_body(key: &ShopKey, order: &Order) -> String {
    let shop = shop_path(key);
    let here = format!("{shop}/orders/{}", order.id);
    let address = order.shipping.as_ref().map_or_else(
        || "No address".to_owned(),
        |to| {
            format!(
                "{}, {}, {} {}, {}",
                to.name(),
                to.line1,
                to.postcode,
                to.city,
                to.country
            )
        },
    );
    let ship = [
        field("Carrier", "carrier", "DHL", ""),
        field("Number", "tracking_number", "", ""),
    ];
    [
        format!("<p><a href=\"{shop}\">Back to the shop</a></p>"),
        format!(
            "<p>{} · {} · {}</p>",
            escaped(&state(order)),
            escaped(&order.email),
            escaped(&address)
        ),
        lines_of(order, &here),
        shipments_of(order, &here),
        form(&here, "ship", "Send what is left", &ship.concat()),
        form(
            &here,
            "status",
            "Set the status",
            &field("Status", "status", &order.status, "required"),
        ),
        form(
            &here,
            "note",
            "Write a note",
            &field("Note", "text", "", "required size=\"40\""),
        ),
        form(
            &here,
            "cancel",
            "Cancel the order",
            &field("Reason", "reason", "", ""),
        ),
        form(&here, "pay", "Pay it", ""),
        form(&here, "touch", "Save it without a change", ""),
        form(&here, "delete", "Delete it", ""),
    ]
    .concat()
}

fn lines_of(order: &Order, here: &str) -> String {
    let lines = order.lines.iter().map(|line| {
        let hidden = format!("<input type=\"hidden\" name=\"line\" value=\"{}\">", line.id);
        let number = |name| {
            field(
                "",
                name,
                "1",
                "type=\"number\" min=\"0\" required aria-label=\"how many\"",
            )
        };
        let properties = line
            .properties
            .iter()
            .map(|property| format!("{}: {}", property.name, property.value));
        vec![
            escaped(&format!("{} {}", line.title, line.variant_title)),
            escaped(line.sku.as_deref().unwrap_or("–")),
            format!("{} of {}", line.wanted, line.ordered),
            order.shipped_quantity(line.id).to_string(),
            escaped(&properties.collect::<Vec<_>>().join("; ")),
            [
                form(
                    here,
                    "quantity",
                    "Set",
                    &format!("{hidden}{}", number("quantity")),
                ),
                form(
                    here,
                    "refund",
                    "Refund",
                    &format!("{hidden}{}", number("quantity")),
                ),
            ]
            .concat(),
        ]
    });
    table(&["Line", "SKU", "Wanted", "Sent", "Properties", ""], lines)
}

fn shipments_of(order: &Order, here: &str) -> String {
    let shipments = order.shipments.iter().map(|shipment| {
        let hidden = format!(
            "<input type=\"hidden\" name=\"shipment\" value=\"{}\">",
            shipment.id
        );
        vec![
            shipment.at.to_string(),
            escaped(shipment.carrier.as_deref().unwrap_or("–")),
            escaped(shipment.tracking_number.as_deref().unwrap_or("–")),
            match shipment.delivered_at {
                Some(at) => format!("delivered {at}"),
                None => form(here, "deliver", "Deliver", &hidden),
            },
        ]
    });
    table(&["Sent", "Carrier", "Number", ""], shipments)
}

async fn product(State(desk): State<Desk>, Path(within): Path<actions::Within>) -> Response {
    let key = within.key();
    let body = desk.read(&key, |shop| {
        let product = shop.product(within.id)?;
        Ok((product.title.clone(), product_body(shop, product)))
    });
    match body {
        Ok((title, body)) => page(&title, &body),
        Err(error) => refused(&error),
    }
}

fn product_body(shop: &Shop, product: &Product) -> String {
    let here = format!("{}/products/{}", shop_path(&shop.key), product.id);
    let variants = product.variants.iter().map(|variant| {
        vec![
            variant.id.to_string(),
            escaped(&variant.title()),
            escaped(variant.sku.as_deref().unwrap_or("–")),
            decimal(variant.price, &shop.currency),
        ]
    });
    [
        format!("<p><a href=\"{}\">Back to the shop</a></p>", shop_path(&shop.key)),
        table(&["Id", "Choice", "SKU", "Price"], variants),
        form(
            &here,
            "rename",
            "Rename it",
            &field("Name", "title", &product.title, "required size=\"40\""),
        ),
        form(
            &here,
            "price",
            "Set every price",
            &field("Price", "price", "", "required pattern=\"[0-9]+([.][0-9]+)?\""),
        ),
        form(&here, "delete", "Delete it", ""),
    ]
    .concat()
}
