//! How long imports stay.

use std::fs::File;
use std::time::{Duration, SystemTime};

use domain::Timestamp;
use domain::id::FileId;

use super::*;
use crate::Refusal;
use crate::files::ContentHash;
use crate::jobs::{NewJob, Retention, enqueue};
use crate::testing::on_both;

const DAY: Duration = Duration::from_hours(24);

async fn retention(portal: &TestPortal) {
    let mut tx = portal.db.begin().await.unwrap();
    enqueue(&mut tx, portal, NewJob::of(&Retention {})).await.unwrap();
    tx.commit().await.unwrap();
    work(portal).await;
}

/// The file of an import, made as old as the portal's clock says: files on the disk bear the machine's time.
async fn file_of(portal: &TestPortal, import: ImportId) -> (FileId, ContentHash) {
    let (id, hash): (FileId, Vec<u8>) =
        sql("SELECT f.id, f.sha256 FROM imports i JOIN files f ON f.id = i.file_id WHERE i.id = $1")
            .bind(import)
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
    let hash = ContentHash::try_from(hash).unwrap();
    let path = portal.files.local(hash).await.unwrap().unwrap();
    let now = SystemTime::UNIX_EPOCH + portal.now().since(Timestamp::EPOCH);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(now).unwrap();
    (id, hash)
}

#[tokio::test]
async fn an_import_goes_after_three_months_with_its_rows_and_its_file() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = imported(&portal, &client, store, &orders_file(2)).await;
        let (file, content) = file_of(&portal, id).await;
        portal.clock.advance(60 * DAY);
        let second = imported(&portal, &client, store, &orders_file(3)).await;
        let (second_file, second_content) = file_of(&portal, second).await;

        portal.clock.advance(30 * DAY);
        retention(&portal).await;
        assert_eq!(get(&portal, &client, id).await.id, id, "to the day");

        portal.clock.advance(Duration::from_secs(1));
        retention(&portal).await;
        let gone = find(&portal, &client.scope(), id).await.unwrap_err();
        assert!(matches!(gone, Refusal::NotFound));
        let is_recorded = async |file| {
            let mut conn = portal.db.read().await.unwrap();
            let found = crate::files::find(&mut conn, &client.scope(), file).await;
            found.unwrap().is_some()
        };
        assert!(!is_recorded(file).await);
        assert!(!portal.files.exists(content).await.unwrap(), "nor its bytes");

        assert_eq!(get(&portal, &client, second).await.id, second);
        assert_eq!(listed(&portal, &client, second, RowFilter::All).await.len(), 3);
        assert!(is_recorded(second_file).await);
        assert!(portal.files.exists(second_content).await.unwrap());
        assert_eq!(orders_of(&portal, store).await.len(), 3, "the orders stay");
    })
    .await;
}
