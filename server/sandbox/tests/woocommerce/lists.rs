//! Lists: pages, filters, dates, and the odd shapes of what is in them.

use serde_json::{Value, json};

use crate::bench::Bench;

fn ids(list: &Value) -> Vec<u64> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn pages_tell_how_many_there_are_and_end_empty() {
    let bench = Bench::with(25, 0);
    let first = bench
        .api("GET", "products?orderby=id&order=asc&_fields=id", None)
        .await;
    assert_eq!(
        (first.header("x-wp-total"), first.header("x-wp-totalpages")),
        ("25", "3")
    );
    assert!(
        first.header("link").contains("page=2>; rel=\"next\""),
        "{}",
        first.header("link")
    );
    let mut seen = ids(&first.json());
    for page in 2..=3 {
        seen.extend(ids(&bench
            .api("GET", &format!("products?orderby=id&order=asc&page={page}"), None)
            .await
            .json()));
    }
    assert_eq!(seen.len(), 25);
    assert!(seen.is_sorted());
    let beyond = bench.api("GET", "products?page=9", None).await;
    assert_eq!((beyond.status.as_u16(), beyond.json()), (200, json!([])));
    assert!(
        beyond.header("link").contains("page=3>; rel=\"prev\""),
        "{}",
        beyond.header("link")
    );
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let bench = Bench::with(0, 0);
    for (query, sentence) in [
        (
            "per_page=101",
            "per_page must be between 1 (inclusive) and 100 (inclusive)",
        ),
        ("per_page=abc", "per_page is not of type integer."),
        ("page=0", "page must be greater than or equal to 1"),
        (
            "orderby=nosuch",
            "orderby is not one of date, id, include, title, slug, and modified.",
        ),
        ("modified_after=yesterday", "Invalid date."),
        (
            "status=nosuch",
            "status[0] is not one of any, trash, auto-draft, pending, processing, on-hold, completed, cancelled, refunded, failed, and checkout-draft.",
        ),
    ] {
        let answer = bench.api("GET", &format!("orders?{query}"), None).await;
        let name = query.split_once('=').unwrap().0;
        assert_eq!(answer.refusal(), (400, "rest_invalid_param".to_owned()));
        assert_eq!(answer.json()["data"]["params"][name], sentence);
    }
}

#[tokio::test]
async fn modified_after_is_the_shops_time_unless_it_says_gmt_and_old_shops_ignore_it() {
    let bench = Bench::with(1, 3);
    // Orders are 7 minutes apart, the last at 09:53 UTC, which is 10:53 in the shop.
    let count = async |query: &str| {
        bench
            .api("GET", &format!("orders?{query}"), None)
            .await
            .json()
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(
        count("modified_after=2026-11-21T09:50:00&dates_are_gmt=true").await,
        1
    );
    assert_eq!(count("modified_after=2026-11-21T09:50:00").await, 3);
    assert_eq!(count("modified_after=2026-11-21T10:50:00").await, 1);
    assert_eq!(
        count("modified_after=2026-11-21T09:53:00&dates_are_gmt=true").await,
        0,
        "the bound is outside"
    );
    bench.set(json!({ "version": "5.4.2" })).await;
    assert_eq!(
        count("modified_after=2026-11-21T09:50:00&dates_are_gmt=true").await,
        3
    );
    let refused = bench.api("GET", "orders?orderby=modified", None).await;
    assert_eq!(refused.status, 400);
    let index = bench.api("GET", "", None).await;
    assert!(
        index.json()["routes"]["/wc/v3/orders"]["endpoints"][0]["args"]
            .get("modified_after")
            .is_none()
    );
}

#[tokio::test]
async fn statuses_are_filtered_in_every_way_they_are_written() {
    let bench = Bench::with(10, 19);
    let count = async |query: &str| {
        bench
            .api("GET", &format!("orders?per_page=100&{query}"), None)
            .await
            .json()
            .as_array()
            .unwrap()
            .len()
    };
    let processing = count("status=processing").await;
    let on_hold = count("status=on-hold").await;
    assert!(processing > 5 && on_hold == 1, "{processing} {on_hold}");
    assert_eq!(count("status=processing,on-hold").await, processing + on_hold);
    assert_eq!(
        count("status[]=processing&status[]=on-hold").await,
        processing + on_hold
    );
    assert_eq!(count("status=any").await, 19);
    assert_eq!(count("status=refunded").await, 1);
    assert_eq!(count("status=cancelled").await, 1);
}

#[tokio::test]
async fn lines_are_as_odd_as_the_real_ones() {
    let bench = Bench::with(6, 19);
    let orders = bench
        .api("GET", "orders?per_page=100&orderby=id&order=asc", None)
        .await
        .json();
    let lines: Vec<&Value> = orders
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|order| order["line_items"].as_array().unwrap())
        .collect();
    assert!(
        lines
            .iter()
            .all(|line| line["price"].is_number() && line["total"].is_string())
    );
    let simple = lines
        .iter()
        .find(|line| line["variation_id"] == 0 && line["product_id"] != 0)
        .unwrap();
    assert!(simple["image"]["id"].is_string() && simple["parent_name"].is_null());
    let variation = lines.iter().find(|line| line["variation_id"] != 0).unwrap();
    assert!(variation["image"]["id"].is_number() && variation["parent_name"].is_string());
    let by_hand = lines.iter().find(|line| line["name"] == "Rush handling").unwrap();
    assert_eq!(
        (&by_hand["product_id"], &by_hand["sku"]),
        (&json!(0), &Value::Null)
    );
    let uploads: Vec<&Value> = lines
        .iter()
        .flat_map(|line| line["meta_data"].as_array().unwrap())
        .filter(|meta| meta["key"] == "Artwork file")
        .collect();
    assert_eq!(uploads.len(), 2);
    let no_address = orders
        .as_array()
        .unwrap()
        .iter()
        .find(|order| order["billing"]["country"] == "")
        .unwrap();
    assert_eq!(no_address["shipping"]["address_1"], "");
    let partly = orders
        .as_array()
        .unwrap()
        .iter()
        .find(|order| order["refunds"].as_array().unwrap().len() == 1 && order["status"] == "processing")
        .unwrap();
    assert!(partly["refunds"][0]["total"].as_str().unwrap().starts_with('-'));
    assert_eq!(
        partly["line_items"][0]["quantity"], 3,
        "a refund leaves the quantity"
    );
}

#[tokio::test]
async fn products_and_variations_have_their_shapes() {
    let bench = Bench::with(40, 0);
    let products = bench
        .api("GET", "products?per_page=100&orderby=id&order=asc", None)
        .await;
    assert!(products.text.contains("\\/"), "slashes are escaped");
    assert!(products.text.is_ascii(), "letters beyond ASCII are escaped");
    let products = products.json();
    let poster = &products[0];
    assert_eq!(
        (&poster["type"], &poster["regular_price"]),
        (&json!("variable"), &json!(""))
    );
    let id = poster["id"].as_u64().unwrap();
    let variations = bench
        .api("GET", &format!("products/{id}/variations?per_page=100"), None)
        .await
        .json();
    assert_eq!(
        ids(&variations).len(),
        poster["variations"].as_array().unwrap().len()
    );
    let variation = &variations[0];
    let sku = variation["sku"].as_str().unwrap();
    let found = bench
        .api("GET", &format!("products?sku={sku}"), None)
        .await
        .json();
    assert_eq!(
        (&found[0]["type"], &found[0]["parent_id"]),
        (&json!("variation"), &json!(id))
    );
    let by_id = bench
        .api("GET", &format!("products/{}", variation["id"]), None)
        .await
        .json();
    assert_eq!(by_id["sku"], sku);
    assert!(
        products
            .as_array()
            .unwrap()
            .iter()
            .any(|product| product["status"] == "draft")
    );
    // A free choice is simply missing from the variation.
    let any = &products[30];
    let variations = bench
        .api("GET", &format!("products/{}/variations", any["id"]), None)
        .await
        .json();
    assert_eq!(
        variations[0]["attributes"].as_array().unwrap().len() + 1,
        any["attributes"].as_array().unwrap().len()
    );
    let all = bench.api("GET", "variations?per_page=1", None).await;
    assert!(all.header("x-wp-total").parse::<usize>().unwrap() > 100);
}

#[tokio::test]
async fn old_versions_have_fewer_fields() {
    let bench = Bench::with(1, 1);
    bench.set(json!({ "version": "8.2.2" })).await;
    let product = bench.api("GET", "products", None).await.json()[0].clone();
    assert!(product.get("global_unique_id").is_none() && product.get("brands").is_none());
    let variation = bench
        .api("GET", &format!("products/{}/variations", product["id"]), None)
        .await
        .json()[0]
        .clone();
    for name in ["type", "name", "parent_id"] {
        assert!(variation.get(name).is_none(), "{name}");
    }
    assert_eq!(
        bench.api("GET", "orders/statuses", None).await.refusal(),
        (404, "rest_no_route".to_owned())
    );
}
