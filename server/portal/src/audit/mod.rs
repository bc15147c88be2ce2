//! The audit log: who decided what about which object, before and after.
//!
//! Whoever changes what people decide calls [`record`] in the transaction of the change, so that neither is there without
//! the other. The database refuses to change an entry, and lets go of one only when it is older than
//! [`audit_days`](crate::settings::Retention::audit_days).
//!
//! Entries hold what the people who work here and at customers are called, and never a secret. What buyers are called
//! stays out of them: that can be erased, and the log cannot.

mod entry;
mod export;
mod exported;
mod list;
mod origin;
mod own;
mod retention;
#[cfg(test)]
mod tests;

pub use entry::{Audited, Entry, record};
pub use export::export_csv;
pub use exported::{downloaded, exported};
pub use list::{AuditFilter, AuditRow, find, history, list};
pub use origin::{Origin, within};
pub(crate) use own::record_own;
pub(crate) use retention::open_door;
