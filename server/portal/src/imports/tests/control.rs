//! Starting, stopping and going on.

use domain::JobState;
use domain::id::JobId;

use super::*;
use crate::access::Scope;
use crate::jobs;
use crate::testing::on_both;

#[tokio::test]
async fn an_import_starts_once() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = send(&portal, &client, store, &orders_file(2)).await.unwrap();
        let early = start(&portal, &client, id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&early), "import-not-ready");
        work(&portal).await;
        start(&portal, &client, id).await.unwrap();
        let again = start(&portal, &client, id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&again), "import-not-ready");
        work(&portal).await;
        let late = cancel(&portal, &client, id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&late), "import-finished");
        let done = retry(&portal, &client, id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&done), "import-not-stopped");
        assert_eq!(orders_of(&portal, store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_import_can_be_stopped_at_every_stage_and_taken_up_again() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = send(&portal, &client, store, &orders_file(2)).await.unwrap();
        for stage in [ImportState::Checking, ImportState::Ready, ImportState::Queued] {
            match stage {
                ImportState::Ready => work(&portal).await,
                ImportState::Queued => {
                    work(&portal).await;
                    start(&portal, &client, id).await.unwrap();
                }
                _ => {}
            }
            assert_eq!(get(&portal, &client, id).await.state, stage);
            cancel(&portal, &client, id).await.unwrap();
            work(&portal).await;
            let stopped = get(&portal, &client, id).await;
            assert_eq!(stopped.state, ImportState::Cancelled);
            assert!(stopped.finished_at.is_some());
            assert!(orders_of(&portal, store).await.is_empty());
            retry(&portal, &client, id).await.unwrap();
        }
        work(&portal).await;
        start(&portal, &client, id).await.unwrap();
        work(&portal).await;
        assert_eq!(get(&portal, &client, id).await.state, ImportState::Succeeded);
        assert_eq!(orders_of(&portal, store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_running_import_stops_between_two_transactions_and_goes_on_behind_them() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let text = orders_file(120);
        let id = checked(&portal, &client, store, &text).await;
        start(&portal, &client, id).await.unwrap();
        // A worker dies after its first orders; the import is cancelled before another one takes it over.
        crash::killed_once(&portal, async || get(&portal, &client, id).await.created > 0).await;
        cancel(&portal, &client, id).await.unwrap();
        portal.clock.advance(crate::jobs::LEASE * 2);
        crash::recover(&portal, &client, id).await;
        let stopped = get(&portal, &client, id).await;
        assert_eq!(stopped.state, ImportState::Cancelled);
        let so_far = orders_of(&portal, store).await.len();
        assert!((1..120).contains(&so_far), "{so_far}");
        assert_eq!(stopped.created, i64::try_from(so_far).unwrap());

        retry(&portal, &client, id).await.unwrap();
        work(&portal).await;
        let done = get(&portal, &client, id).await;
        assert_eq!(done.state, ImportState::Succeeded);
        assert_eq!(counters(&done), [120, 0, 0, 120, 120, 0]);
        assert_eq!(orders_of(&portal, store).await.len(), 120);
    })
    .await;
}

/// Takes the file of an import away, so that its jobs die, and gives it back.
async fn killed_by_a_missing_file(portal: &TestPortal, client: &Client, id: ImportId) -> JobId {
    let content = get(portal, client, id).await.content;
    let path = portal.files.local(content).await.unwrap().unwrap();
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    for _ in 0..50 {
        work(portal).await;
        portal.clock.advance(std::time::Duration::from_hours(2));
    }
    std::fs::rename(&aside, &path).unwrap();
    let (job, state): (JobId, JobState) =
        sql("SELECT id, state FROM jobs WHERE id = (SELECT job_id FROM imports)")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
    assert_eq!(state, JobState::Dead);
    assert_eq!(get(portal, client, id).await.state, ImportState::Failed);
    job
}

async fn try_again(portal: &TestPortal, job: JobId) {
    let mut tx = portal.db.begin().await.unwrap();
    jobs::retry(&mut tx, portal, &Scope::AllCustomers, job)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_dead_job_that_an_operator_tries_again_takes_its_import_up() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = send(&portal, &client, store, &orders_file(2)).await.unwrap();
        let check = killed_by_a_missing_file(&portal, &client, id).await;
        try_again(&portal, check).await;
        let again = get(&portal, &client, id).await;
        assert_eq!(
            (again.state, again.reason, again.finished_at),
            (ImportState::Checking, None, None)
        );
        work(&portal).await;
        assert_eq!(get(&portal, &client, id).await.state, ImportState::Ready);

        start(&portal, &client, id).await.unwrap();
        let run = killed_by_a_missing_file(&portal, &client, id).await;
        try_again(&portal, run).await;
        assert_eq!(get(&portal, &client, id).await.state, ImportState::Queued);
        work(&portal).await;
        assert_eq!(get(&portal, &client, id).await.state, ImportState::Succeeded);
        assert_eq!(orders_of(&portal, store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_its_owner_took_up_is_left_alone_by_its_old_job() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = checked(&portal, &client, store, &orders_file(2)).await;
        start(&portal, &client, id).await.unwrap();
        let dead = killed_by_a_missing_file(&portal, &client, id).await;
        retry(&portal, &client, id).await.unwrap();
        work(&portal).await;
        assert_eq!(
            get(&portal, &client, id).await.state,
            ImportState::Ready,
            "its check began anew"
        );
        try_again(&portal, dead).await;
        work(&portal).await;
        assert_eq!(get(&portal, &client, id).await.state, ImportState::Ready);
        assert!(orders_of(&portal, store).await.is_empty());
    })
    .await;
}
