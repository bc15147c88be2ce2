//! The use cases of the portal, with storage, job queue, mail and files.

pub mod access;
pub mod accounts;
mod actor;
pub mod audit;
pub mod backup;
pub mod buyers;
pub mod catalogue;
pub mod clock;
mod csv_list;
pub mod customers;
pub mod demo;
pub mod entropy;
pub mod files;
pub mod imports;
pub mod invitations;
pub mod jobs;
pub mod mail;
pub mod mapping;
pub mod messages;
pub mod orders;
pub mod paging;
mod portal;
mod refusal;
pub mod search;
pub mod secrets;
pub mod settings;
pub mod storage;
pub mod store_products;
pub mod stores;
pub mod syncs;
pub mod team;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;
pub mod users;
pub mod views;

pub use actor::Actor;
pub use portal::Portal;
pub use refusal::{Outcome, Refusal};
