//! Schedules and retention.

use std::time::Duration;

use super::*;
use crate::jobs::Retention;
use crate::testing::on_both;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

fn scheduled(portal: &Portal) -> Worker {
    let job = Mark {
        name: "round".to_owned(),
        then: Then::Succeed,
    };
    Worker::new(portal, Registry::new().every(HOUR, HOUR / 4, &job))
}

#[tokio::test]
async fn a_schedule_runs_once_however_many_processes_there_are() {
    on_both(async |portal| {
        let other = portal.other_process().await;
        let workers = [scheduled(&portal), scheduled(&other)];
        for worker in &workers {
            worker.install_schedules().await.unwrap();
            assert_eq!(worker.run_schedules().await.unwrap(), 0);
        }
        for round in 1..4 {
            portal.clock.advance(HOUR / 4 * 5);
            let (one, two) = tokio::join!(workers[0].run_schedules(), workers[1].run_schedules());
            assert_eq!(one.unwrap() + two.unwrap(), 1);
            workers[0].run_until_idle().await.unwrap();
            assert_eq!(marks(&portal).await, [("round".to_owned(), round)]);
        }
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn missed_rounds_are_made_up_by_one_and_an_unfinished_round_is_not_doubled() {
    on_both(async |portal| {
        let worker = scheduled(&portal);
        worker.install_schedules().await.unwrap();
        for _ in 0..2 {
            portal.clock.advance(DAY);
            assert_eq!(worker.run_schedules().await.unwrap(), 1);
            assert_eq!(worker.run_schedules().await.unwrap(), 0);
        }
        assert_eq!(worker.run_until_idle().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn retention_keeps_what_is_still_of_use() {
    on_both(async |portal| {
        let worker = Worker::new(&portal, registry().register::<Retention>());
        let done = add(&portal, mark("done", Then::Succeed)).await;
        let failed = add(&portal, mark("failed", Then::Fail)).await;
        worker.run_until_idle().await.unwrap();
        let queued = add(&portal, mark("queued", Then::Succeed).run_at(portal.now() + 365 * DAY)).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("INSERT INTO sessions (id_hash, data, created_at, last_seen_at, expires_at) VALUES ($1, '', $2, $2, $3)")
            .bind([1_u8; 32])
            .bind(portal.now())
            .bind(portal.now() + HOUR)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let kept = async || {
            let mut conn = portal.db.read().await.unwrap();
            let mut kept = Vec::new();
            for (name, id) in [("done", done), ("failed", failed), ("queued", queued)] {
                if find(&mut conn, &Scope::AllCustomers, id).await.unwrap().is_some() {
                    kept.push(name);
                }
            }
            let (sessions,): (i64,) = sql("SELECT COUNT(*) FROM sessions").fetch_one(&mut conn).await.unwrap();
            (kept, sessions, marks(&portal).await.len())
        };
        for (wait, expected) in [
            (HOUR / 2, (vec!["done", "failed", "queued"], 1, 3)),
            (HOUR, (vec!["done", "failed", "queued"], 0, 3)),
            (DAY, (vec!["failed", "queued"], 0, 0)),
            (30 * DAY, (vec!["queued"], 0, 0)),
        ] {
            portal.clock.advance(wait);
            let id = add(&portal, NewJob::of(&Retention {})).await;
            assert_eq!(worker.run_until_idle().await.unwrap(), 1);
            assert_eq!(state(&portal, id).await, JobState::Succeeded);
            assert_eq!(kept().await, expected);
        }
    })
    .await;
}
