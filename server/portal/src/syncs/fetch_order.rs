//! Fetching one order that a webhook told about.

use connectors::store::StoreConnection as _;
use domain::id::{CustomerId, MessageId, StoreId};
use domain::source::ExternalId;
use domain::{OrderSource, ReasonCode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::health::{failed, open_for};
use super::{read_waiting_later, store_of};
use crate::Portal;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived};
use crate::orders::intake::{Arrival, TakenIn, gone, take_in};
use crate::storage::{StorageError, Tx};
use crate::stores::notices::outcome;

/// Fetches an order as its store has it now, and takes it in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FetchOrder {
    /// The store.
    pub store: StoreId,
    /// The order's id there.
    pub order: ExternalId,
    /// The webhook that told about it.
    pub message: Option<MessageId>,
    /// Whether a person asked for orders from before the store was connected, of which it is one.
    #[serde(default)]
    pub placed_before: bool,
}

impl FetchOrder {
    /// The job, to be enqueued with what calls for it. Never unique: what was fetched before this was called for may be
    /// older than what it is called for.
    pub fn new_job(&self, customer: CustomerId) -> NewJob {
        NewJob::of(self)
            .lane(format!("store:{}:orders", self.store))
            .customer(customer)
            .store(self.store)
    }

    async fn note(&self, portal: &Portal, tx: &mut Tx, taken: Option<TakenIn>) -> Result<(), JobError> {
        let Some(message) = self.message else {
            return Ok(());
        };
        let word = match taken {
            None => "unknown",
            Some(TakenIn::Created(_)) => "created",
            Some(TakenIn::Changed(_)) => "changed",
            Some(TakenIn::Unchanged(_)) => "unchanged",
            Some(TakenIn::Older(_)) => "older",
            Some(TakenIn::OutOfSight(_)) => "out_of_sight",
            Some(TakenIn::NotWanted) => "not_wanted",
            Some(TakenIn::PlacedBefore) => "placed_before",
            Some(TakenIn::OverAlready) => "over_already",
        };
        let result = json!({ "order": self.order, "taken_in": word });
        outcome::done(portal, tx, message, taken.and_then(TakenIn::order), &result).await?;
        Ok(())
    }
}

impl Job for FetchOrder {
    const KIND: &'static str = "fetch-order";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let store = store_of(ctx, self.store).await?;
        let shop = open_for(ctx, self.store).await?;
        let asked_at = portal.now();
        let order = match shop.order(&self.order).await {
            Ok(order) => order,
            Err(error) => return Err(failed(ctx, self.store, error).await),
        };
        let arrival = Arrival {
            store: &store,
            source: OrderSource::Webhook,
            unconnected: shop.settings.import_unconnected,
            placed_before: self.placed_before,
            asked_at,
        };
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let taken = match order {
            Some(order) => take_in(portal, &mut tx, arrival, &order).await.map(Some),
            None => gone(portal, &mut tx, arrival, &self.order).await,
        }?;
        self.note(portal, &mut tx, taken).await?;
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let not_read = matches!(
            abandoned.reason,
            Some(
                ReasonCode::StorePaused | ReasonCode::StoreDisconnected | ReasonCode::StoreCredentialsRefused
            )
        );
        if self.message.is_none() && not_read {
            // No webhook tells of it once more.
            read_waiting_later(tx, self.store).await?;
        }
        outcome::given_up(tx, self.message, abandoned).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        outcome::revived(tx, self.message).await
    }
}
