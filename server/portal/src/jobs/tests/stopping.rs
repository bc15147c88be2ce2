//! The workers of a process: woken by a commit, stopped in good order.

use std::time::Duration;

use super::*;
use crate::jobs::Workers;
use crate::testing::{TestPortal, on_both};

/// Waits, without a clock, until the jobs are in these states.
async fn until(portal: &TestPortal, expected: &[(JobId, JobState)]) {
    loop {
        let mut reached = true;
        for (id, expected) in expected {
            reached &= state(portal, *id).await == *expected;
        }
        if reached {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn workers_do_what_is_queued_and_release_what_they_cannot_finish() {
    on_both(async |portal| {
        let before = add(&portal, mark("before", Then::Succeed)).await;
        let workers = Workers::start(&portal, registry(), 2);
        until(&portal, &[(before, JobState::Succeeded)]).await;
        let hanging = add(&portal, mark("hanging", Then::Hang).lane("a")).await;
        let after = add(&portal, mark("after", Then::Succeed)).await;
        until(
            &portal,
            &[(hanging, JobState::Running), (after, JobState::Succeeded)],
        )
        .await;

        workers.stop(Duration::ZERO).await;
        let row = get(&portal, hanging).await;
        assert_eq!((row.state, row.attempt), (JobState::Queued, 0));
        // Another process goes on with it at once.
        assert_eq!(worker(&portal).claim().await.unwrap().unwrap().id, hanging);
    })
    .await;
}

#[tokio::test]
async fn workers_that_stop_take_no_new_jobs() {
    on_both(async |portal| {
        let workers = Workers::start(&portal, registry(), 2);
        let done = add(&portal, mark("done", Then::Succeed)).await;
        until(&portal, &[(done, JobState::Succeeded)]).await;
        workers.stop(Duration::from_secs(10)).await;
        let late = add(&portal, mark("late", Then::Succeed)).await;
        assert_eq!(state(&portal, late).await, JobState::Queued);
    })
    .await;
}
