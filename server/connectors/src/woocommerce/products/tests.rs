//! Products as they were recorded, and a catalogue of many.

use std::fmt::Write;

use serde_json::{Value, json};

use super::super::tests::{Asked, Fake, answer, connection, rows, sample};
use super::*;
use crate::store::StoreConnection;

#[tokio::test]
async fn a_recorded_product_is_read_with_its_variations() {
    let shop = Fake::shop()
        .on("GET", "/products/41", |_| {
            answer(200, &sample("product_variable_any"))
        })
        .on("GET", "/products/41/variations", |_| {
            answer(200, &sample("product_variable_any_variations"))
        })
        .serve()
        .await;
    let product = connection(&shop).product(&41.into()).await.unwrap().unwrap();
    assert_eq!(
        (product.title.as_str(), product.listing),
        ("A5 flyers", Listing::Published)
    );
    assert_eq!(product.updated_at.unwrap().seconds(), 1_795_291_136);
    let titles: Vec<String> = product.variants.iter().map(StoreVariant::title).collect();
    assert!(titles.contains(&"400gsm Matt".to_owned()), "{titles:?}");
    let matt = product
        .variants
        .iter()
        .find(|variant| variant.external_id == 43.into())
        .unwrap();
    assert_eq!(matt.sku.as_deref(), Some("FLY-A5-400"));
    assert_eq!(matt.price.unwrap().decimal(), "55.00");
    assert_eq!(matt.price.unwrap().currency.as_str(), "GBP");
}

#[tokio::test]
async fn a_product_without_options_is_its_only_variant() {
    let shop = Fake::shop()
        .on("GET", "/products/15", |_| answer(200, &sample("product_simple")))
        .serve()
        .await;
    let product = connection(&shop).product(&15.into()).await.unwrap().unwrap();
    let [variant] = product.variants.as_slice() else {
        panic!("{product:?}")
    };
    assert_eq!(
        (&variant.external_id, variant.title().as_str()),
        (&product.external_id, "")
    );
    assert_eq!((variant.sku.as_deref(), variant.ships), (Some("PEN-LOGO"), true));
    assert!(product.image_url.unwrap().ends_with("/pen.png"));
}

#[tokio::test]
async fn a_variation_leads_to_its_product_and_what_is_not_sold_here_to_none() {
    let shop = Fake::shop()
        .on("GET", "/products/23", |_| {
            answer(200, &sample("product_variation_via_products_endpoint"))
        })
        .on("GET", "/products/16", |_| {
            answer(200, &sample("product_variable"))
        })
        .on("GET", "/products/16/variations", |_| answer(200, "[]"))
        .on("GET", "/products/58", |_| {
            answer(200, &sample("product_external"))
        })
        .on("GET", "/products/57", |_| answer(200, &sample("product_grouped")))
        .serve()
        .await;
    let shop = connection(&shop);
    assert_eq!(
        shop.product(&23.into()).await.unwrap().unwrap().external_id,
        16.into()
    );
    for id in [57, 58, 999] {
        assert_eq!(shop.product(&id.into()).await.unwrap(), None, "{id}");
    }
    assert_eq!(shop.product(&ExternalId::new("../orders")).await.unwrap(), None);
}

#[test]
fn every_recorded_product_is_read() {
    let listing = |name| {
        let product: Product = serde_json::from_str(&sample(name)).unwrap();
        let product = store_product(product, &[], "GBP".parse().ok());
        (
            product.title,
            product.listing,
            product.variants[0].price.map(|price| price.decimal()),
        )
    };
    let price = |price: &str| Some(price.to_owned());
    assert_eq!(
        listing("product_draft"),
        ("Draft product".into(), Listing::Draft, price("1.00"))
    );
    assert_eq!(
        listing("product_trashed"),
        ("Trashed product".into(), Listing::Archived, price("1.00"))
    );
    assert_eq!(
        listing("product_no_price"),
        ("Price on request".into(), Listing::Published, None)
    );
    assert_eq!(
        listing("product_utf8"),
        (
            "Grußkarte „Été“ & Co. – 名刺 😀 fett".into(),
            Listing::Published,
            price("2.50")
        )
    );
}

/// 250 products with three variations each.
fn catalogue(asked: &Asked) -> Vec<Value> {
    if asked.path.as_str() == "/products" {
        (1..=250)
            .map(|id| {
                json!({ "id": id, "type": "variable", "status": "publish", "name": format!("P{id}"),
            "variations": [1000 * id, 1000 * id + 1, 1000 * id + 2],
            "date_modified_gmt": "2026-11-21T19:58:50" })
            })
            .collect()
    } else {
        let parents = asked.query["parent"]
            .split(',')
            .map(|id| id.parse::<i64>().unwrap());
        parents
            .flat_map(|parent| (0..3).map(move |n| (parent, 1000 * parent + n)))
            .map(|(parent, id)| json!({ "id": id, "type": "variation", "parent_id": parent, "price": 3 }))
            .collect()
    }
}

#[tokio::test]
async fn a_whole_catalogue_takes_few_requests() {
    let shop = Fake::shop()
        .on("GET", "/products", |asked| rows(asked, catalogue(asked)))
        .on("GET", "/variations", |asked| rows(asked, catalogue(asked)))
        .serve()
        .await;
    let connection = connection(&shop);
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = connection.products(None, cursor.as_ref()).await.unwrap();
        assert_eq!(page.total, Some(250));
        seen.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 250);
    assert!(seen.iter().all(|product| product.variants.len() == 3));
    let requests = shop.asked();
    assert!(requests.len() <= 3 + 9 + 1, "{requests:?}");
}

#[tokio::test]
async fn older_versions_are_asked_for_variations_product_by_product() {
    let mut fake = Fake::shop().on("GET", "/products", |asked| {
        rows(asked, catalogue(asked)[..3].to_vec())
    });
    for id in 1..=3 {
        let mut path = "/products/".to_owned();
        let _ = write!(path, "{id}/variations");
        fake = fake.on("GET", path.leak(), move |asked| {
            let variation = |n| json!({ "id": 1000 * id + n, "sku": format!("V{n}") });
            rows(asked, (0..3).map(variation).collect())
        });
    }
    let shop = fake.serve().await;
    let page = connection(&shop).products(None, None).await.unwrap();
    assert!(
        page.items.iter().all(|product| product.variants.len() == 3),
        "{page:?}"
    );
    assert!(shop.asked().contains(&"GET /products/3/variations".to_owned()));
}

#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_hold_up_the_others() {
    let shop = Fake::shop()
        .on("GET", "/products", |_| {
            answer(200, r#"[{"id":1,"type":"simple"},{"id":"x"},{"id":3}]"#)
        })
        .serve()
        .await;
    let page = connection(&shop).products(None, None).await.unwrap();
    assert_eq!((page.items.len(), page.unreadable.len()), (2, 1));
    assert_eq!(page.unreadable[0].0, "\"x\"");
}
