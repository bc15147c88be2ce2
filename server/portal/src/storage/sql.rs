//! Statements.

use std::fmt::Write as _;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, FromRow, Postgres, Sqlite};

#[cfg(test)]
use super::Engine;
use super::{AsConn, ConnRef, IntoValue, StorageError, Value};

/// A statement with the text `text`, which must be a literal: what people typed can only be a value.
///
/// ```
/// # use portal::storage::{AsConn, StorageError, sql};
/// # async fn names(conn: &mut impl AsConn, after: &str, archived: bool) -> Result<Vec<(String,)>, StorageError> {
/// let mut customers = sql("SELECT name FROM customers WHERE sort_name > $1").bind(after);
/// if archived {
///     customers.push(" AND archived_at IS NOT NULL");
/// }
/// customers.push(" ORDER BY sort_name LIMIT ").push_bind(50_i64);
/// customers.fetch_all(conn).await
/// # }
/// ```
pub fn sql(text: &'static str) -> Sql {
    Sql {
        text: text.to_owned(),
        values: Vec::new(),
    }
}

/// A statement being put together, see [`sql`].
#[derive(Clone, Debug)]
#[must_use = "a statement does nothing until it is fetched or executed"]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

/// A row's type: a tuple, or a struct with `#[derive(sqlx::FromRow)]`.
pub trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

impl Sql {
    /// Binds the next parameter: `$1` the first time, then `$2`, …
    pub fn bind(mut self, value: impl IntoValue) -> Self {
        self.values.push(value.into_value());
        self
    }

    /// Appends literal text.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends a parameter and binds it.
    pub fn push_bind(&mut self, value: impl IntoValue) -> &mut Self {
        self.values.push(value.into_value());
        let number = self.values.len();
        // Writing to a string cannot fail.
        let _ = write!(self.text, "${number}");
        self
    }

    /// Appends parameters as a list, `($3, $4, $5)`: for `IN`, or as a row of `VALUES`.
    /// An empty list is `(NULL)`, in which nothing is.
    pub fn push_list(&mut self, values: impl IntoIterator<Item = impl IntoValue>) -> &mut Self {
        self.push("(");
        let mut empty = true;
        for value in values {
            if !empty {
                self.push(", ");
            }
            self.push_bind(value);
            empty = false;
        }
        self.push(if empty { "NULL)" } else { ")" })
    }

    /// All rows.
    ///
    /// # Errors
    /// When the statement fails or a row does not fit `T`.
    pub async fn fetch_all<T: Record>(self, conn: &mut impl AsConn) -> Result<Vec<T>, StorageError> {
        Ok(match conn.as_conn() {
            ConnRef::Sqlite(conn) => {
                let arguments = sqlite_arguments(self.values)?;
                sqlx::query_as_with::<Sqlite, T, _>(AssertSqlSafe(self.text), arguments)
                    .fetch_all(conn)
                    .await?
            }
            ConnRef::Postgres(conn) => {
                let arguments = postgres_arguments(self.values)?;
                sqlx::query_as_with::<Postgres, T, _>(AssertSqlSafe(self.text), arguments)
                    .fetch_all(conn)
                    .await?
            }
        })
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// When the statement fails or the row does not fit `T`.
    pub async fn fetch_optional<T: Record>(self, conn: &mut impl AsConn) -> Result<Option<T>, StorageError> {
        Ok(match conn.as_conn() {
            ConnRef::Sqlite(conn) => {
                let arguments = sqlite_arguments(self.values)?;
                sqlx::query_as_with::<Sqlite, T, _>(AssertSqlSafe(self.text), arguments)
                    .fetch_optional(conn)
                    .await?
            }
            ConnRef::Postgres(conn) => {
                let arguments = postgres_arguments(self.values)?;
                sqlx::query_as_with::<Postgres, T, _>(AssertSqlSafe(self.text), arguments)
                    .fetch_optional(conn)
                    .await?
            }
        })
    }

    /// The only row.
    ///
    /// # Errors
    /// When there is none, when the statement fails, or when the row does not fit `T`.
    pub async fn fetch_one<T: Record>(self, conn: &mut impl AsConn) -> Result<T, StorageError> {
        self.fetch_optional(conn)
            .await?
            .ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// Runs the statement; gives the number of rows it changed.
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn execute(self, conn: &mut impl AsConn) -> Result<u64, StorageError> {
        Ok(match conn.as_conn() {
            ConnRef::Sqlite(conn) => {
                let arguments = sqlite_arguments(self.values)?;
                let query = sqlx::query_with::<Sqlite, _>(AssertSqlSafe(self.text), arguments);
                query.execute(conn).await?.rows_affected()
            }
            ConnRef::Postgres(conn) => {
                let arguments = postgres_arguments(self.values)?;
                let query = sqlx::query_with::<Postgres, _>(AssertSqlSafe(self.text), arguments);
                query.execute(conn).await?.rows_affected()
            }
        })
    }
}

#[cfg(test)]
impl Sql {
    /// How the engine would go about it, in its words; on PostgreSQL with large tables in mind, whatever they hold.
    pub(crate) async fn plan(mut self, tx: &mut super::Tx) -> String {
        let steps: Vec<String> = match tx.engine() {
            Engine::Sqlite => {
                self.text.insert_str(0, "EXPLAIN QUERY PLAN ");
                let steps: Vec<(i64, i64, i64, String)> = self.fetch_all(tx).await.expect("a plan");
                steps.into_iter().map(|(.., step)| step).collect()
            }
            Engine::Postgres => {
                for setting in ["SET LOCAL enable_seqscan = off", "SET LOCAL enable_sort = off"] {
                    sql(setting).execute(tx).await.expect("a setting");
                }
                self.text.insert_str(0, "EXPLAIN (COSTS OFF) ");
                let steps: Vec<(String,)> = self.fetch_all(tx).await.expect("a plan");
                steps.into_iter().map(|(step,)| step).collect()
            }
        };
        steps.join("\n")
    }
}

fn sqlite_arguments(values: Vec<Value>) -> Result<SqliteArguments, sqlx::Error> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        arguments.add(value).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

fn postgres_arguments(values: Vec<Value>) -> Result<PgArguments, sqlx::Error> {
    let mut arguments = PgArguments::default();
    for value in values {
        arguments.add(value).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}
