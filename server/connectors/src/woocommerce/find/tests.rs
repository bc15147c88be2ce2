//! Sites of all kinds.

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::super::tests::line;
use super::*;
use crate::testing::serve;

const WOOCOMMERCE: &str = r#"{"name":"Prints","namespaces":["wp/v2","wc/v2","wc/v3"]}"#;

/// What `find` says of a site that answers every address with `answer`, given the site's address.
async fn at(path: &str, answer: fn(&str) -> Response) -> (String, Result<Found>) {
    let site = serve(Router::new().fallback(get(move |uri: Uri| {
        let place = uri.to_string().replace(FIELDS, "");
        async move { answer(&place) }
    })))
    .await;
    let (wire, _) = line();
    let found = find(&wire, &ShopUrl::parse(&format!("{site}{path}")).unwrap(), true).await;
    (site, found)
}

async fn wrong(answer: fn(&str) -> Response) -> &'static str {
    at("", answer).await.1.unwrap_err().code()
}

fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, "<!DOCTYPE html><title>Hello</title>").into_response()
}

#[tokio::test]
async fn the_address_without_redirects_and_with_its_directory_is_found() {
    let (site, found) = at("/old/wp-admin/", |place| match place {
        "/old/wp-json/" => Redirect::permanent("/prints/wp-json/?_fields=name,namespaces").into_response(),
        "/prints/wp-json/" => WOOCOMMERCE.into_response(),
        _ => page(404),
    })
    .await;
    let found = found.unwrap();
    assert_eq!(
        (found.shop.as_str(), found.name.as_str()),
        (&*format!("{site}/prints"), "Prints")
    );
}

#[tokio::test]
async fn the_site_of_a_page_is_found_by_the_link_it_gives() {
    let (site, found) = at("/shop/cart", |place| match place {
        "/wp-json/" => WOOCOMMERCE.into_response(),
        "/shop/cart/" => (
            [(
                "link",
                r#"</feed>; rel="x", </wp-json/>; rel="https://api.w.org/""#,
            )],
            page(200),
        )
            .into_response(),
        _ => page(404),
    })
    .await;
    assert_eq!(found.unwrap().shop.as_str(), site);
}

#[tokio::test]
async fn each_thing_that_is_wrong_has_its_name() {
    assert_eq!(wrong(|_| page(200)).await, "store-not-this-platform");
    assert_eq!(wrong(|_| page(404)).await, "store-not-this-platform");
    assert_eq!(
        wrong(|_| "[1,2]".into_response()).await,
        "store-not-this-platform"
    );
    assert_eq!(wrong(|_| page(403)).await, "store-firewall");
    assert_eq!(wrong(|_| page(406)).await, "store-firewall");
    assert_eq!(wrong(|_| page(503)).await, "store-maintenance");
    let challenge = |_: &str| "<html><title>Just a moment...</title>".into_response();
    assert_eq!(wrong(challenge).await, "store-firewall");
    assert_eq!(
        wrong(|_| r#"{"namespaces":["wp/v2"]}"#.into_response()).await,
        "store-shop-missing"
    );
    assert_eq!(
        wrong(|_| r#"{"namespaces":["wp/v2","wc/v2"]}"#.into_response()).await,
        "store-too-old"
    );
    let closed = |_: &str| {
        let body = r#"{"code":"rest_login_required","message":"Log in.","data":{"status":401}}"#;
        (StatusCode::UNAUTHORIZED, body).into_response()
    };
    assert_eq!(wrong(closed).await, "store-api-closed");
    let plain = |place: &str| match place {
        "/?rest_route=/" => WOOCOMMERCE.into_response(),
        _ => page(404),
    };
    assert_eq!(wrong(plain).await, "store-plain-permalinks");
}

#[tokio::test]
async fn addresses_that_must_not_be_called_and_silent_ones_are_told_apart() {
    let (wire, _) = line();
    let code = async |typed: &str| {
        find(&wire, &ShopUrl::parse(typed).unwrap(), true)
            .await
            .unwrap_err()
            .code()
    };
    assert_eq!(code("http://10.0.0.1").await, "store-address-refused");
    assert_eq!(code("http://127.0.0.1:1").await, "store-address-refused");
    assert_eq!(code("https://shop.invalid").await, "store-address-refused");
    let port = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    assert_eq!(
        code(&format!("http://127.0.0.1:{port}")).await,
        "store-unreachable"
    );
}

#[tokio::test]
async fn a_shop_without_encryption_needs_its_owners_wish() {
    let site = serve(Router::new().fallback(get(|| async { WOOCOMMERCE }))).await;
    let (wire, _) = line();
    let shop = ShopUrl::parse(&site).unwrap();
    assert_eq!(
        find(&wire, &shop, false).await.unwrap_err().code(),
        "store-not-encrypted"
    );
    assert!(find(&wire, &shop, true).await.is_ok());
}
