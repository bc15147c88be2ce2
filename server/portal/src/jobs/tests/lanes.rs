//! Lanes: one job at a time in each, and turns between them.

use super::*;
use crate::testing::on_both;

#[tokio::test]
async fn a_lane_runs_one_job_at_a_time_and_in_order() {
    on_both(async |portal| {
        let first = add(&portal, mark("1", Then::Succeed).lane("a")).await;
        let second = add(&portal, mark("2", Then::Succeed).lane("a")).await;
        let worker = worker(&portal);
        let running = worker.claim().await.unwrap().unwrap();
        assert_eq!(running.id, first);
        assert!(worker.claim().await.unwrap().is_none());
        worker.work_on(&running).await.unwrap();
        assert_eq!(worker.claim().await.unwrap().unwrap().id, second);
    })
    .await;
}

#[tokio::test]
async fn a_full_lane_delays_no_other() {
    on_both(async |portal| {
        let mut names = Vec::new();
        for number in 0..20 {
            names.push((
                add(&portal, mark("full", Then::Succeed).lane("full")).await,
                format!("full {number}"),
            ));
        }
        names.push((
            add(&portal, mark("other", Then::Succeed).lane("other")).await,
            "other".to_owned(),
        ));
        names.push((add(&portal, mark("free", Then::Succeed)).await, "free".to_owned()));
        let worker = worker(&portal);
        let mut order = Vec::new();
        for _ in 0..5 {
            portal.clock.advance(std::time::Duration::from_secs(1));
            let claimed = worker.claim().await.unwrap().unwrap();
            worker.work_on(&claimed).await.unwrap();
            order.push(names.iter().find(|(id, _)| *id == claimed.id).unwrap().1.clone());
        }
        assert_eq!(order, ["full 0", "other", "free", "full 1", "full 2"]);
    })
    .await;
}

#[tokio::test]
async fn processes_that_claim_at_once_keep_to_the_lanes() {
    on_both(async |portal| {
        for number in 0..12 {
            add(
                &portal,
                mark("a", Then::Hang).lane(format!("lane {}", number % 3)),
            )
            .await;
        }
        let other = portal.other_process().await;
        let workers: Vec<Worker> = (0..8)
            .map(|n| worker(if n % 2 == 0 { &portal } else { &other }))
            .collect();
        let claimed = futures::future::join_all(workers.iter().map(Worker::claim)).await;
        let mut jobs: Vec<JobId> = claimed
            .into_iter()
            .filter_map(|job| job.unwrap().map(|job| job.id))
            .collect();
        // Whoever was beaten to a lane looks again.
        while let Some(job) = workers[0].claim().await.unwrap() {
            jobs.push(job.id);
        }
        assert_eq!(jobs.len(), 3);
        let (lanes,): (i64,) = sql("SELECT COUNT(DISTINCT lane) FROM jobs WHERE state = 'running'")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(lanes, 3);
        other.db.close().await;
    })
    .await;
}
