//! Reading products.

use std::time::Duration;

use axum::routing::get;
use domain::source::Listing;

use super::*;
use crate::store::{Cursor, StoreConnection};

fn variant(id: u64, size: &str) -> Value {
    json!({
        "id": gid("ProductVariant", id), "sku": null, "price": "12.50",
        "selectedOptions": [{ "name": "Size", "value": size }],
        "inventoryItem": { "requiresShipping": true },
    })
}

fn product(id: u64, variants: &Value) -> Value {
    json!({
        "id": gid("Product", id), "title": "Poster", "status": "DRAFT", "updatedAt": "2026-11-20T10:00:00Z",
        "onlineStoreUrl": null, "hasOnlyDefaultVariant": false,
        "featuredMedia": { "preview": { "image": { "url": "https://cdn.example.com/1.png" } } },
        "variants": variants,
    })
}

#[tokio::test]
async fn changed_products_come_by_pages_with_all_their_variants() {
    let first = product(1, &page(&[variant(11, "A3")], Some("v1")));
    let rest = product(1, &page(&[variant(12, "A4")], None));
    let broken = json!({ "id": 7, "title": "Broken" });
    let script = Script::default()
        .data(
            "ProductsPage",
            json!({ "shop": { "currencyCode": "EUR" }, "products": page(&[first, broken], Some("p1")) }),
        )
        .data(
            "ProductsPage",
            json!({ "shop": { "currencyCode": "EUR" }, "products": page(&[], None) }),
        )
        .data(
            "Product",
            json!({ "shop": { "currencyCode": "EUR" }, "product": rest }),
        );
    let connection = connected(&script).await;
    let since = Some(NOW - Duration::from_hours(1));
    let got = connection.products(since, None).await.unwrap();
    assert_eq!(got.unreadable.len(), 1);
    let [poster] = got.items.as_slice() else {
        panic!("{got:?}")
    };
    assert_eq!(poster.listing, Listing::Draft);
    let titles: Vec<String> = poster
        .variants
        .iter()
        .map(domain::source::StoreVariant::title)
        .collect();
    assert_eq!(titles, ["A3", "A4"]);
    assert_eq!(poster.variants[0].price.unwrap().minor, 1250);
    assert!(
        connection
            .products(since, got.next.as_ref())
            .await
            .unwrap()
            .next
            .is_none()
    );
    let asked = script.heard("ProductsPage");
    assert_eq!(asked[0]["query"], "updated_at:>='2026-11-20T23:00:00Z'");
    assert_eq!(asked[1]["after"], "p1");
    assert_eq!(script.heard("Product")[0]["variantsAfter"], "v1");
}

fn started(id: &str) -> Value {
    json!({ "bulkOperationRunQuery": { "bulkOperation": { "id": id, "status": "CREATED" }, "userErrors": [] } })
}

fn bulk(status: &str, url: Option<&str>) -> Value {
    json!({
        "shop": { "currencyCode": "EUR" },
        "node": { "id": "bulk", "status": status, "rootObjectCount": "251", "url": url },
    })
}

#[tokio::test]
async fn the_first_sync_reads_the_prepared_file_in_parts() {
    let sample = include_str!("../samples/bulk_products.sample.jsonl");
    let many: Vec<String> = (0..251)
        .map(|id| json!({ "id": gid("Product", id), "title": "x".repeat(200) }).to_string())
        .collect();
    let many = many.join("\n");
    let strays = json!({ "id": gid("ProductVariant", 5), "__parentId": gid("Product", 3) });
    for file in [sample.to_owned(), format!("{many}\n{strays}\n{sample}")] {
        let script = Script::default();
        let expected = file.matches("gid://shopify/Product/").count() - file.matches("__parentId").count();
        let served = Router::new().route("/file", get(move || async move { file }));
        let address = serve(served).await;
        let url = format!("{address}/file?secret=1");
        let script = script
            .data("BulkOperationRun", started("bulk"))
            .data("BulkOperation", bulk("RUNNING", None))
            .data("BulkOperation", bulk("COMPLETED", Some(&url)))
            .data(
                "Product",
                json!({ "product": product(3, &page(&[variant(5, "A3")], None)) }),
            );
        let (connection, still) = connect(&script, Router::new(), None).await;
        let mut cursor: Option<Cursor> = None;
        let mut items = Vec::new();
        let mut waits = 0;
        loop {
            let got = connection.products(None, cursor.as_ref()).await.unwrap();
            waits += usize::from(got.wait.is_some());
            assert!(got.unreadable.is_empty(), "{:?}", got.unreadable);
            items.extend(got.items);
            cursor = got.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(waits, 2, "once started, once still running");
        let sample_product = items.iter().find(|item| item.title == "19 t-shirt").unwrap();
        assert_eq!(sample_product.variants.len(), 2);
        // A variant far from its product makes the product be read again, whole.
        let strayed = usize::from(expected > 200);
        assert_eq!(items.len(), expected + strayed);
        assert_eq!(script.heard("Product").len(), strayed);
        assert!(
            !format!("{:?}", still.exchanges()).contains("file?secret"),
            "the address lets anybody in"
        );
    }
}

#[tokio::test]
async fn without_a_file_products_come_by_pages() {
    let busy = json!({ "bulkOperationRunQuery": {
        "bulkOperation": null,
        "userErrors": [{ "field": null, "message": "busy", "code": "OPERATION_IN_PROGRESS" }],
    } });
    let pages = json!({ "shop": { "currencyCode": "EUR" }, "products": page(&[], None) });
    let script = Script::default()
        .data("BulkOperationRun", busy)
        .data("ProductsPage", pages.clone());
    assert!(
        connected(&script)
            .await
            .products(None, None)
            .await
            .unwrap()
            .next
            .is_none()
    );
    assert_eq!(script.heard("ProductsPage")[0]["query"], Value::Null);

    let script = Script::default()
        .data("BulkOperationRun", started("bulk"))
        .data("BulkOperation", bulk("FAILED", None))
        .data("ProductsPage", pages);
    let connection = connected(&script).await;
    let cursor = connection.products(None, None).await.unwrap().next;
    assert!(
        connection
            .products(None, cursor.as_ref())
            .await
            .unwrap()
            .next
            .is_none()
    );
    assert_eq!(
        script.names(),
        ["BulkOperationRun", "BulkOperation", "ProductsPage"]
    );
}
