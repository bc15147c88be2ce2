//! SQLite and PostgreSQL behind one SQL text.
//!
//! [`Db`] gives connections: [`Db::read`] for reading, [`Db::begin`] for a transaction that writes. A
//! statement is made by [`sql()`]: a literal text with `$1`, `$2`, … and the values bound to them. It runs on
//! either engine through anything that is [`AsConn`]. The few places where the engines differ ask
//! [`AsConn::engine`] and keep both texts side by side.

mod conn;
mod db;
mod error;
#[cfg(any(test, feature = "testing"))]
mod failpoint;
mod migrations;
pub mod search;
mod settings;
mod shared;
mod sql;
mod value;

pub use conn::{AsConn, Conn, ConnRef, Engine, Tx};
pub use db::Db;
pub use error::{StorageError, is_busy};
#[cfg(any(test, feature = "testing"))]
pub use failpoint::Failpoint;
pub use settings::{DatabaseSettings, DatabaseUrl, DatabaseUrlError};
pub use sql::{Record, Sql, sql};
pub use value::{IntoValue, Value};

#[cfg(test)]
mod tests;
