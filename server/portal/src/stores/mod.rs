//! Stores: where a customer's orders come from.

mod change_settings;
pub mod connect;
pub mod connection;
mod connectors;
mod create;
mod disconnect;
mod failing;
mod find;
pub mod health;
mod list;
mod locked;
pub mod notices;
mod pause;
mod platforms;
mod rename;
mod restrictions;
mod summaries;
mod watch;

pub use change_settings::change_settings;
pub use connection::{
    OpenError, OpenStore, StoreSettings, connection_job_error, connection_job_error_or, open, open_about,
    open_in,
};
pub use connectors::{Connectors, EtsySettings, ShopifySettings};
pub use create::create_manual;
pub use disconnect::disconnect;
pub use failing::Failing;
pub use find::{Store, find, find_in};
pub use list::{StoreRow, list};
pub use locked::LockedStore;
pub(crate) use locked::lock;
pub use pause::{pause, resume};
pub use platforms::{AuthorisationAnswer, AuthorisationRequest, Granted, Platforms, Shop, TypedKeys};
pub use rename::rename;
pub(crate) use restrictions::note_writes_shipments;
pub use summaries::{StoreSummary, summaries};
pub use watch::{WatchStore, WatchStores};

use crate::access::Scope;
use crate::storage::Sql;

/// Appends ` AND …`: stores within `scope`. The statement must name the table `stores` without an alias.
fn push_scope(query: &mut Sql, scope: &Scope) {
    if let Some(customer) = scope.customer() {
        query.push(" AND stores.customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query.push(" AND stores.id IN ").push_list(stores.iter().copied());
    }
}
