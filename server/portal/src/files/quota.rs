//! How much the people of a customer may send in a day: nobody can fill the disk.

use std::time::Duration;

use domain::id::CustomerId;

use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal, customers};

/// The time over which what was sent is counted.
const DAY: Duration = Duration::from_hours(24);
const MEGABYTE: u64 = 1024 * 1024;

/// What the people of a customer may still send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes that are left.
    pub left: u64,
    /// Bytes that may be sent within 24 hours.
    pub quota: u64,
}

/// The room that `customer` has left. Files that the portal fetched or made do not count.
///
/// # Errors
/// Only unexpected ones.
pub async fn room(portal: &Portal, conn: &mut impl AsConn, customer: CustomerId) -> Outcome<Room> {
    let (sent,): (i64,) = sql("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM files \
         WHERE customer_id = $1 AND created_by IS NOT NULL AND created_at > $2")
    .bind(customer)
    .bind(portal.now() - DAY)
    .fetch_one(conn)
    .await?;
    let quota = u64::from(portal.settings.uploads.customer_megabytes_per_day) * MEGABYTE;
    Ok(Room {
        left: quota.saturating_sub(u64::try_from(sent).unwrap_or_default()),
        quota,
    })
}

/// The room that `customer` has left for a file that is recorded in this transaction: until it ends, no other file of the
/// customer can take it.
///
/// # Errors
/// Only unexpected ones.
pub async fn room_to_record(portal: &Portal, tx: &mut Tx, customer: CustomerId) -> Outcome<Room> {
    customers::hold(tx, customer).await?;
    room(portal, tx, customer).await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::files::{FileError, Purpose, Upload};
    use crate::orders::testing;
    use crate::settings::{Settings, UploadSettings};
    use crate::testing::on_both;

    #[tokio::test]
    async fn what_was_sent_takes_room_for_a_day() {
        on_both(async |test| {
            let uploads = UploadSettings {
                customer_megabytes_per_day: 1,
            };
            let portal = Portal {
                settings: Arc::new(Settings {
                    uploads,
                    ..Settings::default()
                }),
                ..Portal::clone(&test)
            };
            let left = async |customer| {
                let mut conn = portal.db.read().await.unwrap();
                room(&portal, &mut conn, customer).await.unwrap()
            };
            let client = testing::client(&test, "Estudio Garabato").await;
            let other = testing::client(&test, "Otro Estudio").await;
            assert_eq!(left(client.customer).await.left, MEGABYTE);
            let design = testing::png(20, 20);
            testing::upload(&portal, &client, &design).await;
            let rest = MEGABYTE - design.len() as u64;
            let room = left(client.customer).await;
            assert_eq!((room.left, room.quota), (rest, MEGABYTE));
            assert_eq!(left(other.customer).await.left, MEGABYTE);

            let begin = async |room| {
                let upload = Upload::begin(portal.files.as_ref(), Purpose::Design).await;
                upload.unwrap().within(Some(room))
            };
            let mut upload = begin(room).await.unwrap();
            upload
                .write(&vec![b'a'; usize::try_from(rest).unwrap()])
                .await
                .unwrap();
            let error = upload.write(b"a").await.unwrap_err();
            assert!(matches!(error, FileError::QuotaUsedUp { .. }), "{error:?}");
            let problem = error.problem().unwrap();
            assert_eq!(problem.arguments[0], ("megabytes".into(), 1_i64.into()));
            let full = begin(Room { left: 0, ..room }).await.unwrap_err();
            assert!(matches!(full, FileError::QuotaUsedUp { .. }), "not even read");

            // What came in while a file was on its way has taken its room.
            let mut late = begin(room).await.unwrap();
            late.write(&design).await.unwrap();
            let exact = Room {
                left: design.len() as u64,
                ..room
            };
            let late = late.still_within(exact).unwrap();
            let error = late.still_within(Room {
                left: exact.left - 1,
                ..room
            });
            assert!(matches!(error, Err(FileError::QuotaUsedUp { .. })));

            test.clock.advance(DAY);
            assert_eq!(left(client.customer).await.left, MEGABYTE);
        })
        .await;
    }
}
