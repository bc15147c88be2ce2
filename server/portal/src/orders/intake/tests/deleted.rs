//! What stores delete after it was ordered.

use super::*;
use crate::store_products::known_from_line;

/// A line of one size of a product.
fn sized(id: &str, size: &str) -> SourceLine {
    SourceLine {
        variant_id: Some(ExternalId::new(size)),
        variant_title: size.to_owned(),
        ..line(id, "banner", 2)
    }
}

/// What a store says of a line whose variant is gone, and of one whose product is gone too.
fn unnamed(line: &SourceLine) -> [SourceLine; 3] {
    [
        SourceLine {
            variant_id: None,
            ..line.clone()
        },
        SourceLine {
            variant_id: line.product_id.clone(),
            ..line.clone()
        },
        SourceLine {
            product_id: None,
            variant_id: None,
            sku: None,
            ..line.clone()
        },
    ]
}

/// Connects the small and the large size with a design each, which are different products here.
async fn connect_sizes(portal: &TestPortal, shop: &Shop) {
    let mut tx = portal.db.begin().await.unwrap();
    for (size, uid) in [("small", "poster_a4-silk"), ("large", "poster_a3-silk")] {
        let variant = known_from_line(portal, &mut tx, &shop.store, &sized("none", size))
            .await
            .unwrap()
            .unwrap();
        sql("UPDATE store_variants SET mapping_state = 'connected',
                 catalogue_variant_id = (SELECT id FROM catalogue_variants WHERE uid = $2) WHERE id = $1")
        .bind(variant)
        .bind(uid)
        .execute(&mut tx)
        .await
        .unwrap();
        sql(
            "INSERT INTO store_variant_designs (store_variant_id, area_key, url, state, version)
             VALUES ($1, 'front', $2, 'waiting', $3)",
        )
        .bind(variant)
        .bind(format!("https://example.com/{size}.pdf"))
        .bind(portal.entropy.id())
        .execute(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// The store has the small size no more, as a sync notes it.
async fn delete_small(portal: &TestPortal) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE store_variants SET gone_at = $1 WHERE external_id = 'small'")
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    sql("UPDATE store_products SET variant_count = 1 WHERE external_id = 'banner'")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// What is made of the first line, and how far it is.
fn made(found: &OrderDetail) -> impl PartialEq + std::fmt::Debug + use<> {
    let line = &found.lines[0];
    let urls: Vec<_> = line
        .designs
        .iter()
        .filter_map(|design| design.given.as_ref()?.url.clone())
        .collect();
    (
        line.store_variant,
        line.product_uid.clone(),
        urls,
        line.status,
        line.reason,
    )
}

#[tokio::test]
async fn a_variant_that_was_deleted_is_made_as_it_was_ordered() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        connect_sizes(&portal, &shop).await;
        let ordered = SourceOrder {
            lines: vec![sized("l1", "small")],
            ..order("1", 1)
        };
        let id = shop.take(&portal, &ordered).await.order().unwrap();
        let before = made(&detail(&portal, id).await);
        delete_small(&portal).await;
        for (second, now) in (2..).zip(unnamed(&ordered.lines[0])) {
            let now = SourceOrder {
                updated_at: at(second),
                note: Some(format!("Remark {second}")),
                lines: vec![now],
                ..ordered.clone()
            };
            assert_eq!(shop.take(&portal, &now).await, TakenIn::Changed(id));
            let found = detail(&portal, id).await;
            assert_eq!(made(&found), before, "{:?}", now.lines);
            let details = found.timeline.iter().filter_map(|event| event.detail.as_ref());
            let told: Vec<StoreChange> = details.flat_map(|detail| detail.0.changes.clone()).collect();
            assert!(told.iter().all(|change| *change == StoreChange::Note), "{told:?}");
        }
        let (variants,): (i64,) = sql(
            "SELECT COUNT(*) FROM store_variants v JOIN store_products p ON p.id = v.product_id
             WHERE p.external_id = 'banner'",
        )
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
        assert_eq!(variants, 2, "none is made up");
    })
    .await;
}

#[tokio::test]
async fn what_is_made_is_not_stopped_because_its_variant_was_deleted() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let ordered = order("1", 1);
        let id = shop.take(&portal, &ordered).await.order().unwrap();
        advance(&portal, &shop.operator, id, &Advance::default())
            .await
            .unwrap();
        for (second, now) in (2..).zip(unnamed(&ordered.lines[0])) {
            let now = SourceOrder {
                updated_at: at(second),
                lines: vec![now],
                ..ordered.clone()
            };
            assert_eq!(shop.take(&portal, &now).await, TakenIn::Unchanged(id));
        }
        assert_eq!(
            status(&detail(&portal, id).await),
            (OrderStatus::InProduction, None)
        );
    })
    .await;
}

#[tokio::test]
async fn a_variant_that_was_deleted_before_its_order_came_is_not_taken_for_the_one_that_is_left() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        connect_sizes(&portal, &shop).await;
        delete_small(&portal).await;
        let [deleted, ..] = unnamed(&sized("l1", "small"));
        let order = SourceOrder {
            lines: vec![deleted],
            ..order("1", 1)
        };
        let id = shop.take(&portal, &order).await.order().unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(
            found.lines[0].product_uid.as_deref(),
            Some("poster_a4-silk"),
            "its title tells what it was"
        );
    })
    .await;
}
