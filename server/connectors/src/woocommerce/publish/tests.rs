//! Products created at shops.

use domain::Money;
use domain::source::VariantOption;

use super::super::tests::{Fake, answer, connection};
use super::*;
use crate::store::StoreConnection;

fn variant(sku: &str, size: Option<&str>) -> NewStoreVariant {
    NewStoreVariant {
        sku: sku.to_owned(),
        options: size
            .map(|size| VariantOption {
                name: "Size".into(),
                value: size.into(),
            })
            .into_iter()
            .collect(),
        price: Money::parse("24.90", "GBP".parse().unwrap()).unwrap(),
    }
}

fn product(variants: Vec<NewStoreVariant>) -> NewStoreProduct {
    NewStoreProduct {
        key: "p-1".to_owned(),
        title: "Poster".to_owned(),
        description: "On thick paper".to_owned(),
        images: vec!["https://portal.example/poster.png".to_owned()],
        variants,
        publish: true,
    }
}

fn shop(found: &'static str, variations: &'static str) -> Fake {
    Fake::shop()
        .on("GET", "/products", move |asked| match asked.query.get("sku") {
            Some(_) => answer(200, found),
            None => answer(200, "[]"),
        })
        .on("GET", "/products/7", |_| {
            answer(
                200,
                r#"{"id":7,"meta_data":[{"key":"_portal_product","value":"p-1"}]}"#,
            )
        })
        .on("GET", "/products/8", |_| {
            answer(200, r#"{"id":8,"meta_data":[]}"#)
        })
        .on("POST", "/products", |_| answer(201, r#"{"id":7}"#))
        .on("PUT", "/products/7", |_| answer(200, r#"{"id":7}"#))
        .on("GET", "/products/7/variations", move |_| answer(200, variations))
        .on("POST", "/products/7/variations/batch", |_| {
            answer(200, r#"{"create":[{"id":70}]}"#)
        })
}

#[tokio::test]
async fn a_product_with_variations_is_created_step_by_step() {
    let fake = shop("[]", "[]").serve().await;
    let poster = product(vec![variant("P-A3", Some("A3")), variant("P-A2", Some("A2"))]);
    assert_eq!(connection(&fake).create_product(&poster).await.unwrap(), 7.into());
    let [created, variations, finished] = fake.bodies().try_into().unwrap();
    assert_eq!(
        (&created["type"], &created["status"]),
        (&"variable".into(), &"draft".into())
    );
    assert_eq!(created["attributes"][0]["options"], json!(["A3", "A2"]));
    assert_eq!(created.get("images"), None);
    assert_eq!(
        variations["create"][1],
        json!({ "sku": "P-A2", "regular_price": "24.90",
        "attributes": [{ "name": "Size", "option": "A2" }] })
    );
    assert_eq!(
        finished,
        json!({ "status": "publish", "images": [{ "src": "https://portal.example/poster.png" }] })
    );
}

#[tokio::test]
async fn an_attempt_that_broke_off_goes_on() {
    let fake = shop(
        r#"[{"id":71,"parent_id":7,"sku":"P-A3"}]"#,
        r#"[{"id":71,"sku":"P-A3"}]"#,
    )
    .serve()
    .await;
    let poster = product(vec![variant("P-A3", Some("A3")), variant("P-A2", Some("A2"))]);
    assert_eq!(connection(&fake).create_product(&poster).await.unwrap(), 7.into());
    assert!(!fake.asked().contains(&"POST /products".to_owned()));
    assert_eq!(
        fake.bodies()[0]["create"].as_array().unwrap().len(),
        1,
        "only the missing one"
    );
}

#[tokio::test]
async fn a_product_without_options_is_simple() {
    let fake = shop("[]", "[]").serve().await;
    connection(&fake)
        .create_product(&product(vec![variant("P", None)]))
        .await
        .unwrap();
    let created = fake.bodies().remove(0);
    assert_eq!(
        (&created["type"], &created["sku"]),
        (&"simple".into(), &"P".into())
    );
    assert_eq!(created["regular_price"], "24.90");
}

#[tokio::test]
async fn skus_of_others_and_other_currencies_are_refused_before_anything_is_there() {
    let fake = shop(r#"[{"id":8,"sku":"P"}]"#, "[]").serve().await;
    let error = connection(&fake)
        .create_product(&product(vec![variant("P", None)]))
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.words()),
        ("store-refused", Some("SKU P: product 8"))
    );
    let mut euros = product(vec![variant("P", None)]);
    euros.variants[0].price.currency = "EUR".parse().unwrap();
    let error = connection(&fake).create_product(&euros).await.unwrap_err();
    assert_eq!(error.words(), Some("The shop sells in GBP."));
    assert!(fake.bodies().is_empty());
}
