//! What buyers added to a line.

use domain::source::LineProperty;
use domain::{CatalogueKey, Platform};

use super::*;
use crate::orders::{DesignForm, replace_design};
use crate::storage::sql;
use crate::stores::{self, StoreSettings};
use crate::testing::connect_store;

/// A poster that is connected with a design that fits.
async fn poster(portal: &TestPortal) -> Shop {
    poster_of(portal, open(portal).await).await
}

/// The same in a shop that is there.
async fn poster_of(portal: &TestPortal, shop: Shop) -> Shop {
    testing::connect(portal, &shop.store, "poster", "poster_a3-silk").await;
    let file = testing::upload(portal, &shop.client, &testing::png(2400, 3370)).await;
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO store_variant_designs (store_variant_id, area_key, file_id, state, version)
         SELECT id, 'front', $1, 'checked', $2 FROM store_variants WHERE mapping_state = 'connected'
             AND catalogue_variant_id = (SELECT id FROM catalogue_variants WHERE uid = 'poster_a3-silk')",
    )
    .bind(file)
    .bind(portal.entropy.id())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    shop
}

fn with(second: i64, name: &str, value: &str) -> SourceOrder {
    let mut order = order("7", second);
    order.lines = vec![SourceLine {
        properties: vec![LineProperty {
            name: name.to_owned(),
            value: value.to_owned(),
        }],
        ..line("l1", "poster", 1)
    }];
    order
}

#[tokio::test]
async fn a_text_of_the_buyer_waits_for_a_look_and_a_released_line_goes_on() {
    on_both(async |portal| {
        let shop = poster(&portal).await;
        let id = shop
            .take(&portal, &with(1, "Text", "Happy Birthday, Zoë!"))
            .await
            .order()
            .unwrap();
        testing::work(&portal).await;
        let waits = (OrderStatus::OnHold, Some(ReasonCode::DesignPersonalised));
        assert_eq!(status(&detail(&portal, id).await), waits);
        shop.take(
            &portal,
            &SourceOrder {
                note: Some("Thanks".to_owned()),
                ..with(2, "Text", "Happy Birthday, Zoë!")
            },
        )
        .await;
        assert_eq!(status(&detail(&portal, id).await), waits);

        release(&portal, &shop.viewer(), id).await.unwrap();
        let goes_on = (OrderStatus::Created, None);
        assert_eq!(status(&detail(&portal, id).await), goes_on);
        shop.take(
            &portal,
            &SourceOrder {
                note: Some("Bye".to_owned()),
                ..with(3, "Text", "Happy Birthday, Zoë!")
            },
        )
        .await;
        assert_eq!(status(&detail(&portal, id).await), goes_on);
    })
    .await;
}

#[tokio::test]
async fn nothing_waits_for_a_look_at_a_store_whose_people_want_none() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (online, _) = connect_store(
            &portal,
            shop.client.customer,
            Platform::Shopify,
            "a.myshopify.com",
        )
        .await;
        let store = stores::find(&portal, &Scope::AllCustomers, online).await.unwrap();
        let shop = poster_of(&portal, Shop { store, ..shop }).await;
        let id = shop
            .take(&portal, &with(1, "Text", "Happy Birthday, Zoë!"))
            .await
            .order()
            .unwrap();
        testing::work(&portal).await;
        let waits = (OrderStatus::OnHold, Some(ReasonCode::DesignPersonalised));
        assert_eq!(status(&detail(&portal, id).await), waits);

        // Also beside what nobody has connected yet.
        let mixed = SourceOrder {
            external_id: ExternalId::new("9"),
            lines: [with(1, "Text", "For Leo").lines, vec![line("l2", "vase", 1)]].concat(),
            ..with(1, "Text", "For Leo")
        };
        let mixed = shop.take(&portal, &mixed).await.order().unwrap();
        testing::work(&portal).await;
        let found = detail(&portal, mixed).await;
        assert_eq!(found.head.status, OrderStatus::NotConnected);
        assert_eq!((found.lines[0].status, found.lines[0].reason), waits);

        let nobody_looks = StoreSettings {
            hold_personalised: false,
            ..StoreSettings::default()
        };
        stores::change_settings(&portal, &shop.client, online, &nobody_looks)
            .await
            .unwrap();
        testing::work(&portal).await;
        let goes_on = (OrderStatus::Created, None);
        assert_eq!(status(&detail(&portal, id).await), goes_on);
        assert_eq!(detail(&portal, mixed).await.lines[0].status, OrderStatus::Created);
        let next = SourceOrder {
            external_id: ExternalId::new("8"),
            ..with(2, "Text", "For Zoë")
        };
        let next = shop.take(&portal, &next).await.order().unwrap();
        testing::work(&portal).await;
        assert_eq!(status(&detail(&portal, next).await), goes_on);
    })
    .await;
}

#[tokio::test]
async fn a_design_with_the_text_of_the_buyer_goes_on_until_they_change_it() {
    on_both(async |portal| {
        let shop = poster(&portal).await;
        let id = shop
            .take(&portal, &with(1, "_file", "https://uploads.example/zoe.png"))
            .await
            .order()
            .unwrap();
        testing::work(&portal).await;
        let found = detail(&portal, id).await;
        assert_eq!(found.head.reason, Some(ReasonCode::DesignPersonalised));
        let form = DesignForm {
            upload: Some(testing::upload(&portal, &shop.client, &testing::png(2410, 3380)).await),
            ..DesignForm::default()
        };
        let area = CatalogueKey::parse("front").unwrap();
        let line = found.lines[0].id;
        replace_design(&portal, &shop.viewer(), id, line, &area, &form)
            .await
            .unwrap();
        testing::work(&portal).await;
        assert_eq!(status(&detail(&portal, id).await), (OrderStatus::Created, None));
    })
    .await;
}

#[tokio::test]
async fn what_plug_ins_note_for_themselves_stops_nothing() {
    on_both(async |portal| {
        let shop = poster(&portal).await;
        let id = shop
            .take(&portal, &with(1, "_bundle", "12"))
            .await
            .order()
            .unwrap();
        testing::work(&portal).await;
        assert_eq!(status(&detail(&portal, id).await), (OrderStatus::Created, None));
    })
    .await;
}
