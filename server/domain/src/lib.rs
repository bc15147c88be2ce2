//! Entities, states, roles and rules of the portal: no I/O, no clock, no async.
//!
//! Everything here can be reasoned about and tested without a database or a network, and most of it also
//! compiles for the browser.

pub mod audit;
pub mod catalogue;
pub mod contact;
pub mod country;
#[cfg(feature = "csv")]
pub mod csv_file;
pub mod id;
pub mod mapping;
pub mod money;
pub mod names;
pub mod order;
pub mod order_status;
pub mod policy;
pub mod postcode;
pub mod preferences;
pub mod problem;
pub mod product_uid;
pub mod quantity;
pub mod reason;
pub mod role;
pub mod source;
pub mod states;
#[cfg(feature = "sqlx")]
pub mod stored;
pub mod text;
pub mod timestamp;
pub mod web_url;
pub mod word;

pub use audit::{AuditAction, AuditField, AuditObject};
pub use contact::{EmailAddress, PhoneNumber};
pub use country::CountryCode;
pub use money::{Currency, Money};
pub use names::{
    AddressLine, Carrier, Category, City, CompanyName, CustomerName, CustomerReference, Description,
    LineTitle, OrderNote, OrderReference, PersonName, ProductName, Recipient, ShippingMethod, StoreName,
    TrackingNumber, ViewName,
};
pub use order_status::OrderStatus;
pub use policy::{Allowance, Permission, allows};
pub use postcode::Postcode;
pub use preferences::{Language, Theme, TimeZoneName};
pub use problem::{Argument, FieldProblems, PROBLEM_CODES, Problem};
pub use product_uid::{CatalogueKey, ProductUid};
pub use quantity::Quantity;
pub use reason::{Fix, ReasonCode};
pub use role::{ClientRole, OperatorRole, Role, StoreReach, StoreScope};
pub use states::{
    ActorKind, Direction, FileState, IgnoredBecause, ImportKind, ImportState, InvitationState, JobState,
    LineKind, MailState, MappedHow, MappingState, MessageKind, MessageState, OrderEventKind, OrderSource,
    Platform, RowOutcome, StoreState, UserState, WriteKind, WriteState,
};
pub use text::{fold, optional};
pub use timestamp::Timestamp;
pub use web_url::WebUrl;
pub use word::{Status, Tone};
