//! Stores: where a customer's orders come from.

pub mod connection;
mod create;
mod find;
mod list;
mod platforms;
mod rename;

pub use connection::{OpenError, OpenStore, StoreSettings, connection_job_error, open};
pub use create::create_manual;
pub use find::{Store, find, find_in};
pub use list::{StoreRow, list};
pub use platforms::{Connectors, Granted, Platforms, Shop};
pub use rename::rename;

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
