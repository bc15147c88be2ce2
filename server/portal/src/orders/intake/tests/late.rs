//! What stores change after production has begun, what they show no more, and what stays accepted.

use std::time::Duration;

use domain::id::LineId;

use super::*;
use crate::orders::{DesignForm, ShipmentForm, at_store, replace_design, ship};
use crate::storage::sql;

/// A connected order of two lines of pens, the first in production.
async fn half_begun(portal: &TestPortal, shop: &Shop) -> (OrderId, SourceOrder, Vec<LineId>) {
    let mut two = order("1", 1);
    two.lines.push(line("l2", "pen", 2));
    let id = shop.take(portal, &two).await.order().unwrap();
    let lines: Vec<LineId> = detail(portal, id)
        .await
        .lines
        .iter()
        .map(|line| line.id)
        .collect();
    let first = Advance {
        lines: vec![lines[0]],
        to: Some(OrderStatus::InProduction),
    };
    advance(portal, &shop.operator, id, &first).await.unwrap();
    (id, two, lines)
}

/// The order with another address, and a line more.
fn moved(before: &SourceOrder, second: i64) -> SourceOrder {
    let mut now = before.clone();
    now.updated_at = at(second);
    now.address = Some(SourceAddress {
        line1: "Calle Nueva 2".to_owned(),
        ..madrid()
    });
    now.lines.push(line("l3", "pen", 1));
    now
}

fn standing(found: &OrderDetail) -> Vec<(OrderStatus, Option<ReasonCode>)> {
    found
        .lines
        .iter()
        .map(|line| (line.status, line.reason))
        .collect()
}

async fn ship_line(portal: &TestPortal, shop: &Shop, id: OrderId, line: LineId, pieces: &str) {
    let form = ShipmentForm {
        carrier: "SEUR".to_owned(),
        quantities: vec![(line, pieces.to_owned())],
        seen: detail(portal, id).await.head.updated_at.micros(),
        ..ShipmentForm::default()
    };
    ship(portal, &shop.operator, id, &form).await.unwrap();
}

#[tokio::test]
async fn nothing_leaves_for_an_address_that_changed_after_production_began() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (id, two, _) = half_begun(&portal, &shop).await;
        shop.take(&portal, &moved(&two, 2)).await;
        let flagged = (OrderStatus::OnHold, Some(ReasonCode::ChangedAfterProduction));
        let found = detail(&portal, id).await;
        assert_eq!(standing(&found), [flagged; 3], "begun, not begun, and new");
        assert_eq!(found.head.address_line1, "Calle Mayor 1");
        // Other news does not let it go.
        let noted = SourceOrder {
            note: Some("Gift".to_owned()),
            ..moved(&two, 3)
        };
        shop.take(&portal, &noted).await;
        assert_eq!(standing(&detail(&portal, id).await), [flagged; 3]);

        let seen = AddressForm::of(&found.head).version();
        let form = AddressForm {
            address_line1: "Calle Nueva 2".to_owned(),
            ..testing::address_form()
        };
        edit_address(&portal, &shop.viewer(), id, &form, &seen)
            .await
            .unwrap();
        release(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(found.head.address_line1, "Calle Nueva 2");
        assert_eq!(
            standing(&found),
            [
                (OrderStatus::InProduction, None),
                (OrderStatus::Created, None),
                (OrderStatus::Created, None)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_person_holds_says_what_the_store_changed_too_late() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (id, two, _) = half_begun(&portal, &shop).await;
        hold(&portal, &shop.viewer(), id).await.unwrap();
        shop.take(&portal, &moved(&two, 2)).await;
        let found = detail(&portal, id).await;
        let flagged = (OrderStatus::OnHold, Some(ReasonCode::ChangedAfterProduction));
        assert_eq!(standing(&found), [flagged; 3]);
        assert_eq!(status(&found), flagged);
        assert_eq!(found.head.address_line1, "Calle Mayor 1");

        let cancelled = SourceOrder {
            state: SourceOrderState::Cancelled,
            ..moved(&two, 3)
        };
        shop.take(&portal, &cancelled).await;
        let gone = (OrderStatus::Cancelled, Some(ReasonCode::CancelledAtStore));
        let found = detail(&portal, id).await;
        assert_eq!(
            standing(&found),
            [
                (OrderStatus::OnHold, Some(ReasonCode::CancelledAfterProduction)),
                gone,
                gone
            ]
        );
        assert_eq!(found.head.reason, Some(ReasonCode::CancelledAfterProduction));
        release(&portal, &shop.viewer(), id).await.unwrap();
        assert_eq!(
            standing(&detail(&portal, id).await),
            [(OrderStatus::InProduction, None), gone, gone],
            "it goes on where it was"
        );
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_sent_while_it_was_made_is_sent_again_only_when_a_person_says_so() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        advance(&portal, &shop.operator, id, &Advance::default())
            .await
            .unwrap();
        let sent = SourceOrder {
            state: SourceOrderState::Fulfilled,
            ..order("1", 2)
        };
        shop.take(&portal, &sent).await;
        let flagged = (OrderStatus::OnHold, Some(ReasonCode::FulfilledAfterProduction));
        assert_eq!(status(&detail(&portal, id).await), flagged);
        release(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(status(&found), (OrderStatus::InProduction, None));
        let at_store = at_store(&portal, &Scope::AllCustomers, id)
            .await
            .unwrap()
            .unwrap();
        assert!(at_store.sent_by_others(&found), "the page still says so");

        let mut form = ShipmentForm {
            carrier: "SEUR".to_owned(),
            seen: found.head.updated_at.micros(),
            ..ShipmentForm::default()
        };
        let refusal = ship(&portal, &shop.operator, id, &form).await.unwrap_err();
        assert_eq!(testing::problem_of(&refusal, "although_sent"), "sent-already");
        form.although_sent = true;
        ship(&portal, &shop.operator, id, &form).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(found.head.status, OrderStatus::Shipped);
        assert!(!at_store.sent_by_others(&found), "nothing is left here");
    })
    .await;
}

#[tokio::test]
async fn the_rest_of_an_order_follows_its_address_while_none_of_it_is_made() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let (id, two, lines) = half_begun(&portal, &shop).await;
        ship_line(&portal, &shop, id, lines[0], "3").await;
        shop.take(&portal, &moved(&two, 2)).await;
        let found = detail(&portal, id).await;
        assert_eq!(found.head.address_line1, "Calle Nueva 2");
        assert_eq!(
            standing(&found),
            [
                (OrderStatus::Shipped, None),
                (OrderStatus::Created, None),
                (OrderStatus::Created, None)
            ]
        );
        ship_line(&portal, &shop, id, lines[1], "2").await;
        ship_line(&portal, &shop, id, found.lines[2].id, "1").await;
        let back = SourceOrder {
            address: Some(madrid()),
            ..moved(&two, 3)
        };
        shop.take(&portal, &back).await;
        let head = detail(&portal, id).await.head;
        assert_eq!(
            head.address_line1, "Calle Nueva 2",
            "it is where the parcels went"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_stopped_in_production_is_not_made_into_something_else() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        testing::connect(&portal, &shop.store, "poster", "poster_a3-silk").await;
        let mut posters = order("1", 1);
        posters.lines = vec![line("l1", "poster", 2)];
        let id = shop.take(&portal, &posters).await.order().unwrap();
        let operator = Viewer::Operator(shop.operator.clone());
        release(&portal, &operator, id).await.unwrap();
        advance(&portal, &shop.operator, id, &Advance::default())
            .await
            .unwrap();
        hold(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        let held = &found.lines[0];
        assert!(!held.may_be_corrected() && !held.takes_design() && found.may_go_elsewhere());
        let edit = LineEdit {
            product_uid: "pen".to_owned(),
            quantity: "5".to_owned(),
            ..LineEdit::default()
        };
        let refusal = edit_line(&portal, &shop.viewer(), id, held.id, &edit)
            .await
            .unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "order-in-production");
        let design = DesignForm {
            url: "https://example.com/other.pdf".to_owned(),
            upload: None,
        };
        let area = &held.designs[0].area;
        let refusal = replace_design(&portal, &shop.viewer(), id, held.id, area, &design)
            .await
            .unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "order-in-production");
        let seen = AddressForm::of(&found.head).version();
        edit_address(&portal, &shop.viewer(), id, &testing::address_form(), &seen)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_not_connected_is_not_made_because_a_hold_ended() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let vase = SourceOrder {
            lines: vec![line("l1", "vase", 1)],
            ..order("1", 1)
        };
        let id = shop.take(&portal, &vase).await.order().unwrap();
        hold(&portal, &shop.viewer(), id).await.unwrap();
        let noted = SourceOrder {
            note: Some("Gift".to_owned()),
            updated_at: at(2),
            ..vase
        };
        shop.take(&portal, &noted).await;
        release(&portal, &shop.viewer(), id).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(found.head.status, OrderStatus::NotConnected);
    })
    .await;
}

#[tokio::test]
async fn what_the_store_has_withdrawn_is_not_made_because_a_hold_ended() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let unpaid = SourceOrder {
            state: SourceOrderState::Waiting,
            ..order("1", 2)
        };
        let nowhere = SourceOrder {
            address: None,
            ..order("2", 2)
        };
        for (now, expected) in [
            (unpaid, (OrderStatus::Draft, ReasonCode::WaitingAtStore)),
            (nowhere, (OrderStatus::OnHold, ReasonCode::AddressIncomplete)),
        ] {
            let ready = order(now.external_id.as_str(), 1);
            let id = shop.take(&portal, &ready).await.order().unwrap();
            hold(&portal, &shop.viewer(), id).await.unwrap();
            shop.take(&portal, &now).await;
            assert_eq!(
                status(&detail(&portal, id).await),
                (OrderStatus::OnHold, Some(ReasonCode::HeldByPerson))
            );
            release(&portal, &shop.viewer(), id).await.unwrap();
            let found = detail(&portal, id).await;
            assert_eq!(status(&found), (expected.0, Some(expected.1)));
        }
    })
    .await;
}

async fn is_gone(portal: &TestPortal, shop: &Shop, id: &str, asked_at: domain::Timestamp) -> Option<TakenIn> {
    let arrival = Arrival {
        store: &shop.store,
        source: OrderSource::Webhook,
        unconnected: true,
        placed_before: true,
        asked_at,
    };
    let mut tx = portal.db.begin().await.unwrap();
    let taken = gone(portal, &mut tx, arrival, &ExternalId::new(id))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    taken
}

#[tokio::test]
async fn an_order_that_its_store_shows_again_is_there_again() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        let asked_before = portal.now();
        portal.clock.advance(Duration::from_secs(5));
        is_gone(&portal, &shop, "1", portal.now()).await;
        assert_eq!(detail(&portal, id).await.head.status, OrderStatus::Cancelled);
        let late = Arrival {
            store: &shop.store,
            source: OrderSource::Poll,
            unconnected: true,
            placed_before: false,
            asked_at: asked_before,
        };
        let mut tx = portal.db.begin().await.unwrap();
        let taken = take_in(&portal, &mut tx, late, &order("1", 1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(taken, TakenIn::Older(id), "it was read before it was gone");
        portal.clock.advance(Duration::from_secs(5));
        assert_eq!(shop.take(&portal, &order("1", 1)).await, TakenIn::Changed(id));
        assert_eq!(detail(&portal, id).await.head.status, OrderStatus::Created);
    })
    .await;
}

#[tokio::test]
async fn an_order_too_old_for_its_platform_to_show_stays() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        portal.clock.advance(Duration::from_hours(60 * 24));
        let taken = is_gone(&portal, &shop, "1", portal.now()).await;
        assert_eq!(taken, Some(TakenIn::OutOfSight(id)));
        assert_eq!(detail(&portal, id).await.head.status, OrderStatus::Created);
    })
    .await;
}

#[tokio::test]
async fn an_accepted_order_outlasts_its_product_in_the_catalogue() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE catalogue_products SET archived_at = $1 WHERE uid = 'pen'")
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let noted = SourceOrder {
            note: Some("Gift".to_owned()),
            ..order("1", 2)
        };
        shop.take(&portal, &noted).await;
        assert_eq!(status(&detail(&portal, id).await), (OrderStatus::Created, None));
        let new = shop.take(&portal, &order("2", 1)).await.order().unwrap();
        assert_eq!(
            status(&detail(&portal, new).await),
            (OrderStatus::Failed, Some(ReasonCode::ProductRetired))
        );
    })
    .await;
}
