//! Files from one store to another.

use anyhow::{Context as _, ensure};
use tokio::io;

use crate::files::{ContentHash, FileStore};
use crate::storage::{Db, StorageError, sql};

/// How many hashes are read at once.
const AT_ONCE: i64 = 500;

/// What became of the files that a database names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// They were copied.
    pub copied: u64,
    /// They were there already.
    pub there: u64,
    /// They are in neither store.
    pub missing: u64,
}

/// Copies every file that `db` names from one store to the other, checking each by its hash.
pub(super) async fn copy(db: &Db, from: &dyn FileStore, to: &dyn FileStore) -> anyhow::Result<Files> {
    let mut files = Files::default();
    let mut last = Vec::new();
    loop {
        let some = hashes(db, &last).await?;
        let Some((end,)) = some.last() else {
            return Ok(files);
        };
        last.clone_from(end);
        for (bytes,) in some {
            let hash = ContentHash::try_from(bytes)?;
            if to.exists(hash).await? {
                files.there += 1;
            } else if copy_one(hash, from, to).await? {
                files.copied += 1;
            } else {
                files.missing += 1;
            }
        }
    }
}

async fn hashes(db: &Db, after: &[u8]) -> Result<Vec<(Vec<u8>,)>, StorageError> {
    sql("SELECT DISTINCT sha256 FROM files WHERE sha256 > $1 ORDER BY sha256 LIMIT $2")
        .bind(after.to_vec())
        .bind(AT_ONCE)
        .fetch_all(&mut db.read().await?)
        .await
}

/// False when the file is not where it should come from.
async fn copy_one(hash: ContentHash, from: &dyn FileStore, to: &dyn FileStore) -> anyhow::Result<bool> {
    let Some(mut content) = from.open(hash).await? else {
        return Ok(false);
    };
    let mut incoming = to.receive().await?;
    io::copy(&mut content, &mut incoming)
        .await
        .with_context(|| format!("the file {hash} cannot be copied"))?;
    let kept = to.keep(incoming).await?;
    ensure!(
        kept.hash == hash,
        "the file {hash} is damaged: its content is that of {}",
        kept.hash
    );
    Ok(true)
}
