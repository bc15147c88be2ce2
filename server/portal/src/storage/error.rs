//! What can go wrong with a statement.

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

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

    /// Whether a row that another one refers to is missing, or still referred to.
    pub fn is_foreign_key_violation(&self) -> bool {
        self.0
            .as_database_error()
            .is_some_and(DatabaseError::is_foreign_key_violation)
    }
}
