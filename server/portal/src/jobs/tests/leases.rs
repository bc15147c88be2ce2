//! Workers that die, and those only thought dead.

use std::time::Duration;

use super::*;
use crate::jobs::{LEASE, error::Kind};
use crate::testing::on_both;

#[tokio::test]
async fn a_job_passes_to_another_worker_when_its_lease_runs_out() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::Succeed).lane("a")).await;
        let [first, second] = [worker(&portal), worker(&portal)];
        let zombie = first.claim().await.unwrap().unwrap();
        portal.clock.advance(LEASE);
        assert!(second.claim().await.unwrap().is_none());
        portal.clock.advance(Duration::from_millis(1));
        let taken_over = second.claim().await.unwrap().unwrap();
        assert_eq!((taken_over.id, taken_over.attempt), (id, 2));

        // The zombie wakes up: nothing it does is committed.
        let ctx = first.context(&zombie);
        let mut tx = portal.db.begin().await.unwrap();
        assert_eq!(ctx.fence(&mut tx).await.unwrap_err().kind, Kind::LeaseLost);
        drop(tx);
        assert_eq!(ctx.progress(1, 2).await.unwrap_err().kind, Kind::LeaseLost);
        first.work_on(&zombie).await.unwrap();
        first.release(&zombie).await.unwrap();
        assert_eq!(state(&portal, id).await, JobState::Running);
        assert_eq!(marks(&portal).await, []);

        second.work_on(&taken_over).await.unwrap();
        assert_eq!(state(&portal, id).await, JobState::Succeeded);
        assert_eq!(marks(&portal).await, [("a".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn whoever_gives_signs_of_life_keeps_the_job() {
    on_both(async |portal| {
        add(&portal, mark("a", Then::Succeed)).await;
        let [first, second] = [worker(&portal), worker(&portal)];
        let claimed = first.claim().await.unwrap().unwrap();
        let ctx = first.context(&claimed);
        for _ in 0..5 {
            portal.clock.advance(LEASE * 2 / 3);
            ctx.progress(1, 2).await.unwrap();
            assert!(second.claim().await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_fenced_is_waited_for() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::Succeed)).await;
        let [first, second] = [worker(&portal), worker(&portal)];
        let claimed = first.claim().await.unwrap().unwrap();
        portal.clock.advance(LEASE * 2);
        // The lease has run out, but nobody else has the job yet: the fence renews it.
        let ctx = first.context(&claimed);
        let mut tx = portal.db.begin().await.unwrap();
        ctx.fence(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(second.claim().await.unwrap().is_none());
        assert_eq!(get(&portal, id).await.attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_its_workers_ends_as_dead() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::Succeed).max_attempts(2)).await;
        let worker = worker(&portal);
        for _ in 0..2 {
            worker.claim().await.unwrap().unwrap();
            portal.clock.advance(LEASE * 2);
        }
        assert!(worker.run_once().await.unwrap());
        let row = get(&portal, id).await;
        assert_eq!(row.state, JobState::Dead);
        assert_eq!(row.reason.as_deref(), Some("job-worker-lost"));
        assert_eq!(marks(&portal).await, [("a dead".to_owned(), 1)]);
    })
    .await;
}
