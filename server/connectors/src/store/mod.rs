//! Stores of every platform behind one trait.
//!
//! A connection is made from an address and credentials and lives as long as one piece of work. It keeps nothing:
//! tokens, cursors and what was written are the portal's to store.

mod answer;
mod authorisation;
mod call;
mod capabilities;
mod connection;
mod error;
mod exchange;
mod notice;
mod page;
mod secret;
mod surroundings;
mod wire;
mod write;

pub use crate::outbound::Reading;
pub use answer::Answer;
pub use authorisation::AuthorisationError;
pub use call::Call;
pub use capabilities::Capabilities;
pub use connection::{StoreConnection, StoreFacts, StoreLocation};
pub use error::{ConnectionError, Result};
pub use exchange::{Exchange, Outcome};
pub use notice::{Arrived, Buyer, Notice, NoticeRefused, Subject};
pub use page::{Cursor, Page};
pub use secret::Secret;
pub use surroundings::Surroundings;
pub use wire::{LONGEST_WAIT, Limits, Wire};
pub use write::{
    NewStoreProduct, NewStoreVariant, OutgoingShipment, ParcelTracking, Progress, ProgressUpdate,
    ShippedItem, WebhookHealth, WebhookTarget, Written,
};
