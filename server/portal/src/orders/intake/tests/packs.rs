//! What the store sells in packs.

use super::*;
use crate::mapping::{ConnectForm, connect};

fn pack_of(pieces: &str) -> ConnectForm {
    ConnectForm {
        product_uid: "pen".to_owned(),
        pieces_per_unit: pieces.to_owned(),
        ..ConnectForm::default()
    }
}

/// An order of so many boxes, as the store has it in its `second`.
pub(super) fn boxes(second: i64, quantity: u32) -> SourceOrder {
    SourceOrder {
        lines: vec![line("l1", "box", quantity)],
        ..order("1", second)
    }
}

/// Takes in the first state of an order whose line is then connected as a pack of ten pens.
pub(super) async fn pack_of_ten(portal: &TestPortal, shop: &Shop, order: &SourceOrder) -> OrderId {
    let id = shop.take(portal, order).await.order().unwrap();
    let variant = detail(portal, id).await.lines[0].store_variant.unwrap();
    connect(portal, &shop.viewer(), variant, &pack_of("10"))
        .await
        .unwrap();
    testing::work(portal).await;
    id
}

/// Pieces of the first line, of the order, and of each that the store sells.
fn pieces(detail: &OrderDetail) -> (i64, i64, i64) {
    let line = &detail.lines[0];
    (line.quantity, detail.head.item_count, line.pieces_per_unit)
}

#[tokio::test]
async fn as_many_pieces_are_made_as_the_packs_hold() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &boxes(1, 2)).await.order().unwrap();
        let waiting = detail(&portal, id).await;
        assert_eq!(pieces(&waiting), (2, 2, 1));
        let variant = waiting.lines[0].store_variant.unwrap();
        for (typed, problem) in [
            ("0", "quantity-too-small"),
            ("10001", "quantity-too-large"),
            ("a", "quantity-not-whole"),
        ] {
            let refusal = connect(&portal, &shop.viewer(), variant, &pack_of(typed)).await;
            let code = testing::problem_of(&refusal.unwrap_err(), "pieces_per_unit");
            assert_eq!(code, problem);
        }
        connect(&portal, &shop.viewer(), variant, &pack_of("10"))
            .await
            .unwrap();
        testing::work(&portal).await;
        let made = detail(&portal, id).await;
        assert_eq!(pieces(&made), (20, 20, 10));
        assert_eq!(made.head.status, OrderStatus::Created);

        // Another pack from now on: what came before keeps its pieces, also when the store wants more.
        connect(&portal, &shop.viewer(), variant, &pack_of("5"))
            .await
            .unwrap();
        let noted = SourceOrder {
            note: Some("Gift".to_owned()),
            ..boxes(2, 2)
        };
        shop.take(&portal, &noted).await;
        assert_eq!(pieces(&detail(&portal, id).await), (20, 20, 10));
        shop.take(&portal, &boxes(3, 3)).await;
        assert_eq!(pieces(&detail(&portal, id).await), (30, 30, 10));
        let other = SourceOrder {
            lines: boxes(3, 3).lines,
            ..order("2", 3)
        };
        let other = shop.take(&portal, &other).await.order().unwrap();
        assert_eq!(pieces(&detail(&portal, other).await), (15, 15, 5));
    })
    .await;
}

#[tokio::test]
async fn what_a_person_makes_of_a_pack_is_no_pack_any_more() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = pack_of_ten(&portal, &shop, &boxes(1, 2)).await;
        hold(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(pieces(&found), (20, 20, 10));
        let edit = async |product_uid: &str, quantity: &str| {
            let form = LineEdit {
                product_uid: product_uid.to_owned(),
                quantity: quantity.to_owned(),
                ..LineEdit::default()
            };
            edit_line(&portal, &shop.viewer(), id, found.lines[0].id, &form)
                .await
                .unwrap();
        };
        edit("pen", "25").await;
        assert_eq!(
            pieces(&detail(&portal, id).await),
            (25, 25, 10),
            "it is a pack still"
        );
        edit("poster_a3-silk", "2").await;
        assert_eq!(pieces(&detail(&portal, id).await), (2, 2, 1));
        shop.take(&portal, &boxes(2, 3)).await;
        assert_eq!(pieces(&detail(&portal, id).await), (3, 3, 1));
    })
    .await;
}

#[tokio::test]
async fn what_comes_in_the_place_of_a_pack_is_counted_as_it_is() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let of = |product, second| SourceOrder {
            lines: vec![line("l1", product, 3)],
            ..order("1", second)
        };
        let id = pack_of_ten(&portal, &shop, &of("box", 1)).await;
        assert_eq!(pieces(&detail(&portal, id).await), (30, 30, 10));
        shop.take(&portal, &of("pen", 2)).await;
        assert_eq!(pieces(&detail(&portal, id).await), (3, 3, 1));
    })
    .await;
}
