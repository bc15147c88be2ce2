//! What can go wrong with a statement.

use std::sync::Arc;

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

use crate::Refusal;

/// A statement or a transaction failed.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StorageError(#[from] sqlx::Error);

impl StorageError {
    /// The columns whose values must be unique and are not, written the same for both engines:
    /// `customers.reference_key`, or `stores.customer_id,name_key` when they are unique together.
    pub fn unique_violation(&self) -> Option<String> {
        let error = self
            .0
            .as_database_error()
            .filter(|error| error.is_unique_violation())?;
        if let Some(error) = error.try_downcast_ref::<SqliteError>() {
            // "UNIQUE constraint failed: stores.customer_id, stores.name_key"
            let (_, columns) = error.message().split_once(": ")?;
            let (table, _) = columns.split_once('.')?;
            return Some(columns.replace(&format!(", {table}."), ","));
        }
        // "Key (customer_id, name_key)=(…, …) already exists.", the words in the server's language.
        let error = error.try_downcast_ref::<PgDatabaseError>()?;
        let (_, detail) = error.detail()?.split_once('(')?;
        let (columns, _) = detail.split_once(")=(")?;
        Some(format!("{}.{}", error.table()?, columns.replace(", ", ",")))
    }

    /// Whether the database answered and would not do what a statement asked for; it did not fail to answer.
    pub(crate) fn is_of_statement(&self) -> bool {
        self.0.as_database_error().is_some()
    }

    /// Whether the database had no time: no connection became free, or nobody's turn to write came, within the patience
    /// of a request. Nothing was done, and another attempt may come through.
    fn is_busy(&self) -> bool {
        match &self.0 {
            sqlx::Error::PoolTimedOut => true,
            error => error
                .as_database_error()
                .and_then(|error| error.try_downcast_ref::<SqliteError>())
                .is_some_and(|error| error.code().is_some_and(|code| is_sqlite_busy(&code))),
        }
    }

    /// Whether a row that another one refers to is missing, or still referred to.
    pub fn is_foreign_key_violation(&self) -> bool {
        self.0
            .as_database_error()
            .is_some_and(DatabaseError::is_foreign_key_violation)
    }
}

/// `SQLITE_BUSY` with its extended codes, of which it is the lowest byte.
fn is_sqlite_busy(code: &str) -> bool {
    code.parse::<u32>().is_ok_and(|code| code & 0xff == 5)
}

/// Whether a fault is only that the database had no time: it can be tried again as it is.
pub fn is_busy(fault: &anyhow::Error) -> bool {
    fault.chain().any(|cause| {
        if let Some(Refusal::Unexpected(fault)) = cause.downcast_ref() {
            return is_busy(fault);
        }
        // Several who waited for one transaction share its fault.
        let shared = cause.downcast_ref::<Arc<StorageError>>().map(Arc::as_ref);
        let storage = cause.downcast_ref().or(shared);
        storage.is_some_and(StorageError::is_busy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_without_time_is_told_from_one_that_is_broken() {
        let fault = |error: sqlx::Error| {
            let refusal = Refusal::from(StorageError::from(error));
            is_busy(&anyhow::Error::from(refusal).context("a form failed"))
        };
        assert!(fault(sqlx::Error::PoolTimedOut));
        let shared = Arc::new(StorageError::from(sqlx::Error::PoolTimedOut));
        assert!(is_busy(&shared.into()), "of webhooks that were stored together");
        assert!(!fault(sqlx::Error::RowNotFound));
        assert!(["5", "517", "261"].iter().all(|code| is_sqlite_busy(code)));
        assert!(!is_sqlite_busy("6"), "another statement of the same connection");
    }
}
