//! Workers that die at any moment.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use super::*;
use crate::jobs::LEASE;
use crate::testing::on_both;

/// Works until `moment` has come, then dies as by SIGKILL: what was not committed has not happened.
pub(super) async fn killed_once(portal: &Portal, moment: impl AsyncFn() -> bool) {
    let worker = Worker::new(portal, registry());
    let waiting = async {
        while !moment().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = waiting => {}
        done = worker.run_until_idle() => panic!("it was faster: {done:?}"),
    }
}

/// Works for so many steps, then dies. Gives whether the work was done by then.
async fn killed_after(portal: &Portal, steps: usize) -> bool {
    let worker = Worker::new(portal, registry());
    let mut work = pin!(worker.run_until_idle());
    let mut left = steps;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        work.as_mut().poll(cx).map(|done| done.is_ok())
    })
    .await
}

/// Works until the import is not under way any more. What a dead worker had not committed is rolled back in its own
/// time; until then no other one can take the job over.
pub(super) async fn recover(portal: &Portal, client: &Client, id: ImportId) {
    while get(portal, client, id).await.state.is_under_way() {
        work(portal).await;
    }
}

#[tokio::test]
async fn wherever_a_worker_dies_the_next_one_ends_with_the_same_orders() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        // Orders of two rows, whose rows do not stand together, and two wrong rows.
        let mut lines: Vec<String> = (0..110).map(|n| good(&format!("R-{n}"))).collect();
        lines.extend((0..110).step_by(7).map(|n| good(&format!("R-{n}"))));
        lines[30] = lines[30].replace(",pen,", ",pne,");
        lines[31] = lines[31].replace("Madrid", "");
        let text = csv(&lines);
        let id = imported(&portal, &client, store, &text).await;
        let expected = orders_of(&portal, store).await;
        let expected_rows = outcomes(&portal, &client, id).await;
        let expected_counters = counters(&get(&portal, &client, id).await);
        assert_eq!(expected.len(), 108);

        let mut interrupted = 0;
        for steps in [1, 5, 10, 25, 40, 60, 100, 200, 400] {
            let store = stores::create_manual(&portal, &client, &format!("Store {steps}"))
                .await
                .unwrap();
            let id = send(&portal, &client, store, &text).await.unwrap();
            interrupted += usize::from(!killed_after(&portal, steps).await);
            portal.clock.advance(LEASE * 2);
            recover(&portal, &client, id).await;
            start(&portal, &client, id).await.unwrap();
            // Twice: whoever takes over may die too.
            for _ in 0..2 {
                interrupted += usize::from(!killed_after(&portal, steps).await);
                portal.clock.advance(LEASE * 2);
            }
            recover(&portal, &client, id).await;
            assert_eq!(orders_of(&portal, store).await, expected, "{steps} steps");
            assert_eq!(outcomes(&portal, &client, id).await, expected_rows);
            assert_eq!(counters(&get(&portal, &client, id).await), expected_counters);
            let (counted,): (i64,) =
                sql("SELECT CAST(SUM(orders) AS BIGINT) FROM order_status_counts WHERE store_id = $1")
                    .bind(store)
                    .fetch_one(&mut portal.db.read().await.unwrap())
                    .await
                    .unwrap();
            assert_eq!(counted, 108);
        }
        assert!(
            interrupted > 9,
            "{interrupted}: the steps are too many to interrupt anything"
        );
    })
    .await;
}

/// Row and outcome of every row, without the orders' ids.
async fn outcomes(portal: &Portal, client: &Client, id: ImportId) -> Vec<(i64, &'static str)> {
    let rows = listed(portal, client, id, RowFilter::All).await;
    let outcome = |row: &ImportRow| match row.result {
        RowResult::Ready => "ready",
        RowResult::Refused(_) => "refused",
        RowResult::Created(_) => "created",
        RowResult::Unchanged(_) => "unchanged",
    };
    rows.iter().map(|row| (row.line, outcome(row))).collect()
}
