//! Getting into the queue and being shown.

use std::collections::BTreeSet;

use super::*;
use crate::jobs::{JobFilter, list, stopped};
use crate::paging::Turn;
use crate::testing::on_both;

#[tokio::test]
async fn a_job_shares_the_fate_of_its_transaction() {
    on_both(async |portal| {
        let mut tx = portal.db.begin().await.unwrap();
        enqueue(&mut tx, &portal, mark("phantom", Then::Succeed))
            .await
            .unwrap();
        drop(tx);
        assert!(!worker(&portal).run_once().await.unwrap());

        let id = add(&portal, mark("real", Then::Succeed)).await;
        assert!(worker(&portal).run_once().await.unwrap());
        assert_eq!(state(&portal, id).await, JobState::Succeeded);
        assert_eq!(marks(&portal).await, [("real".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_commit_wakes_the_workers_of_its_process() {
    on_both(async |portal| {
        let woken = portal.db.jobs_added().notified();
        add(&portal, mark("a", Then::Succeed)).await;
        woken.await;
    })
    .await;
}

#[tokio::test]
async fn two_processes_share_the_work_and_do_nothing_twice() {
    on_both(async |portal| {
        for number in 0..40 {
            add(&portal, mark(&format!("{number:02}"), Then::Succeed)).await;
        }
        let other = portal.other_process().await;
        let workers = [worker(&portal), worker(&portal), worker(&other), worker(&other)];
        let done = futures::future::join_all(workers.iter().map(Worker::run_until_idle)).await;
        let done: Vec<usize> = done.into_iter().map(Result::unwrap).collect();
        assert_eq!(done.iter().sum::<usize>(), 40);
        let marks = marks(&portal).await;
        assert_eq!(marks.len(), 40);
        assert!(marks.iter().all(|(_, times)| *times == 1));
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_unique_job_is_queued_once_until_it_is_finished() {
    on_both(async |portal| {
        let first = add(&portal, mark("a", Then::Succeed).unique("store 1")).await;
        assert_eq!(
            add(&portal, mark("b", Then::Succeed).unique("store 1")).await,
            first
        );
        assert_ne!(
            add(&portal, mark("c", Then::Succeed).unique("store 2")).await,
            first
        );
        worker(&portal).run_until_idle().await.unwrap();
        assert_ne!(
            add(&portal, mark("d", Then::Succeed).unique("store 1")).await,
            first
        );
        worker(&portal).run_until_idle().await.unwrap();
        let names: BTreeSet<String> = marks(&portal).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "c", "d"].map(str::to_owned).into());
    })
    .await;
}

#[tokio::test]
async fn an_unknown_kind_waits_for_a_worker_that_knows_it() {
    on_both(async |portal| {
        let id = add(
            &portal,
            NewJob::untyped("of-tomorrow", crate::storage::Value::json(&()), 1),
        )
        .await;
        add(&portal, mark("known", Then::Succeed)).await;
        assert_eq!(worker(&portal).run_until_idle().await.unwrap(), 1);
        assert_eq!(state(&portal, id).await, JobState::Queued);
    })
    .await;
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    on_both(async |portal| {
        let hour = std::time::Duration::from_hours(1);
        add(&portal, mark("later", Then::Succeed).run_at(portal.now() + hour)).await;
        assert!(!worker(&portal).run_once().await.unwrap());
        portal.clock.advance(hour);
        assert!(worker(&portal).run_once().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn pages_list_jobs_within_their_scope() {
    on_both(async |portal| {
        let [ana, bob] = [
            add_customer(&portal, "Ana").await,
            add_customer(&portal, "Bob").await,
        ];
        let of_ana = add(&portal, mark("a", Then::Fail).customer(ana)).await;
        let of_bob = add(&portal, mark("b", Then::Succeed).customer(bob)).await;
        let of_nobody = add(&portal, mark("c", Then::Fail)).await;
        worker(&portal).run_until_idle().await.unwrap();

        let mut conn = portal.db.read().await.unwrap();
        let all = Scope::AllCustomers;
        let only_ana = Scope::Customer {
            customer: ana,
            stores: domain::StoreScope::All,
        };
        let chosen = Scope::Customer {
            customer: ana,
            stores: domain::StoreScope::Chosen(Vec::new()),
        };
        assert!(find(&mut conn, &only_ana, of_ana).await.unwrap().is_some());
        assert!(find(&mut conn, &only_ana, of_bob).await.unwrap().is_none());
        assert!(find(&mut conn, &chosen, of_ana).await.unwrap().is_none());

        let every = JobFilter::default();
        let failed = JobFilter {
            states: vec![JobState::Failed, JobState::Dead],
            ..JobFilter::default()
        };
        let of_kind = JobFilter {
            kinds: vec!["mark".to_owned()],
            customer: Some(bob),
            ..JobFilter::default()
        };
        for (scope, filter, turn, expected) in [
            (&all, &every, Turn::First, vec![of_nobody, of_bob, of_ana]),
            (&all, &every, Turn::After(of_nobody), vec![of_bob, of_ana]),
            (&all, &every, Turn::Before(of_ana), vec![of_nobody, of_bob]),
            (&all, &failed, Turn::First, vec![of_nobody, of_ana]),
            (&all, &of_kind, Turn::First, vec![of_bob]),
            (&only_ana, &every, Turn::First, vec![of_ana]),
            (&only_ana, &of_kind, Turn::First, vec![]),
        ] {
            let page = list(&mut conn, scope, filter, &turn, 50).await.unwrap();
            assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), expected);
        }
        let stopped = stopped(&mut conn).await.unwrap();
        assert_eq!((stopped.failed, stopped.dead), (2, 0));
        let row = find(&mut conn, &all, of_ana).await.unwrap().unwrap();
        assert_eq!(row.customer_name.as_deref(), Some("Ana"));
    })
    .await;
}
