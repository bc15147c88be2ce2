//! Taking over how many pieces a store wants since production began.

use domain::AuditAction;

use super::packs::{boxes, pack_of_ten};
use super::*;
use crate::orders::intake::take_over;
use crate::orders::{ShipmentForm, ship};

/// An order of two lines in production: three pens, and two.
async fn in_production(portal: &TestPortal, shop: &Shop) -> (OrderId, SourceOrder) {
    let mut placed = order("1", 1);
    placed.lines.push(line("l2", "pen", 2));
    let id = shop.take(portal, &placed).await.order().unwrap();
    advance(portal, &shop.operator, id, &Advance::default())
        .await
        .unwrap();
    (id, placed)
}

/// The order with so many of its first line.
fn with_quantity(placed: &SourceOrder, second: i64, quantity: u32) -> SourceOrder {
    let mut now = placed.clone();
    now.updated_at = at(second);
    now.lines[0].quantity = quantity;
    now
}

async fn ship_all(portal: &TestPortal, shop: &Shop, id: OrderId, quantities: &[&str]) {
    let found = detail(portal, id).await;
    let lines = found.lines.iter().zip(quantities);
    let form = ShipmentForm {
        carrier: "SEUR".to_owned(),
        quantities: lines
            .map(|(line, pieces)| (line.id, (*pieces).to_owned()))
            .collect(),
        seen: found.head.updated_at.micros(),
        ..ShipmentForm::default()
    };
    ship(portal, &shop.operator, id, &form).await.unwrap();
}

fn first(found: &OrderDetail) -> (i64, OrderStatus, Option<ReasonCode>) {
    let line = &found.lines[0];
    (line.quantity, line.status, line.reason)
}

#[tokio::test]
async fn more_pieces_go_back_to_be_made_and_leave() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (id, placed) = in_production(&portal, &shop).await;
        shop.take(&portal, &with_quantity(&placed, 2, 9)).await;
        let flagged = (3, OrderStatus::OnHold, Some(ReasonCode::ChangedAfterProduction));
        assert_eq!(first(&detail(&portal, id).await), flagged);
        take_over(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(first(&found), (9, OrderStatus::InProduction, None));
        assert_eq!(found.head.item_count, 11);
        let edited = found
            .timeline
            .iter()
            .find(|event| event.kind == OrderEventKind::Edited);
        let detail_of = edited.and_then(|event| event.detail.as_ref()).unwrap();
        let correction = &detail_of.0.corrections[0];
        assert_eq!((correction.from.as_str(), correction.to.as_str()), ("3", "9"));
        let mut conn = portal.db.read().await.unwrap();
        let (recorded,): (i64,) = sql("SELECT COUNT(*) FROM audit_entries WHERE action = $1")
            .bind(AuditAction::OrderLineChanged.as_str())
            .fetch_one(&mut conn)
            .await
            .unwrap();
        drop(conn);
        assert_eq!(recorded, 1);
        let refusal = take_over(&portal, &shop.viewer(), id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "nothing-to-take-over");
        ship_all(&portal, &shop, id, &["9", "2"]).await;
        let head = detail(&portal, id).await.head;
        assert_eq!((head.status, head.shipped_count), (OrderStatus::Shipped, 11));
    })
    .await;
}

#[tokio::test]
async fn fewer_pieces_are_shipped_once_they_have_left_and_none_are_cancelled() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (id, placed) = in_production(&portal, &shop).await;
        ship_all(&portal, &shop, id, &["1", ""]).await;
        shop.take(&portal, &with_quantity(&placed, 2, 1)).await;
        take_over(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(first(&found), (1, OrderStatus::Shipped, None));
        assert_eq!(found.head.status, OrderStatus::InProduction, "the other line");

        let mut without = with_quantity(&placed, 3, 1);
        without.lines.pop();
        shop.take(&portal, &without).await;
        take_over(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(found.lines[1].status, OrderStatus::Cancelled);
        assert_eq!(found.head.status, OrderStatus::Shipped);
    })
    .await;
}

#[tokio::test]
async fn what_changed_otherwise_is_not_taken_over() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (id, placed) = in_production(&portal, &shop).await;
        let mut mugs = with_quantity(&placed, 2, 9);
        mugs.lines[0].product_id = Some(ExternalId::new("mug"));
        mugs.lines[0].variant_id = Some(ExternalId::new("mug-v"));
        shop.take(&portal, &mugs).await;
        let refusal = take_over(&portal, &shop.viewer(), id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "nothing-to-take-over");

        let mut moved = with_quantity(&placed, 3, 5);
        moved.address = Some(SourceAddress {
            line1: "Calle Nueva 2".to_owned(),
            ..madrid()
        });
        shop.take(&portal, &moved).await;
        take_over(&portal, &shop.viewer(), id).await.unwrap();
        let held = (5, OrderStatus::OnHold, Some(ReasonCode::ChangedAfterProduction));
        assert_eq!(first(&detail(&portal, id).await), held, "it goes elsewhere");
    })
    .await;
}

#[tokio::test]
async fn packs_are_taken_over_as_their_pieces() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = pack_of_ten(&portal, &shop, &boxes(1, 2)).await;
        advance(&portal, &shop.operator, id, &Advance::default())
            .await
            .unwrap();
        shop.take(&portal, &boxes(2, 3)).await;
        take_over(&portal, &shop.viewer(), id).await.unwrap();
        assert_eq!(
            first(&detail(&portal, id).await),
            (30, OrderStatus::InProduction, None)
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_person_corrected_is_taken_over_in_the_line_s_own_count() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = pack_of_ten(&portal, &shop, &boxes(1, 2)).await;
        hold(&portal, &shop.viewer(), id).await.unwrap();
        let form = LineEdit {
            product_uid: "pen".to_owned(),
            quantity: "25".to_owned(),
            ..LineEdit::default()
        };
        let line = detail(&portal, id).await.lines[0].id;
        edit_line(&portal, &shop.viewer(), id, line, &form).await.unwrap();
        release(&portal, &shop.viewer(), id).await.unwrap();
        advance(&portal, &shop.operator, id, &Advance::default())
            .await
            .unwrap();
        shop.take(&portal, &boxes(2, 4)).await;
        take_over(&portal, &shop.viewer(), id).await.unwrap();
        assert_eq!(
            first(&detail(&portal, id).await),
            (50, OrderStatus::InProduction, None)
        );
    })
    .await;
}
