//! Opening the line to a store's shop.

use connectors::store::ConnectionError;
use domain::id::{OrderId, StoreId};
use domain::{ReasonCode, StoreState, Timestamp};

use super::open_store::OpenStore;
use super::renew::renewed;
use super::stored::StoredConnection;
use super::surroundings::Errand;
use crate::Portal;
use crate::jobs::{JobContext, JobError};
use crate::storage::StorageError;

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such store, or it is a manual one.
    #[error("no online store")]
    NotFound,
    /// Its connection is paused, disconnected or needs to be authorised again: it must not be called.
    #[error("the store is {0}")]
    NotConnected(StoreState),
    /// It cannot be reached with what we have.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// A fault of ours.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<StorageError> for OpenError {
    fn from(error: StorageError) -> Self {
        Self::Unexpected(error.into())
    }
}

impl OpenError {
    /// What becomes of the job that wanted to open the store at `now`.
    pub fn into_job_error(self, now: Timestamp) -> JobError {
        match self {
            Self::NotFound => JobError::fail(ReasonCode::JobSubjectGone, self),
            Self::NotConnected(StoreState::NeedsReauthorisation) => {
                JobError::fail(ReasonCode::StoreCredentialsRefused, self)
            }
            Self::NotConnected(StoreState::Paused) => JobError::set_aside(ReasonCode::StorePaused, self),
            Self::NotConnected(_) => JobError::fail(ReasonCode::StoreDisconnected, self),
            Self::Connection(error) => connection_job_error(error, now),
            Self::Unexpected(error) => JobError::retry(error),
        }
    }
}

/// What becomes of a job that a store refused at `now`: what passes is tried again, when the store asks for it.
pub fn connection_job_error(error: ConnectionError, now: Timestamp) -> JobError {
    connection_job_error_or(error, now, ReasonCode::StoreSyncFailed)
}

/// As [`connection_job_error`]; `otherwise` is why the job fails where the error says nothing more.
pub fn connection_job_error_or(error: ConnectionError, now: Timestamp, otherwise: ReasonCode) -> JobError {
    if error.passes() {
        return match error.retry_after() {
            Some(wait) => JobError::retry_at(now + wait, error),
            None => JobError::retry(error),
        };
    }
    let reason = match &error {
        ConnectionError::Unauthorized { .. } | ConnectionError::UnknownKey { .. } => {
            ReasonCode::StoreCredentialsRefused
        }
        ConnectionError::ReadOnly
        | ConnectionError::WriteOnly
        | ConnectionError::OrdersHidden { .. }
        | ConnectionError::ProductsHidden { .. }
        | ConnectionError::PermissionMissing { .. }
        | ConnectionError::Withheld => ReasonCode::StorePermissionsMissing,
        ConnectionError::PlanWithoutApi { .. } => ReasonCode::StorePlanWithoutApi,
        _ => otherwise,
    };
    JobError::fail(reason, error)
}

/// Opens the line to a store's shop, of any customer, with credentials that live for five minutes at least. Not for
/// pages: whoever asks has found the store within their scope before.
///
/// # Errors
/// [`OpenError`]. A store whose credentials are refused for good *needs reauthorisation* from then on.
pub async fn open(portal: &Portal, store: StoreId) -> Result<OpenStore, OpenError> {
    open_for(portal, store, Errand::default()).await
}

/// As [`open`], for a job: the event inspector shows what it said to the shop.
///
/// # Errors
/// As [`open`].
pub async fn open_in(ctx: &JobContext, store: StoreId) -> Result<OpenStore, OpenError> {
    let errand = Errand {
        job: Some(ctx.job_id),
        order: None,
    };
    open_for(&ctx.portal, store, errand).await
}

/// As [`open_in`], for a job that is about one order.
///
/// # Errors
/// As [`open`].
pub async fn open_about(ctx: &JobContext, store: StoreId, order: OrderId) -> Result<OpenStore, OpenError> {
    let errand = Errand {
        job: Some(ctx.job_id),
        order: Some(order),
    };
    open_for(&ctx.portal, store, errand).await
}

async fn open_for(portal: &Portal, store: StoreId, errand: Errand) -> Result<OpenStore, OpenError> {
    let stored = StoredConnection::any_customer_find(&mut portal.db.read().await?, store)
        .await?
        .ok_or(OpenError::NotFound)?;
    if !matches!(stored.state, StoreState::Connected | StoreState::NeedsAttention) {
        return Err(OpenError::NotConnected(stored.state));
    }
    let stored = renewed(portal, stored).await?;
    OpenStore::new(portal, stored, errand)
}
