//! Creating products, and webhooks.

use domain::Money;
use domain::source::{ExternalId, VariantOption};

use super::*;
use crate::store::{NewStoreProduct, NewStoreVariant, StoreConnection, WebhookTarget};

fn poster(publish: bool) -> NewStoreProduct {
    let variant = |size: &str| NewStoreVariant {
        sku: format!("P-{size}"),
        options: vec![VariantOption {
            name: "Size".into(),
            value: size.into(),
        }],
        price: Money {
            minor: 1250,
            currency: "EUR".parse().unwrap(),
        },
    };
    NewStoreProduct {
        key: "product-1".into(),
        title: "Classic Poster & Frame".into(),
        description: "Nice <b>.\n\nThick.".into(),
        images: vec!["https://portal.example.com/1.png".into()],
        variants: vec![variant("A3"), variant("A4")],
        publish,
    }
}

#[tokio::test]
async fn a_product_is_set_waited_for_and_offered_in_the_online_store() {
    let operation =
        json!({ "productSet": { "product": null, "productSetOperation": { "id": "op" }, "userErrors": [] } });
    let publications = json!({ "publications": { "nodes": [
        { "id": "pos", "catalog": { "title": "Point of Sale", "apps": { "nodes": [{ "handle": "pos" }] } } },
        { "id": "web", "catalog": { "title": "Online Store", "apps": { "nodes": [{ "handle": "online_store" }] } } },
    ] } });
    let script = Script::default()
        .data("ProductByHandle", json!({ "productByIdentifier": null }))
        .data("ProductSet", operation)
        .data("ProductOperation", json!({ "productOperation": { "status": "ACTIVE", "product": null } }))
        .data("ProductOperation", json!({ "productOperation": { "status": "COMPLETE", "product": { "id": "p" }, "userErrors": [] } }))
        .data("Publications", publications)
        .data("PublishablePublish", ok("publishablePublish"));
    let (connection, still) = connect(&script, Router::new(), None).await;
    assert_eq!(
        connection.create_product(&poster(true)).await.unwrap(),
        ExternalId::new("p")
    );
    assert_eq!(still.waits().len(), 1);
    let set = &script.heard("ProductSet")[0];
    let handle = set["identifier"]["handle"].as_str().unwrap();
    assert!(handle.starts_with("classic-poster-frame-"), "{handle}");
    let input = &set["input"];
    assert_eq!(input["descriptionHtml"], "<p>Nice &lt;b&gt;.</p><p>Thick.</p>");
    assert_eq!(
        input["productOptions"],
        json!([{ "name": "Size", "values": [{ "name": "A3" }, { "name": "A4" }] }])
    );
    assert_eq!(input["variants"][1]["price"], "12.50");
    assert_eq!(
        script.heard("PublishablePublish")[0],
        json!({ "id": "p", "input": [{ "publicationId": "web" }] })
    );
}

#[tokio::test]
async fn a_product_that_an_earlier_attempt_made_is_found() {
    let script = Script::default().data("ProductByHandle", json!({ "productByIdentifier": { "id": "p" } }));
    assert_eq!(
        connected(&script)
            .await
            .create_product(&poster(false))
            .await
            .unwrap(),
        ExternalId::new("p")
    );
    assert_eq!(script.names(), ["ProductByHandle"]);
}

#[tokio::test]
async fn missing_webhooks_are_set_up_and_only_ours_taken_away() {
    let hook = |id: &str, topic: &str, uri: &str| json!({ "id": id, "topic": topic, "uri": uri });
    let list = json!({ "webhookSubscriptions": { "nodes": [
        hook("1", "ORDERS_CREATE", "https://portal.example.com/hooks/a"),
        hook("2", "ORDERS_CREATE", "https://portal.example.com/hooks/b"),
        hook("3", "PRODUCTS_CREATE", "https://portal.example.com/hooks/b"),
    ] } });
    let objection = json!({ "webhookSubscriptionCreate": { "userErrors": [{ "message": "not allowed" }] } });
    let script = Script::default()
        .data("WebhookSubscriptions", list)
        .data("WebhookSubscriptionCreate", objection)
        .data("WebhookSubscriptionCreate", ok("webhookSubscriptionCreate"))
        .data("WebhookSubscriptionDelete", ok("webhookSubscriptionDelete"));
    let connection = connected(&script).await;
    let target = WebhookTarget {
        url: "https://portal.example.com/hooks/a".into(),
        secret: Secret::new(""),
    };
    let health = connection.watch(&target).await.unwrap();
    assert_eq!(health.active.len(), health.repaired.len() + 1);
    assert_eq!(
        health.failed,
        [("ORDERS_UPDATED".to_owned(), "not allowed".to_owned())]
    );
    connection.unwatch(&target).await.unwrap();
    assert_eq!(script.heard("WebhookSubscriptionDelete"), [json!({ "id": "1" })]);
}
