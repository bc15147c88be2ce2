//! The database of a copy, written and read by the engine itself.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail, ensure};
use tokio::process::Command;
use url::Url;

use crate::storage::{DatabaseSettings, DatabaseUrl, Db, sql};

/// A copy is only put back where nothing is: it would otherwise be mixed with, or replace, what is there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{database} is not empty: a copy is only put back where nothing is")]
pub struct NotEmpty {
    /// The database, without its password.
    pub database: String,
}

impl NotEmpty {
    fn of(url: &DatabaseUrl) -> Self {
        Self {
            database: url.to_string(),
        }
    }
}

fn sqlite_in(copy: &Path) -> PathBuf {
    copy.join("portal.db")
}

fn postgres_in(copy: &Path) -> PathBuf {
    copy.join("portal.dump")
}

/// Writes `db`, which is at `url`, into the directory. An older copy there stays until the new one is whole.
pub(super) async fn dump(db: &Db, url: &DatabaseUrl, copy: &Path) -> anyhow::Result<()> {
    let target = match url {
        DatabaseUrl::Sqlite(_) => sqlite_in(copy),
        DatabaseUrl::Postgres(_) => postgres_in(copy),
    };
    let unfinished = target.with_extension("unfinished");
    remove(&unfinished).await?;
    match url {
        DatabaseUrl::Sqlite(_) => {
            sql("VACUUM INTO $1")
                .bind(unfinished.to_string_lossy().into_owned())
                .execute(&mut db.read().await?)
                .await
                .context("the database cannot be copied")?;
        }
        DatabaseUrl::Postgres(url) => {
            let mut command = program("pg_dump", url)?;
            command.arg("--format=custom").arg("--file").arg(&unfinished);
            run("pg_dump", command).await?;
        }
    }
    let file = tokio::fs::File::open(&unfinished).await?;
    file.sync_all().await?;
    tokio::fs::rename(&unfinished, &target).await?;
    Ok(())
}

async fn remove(file: &Path) -> std::io::Result<()> {
    match tokio::fs::remove_file(file).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Puts the database of a copy where `url` says.
pub(super) async fn restore(url: &DatabaseUrl, copy: &Path) -> anyhow::Result<()> {
    match url {
        DatabaseUrl::Sqlite(path) => restore_sqlite(url, path, &sqlite_in(copy)).await,
        DatabaseUrl::Postgres(text) => restore_postgres(url, text, &postgres_in(copy)).await,
    }
}

async fn restore_sqlite(url: &DatabaseUrl, path: &Path, copy: &Path) -> anyhow::Result<()> {
    // What SQLite keeps beside a database would be taken for a part of the one that is put back.
    for beside in ["", "-wal", "-shm", "-journal"] {
        ensure!(
            !tokio::fs::try_exists(with_ending(path, beside)).await?,
            NotEmpty::of(url)
        );
    }
    let directory = path
        .parent()
        .filter(|directory| !directory.as_os_str().is_empty());
    if let Some(directory) = directory {
        tokio::fs::create_dir_all(directory).await?;
    }
    // Half a copy must never lie where a database is looked for.
    let unfinished = with_ending(path, ".unfinished");
    remove(&unfinished).await?;
    tokio::fs::copy(copy, &unfinished)
        .await
        .with_context(|| format!("{} cannot be copied to {}", copy.display(), path.display()))?;
    tokio::fs::File::open(&unfinished).await?.sync_all().await?;
    tokio::fs::rename(&unfinished, path).await?;
    if let Some(directory) = directory {
        tokio::fs::File::open(directory).await?.sync_all().await?;
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

async fn restore_postgres(url: &DatabaseUrl, text: &str, copy: &Path) -> anyhow::Result<()> {
    ensure!(
        tokio::fs::try_exists(copy).await?,
        "{} is missing",
        copy.display()
    );
    let db = Db::connect(&DatabaseSettings {
        connections: 1,
        ..DatabaseSettings::new(url.clone())
    })
    .await?;
    let (tables,): (i64,) =
        sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()")
            .fetch_one(&mut db.read().await?)
            .await?;
    db.close().await;
    ensure!(tables == 0, NotEmpty::of(url));
    let mut command = program("pg_restore", text)?;
    // Whoever restores it owns it: the owner's name may be another one here.
    command
        .args([
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
        ])
        .arg(copy);
    run("pg_restore", command).await
}

/// One of PostgreSQL's own programs, told of the database. The password goes by the environment: arguments can be read
/// by everybody on the machine.
fn program(name: &str, url: &str) -> anyhow::Result<Command> {
    let mut url = Url::parse(url)?;
    let mut command = Command::new(name);
    if let Some(password) = url.password() {
        let password = percent_encoding::percent_decode_str(password).decode_utf8()?;
        command.env("PGPASSWORD", password.as_ref());
    }
    // Only an address without a host has no place for a password.
    let _ = url.set_password(None);
    command
        .arg("--dbname")
        .arg(url.as_str())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    Ok(command)
}

async fn run(name: &str, mut command: Command) -> anyhow::Result<()> {
    let output = match command.output().await {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!(
                "{name} is missing: install PostgreSQL's client programs, of the server's version or a newer one"
            )
        }
        Err(error) => return Err(error).with_context(|| format!("{name} cannot be started")),
    };
    ensure!(
        output.status.success(),
        "{name} failed: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// An empty place for a database, and a copy to be put there.
    fn place() -> (TempDir, DatabaseUrl, PathBuf) {
        let directory = TempDir::new().unwrap();
        let path = directory.path().join("data").join("portal.db");
        let copy = directory.path().join("copy");
        std::fs::create_dir_all(&copy).unwrap();
        (directory, DatabaseUrl::Sqlite(path), copy)
    }

    #[tokio::test]
    async fn a_copy_is_not_put_beside_what_is_left_of_another_database() {
        let (directory, url, copy) = place();
        std::fs::write(sqlite_in(&copy), b"the copy").unwrap();
        let data = directory.path().join("data");
        std::fs::create_dir_all(&data).unwrap();
        for left in ["portal.db-wal", "portal.db-shm", "portal.db-journal"] {
            std::fs::write(data.join(left), b"left").unwrap();
            let refused = restore(&url, &copy).await.unwrap_err();
            assert!(
                refused.downcast_ref::<NotEmpty>().is_some(),
                "{left}: {refused:#}"
            );
            std::fs::remove_file(data.join(left)).unwrap();
        }
        restore(&url, &copy).await.unwrap();
        assert_eq!(std::fs::read(data.join("portal.db")).unwrap(), b"the copy");
    }

    #[tokio::test]
    async fn a_copy_that_breaks_off_leaves_no_database() {
        let (directory, url, copy) = place();
        // It cannot be read to its end: it is a directory.
        std::fs::create_dir(sqlite_in(&copy)).unwrap();
        restore(&url, &copy).await.unwrap_err();
        assert!(!directory.path().join("data").join("portal.db").exists());
        // What a former attempt left half-way is in nobody's way.
        std::fs::remove_dir(sqlite_in(&copy)).unwrap();
        std::fs::write(sqlite_in(&copy), b"the copy").unwrap();
        std::fs::write(directory.path().join("data").join("portal.db.unfinished"), b"ha").unwrap();
        restore(&url, &copy).await.unwrap();
        let restored = std::fs::read_dir(directory.path().join("data")).unwrap().count();
        assert_eq!(restored, 1);
    }
}
