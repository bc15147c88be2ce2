//! Fetching one product that a webhook told about.

use connectors::store::StoreConnection as _;
use domain::id::{CustomerId, MessageId, StoreId};
use domain::source::ExternalId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::health::{failed, open_for};
use super::store_of;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived};
use crate::storage::{StorageError, Tx};
use crate::store_products::{one_gone, upsert};
use crate::stores::notices::outcome;

/// Fetches a product as its store has it now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FetchProduct {
    /// The store.
    pub store: StoreId,
    /// The product's id there.
    pub product: ExternalId,
    /// The webhook that told about it.
    pub message: Option<MessageId>,
}

impl FetchProduct {
    /// The job, to be enqueued with what calls for it.
    pub fn new_job(&self, customer: CustomerId) -> NewJob {
        NewJob::of(self)
            .lane(format!("store:{}:products", self.store))
            .customer(customer)
            .store(self.store)
    }
}

impl Job for FetchProduct {
    const KIND: &'static str = "fetch-product";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let store = store_of(ctx, self.store).await?;
        let shop = open_for(ctx, self.store).await?;
        let product = match shop.product(&self.product).await {
            Ok(product) => product,
            Err(error) => return Err(failed(ctx, self.store, error).await),
        };
        let found = product.is_some();
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        match product {
            Some(product) => {
                upsert(portal, &mut tx, &store, ctx.job_id.0, &[product]).await?;
            }
            None => {
                one_gone(portal, &mut tx, store.id, &self.product).await?;
            }
        }
        if let Some(message) = self.message {
            let result = json!({ "product": self.product, "found": found });
            outcome::done(portal, &mut tx, message, None, &result).await?;
        }
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        outcome::given_up(tx, self.message, abandoned).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        outcome::revived(tx, self.message).await
    }
}
