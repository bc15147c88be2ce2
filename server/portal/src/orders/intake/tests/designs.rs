//! The designs of a line: when they are waited for, and what somebody accepts of them while others are still checked.

use domain::CatalogueKey;
use domain::id::FileId;

use super::*;
use crate::catalogue;
use crate::orders::{DesignForm, is_under_way, replace_design};

const WAITS: (OrderStatus, Option<ReasonCode>) = (OrderStatus::Received, None);
const MADE: (OrderStatus, Option<ReasonCode>) = (OrderStatus::Created, None);
const LOW: (OrderStatus, Option<ReasonCode>) = (OrderStatus::OnHold, Some(ReasonCode::DesignLowResolution));

/// A shop whose card, printed on both sides, is connected with designs for some of them.
async fn card(portal: &TestPortal, areas: &[&str]) -> Shop {
    let shop = open(portal).await;
    let both =
        "front 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg; back 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg";
    catalogue::create(portal, &shop.operator, &testing::product("card", "", both))
        .await
        .unwrap();
    testing::connect(portal, &shop.store, "card", "card").await;
    let file = fitting(portal, &shop).await;
    let mut tx = portal.db.begin().await.unwrap();
    for area in areas {
        sql(
            "INSERT INTO store_variant_designs (store_variant_id, area_key, file_id, state, version)
             SELECT id, $1, $2, 'checked', $3 FROM store_variants WHERE external_id = 'card-v'",
        )
        .bind(*area)
        .bind(file)
        .bind(portal.entropy.id())
        .execute(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    shop
}

/// A design that fits each side.
async fn fitting(portal: &TestPortal, shop: &Shop) -> FileId {
    testing::upload(portal, &shop.client, &testing::png(2400, 3370)).await
}

fn cards(id: &str, second: i64) -> SourceOrder {
    SourceOrder {
        lines: vec![line("l1", "card", 1)],
        note: Some(format!("Said {second} times")),
        ..order(id, second)
    }
}

/// Takes an order of a card in; the checks of some sides have refused its designs already.
async fn take_refused(portal: &TestPortal, shop: &Shop, id: &str, refused: &[(&str, ReasonCode)]) -> OrderId {
    let taken = shop.take(portal, &cards(id, 1)).await.order().unwrap();
    assert_eq!(status(&detail(portal, taken).await), WAITS);
    let mut tx = portal.db.begin().await.unwrap();
    for (area, reason) in refused {
        sql("UPDATE order_line_files SET state = 'refused', reason = $3
             WHERE area_key = $2 AND line_id IN (SELECT id FROM order_lines WHERE order_id = $1)")
        .bind(taken)
        .bind(*area)
        .bind(reason.as_str())
        .execute(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    shop.take(portal, &cards(id, 2)).await;
    assert_eq!(status(&detail(portal, taken).await), LOW);
    taken
}

#[tokio::test]
async fn nobody_waits_for_the_designs_of_an_order_that_is_not_paid() {
    on_both(async |portal| {
        let shop = card(&portal, &["front", "back"]).await;
        let unpaid = SourceOrder {
            state: SourceOrderState::Waiting,
            ..cards("1", 1)
        };
        let id = shop.take(&portal, &unpaid).await.order().unwrap();
        let is_awaited = async || is_under_way(&portal, &shop.viewer(), id).await.unwrap();
        assert!(!is_awaited().await, "no job checks them yet");
        shop.take(&portal, &cards("1", 2)).await;
        assert!(is_awaited().await);
        testing::work(&portal).await;
        assert!(!is_awaited().await);
    })
    .await;
}

#[tokio::test]
async fn a_line_goes_on_without_a_design_once_the_others_are_checked() {
    on_both(async |portal| {
        let shop = card(&portal, &["front"]).await;
        let id = shop.take(&portal, &cards("1", 1)).await.order().unwrap();
        assert_eq!(
            status(&detail(&portal, id).await),
            (OrderStatus::OnHold, Some(ReasonCode::DesignMissing))
        );
        release(&portal, &Viewer::Operator(shop.operator.clone()), id)
            .await
            .unwrap();
        assert_eq!(status(&detail(&portal, id).await), WAITS);
        shop.take(&portal, &cards("1", 2)).await;
        assert_eq!(
            status(&detail(&portal, id).await),
            WAITS,
            "nor does other news ask again"
        );
        testing::work(&portal).await;
        assert_eq!(status(&detail(&portal, id).await), MADE);
    })
    .await;
}

#[tokio::test]
async fn a_design_that_was_let_pass_stops_nothing_any_more() {
    on_both(async |portal| {
        let shop = card(&portal, &["front", "back"]).await;
        let refused = [("front", ReasonCode::DesignLowResolution)];
        let id = take_refused(&portal, &shop, "1", &refused).await;
        release(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(status(&found), WAITS, "the other side is not checked yet");
        let given = found.lines[0]
            .designs
            .iter()
            .filter_map(|design| design.given.as_ref());
        assert_eq!(given.filter(|given| given.let_pass).count(), 1);
        testing::work(&portal).await;
        assert_eq!(status(&detail(&portal, id).await), MADE);
        hold(&portal, &shop.viewer(), id).await.unwrap();
        release(&portal, &shop.viewer(), id).await.unwrap();
        assert_eq!(status(&detail(&portal, id).await), MADE);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_printed_at_all_is_not_let_pass_with_something_else() {
    on_both(async |portal| {
        let shop = card(&portal, &["front", "back"]).await;
        let refused = [
            ("back", ReasonCode::DesignLowResolution),
            ("front", ReasonCode::DesignDamaged),
        ];
        let id = take_refused(&portal, &shop, "1", &refused).await;
        release(&portal, &shop.viewer(), id).await.unwrap();
        let damaged = (OrderStatus::Failed, Some(ReasonCode::DesignDamaged));
        assert_eq!(status(&detail(&portal, id).await), damaged);
        hold(&portal, &shop.viewer(), id).await.unwrap();
        release(&portal, &shop.viewer(), id).await.unwrap();
        assert_eq!(status(&detail(&portal, id).await), damaged);
    })
    .await;
}

#[tokio::test]
async fn a_line_stops_again_for_a_design_that_was_not_the_one_given_anew() {
    on_both(async |portal| {
        let shop = card(&portal, &["front", "back"]).await;
        let refused = [("front", ReasonCode::DesignLowResolution)];
        let id = take_refused(&portal, &shop, "1", &refused).await;
        let form = DesignForm {
            upload: Some(fitting(&portal, &shop).await),
            ..DesignForm::default()
        };
        let (line, back) = (
            detail(&portal, id).await.lines[0].id,
            CatalogueKey::parse("back").unwrap(),
        );
        replace_design(&portal, &shop.viewer(), id, line, &back, &form)
            .await
            .unwrap();
        assert_eq!(status(&detail(&portal, id).await), WAITS);
        testing::work(&portal).await;
        assert_eq!(status(&detail(&portal, id).await), LOW);
    })
    .await;
}
