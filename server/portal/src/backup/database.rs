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
    ensure!(!tokio::fs::try_exists(path).await?, NotEmpty::of(url));
    if let Some(directory) = path.parent() {
        tokio::fs::create_dir_all(directory).await?;
    }
    tokio::fs::copy(copy, path)
        .await
        .with_context(|| format!("{} cannot be copied to {}", copy.display(), path.display()))?;
    tokio::fs::File::open(path).await?.sync_all().await?;
    Ok(())
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
