//! Sites in trouble: what a program that connects has to recognise.

use serde_json::json;

use crate::bench::Bench;

#[tokio::test]
async fn a_site_in_trouble_answers_html() {
    let bench = Bench::with(0, 0);
    for (outage, status, words) in [
        ("firewall", 403, "Cloudflare"),
        ("maintenance", 503, "scheduled maintenance"),
        ("php_fatal", 500, "critical error"),
        ("database", 500, "database connection"),
        ("bad_gateway", 502, "Bad Gateway"),
    ] {
        bench.set(json!({ "outage": outage })).await;
        let answer = bench.api("GET", "orders", None).await;
        assert_eq!(answer.status, status, "{outage}");
        assert!(answer.header("content-type").starts_with("text/html"));
        assert!(answer.text.contains(words), "{}", answer.text);
        assert_eq!(answer.header("retry-after") == "600", outage == "maintenance");
    }
    bench.set(json!({ "outage": null })).await;
    assert_eq!(bench.api("GET", "orders", None).await.status, 200);
}

#[tokio::test]
async fn a_warning_stands_before_the_json() {
    let bench = Bench::with(0, 0);
    bench.set(json!({ "php_warning": true })).await;
    let answer = bench.api("GET", "orders", None).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(
        answer.text.starts_with("<br />") && answer.text.ends_with("[]"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn plugins_close_the_api_and_some_sites_are_no_shops() {
    let bench = Bench::with(0, 0);
    bench.set(json!({ "security_plugin": true })).await;
    assert_eq!(
        bench.api("GET", "orders", None).await.refusal(),
        (401, "rest_login_required".to_owned())
    );
    bench
        .set(json!({ "security_plugin": null, "no_shop": true }))
        .await;
    assert_eq!(bench.api("GET", "orders", None).await.status, 404);
    assert_eq!(bench.ask("GET", "/shops/demo", &[], None).await.status, 200);
    assert_eq!(
        bench.ask("GET", "/shops/nobody/wp-json/", &[], None).await.status,
        404
    );
}

#[tokio::test]
async fn a_site_that_moved_redirects() {
    let bench = Bench::with(0, 0);
    bench.set(json!({ "moved_to": "plain" })).await;
    let answer = bench.api("GET", "orders?per_page=5", None).await;
    assert_eq!(answer.status, 301);
    assert_eq!(
        answer.header("location"),
        "http://127.0.0.1:4000/shops/plain/wp-json/wc/v3/orders?per_page=5"
    );
}
