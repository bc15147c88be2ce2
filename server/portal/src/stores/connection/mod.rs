//! A store's line to its shop: how it is stored, opened and kept authorised.

mod farewell;
mod insert;
mod open;
mod open_store;
mod refused;
mod renew;
mod settings;
mod stored;
mod surroundings;

pub use insert::{NewConnection, insert};
pub use open::{OpenError, connection_job_error, connection_job_error_or, open, open_about, open_in};
pub use open_store::OpenStore;
pub use settings::StoreSettings;

#[cfg(test)]
mod tests;

pub(crate) use farewell::Farewell;
pub(crate) use insert::new_hook;
pub(crate) use refused::{needs_reauthorisation, refused};
pub(crate) use stored::{CREDENTIALS, HOOK_SECRET, StoredConnection, place};
pub(crate) use surroundings::Around;
