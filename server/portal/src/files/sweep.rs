//! Removing what was uploaded and never used: with forms that were refused, or left.

use domain::Timestamp;
use domain::id::FileId;

use super::ContentHash;
use super::record::NOT_USED;
use crate::jobs::{JobContext, JobError};
use crate::storage::{AsConn, StorageError, Tx, sql};

/// How many files one transaction removes.
const BATCH: i64 = 100;

/// A file that nothing uses.
#[derive(sqlx::FromRow)]
struct Unused {
    id: FileId,
    #[sqlx(try_from = "Vec<u8>")]
    sha256: ContentHash,
}

/// Removes the files that came before `before` and that no order, no store's product and no import uses, with their content.
/// Gives how many there were.
pub(crate) async fn sweep(ctx: &JobContext, before: Timestamp) -> Result<u64, JobError> {
    let mut swept = 0;
    let mut last = None;
    loop {
        // Looked for by a reader: going through all that is used takes a while.
        let unused = find(&mut ctx.portal.db.read().await?, last, before).await?;
        let Some(end) = unused.last() else {
            return Ok(swept);
        };
        last = Some(end.id);
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        for file in &unused {
            swept += u64::from(remove(ctx, &mut tx, file, before).await?);
        }
        tx.commit().await?;
    }
}

async fn find(
    conn: &mut impl AsConn,
    after: Option<FileId>,
    before: Timestamp,
) -> Result<Vec<Unused>, StorageError> {
    let mut query = sql("SELECT files.id, files.sha256 FROM files WHERE files.created_at < ");
    query.push_bind(before).push(" AND ").push(NOT_USED);
    if let Some(after) = after {
        query.push(" AND files.id > ").push_bind(after);
    }
    query.push(" ORDER BY files.id LIMIT ").push_bind(BATCH);
    query.fetch_all(conn).await
}

/// Removes a file, unless it was used meanwhile. Its content goes before the row does: broken off in between, the
/// next sweep finds the row again, while content without a row would never be found.
async fn remove(ctx: &JobContext, tx: &mut Tx, file: &Unused, before: Timestamp) -> Result<bool, JobError> {
    let mut delete = sql("DELETE FROM files WHERE files.id = ");
    delete.push_bind(file.id).push(" AND ").push(NOT_USED);
    if delete.execute(tx).await? == 0 {
        return Ok(false);
    }
    let shared: Option<(FileId,)> = sql("SELECT id FROM files WHERE sha256 = $1 LIMIT 1")
        .bind(file.sha256.0)
        .fetch_optional(tx)
        .await?;
    if shared.is_none() {
        let deleted = ctx.portal.files.delete(file.sha256, before).await;
        deleted.map_err(JobError::retry)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    use crate::access::{Client, Viewer};
    use crate::files::find;
    use crate::jobs::{self, NewJob, Retention, Worker};
    use crate::orders::{DesignForm, replace_design, testing};
    use crate::testing::{TestPortal, on_both};
    use domain::CatalogueKey;

    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    async fn retention(portal: &TestPortal) {
        let mut tx = portal.db.begin().await.unwrap();
        jobs::enqueue(&mut tx, portal, NewJob::of(&Retention {}))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let worker = Worker::new(portal, jobs::Registry::new().register::<Retention>());
        assert_eq!(worker.run_until_idle().await.unwrap(), 1);
    }

    /// The content under the portal's clock: files on the disk bear the machine's.
    async fn is_there(portal: &TestPortal, client: &Client, file: FileId) -> bool {
        let mut conn = portal.db.read().await.unwrap();
        find(&mut conn, &client.scope(), file).await.unwrap().is_some()
    }

    async fn upload(portal: &TestPortal, client: &Client, bytes: &[u8]) -> (FileId, ContentHash) {
        let id = testing::upload(portal, client, bytes).await;
        let mut conn = portal.db.read().await.unwrap();
        let hash = find(&mut conn, &client.scope(), id)
            .await
            .unwrap()
            .unwrap()
            .content
            .hash;
        drop(conn);
        let path = portal.files.local(hash).await.unwrap().unwrap();
        let now = SystemTime::UNIX_EPOCH + portal.now().since(Timestamp::EPOCH);
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(now)
            .unwrap();
        (id, hash)
    }

    #[tokio::test]
    async fn what_no_order_uses_goes_after_a_day_with_its_content() {
        on_both(async |portal| {
            let (client, _, order) = testing::order_without_design(&portal).await;
            let line = crate::orders::find(&portal, &client.scope(), order)
                .await
                .unwrap()
                .lines[0]
                .id;
            let (used, used_content) = upload(&portal, &client, &testing::png(2400, 3370)).await;
            let design = DesignForm {
                upload: Some(used),
                ..DesignForm::default()
            };
            let area = CatalogueKey::parse("front").unwrap();
            let viewer = Viewer::Client(client.clone());
            replace_design(&portal, &viewer, order, line, &area, &design)
                .await
                .unwrap();
            let (twin, _) = upload(&portal, &client, &testing::png(2400, 3370)).await;
            let (left, left_content) = upload(&portal, &client, &testing::png(10, 10)).await;

            portal.clock.advance(DAY);
            retention(&portal).await;
            assert!(
                is_there(&portal, &client, left).await,
                "somebody may still be at the form"
            );

            portal.clock.advance(Duration::from_secs(1));
            let (fresh, _) = upload(&portal, &client, &testing::png(20, 20)).await;
            retention(&portal).await;
            assert!(!is_there(&portal, &client, left).await);
            assert!(!portal.files.exists(left_content).await.unwrap());
            assert!(!is_there(&portal, &client, twin).await);
            assert!(is_there(&portal, &client, used).await);
            assert!(
                portal.files.exists(used_content).await.unwrap(),
                "the order needs it"
            );
            assert!(is_there(&portal, &client, fresh).await);
        })
        .await;
    }
}
