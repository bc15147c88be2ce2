//! The schema, embedded in the program.

use std::borrow::Cow;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{PgPool, SqlStr, SqlitePool};

use super::StorageError;

macro_rules! migrations {
    ($engine:literal: $($file:literal),+ $(,)?) => {
        &[$(($file, include_str!(concat!("../../../../migrations/", $engine, "/", $file)))),+]
    };
}

/// File name and text of each migration, in order.
type Files = &'static [(&'static str, &'static str)];

const SQLITE: Files = migrations!(
    "sqlite": "0001_portal.sql", "0002_store_connections.sql", "0003_store_products.sql", "0004_audit_log.sql"
);
const POSTGRES: Files = migrations!(
    "postgres": "0001_portal.sql", "0002_store_connections.sql", "0003_store_products.sql", "0004_audit_log.sql"
);

fn migrator(files: Files) -> Migrator {
    let migration = |&(file, text): &(&'static str, &'static str)| {
        let (version, name) = file.trim_end_matches(".sql").split_once('_')?;
        let sql = SqlStr::from_static(text);
        Some(Migration::new(
            version.parse().ok()?,
            Cow::Borrowed(name),
            MigrationType::Simple,
            sql,
            false,
        ))
    };
    Migrator::with_migrations(files.iter().filter_map(migration).collect())
}

/// One transaction around all: its lock keeps a second process out until the first one is done.
pub(super) async fn sqlite(writer: &SqlitePool) -> Result<(), StorageError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    migrator(SQLITE).run(&mut tx).await.map_err(failed)?;
    // Statistics for tables that have grown without any: the planner guesses badly without.
    sqlx::query("PRAGMA optimize = 0x10002").execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// The migrator takes an advisory lock of its own.
pub(super) async fn postgres(pool: &PgPool) -> Result<(), StorageError> {
    migrator(POSTGRES).run(pool).await.map_err(failed)
}

fn failed(error: MigrateError) -> StorageError {
    sqlx::Error::from(error).into()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::storage::{Db, sql};
    use crate::testing::on_both;

    #[test]
    fn every_file_of_the_directory_is_embedded() {
        for (engine, files) in [("sqlite", SQLITE), ("postgres", POSTGRES)] {
            let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../migrations")
                .join(engine);
            let mut found: Vec<String> = std::fs::read_dir(directory)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            found.sort();
            assert_eq!(found, files.iter().map(|(file, _)| *file).collect::<Vec<_>>());
            assert_eq!(migrator(files).iter().count(), files.len());
        }
    }

    #[tokio::test]
    async fn processes_that_migrate_at_once_do_not_disturb_each_other() {
        on_both(async |portal| {
            let settings = portal.new_database().await;
            let databases = [
                Db::connect(&settings).await.unwrap(),
                Db::connect(&settings).await.unwrap(),
            ];
            let (one, two) = tokio::join!(databases[0].migrate(), databases[1].migrate());
            one.unwrap();
            two.unwrap();
            databases[1].migrate().await.unwrap();
            let mut conn = databases[0].read().await.unwrap();
            let (jobs,): (i64,) = sql("SELECT COUNT(*) FROM jobs")
                .fetch_one(&mut conn)
                .await
                .unwrap();
            assert_eq!(jobs, 0);
        })
        .await;
    }
}
