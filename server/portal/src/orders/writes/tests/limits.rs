//! What of an order will not come, what was cancelled too late, and what fails again and again.

use std::time::Duration;

use domain::id::JobId;
use domain::source::ExternalId;

use super::*;
use crate::jobs;

#[tokio::test]
async fn a_store_is_told_what_will_not_come_of_an_order_that_left_in_part() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["1", ""]).await;
        stage.shop.fail_next(ConnectionError::Failing {
            status: 500,
            retry_after: Some(Duration::from_mins(30)),
        });
        cancel(&portal, &Viewer::Client(stage.client.clone()), stage.order)
            .await
            .unwrap();
        work(&portal).await;
        let waiting = [
            (WriteKind::Shipped, WriteState::Queued),
            (WriteKind::RestCancelled, WriteState::Queued),
        ];
        assert_eq!(stage.writes(&portal).await, waiting, "first the parcel");
        for _ in 0..2 {
            portal.clock.advance(Duration::from_hours(1));
            work(&portal).await;
        }
        let told = [
            (WriteKind::Shipped, WriteState::Done),
            (WriteKind::RestCancelled, WriteState::Done),
        ];
        assert_eq!(stage.writes(&portal).await, told);
        let update = stage.last_update();
        assert_eq!(update.progress, Progress::RestCancelled);
        let mut lines: Vec<_> = update.lines.iter().map(ExternalId::as_str).collect();
        lines.sort_unstable();
        assert_eq!(lines, ["l1", "l2"]);
        assert!(update.remark.contains("2 × pen, 2 × pen"), "{}", update.remark);
    })
    .await;
}

#[tokio::test]
async fn what_will_not_come_is_told_as_the_store_counts_it() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let viewer = Viewer::Client(stage.client.clone());
        hold(&portal, &viewer, stage.order).await.unwrap();
        let found = find(&portal, &Scope::AllCustomers, stage.order).await.unwrap();
        // Five pieces for the two that the store wants.
        let form = LineEdit {
            product_uid: "pen".to_owned(),
            quantity: "5".to_owned(),
            ..LineEdit::default()
        };
        edit_line(&portal, &viewer, stage.order, found.lines[1].id, &form)
            .await
            .unwrap();
        release(&portal, &viewer, stage.order).await.unwrap();
        stage.ship(&portal, &["1", ""]).await;
        cancel(&portal, &viewer, stage.order).await.unwrap();
        for _ in 0..3 {
            work(&portal).await;
            portal.clock.advance(Duration::from_hours(1));
        }
        let update = stage.last_update();
        assert!(update.remark.contains("2 × pen, 2 × pen"), "{}", update.remark);
    })
    .await;
}

#[tokio::test]
async fn what_the_store_knows_is_noted_whoever_cancelled_the_job_meanwhile() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let held = stage.shop.hold_write();
        cancel(&portal, &Viewer::Client(stage.client.clone()), stage.order)
            .await
            .unwrap();
        let cancelling = async {
            held.asked.notified().await;
            let mut tx = portal.db.begin().await.unwrap();
            let (job,): (JobId,) = sql("SELECT id FROM jobs WHERE kind = 'write-back'")
                .fetch_one(&mut tx)
                .await
                .unwrap();
            jobs::cancel(&mut tx, &portal, &Scope::AllCustomers, job)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            held.arrive.notify_one();
        };
        futures::join!(work(&portal), cancelling);
        assert_eq!(stage.shop.ledger().len(), 1);
        assert_eq!(
            stage.writes(&portal).await,
            [(WriteKind::Cancelled, WriteState::Done)]
        );
    })
    .await;
}

async fn failures(portal: &TestPortal, stage: &Stage) -> i64 {
    let (failures,): (i64,) = sql("SELECT failures FROM store_connections WHERE store_id = $1")
        .bind(stage.store.id)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    failures
}

#[tokio::test]
async fn one_order_that_the_store_trips_over_says_nothing_about_the_store() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let failing = |status| ConnectionError::Failing {
            status,
            retry_after: None,
        };
        for (error, expected) in [(failing(500), 0), (failing(503), 1)] {
            stage.shop.fail_next(error);
            cancel_another(&portal, &stage, &format!("status-{expected}")).await;
            work(&portal).await;
            assert_eq!(failures(&portal, &stage).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn what_failed_too_often_is_not_told_again_by_itself() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.fail_next(ConnectionError::Withheld);
        cancel_another(&portal, &stage, "2").await;
        work(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE order_writes SET reason = 'store-failing', attempts = 30")
            .execute(&mut tx)
            .await
            .unwrap();
        let customer = stage.client.customer;
        super::super::TellAgain::after_recovery(&portal, &mut tx, stage.store.id, customer)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        work(&portal).await;
        let failed = (WriteState::Failed, Some("store-failing".to_owned()));
        assert_eq!(write_states(&portal).await, [failed]);
    })
    .await;
}
