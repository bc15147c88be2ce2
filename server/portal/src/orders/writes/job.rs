//! The job that tells a store.

use connectors::store::{ConnectionError, OutgoingShipment, StoreConnection as _, Written};
use domain::id::{CustomerId, OrderId, OrderWriteId, ShipmentId, StoreId};
use domain::{ReasonCode, WriteKind, WriteState};
use serde::{Deserialize, Serialize};

use super::saying::{Saying, Told};
use super::untold::{hold_order_of, note_untold};
use crate::Portal;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived, enqueue};
use crate::storage::{AsConn, StorageError, Tx, Value, sql};
use crate::stores::{OpenError, OpenStore, connection_job_error_or, note_writes_shipments, open_about};
use crate::syncs::note_failure;

/// Why news of a parcel waits, translated as any `connection-<code>`: the store is to be told of the parcel itself first.
const SHIPMENT_NOT_TOLD: &str = "shipment-not-told";
/// The parcel completes nothing of what the store counts.
const SHIPMENT_INCOMPLETE: &str = "shipment-incomplete";
/// The store wants nothing of the parcel any more.
const SHIPMENT_NOT_WANTED: &str = "shipment-not-wanted";

/// Tells the store of an order one thing, as it is in one version: what is corrected meanwhile is told by another job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WriteBack {
    /// What is told.
    pub write: OrderWriteId,
    /// Which version of it.
    pub version: i64,
}

impl WriteBack {
    pub(super) async fn enqueue(
        self,
        portal: &Portal,
        tx: &mut Tx,
        store: StoreId,
        customer: CustomerId,
    ) -> Result<(), StorageError> {
        let job = NewJob::of(&self)
            .lane(format!("store:{store}:writes"))
            .unique(format!("{}:{}", self.write, self.version))
            .customer(customer)
            .store(store);
        enqueue(tx, portal, job).await?;
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    store_id: StoreId,
    state: WriteState,
    version: i64,
    #[sqlx(flatten)]
    told: Told,
}

impl Row {
    async fn find(conn: &mut impl AsConn, id: OrderWriteId) -> Result<Option<Self>, StorageError> {
        sql("SELECT w.store_id, w.state, w.version, w.order_id, o.external_id AS order_external_id, w.shipment_id,
                 w.kind, w.external_id, w.sent_before
             FROM order_writes w JOIN orders o ON o.id = w.order_id WHERE w.id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await
    }
}

impl Job for WriteBack {
    const KIND: &'static str = "write-back";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let mut conn = portal.db.read().await?;
        let Some(row) = Row::find(&mut conn, self.write).await? else {
            return Ok(JobDone::succeeded());
        };
        if row.state != WriteState::Queued || row.version != self.version {
            return Ok(JobDone::succeeded());
        }
        if row.told.kind == WriteKind::InProduction && later_told(&mut conn, row.told.order_id).await? {
            drop(conn);
            self.end(ctx, WriteState::Superseded, None, &[]).await?;
            return Ok(JobDone::succeeded());
        }
        drop(conn);
        let store = match open_about(ctx, row.store_id, row.told.order_id).await {
            Ok(store) => store,
            Err(error) => return Err(self.not_opened(ctx, error).await?),
        };
        if shipped_untold(&mut portal.db.read().await?, &row.told).await? {
            self.note(ctx, SHIPMENT_NOT_TOLD, None).await?;
            return Err(JobError::retry(anyhow::anyhow!(
                "the store does not know the parcel yet"
            )));
        }
        let mut conn = portal.db.read().await?;
        let saying = row.told.saying(portal, &mut conn, &store).await?;
        drop(conn);
        match saying {
            Saying::Later => self.note(ctx, SHIPMENT_INCOMPLETE, None).await?,
            Saying::NotWanted => {
                self.note(ctx, SHIPMENT_NOT_WANTED, None).await?;
                let error = anyhow::anyhow!("the store wants nothing of the parcel any more");
                return Err(JobError::fail(ReasonCode::StoreNotTold, error));
            }
            Saying::Progress(update) => {
                let said = store.write_progress(&update).await;
                self.said(ctx, &store, &row, said, &[]).await?;
            }
            Saying::Shipment(mut shipment, along) => {
                let said = match self.look_before(ctx, &store, &row.told, &mut shipment).await? {
                    Ok(()) => store.write_shipment(&shipment).await,
                    Err(error) => Err(error),
                };
                self.said(ctx, &store, &row, said, &along).await?;
            }
        }
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        if abandoned.reason == Some(ReasonCode::StorePaused) {
            return self.wait(tx, abandoned).await;
        }
        hold_order_of(tx, self.write).await?;
        // What the store said last says more than that the attempts are used up.
        sql(
            "UPDATE order_writes SET state = $2, reason = COALESCE(reason, $3), updated_at = $4
             WHERE id = $1 AND state = 'queued' AND version = $5",
        )
        .bind(self.write)
        .bind(WriteState::Failed.as_str())
        .bind(abandoned.reason.map(ReasonCode::as_str))
        .bind(abandoned.portal.now())
        .bind(self.version)
        .execute(tx)
        .await?;
        note_untold(tx, self.write).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        hold_order_of(tx, self.write).await?;
        sql("UPDATE order_writes SET state = 'queued' WHERE id = $1 AND state = 'failed' AND version = $2")
            .bind(self.write)
            .bind(self.version)
            .execute(tx)
            .await?;
        note_untold(tx, self.write).await
    }
}

impl WriteBack {
    /// Notes what came of telling the store; `along` are parcels that were told with this one.
    async fn said(
        self,
        ctx: &JobContext,
        store: &OpenStore,
        row: &Row,
        said: Result<Written, ConnectionError>,
        along: &[ShipmentId],
    ) -> Result<(), JobError> {
        note_restriction(&ctx.portal, store, row.told.kind, &said).await?;
        let (state, external_id) = match said {
            Ok(Written::Done { external_id }) => (WriteState::Done, external_id),
            Ok(Written::AlreadyThere { external_id }) => (WriteState::AlreadyThere, external_id),
            Ok(Written::NotSupported) => (WriteState::NotSupported, None),
            Err(error) => return Err(self.not_told(ctx, row.store_id, error).await?),
        };
        let external_id = external_id.map(|id| id.as_str().to_owned());
        self.end(ctx, state, external_id, along).await
    }

    /// Notes that the store knows, or need not: also when somebody cancelled the job while the store said so. What was
    /// corrected meanwhile stays queued, for the job of its version. With it the store knows the parcels `along`.
    async fn end(
        self,
        ctx: &JobContext,
        state: WriteState,
        external_id: Option<String>,
        along: &[ShipmentId],
    ) -> Result<(), JobError> {
        let now = ctx.portal.now();
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence_done(&mut tx).await?;
        hold_order_of(&mut tx, self.write).await?;
        sql(
            "UPDATE order_writes SET state = CASE WHEN version = $5 THEN $2 ELSE state END,
                 external_id = COALESCE($3, external_id), reason = NULL, words = NULL,
                 attempts = attempts + 1, updated_at = $4 WHERE id = $1",
        )
        .bind(self.write)
        .bind(state.as_str())
        .bind(external_id)
        .bind(now)
        .bind(self.version)
        .execute(&mut tx)
        .await?;
        for parcel in along {
            sql(
                "UPDATE order_writes SET state = $2, reason = NULL, words = NULL, updated_at = $3
                 WHERE shipment_id = $1 AND kind = 'shipped' AND state IN ('queued', 'failed')",
            )
            .bind(*parcel)
            .bind(WriteState::Superseded.as_str())
            .bind(now)
            .execute(&mut tx)
            .await?;
        }
        note_untold(&mut tx, self.write).await?;
        Ok(tx.commit().await?)
    }

    /// Notes why the store does not know yet.
    async fn note(self, ctx: &JobContext, reason: &str, words: Option<&str>) -> Result<(), JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql("UPDATE order_writes SET reason = $2, words = $3, attempts = attempts + 1, updated_at = $4 WHERE id = $1")
            .bind(self.write)
            .bind(reason)
            .bind(words)
            .bind(ctx.portal.now())
            .execute(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Keeps what was sent of the order before its parcel is told for the first time: should the answer get lost, what
    /// comes after it is ours.
    async fn look_before(
        self,
        ctx: &JobContext,
        store: &OpenStore,
        told: &Told,
        shipment: &mut OutgoingShipment,
    ) -> Result<Result<(), ConnectionError>, JobError> {
        if told.sent_before.is_some() {
            return Ok(Ok(()));
        }
        shipment.sent_before = match store.sent(&shipment.order).await {
            Ok(sent) => sent,
            Err(error) => return Ok(Err(error)),
        };
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql("UPDATE order_writes SET sent_before = $2 WHERE id = $1")
            .bind(self.write)
            .bind(Value::json(&shipment.sent_before))
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    async fn not_told(
        self,
        ctx: &JobContext,
        store: StoreId,
        error: ConnectionError,
    ) -> Result<JobError, JobError> {
        self.note(ctx, error.code(), error.words()).await?;
        // What fails for this order only says nothing about the store.
        if error.is_about_reaching() {
            note_failure(&ctx.portal, store, &error).await?;
        }
        Ok(connection_job_error_or(
            error,
            ctx.portal.now(),
            ReasonCode::StoreNotTold,
        ))
    }

    async fn not_opened(self, ctx: &JobContext, error: OpenError) -> Result<JobError, JobError> {
        let now = ctx.portal.now();
        Ok(match error {
            OpenError::Connection(error) => {
                self.note(ctx, error.code(), error.words()).await?;
                connection_job_error_or(error, now, ReasonCode::StoreNotTold)
            }
            error => error.into_job_error(now),
        })
    }
}

/// Whether the store is still to be told of the parcel whose arrival is to be told, or of one beside which the rest of
/// the order will not come: it would take the news for something else.
async fn shipped_untold(conn: &mut impl AsConn, told: &Told) -> Result<bool, StorageError> {
    let mut query = sql("SELECT EXISTS (SELECT 1 FROM order_writes
         WHERE kind = 'shipped' AND state IN ('queued', 'failed') AND ");
    match told.kind {
        WriteKind::Delivered => query.push("shipment_id = ").push_bind(told.shipment_id),
        WriteKind::RestCancelled => query.push("order_id = ").push_bind(told.order_id),
        WriteKind::InProduction | WriteKind::Shipped | WriteKind::Cancelled => return Ok(false),
    };
    query.push(")");
    let (untold,): (bool,) = query.fetch_one(conn).await?;
    Ok(untold)
}

/// Notes what the answer says about the store as a whole: whether its platform lets us tell it of parcels.
async fn note_restriction(
    portal: &Portal,
    store: &OpenStore,
    kind: WriteKind,
    said: &Result<Written, ConnectionError>,
) -> Result<(), StorageError> {
    let writes = match said {
        Ok(Written::Done { .. }) => true,
        Err(ConnectionError::Withheld) => false,
        _ => return Ok(()),
    };
    if kind != WriteKind::Shipped || store.facts.capabilities.writes_shipments == writes {
        return Ok(());
    }
    note_writes_shipments(portal, store.store, writes).await
}

/// Whether the store knows something that comes after *in production*.
async fn later_told(conn: &mut impl AsConn, order: OrderId) -> Result<bool, StorageError> {
    let (told,): (bool,) = sql("SELECT EXISTS (SELECT 1 FROM order_writes
             WHERE order_id = $1 AND kind <> 'in_production' AND state IN ('done', 'already_there'))")
    .bind(order)
    .fetch_one(conn)
    .await?;
    Ok(told)
}
