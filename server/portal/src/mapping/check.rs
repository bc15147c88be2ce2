//! The job that checks a design of a connected variant, so that its faults show before an order comes in.

use domain::id::{CustomerId, FileId};
use domain::{FileState, ReasonCode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::locked::LockedVariant;
use crate::Portal;
use crate::files::design::{DesignCheck, Examined, Unchecked, examine};
use crate::files::{NewFile, record};
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived, enqueue};
use crate::storage::{AsConn, StorageError, Tx, Value, sql};

/// Fetches a design of a connected variant when it lies on the web, and checks it against its print area. Orders check
/// theirs again: the print area may have changed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CheckStoreDesign {
    /// Which state of the design: another one given meanwhile is checked by a job of its own.
    pub(super) version: Uuid,
}

impl CheckStoreDesign {
    pub(super) async fn enqueue(
        self,
        portal: &Portal,
        tx: &mut Tx,
        variant: &LockedVariant,
    ) -> Result<(), StorageError> {
        let job = NewJob::of(&self)
            .lane(format!("store-design:{}", variant.store_id))
            .customer(variant.customer_id)
            .store(variant.store_id);
        enqueue(tx, portal, job).await?;
        Ok(())
    }
}

impl Job for CheckStoreDesign {
    const KIND: &'static str = "check-store-design";
    const FETCHES: bool = true;

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let mut conn = portal.db.read().await?;
        let Some(design) = Waiting::find(&mut conn, self.version).await? else {
            return Ok(JobDone::succeeded());
        };
        let area = design.unchecked.area(&mut conn).await?;
        drop(conn);
        let examined = match (area, design.unchecked.source()) {
            (Some(area), Some(source)) => {
                let examined = examine(portal.files.as_ref(), &portal.outbound, source, area).await;
                examined.map_err(|error| error.into_job_error(portal.now()))?
            }
            _ => Examined {
                fetched: None,
                check: DesignCheck::refused(ReasonCode::SpecificationMismatch),
            },
        };
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let file = match &examined.fetched {
            Some(file) => {
                let new = NewFile {
                    file,
                    customer: Some(design.customer_id),
                    created_by: None,
                };
                Some(record(&mut tx, portal, new).await?)
            }
            None => None,
        };
        note(&mut tx, self.version, file, &examined.check).await?;
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let check = DesignCheck::given_up(abandoned.reason);
        note(tx, self.version, None, &check).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        sql(
            "UPDATE store_variant_designs SET state = 'waiting', reason = NULL, check_result = NULL
             WHERE version = $1 AND state = 'refused'",
        )
        .bind(self.version)
        .execute(tx)
        .await?;
        Ok(())
    }
}

async fn note(
    tx: &mut Tx,
    version: Uuid,
    file: Option<FileId>,
    check: &DesignCheck,
) -> Result<(), StorageError> {
    let refusal = check.refusal();
    let state = if refusal.is_some() {
        FileState::Refused
    } else {
        FileState::Checked
    };
    sql("UPDATE store_variant_designs SET state = $2, reason = $3, check_result = $4, file_id = COALESCE($5, file_id)
         WHERE version = $1 AND state = 'waiting'")
    .bind(version)
    .bind(state.as_str())
    .bind(refusal.map(ReasonCode::as_str))
    .bind(Value::json(check))
    .bind(file)
    .execute(tx)
    .await?;
    Ok(())
}

/// A design that has not been checked.
#[derive(Debug, sqlx::FromRow)]
struct Waiting {
    customer_id: CustomerId,
    #[sqlx(flatten)]
    unchecked: Unchecked,
}

impl Waiting {
    async fn find(conn: &mut impl AsConn, version: Uuid) -> Result<Option<Self>, StorageError> {
        sql(
            "SELECT s.customer_id, d.area_key, d.url, c.product_id, f.sha256, f.media_type
             FROM store_variant_designs d
             JOIN store_variants v ON v.id = d.store_variant_id
             JOIN stores s ON s.id = v.store_id
             LEFT JOIN catalogue_variants c ON c.id = v.catalogue_variant_id
             LEFT JOIN files f ON f.id = d.file_id
             WHERE d.version = $1 AND d.state = 'waiting'",
        )
        .bind(version)
        .fetch_optional(conn)
        .await
    }
}
