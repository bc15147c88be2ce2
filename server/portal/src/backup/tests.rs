//! The drill: everything is taken away and put back.

use std::sync::Arc;

use tempfile::TempDir;

use super::{Files, NotEmpty, restore_database, restore_files, take};
use crate::Portal;
use crate::files::{ContentHash, TemporaryStore};
use crate::storage::{DatabaseSettings, Db, Engine, sql};
use crate::testing::{TestPortal, on_both};

/// Every table with its number of rows.
async fn counts(db: &Db) -> Vec<(String, i64)> {
    let tables = match db.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_stat%' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"
        }
    };
    let mut conn = db.read().await.unwrap();
    let tables: Vec<(String,)> = sql(tables).fetch_all(&mut conn).await.unwrap();
    let mut counts = Vec::new();
    for (table,) in tables {
        let mut count = sql("SELECT COUNT(*) FROM ");
        count.push(format!("\"{table}\"").leak());
        let (rows,): (i64,) = count.fetch_one(&mut conn).await.unwrap();
        counts.push((table, rows));
    }
    counts
}

/// The portal that a copy is put back into: another database, other files.
async fn elsewhere(portal: &TestPortal, database: &DatabaseSettings) -> Portal {
    Portal {
        db: Db::connect(database).await.unwrap(),
        files: Arc::new(TemporaryStore::new().await.unwrap()),
        ..(**portal).clone()
    }
}

#[tokio::test]
async fn what_is_taken_is_put_back_whole() {
    on_both(async |portal| {
        crate::demo::fill(&portal).await.unwrap();
        let url = &portal.database().url;
        let copy = TempDir::new().unwrap();
        let taken = take(&portal, url, copy.path()).await.unwrap();
        assert!(taken.copied > 0, "{taken:?}");
        assert_eq!((taken.there, taken.missing), (0, 0));
        // Taken again, nothing is copied twice, and the older copy is replaced.
        let again = take(&portal, url, copy.path()).await.unwrap();
        assert_eq!(
            again,
            Files {
                there: taken.copied,
                ..Files::default()
            }
        );

        let database = portal.new_database().await;
        restore_database(&database.url, copy.path()).await.unwrap();
        let restored = elsewhere(&portal, &database).await;
        restored.db.migrate().await.unwrap();
        let files = restore_files(&restored, copy.path()).await.unwrap();
        assert_eq!(
            files,
            Files {
                copied: taken.copied,
                ..Files::default()
            }
        );
        assert_eq!(counts(&restored.db).await, counts(&portal.db).await);
        restored.db.close().await;

        let refused = restore_database(&database.url, copy.path()).await.unwrap_err();
        assert!(refused.downcast_ref::<NotEmpty>().is_some(), "{refused:#}");
    })
    .await;
}

#[tokio::test]
async fn a_damaged_file_is_not_put_back() {
    on_both(async |portal| {
        crate::demo::fill(&portal).await.unwrap();
        let copy = TempDir::new().unwrap();
        take(&portal, &portal.database().url, copy.path()).await.unwrap();
        let (hash,): (Vec<u8>,) = sql("SELECT sha256 FROM files ORDER BY sha256 LIMIT 1")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let name = ContentHash::try_from(hash).unwrap().to_string();
        let file = super::files_in(copy.path())
            .join(&name[..2])
            .join(&name[2..4])
            .join(&name);
        std::fs::write(file, b"other bytes").unwrap();
        let restored = Portal {
            files: Arc::new(TemporaryStore::new().await.unwrap()),
            ..(*portal).clone()
        };
        let refused = restore_files(&restored, copy.path()).await.unwrap_err();
        assert!(refused.to_string().contains("damaged"), "{refused:#}");
    })
    .await;
}
