//! The job that fetches and checks a design, and lets its line go on or stops it.

use domain::id::{CustomerId, FileId, JobId, LineFileId, LineId, OrderId};
use domain::{FileState, OrderEventKind, OrderStatus, ReasonCode};
use serde::{Deserialize, Serialize};

use super::Actor;
use super::events::{self, EventDetail, NewEvent};
use super::intake::waits_for_a_look;
use super::load::LockedOrder;
use super::status::{LineChange, apply};
use crate::access::Scope;
use crate::files::design::{DesignCheck, NotExamined, Unchecked, examine};
use crate::files::{NewFile, record};
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived, enqueue};
use crate::storage::{AsConn, StorageError, Tx, Value, sql};
use crate::stores::Store;
use crate::{Outcome, Portal, Refusal};

/// How many designs of one store are worked on at once: a large import must not keep the workers from all others.
const LANES_PER_STORE: u128 = 2;

/// Fetches a design when it lies on the web, checks it against its print area, and lets its line go on or stops it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CheckDesign {
    /// The design.
    pub line_file: LineFileId,
}

impl CheckDesign {
    /// Whether such a job waits or runs, without waiting for it.
    pub(super) async fn is_unfinished(self, tx: &mut Tx) -> Result<bool, StorageError> {
        let unfinished: Option<(JobId,)> =
            sql("SELECT id FROM jobs WHERE kind = $1 AND unique_key = $2 AND state IN ('queued', 'running')")
                .bind(Self::KIND)
                .bind(self.line_file.to_string())
                .fetch_optional(tx)
                .await?;
        Ok(unfinished.is_some())
    }

    /// Enqueues the job, in the transaction that notes the design.
    pub(super) async fn enqueue(
        self,
        portal: &Portal,
        tx: &mut Tx,
        store: &Store,
    ) -> Result<(), StorageError> {
        let lane = format!(
            "design:{}:{}",
            store.id,
            self.line_file.0.as_u128() % LANES_PER_STORE
        );
        let job = NewJob::of(&self)
            .lane(lane)
            .unique(self.line_file.to_string())
            .customer(store.customer_id)
            .store(store.id);
        enqueue(tx, portal, job).await?;
        Ok(())
    }
}

impl Job for CheckDesign {
    const KIND: &'static str = "check-design";
    const FETCHES: bool = true;

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let mut conn = portal.db.read().await?;
        let Some(design) = WaitingDesign::find(&mut conn, self.line_file).await? else {
            // It was replaced or checked meanwhile.
            return Ok(JobDone::succeeded());
        };
        let area = design.unchecked.area(&mut conn).await?;
        drop(conn);
        let (fetched, check) = match (area, design.unchecked.source()) {
            (Some(area), Some(source)) => {
                let examined = examine(portal.files.as_ref(), &portal.outbound, source, area).await;
                let examined = match examined {
                    Ok(examined) => examined,
                    Err(error) => return Err(tried_again(ctx, self.line_file, error).await?),
                };
                (examined.fetched, examined.check)
            }
            // The product lost the print area: what was designed for it cannot be made.
            _ => (None, DesignCheck::refused(ReasonCode::SpecificationMismatch)),
        };
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let file = match &fetched {
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
        settle(portal, &mut tx, &design, file, &check).await?;
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let Some(design) = WaitingDesign::find(tx, self.line_file).await? else {
            return Ok(());
        };
        let check = DesignCheck::given_up(abandoned.reason);
        match settle(abandoned.portal, tx, &design, None, &check).await {
            // Half of it may be written, and PostgreSQL commits nothing after a failed statement.
            Err(Refusal::Unexpected(error)) => Err(storage_error(error)),
            // The order went another way meanwhile.
            _ => Ok(()),
        }
    }

    async fn revived(self, tx: &mut Tx, revived: &Revived<'_>) -> Result<(), StorageError> {
        match wait_again(revived.portal, tx, self.line_file).await {
            Err(Refusal::Unexpected(error)) => Err(storage_error(error)),
            _ => Ok(()),
        }
    }
}

/// Puts a design that was given up, and the line that it stopped, back to the checks. Not when the line went another way
/// meanwhile: a person let it pass, or cancelled it.
async fn wait_again(portal: &Portal, tx: &mut Tx, id: LineFileId) -> Outcome<()> {
    let refused: Option<(LineId, OrderId, Option<ReasonCode>)> =
        sql("SELECT d.line_id, l.order_id, d.reason FROM order_line_files d
             JOIN order_lines l ON l.id = d.line_id WHERE d.id = $1 AND d.state = 'refused'")
        .bind(id)
        .fetch_optional(tx)
        .await?;
    let Some((line, order, reason)) = refused else {
        return Ok(());
    };
    let mut order = LockedOrder::load(tx, &Scope::AllCustomers, order).await?;
    let stopped = order
        .line(line)
        .is_some_and(|line| line.reason == reason && line.status.may_become(OrderStatus::Received));
    if !stopped {
        return Ok(());
    }
    sql("UPDATE order_line_files SET state = 'waiting', reason = NULL, check_result = NULL WHERE id = $1")
        .bind(id)
        .execute(tx)
        .await?;
    let change = LineChange {
        line,
        to: OrderStatus::Received,
        reason: None,
    };
    apply(portal, tx, &mut order, &[change], &Actor::SYSTEM).await
}

/// Notes at a design what is wrong with its address, for its line to say while it is tried again.
async fn tried_again(
    ctx: &JobContext,
    line_file: LineFileId,
    error: NotExamined,
) -> Result<JobError, JobError> {
    if let Some(reason) = error.reason() {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql("UPDATE order_line_files SET reason = $2 WHERE id = $1 AND state = 'waiting'")
            .bind(line_file)
            .bind(reason.as_str())
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
    }
    Ok(error.into_job_error(ctx.portal.now()))
}

fn storage_error(error: anyhow::Error) -> StorageError {
    error
        .downcast()
        .unwrap_or_else(|error| sqlx::Error::Protocol(format!("{error:#}")).into())
}

/// A design that has not been checked.
#[derive(Debug, sqlx::FromRow)]
struct WaitingDesign {
    id: LineFileId,
    line_id: LineId,
    order_id: OrderId,
    customer_id: CustomerId,
    #[sqlx(flatten)]
    unchecked: Unchecked,
}

impl WaitingDesign {
    async fn find(conn: &mut impl AsConn, id: LineFileId) -> Result<Option<Self>, StorageError> {
        sql("SELECT d.id, d.line_id, l.order_id, o.customer_id, d.area_key, d.url, v.product_id, f.sha256, f.media_type
             FROM order_line_files d
             JOIN order_lines l ON l.id = d.line_id
             JOIN orders o ON o.id = l.order_id
             LEFT JOIN catalogue_variants v ON v.id = l.variant_id
             LEFT JOIN files f ON f.id = d.file_id
             WHERE d.id = $1 AND d.state = 'waiting'")
        .bind(id)
        .fetch_optional(conn)
        .await
    }
}

/// Notes the verdict on a design and what it means for its line: refused, the line stops; the last one fine, it goes to
/// production, unless one that came before was refused.
async fn settle(
    portal: &Portal,
    tx: &mut Tx,
    design: &WaitingDesign,
    file: Option<FileId>,
    check: &DesignCheck,
) -> Outcome<()> {
    let mut order = LockedOrder::load(tx, &Scope::AllCustomers, design.order_id).await?;
    if !write_verdict(tx, design, file, check).await? {
        // It was replaced while it was looked at: nothing follows from what it was.
        return Ok(());
    }
    let refusal = check.refusal();
    let kind = if refusal.is_some() {
        OrderEventKind::FileRefused
    } else {
        OrderEventKind::FileChecked
    };
    let event = NewEvent {
        line: Some(design.line_id),
        ..NewEvent::of(design.order_id, kind)
    };
    let detail = EventDetail {
        area: Some(design.unchecked.area_key.to_string()),
        ..EventDetail::of_reason(refusal)
    };
    events::write(portal, tx, &Actor::SYSTEM, event.with(detail)).await?;
    let waits = |order: &LockedOrder| {
        order
            .line(design.line_id)
            .is_some_and(|line| line.status == OrderStatus::Received)
    };
    if !waits(&order) {
        // On hold or cancelled meanwhile: the verdict counts when the line goes on.
        return Ok(());
    }
    let open = open_designs(tx, design.line_id).await?;
    let waiting = open.iter().any(|(state, _)| *state == FileState::Waiting);
    // What was refused before and not given anew stops the line once nothing waits any more.
    let refusal = refusal.or_else(|| open.iter().find_map(|(_, reason)| reason.filter(|_| !waiting)));
    let steps: &[(OrderStatus, Option<ReasonCode>)] = match refusal {
        Some(reason) => &[(stopped_by(reason), Some(reason))],
        None if waiting => &[],
        None if waits_for_a_look(tx, design.line_id).await? => {
            &[(OrderStatus::OnHold, Some(ReasonCode::DesignPersonalised))]
        }
        None => &[(OrderStatus::Passed, None), (OrderStatus::Created, None)],
    };
    for (to, reason) in steps.iter().copied() {
        let change = LineChange {
            line: design.line_id,
            to,
            reason,
        };
        apply(portal, tx, &mut order, &[change], &Actor::SYSTEM).await?;
    }
    Ok(())
}

/// Where a line stops that has such a design. One that could be printed, only badly, waits for a decision; all others
/// need another file.
fn stopped_by(reason: ReasonCode) -> OrderStatus {
    if reason == ReasonCode::DesignLowResolution {
        OrderStatus::OnHold
    } else {
        OrderStatus::Failed
    }
}

/// Whether the design still waited for it.
async fn write_verdict(
    tx: &mut Tx,
    design: &WaitingDesign,
    file: Option<FileId>,
    check: &DesignCheck,
) -> Result<bool, StorageError> {
    let refusal = check.refusal();
    let state = if refusal.is_some() {
        FileState::Refused
    } else {
        FileState::Checked
    };
    let written = sql(
        "UPDATE order_line_files SET state = $2, reason = $3, check_result = $4,
             file_id = COALESCE($5, file_id)
         WHERE id = $1 AND state = 'waiting'",
    )
    .bind(design.id)
    .bind(state.as_str())
    .bind(refusal.map(ReasonCode::as_str))
    .bind(Value::json(check))
    .bind(file)
    .execute(tx)
    .await?;
    Ok(written == 1)
}

/// The designs of a line that keep it from production: those not checked yet, and those refused that nobody let pass.
pub(super) async fn open_designs(
    tx: &mut Tx,
    line: LineId,
) -> Result<Vec<(FileState, Option<ReasonCode>)>, StorageError> {
    sql("SELECT state, reason FROM order_line_files
         WHERE line_id = $1 AND state <> 'checked' AND NOT let_pass ORDER BY area_key")
    .bind(line)
    .fetch_all(tx)
    .await
}

#[cfg(test)]
mod tests {
    use domain::id::JobId;
    use domain::{CatalogueKey, JobState};

    use super::*;
    use crate::access::{Operator, Viewer};
    use crate::orders::{
        DesignForm, LineEdit, any_customers_orders_of_jobs, edit_line, find, replace_design, testing,
    };
    use crate::testing::{TestPortal, on_both};

    async fn job_of(portal: &TestPortal) -> (JobId, Option<String>) {
        sql("SELECT id, reason FROM jobs WHERE kind = 'check-design'")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn an_address_that_does_not_answer_is_told_at_its_line_while_it_is_tried_again() {
        on_both(async |portal| {
            let (client, operator, order): (_, Operator, _) = testing::order_without_design(&portal).await;
            let line = find(&portal, &client.scope(), order).await.unwrap().lines[0].id;
            let area = CatalogueKey::parse("front").unwrap();
            // Nobody listens there any more.
            let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let address = gone.local_addr().unwrap();
            drop(gone);
            let form = DesignForm {
                url: format!("http://{address}/design.pdf"),
                upload: None,
            };
            replace_design(
                &portal,
                &Viewer::Client(client.clone()),
                order,
                line,
                &area,
                &form,
            )
            .await
            .unwrap();
            testing::work(&portal).await;
            let detail = find(&portal, &client.scope(), order).await.unwrap();
            let given = detail.lines[0].designs[0].given.clone().unwrap();
            assert_eq!(given.state, FileState::Waiting);
            assert_eq!(given.reason, Some(ReasonCode::DesignUnreachable));
            assert!(given.retry_at.is_some_and(|at| at > portal.now()));
            let (job, reason) = job_of(&portal).await;
            assert_eq!(reason.as_deref(), Some("design-unreachable"));
            let found = any_customers_orders_of_jobs(&portal, &operator, &[job]).await;
            let found = found.unwrap()[&job];
            assert_eq!((found.id, found.number), (order, 1));
        })
        .await;
    }

    #[tokio::test]
    async fn a_design_that_was_given_up_is_checked_again_when_its_job_is_retried() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let line = find(&portal, &client.scope(), id).await.unwrap().lines.remove(0);
            let form = DesignForm {
                upload: Some(testing::upload(&portal, &client, &testing::png(4000, 6000)).await),
                ..DesignForm::default()
            };
            let (viewer, area) = (Viewer::Client(client.clone()), &line.designs[0].area);
            replace_design(&portal, &viewer, id, line.id, area, &form)
                .await
                .unwrap();
            let job = testing::give_up(&portal, CheckDesign::KIND).await;
            let status = async || find(&portal, &client.scope(), id).await.unwrap().head.status;
            assert_eq!(status().await, OrderStatus::Failed);
            testing::retry(&portal, job).await;
            assert_eq!(status().await, OrderStatus::Received);
            testing::work(&portal).await;
            assert_eq!(status().await, OrderStatus::Created);
        })
        .await;
    }

    #[tokio::test]
    async fn a_verdict_that_cannot_be_written_is_an_error() {
        on_both(async |portal| {
            testing::two_line_order(&portal).await;
            let mut tx = portal.db.begin().await.unwrap();
            let line_file = LineFileId(portal.entropy.id());
            sql("INSERT INTO order_line_files (id, line_id, area_key, state) \
                 SELECT $1, id, 'front', 'waiting' FROM order_lines WHERE position = 1")
            .bind(line_file)
            .execute(&mut tx)
            .await
            .unwrap();
            sql("ALTER TABLE order_events RENAME TO lost_events")
                .execute(&mut tx)
                .await
                .unwrap();
            let abandoned = Abandoned {
                portal: &portal,
                job_id: JobId(portal.entropy.id()),
                state: JobState::Dead,
                reason: None,
            };
            let noted = CheckDesign { line_file }.abandoned(&mut tx, &abandoned).await;
            assert!(noted.is_err());
        })
        .await;
    }

    #[tokio::test]
    async fn a_verdict_on_what_was_replaced_meanwhile_counts_for_nothing() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let viewer = Viewer::Client(client.clone());
            let line = find(&portal, &client.scope(), id).await.unwrap().lines.remove(0);
            let give = async || {
                let form = DesignForm {
                    upload: Some(testing::upload(&portal, &client, &testing::png(4000, 6000)).await),
                    ..DesignForm::default()
                };
                let area = &line.designs[0].area;
                replace_design(&portal, &viewer, id, line.id, area, &form)
                    .await
                    .unwrap();
                let designs = find(&portal, &client.scope(), id)
                    .await
                    .unwrap()
                    .lines
                    .remove(0)
                    .designs;
                let given = designs[0].given.as_ref().unwrap().id;
                WaitingDesign::find(&mut portal.db.read().await.unwrap(), given)
                    .await
                    .unwrap()
                    .unwrap()
            };
            let replaced = give().await;
            let of_other_product = give().await;
            let edit = LineEdit {
                product_uid: "poster_a4-silk".to_owned(),
                quantity: "1".to_owned(),
                ..LineEdit::default()
            };
            edit_line(&portal, &viewer, id, line.id, &edit).await.unwrap();
            let check = DesignCheck::refused(ReasonCode::DesignDamaged);
            for design in [replaced, of_other_product] {
                let mut tx = portal.db.begin().await.unwrap();
                settle(&portal, &mut tx, &design, None, &check).await.unwrap();
                tx.commit().await.unwrap();
            }
            testing::work(&portal).await;
            let order = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(
                (order.head.status, order.head.reason),
                (OrderStatus::Created, None)
            );
        })
        .await;
    }
}
