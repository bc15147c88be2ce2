//! Reading stores: their products and orders, at a person's wish, on a schedule, and when a webhook tells where to
//! look.
//!
//! Polling is the truth, webhooks only make it quick. Each kind of work has a lane of its own for every store, so that
//! an order never waits for a long sync, and no store for another one.

mod cancel;
mod fetch_order;
mod fetch_product;
mod health;
mod order_filter;
mod order_place;
mod orders;
mod pace;
mod products;
mod read_again;
mod runs;
mod schedule;
mod start;
#[cfg(test)]
mod tests;
mod try_now;
mod unreadable;

pub use cancel::{cancel_orders, cancel_products};
pub use fetch_order::FetchOrder;
pub use fetch_product::FetchProduct;
pub(crate) use health::note_failure;
pub use orders::{OrdersRead, SyncOrders};
pub use products::{ProductsRead, SyncProducts};
pub(crate) use read_again::{read_waiting_again, read_waiting_later};
pub use runs::{SyncRun, SyncRuns, runs};
pub use schedule::ScheduleStores;
pub(crate) use schedule::products_later;
pub(crate) use start::first;
pub use start::{sync_orders, sync_products};
pub use try_now::try_now;
pub(crate) use unreadable::BY_DATE;

use domain::id::StoreId;

use crate::access::Scope;
use crate::jobs::{JobContext, JobError};
use crate::stores::{self, Store};

/// The store a job works for.
pub(crate) async fn store_of(ctx: &JobContext, id: StoreId) -> Result<Store, JobError> {
    Ok(stores::find(&ctx.portal, &Scope::AllCustomers, id).await?)
}
