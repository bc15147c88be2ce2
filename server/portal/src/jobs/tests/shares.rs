//! Shares: whoever waits for a slow server leaves slots for everybody else.

use std::time::Duration;

use super::*;
use crate::jobs::Workers;
use crate::mapping::CheckStoreDesign;
use crate::orders::{CheckDesign, testing};
use crate::testing::on_both;

/// Fetches from a server that does not answer.
#[derive(Serialize, Deserialize)]
struct Fetch {}

impl Job for Fetch {
    const KIND: &'static str = "fetch";
    const FETCHES: bool = true;

    async fn run(self, _: &JobContext) -> Result<JobDone, JobError> {
        std::future::pending().await
    }
}

/// Waits, without a clock, until a job is done.
async fn done(portal: &Portal, id: JobId) {
    while state(portal, id).await != JobState::Succeeded {
        tokio::task::yield_now().await;
    }
}

async fn running(portal: &Portal) -> i64 {
    let (running,): (i64,) = sql("SELECT COUNT(*) FROM jobs WHERE state = 'running'")
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    running
}

const _: () = assert!(CheckDesign::FETCHES && CheckStoreDesign::FETCHES);

#[tokio::test]
async fn hosts_that_do_not_answer_leave_half_of_the_slots() {
    on_both(async |portal| {
        for lane in 0..8 {
            add(&portal, NewJob::of(&Fetch {}).lane(format!("design:{lane}"))).await;
        }
        let notice = add(&portal, mark("notice", Then::Succeed).lane("notices")).await;
        let workers = Workers::start(&portal, registry().register::<Fetch>(), 8);
        done(&portal, notice).await;
        assert_eq!(running(&portal).await, 4);
        workers.stop(Duration::ZERO).await;
    })
    .await;
}

#[tokio::test]
async fn a_shop_that_hangs_leaves_slots_for_the_others() {
    on_both(async |portal| {
        let (_, hangs) = testing::shop(&portal, "Estudio Garabato").await;
        let (_, works) = testing::shop(&portal, "Nordlys Hotels").await;
        for lane in 0..8 {
            let job = mark("hangs", Then::Hang)
                .store(hangs.id)
                .customer(hangs.customer_id);
            add(&portal, job.lane(format!("{}:{lane}", hangs.id))).await;
        }
        let job = mark("works", Then::Succeed)
            .store(works.id)
            .customer(works.customer_id);
        let works = add(&portal, job.lane("works")).await;
        let workers = Workers::start(&portal, registry(), 8);
        done(&portal, works).await;
        assert_eq!(running(&portal).await, 2);
        workers.stop(Duration::ZERO).await;
    })
    .await;
}
