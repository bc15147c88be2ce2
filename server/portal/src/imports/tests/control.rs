//! Starting, stopping and going on.

use super::*;
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
