//! What becomes of a job.

use std::time::Duration;

use super::*;
use crate::Refusal;
use crate::jobs::{RetriedJobs, cancel, retry, retry_dead};
use crate::testing::on_both;

#[tokio::test]
async fn a_result_is_kept_for_the_page() {
    on_both(async |portal| {
        let done = add(&portal, mark("a", Then::Succeed)).await;
        let partly = add(&portal, mark("b", Then::PartlyFail)).await;
        let steps = add(&portal, mark("c", Then::Progress(7))).await;
        worker(&portal).run_until_idle().await.unwrap();
        let row = get(&portal, done).await;
        assert_eq!(row.state, JobState::Succeeded);
        assert_eq!(row.result.unwrap().0, "a");
        assert_eq!(row.finished_at, Some(portal.now()));
        let row = get(&portal, partly).await;
        assert_eq!(
            (row.state, row.reason.as_deref()),
            (JobState::PartlyFailed, Some("import-rows-refused"))
        );
        let row = get(&portal, steps).await;
        assert_eq!((row.progress_done, row.progress_total), (7, Some(10)));
    })
    .await;
}

#[tokio::test]
async fn a_job_ends_even_when_noting_its_end_fails_and_half_a_note_is_not_kept() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::FailTwice)).await;
        assert!(worker(&portal).run_once().await.unwrap());
        let row = get(&portal, id).await;
        assert_eq!(
            (row.state, row.reason.as_deref()),
            (JobState::Failed, Some("job-subject-gone"))
        );
        assert_eq!(marks(&portal).await, [("a".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_tried_again_later_and_later_until_the_job_is_dead() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::Retry)).await;
        let worker = worker(&portal);
        let mut spans = [5, 10, 20, 40, 80, 160, 320, 640, 1280]
            .map(Duration::from_secs)
            .into_iter();
        for attempt in 1..10 {
            let before = portal.now();
            assert!(worker.run_once().await.unwrap());
            let row = get(&portal, id).await;
            assert_eq!((row.state, row.attempt), (JobState::Queued, attempt));
            assert_eq!(row.error.as_deref(), Some("try again"));
            assert!(row.run_at.since(before) < spans.next().unwrap());
            portal
                .clock
                .set(row.run_at.max(before + Duration::from_micros(1)));
        }
        assert!(worker.run_once().await.unwrap());
        let row = get(&portal, id).await;
        assert_eq!((row.state, row.attempt), (JobState::Dead, 10));
        assert_eq!(row.reason.as_deref(), Some("job-attempts-used-up"));
        assert_eq!(
            marks(&portal).await,
            [("a".to_owned(), 10), ("a dead".to_owned(), 1)]
        );
    })
    .await;
}

#[tokio::test]
async fn retry_after_is_obeyed() {
    on_both(async |portal| {
        let time = portal.now() + Duration::from_secs(777);
        let id = add(&portal, mark("a", Then::RetryAt(time))).await;
        worker(&portal).run_once().await.unwrap();
        assert_eq!(get(&portal, id).await.run_at, time);
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_a_job_wait_for_longer_than_a_day() {
    on_both(async |portal| {
        let years = portal.now() + Duration::from_secs(99_999_999);
        let id = add(&portal, mark("a", Then::RetryAt(years))).await;
        worker(&portal).run_once().await.unwrap();
        let day = portal.now() + Duration::from_hours(24);
        assert_eq!(get(&portal, id).await.run_at, day);
    })
    .await;
}

#[tokio::test]
async fn a_final_failure_ends_the_job_at_once() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::Fail)).await;
        let unreadable = NewJob::untyped("mark", crate::storage::Value::json("nonsense"), 10);
        let unreadable = add(&portal, unreadable).await;
        worker(&portal).run_until_idle().await.unwrap();
        let row = get(&portal, id).await;
        assert_eq!(
            (row.state, row.reason.as_deref()),
            (JobState::Failed, Some("job-subject-gone"))
        );
        assert_eq!(row.error.as_deref(), Some("it is gone"));
        assert_eq!(
            get(&portal, unreadable).await.reason.as_deref(),
            Some("job-unexpected")
        );
        assert_eq!(
            marks(&portal).await,
            [("a".to_owned(), 1), ("a failed".to_owned(), 1)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_a_failure_like_others() {
    on_both(async |portal| {
        let id = add(&portal, mark("a", Then::Panic).max_attempts(1)).await;
        worker(&portal).run_once().await.unwrap();
        let row = get(&portal, id).await;
        assert_eq!(
            (row.state, row.error.as_deref()),
            (JobState::Dead, Some("panic: oh no"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_queued_job_is_cancelled_at_once_and_a_running_one_at_its_next_step() {
    on_both(async |portal| {
        let all = Scope::AllCustomers;
        let queued = add(&portal, mark("queued", Then::Succeed)).await;
        let mut tx = portal.db.begin().await.unwrap();
        assert_eq!(
            cancel(&mut tx, &portal, &all, queued).await.unwrap(),
            JobState::Cancelled
        );
        tx.commit().await.unwrap();
        assert_eq!(worker(&portal).run_until_idle().await.unwrap(), 0);

        let running = add(&portal, mark("running", Then::Succeed)).await;
        let worker = worker(&portal);
        let claimed = worker.claim().await.unwrap().unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        assert_eq!(
            cancel(&mut tx, &portal, &all, running).await.unwrap(),
            JobState::Running
        );
        tx.commit().await.unwrap();
        assert!(get(&portal, running).await.cancel_requested);
        worker.work_on(&claimed).await.unwrap();
        let row = get(&portal, running).await;
        assert_eq!((row.state, row.error), (JobState::Cancelled, None));
        assert_eq!(marks(&portal).await, [("running cancelled".to_owned(), 1)]);

        let mut tx = portal.db.begin().await.unwrap();
        let again = cancel(&mut tx, &portal, &all, running).await;
        assert!(matches!(again, Err(Refusal::Conflict(problem)) if problem.code == "job-finished"));
        let stranger = Scope::Customer {
            customer: CustomerId(portal.entropy.id()),
            stores: domain::StoreScope::All,
        };
        assert!(matches!(
            cancel(&mut tx, &portal, &stranger, running).await,
            Err(Refusal::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_stopped_job_can_be_retried_by_hand() {
    on_both(async |portal| {
        let all = Scope::AllCustomers;
        let id = add(&portal, mark("a", Then::Retry).max_attempts(1).unique("one")).await;
        let worker = worker(&portal);
        let try_again = async || {
            let mut tx = portal.db.begin().await.unwrap();
            retry(&mut tx, &portal, &all, id).await?;
            tx.commit().await.unwrap();
            Ok::<(), Refusal>(())
        };
        let refused = try_again().await;
        assert!(matches!(refused, Err(Refusal::Conflict(problem)) if problem.code == "job-not-stopped"));
        worker.run_until_idle().await.unwrap();
        assert_eq!(state(&portal, id).await, JobState::Dead);
        try_again().await.unwrap();
        worker.run_until_idle().await.unwrap();
        assert_eq!(
            marks(&portal).await,
            [("a".to_owned(), 2), ("a dead".to_owned(), 2)]
        );

        add(&portal, mark("b", Then::Succeed).unique("one")).await;
        let refused = try_again().await;
        assert!(matches!(refused, Err(Refusal::Conflict(problem)) if problem.code == "job-already-queued"));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_enqueued_while_another_like_it_is_retried_stands_in_its_way() {
    on_both(async |portal| {
        add(&portal, mark("a", Then::Retry).max_attempts(1).unique("one")).await;
        add(&portal, mark("b", Then::Retry).max_attempts(1)).await;
        worker(&portal).run_until_idle().await.unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        enqueue(&mut tx, &portal, mark("c", Then::Succeed).unique("one"))
            .await
            .unwrap();
        let retrying = {
            let portal = Portal::clone(&portal);
            tokio::spawn(async move { retry_dead(&portal).await })
        };
        portal.somebody_waits().await;
        tx.commit().await.unwrap();
        let retried = retrying.await.unwrap().unwrap();
        assert_eq!(retried, RetriedJobs { queued: 1, left: 1 });
    })
    .await;
}
