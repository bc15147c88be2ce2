//! Numbers that are corrected before, while and after their parcel is told.

use super::*;

async fn run(portal: &TestPortal, statement: &'static str) {
    let mut tx = portal.db.begin().await.unwrap();
    sql(statement).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

const TOLD: [(WriteKind, WriteState); 1] = [(WriteKind::Shipped, WriteState::Done)];

#[tokio::test]
async fn a_corrected_number_is_told_unless_the_store_would_take_it_for_a_second_parcel() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["3", "2"]).await;
        work(&portal).await;
        stage.correct(&portal, "ES-779").await;
        work(&portal).await;
        assert_eq!(stage.told_numbers(), ["ES-779"], "no second parcel");

        run(&portal, "UPDATE orders SET platform = 'etsy'").await;
        stage.correct(&portal, "ES-780").await;
        work(&portal).await;
        assert_eq!(stage.told_numbers(), ["ES-779"]);
    })
    .await;
}

#[tokio::test]
async fn a_number_corrected_while_the_former_one_is_on_its_way_is_told() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let held = stage.shop.hold_write();
        stage.ship(&portal, &["3", "2"]).await;
        let correcting = async {
            held.asked.notified().await;
            stage.correct(&portal, "ES-779").await;
            held.arrive.notify_one();
        };
        futures::join!(work(&portal), correcting);
        assert_eq!(stage.told_numbers(), ["ES-779"]);
        assert_eq!(stage.writes(&portal).await, TOLD);
    })
    .await;
}

#[tokio::test]
async fn a_number_corrected_before_the_job_of_the_former_one_has_ended_is_told() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["3", "2"]).await;
        work(&portal).await;
        // As if its worker had noted that the store knows, and not yet that the job is done.
        run(
            &portal,
            "UPDATE jobs SET state = 'running' WHERE kind = 'write-back'",
        )
        .await;
        stage.correct(&portal, "ES-779").await;
        run(
            &portal,
            "UPDATE jobs SET state = 'succeeded' WHERE state = 'running'",
        )
        .await;
        work(&portal).await;
        assert_eq!(stage.told_numbers(), ["ES-779"]);
        assert_eq!(stage.writes(&portal).await, TOLD);
    })
    .await;
}

#[tokio::test]
async fn a_number_corrected_before_a_later_attempt_is_told_once() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["3", "2"]).await;
        stage.shop.fail_next(ConnectionError::Failing {
            status: 500,
            retry_after: Some(std::time::Duration::from_mins(30)),
        });
        work(&portal).await;
        stage.correct(&portal, "ES-779").await;
        work(&portal).await;
        portal.clock.advance(std::time::Duration::from_hours(1));
        let calls = stage.shop.calls().0;
        work(&portal).await;
        assert_eq!(
            stage.shop.calls().0,
            calls,
            "the former number has nothing to tell"
        );
        assert_eq!(stage.told_numbers(), ["ES-779"]);
        assert_eq!(stage.writes(&portal).await, TOLD);
    })
    .await;
}
