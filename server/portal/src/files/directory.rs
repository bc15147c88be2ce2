//! The store in a local directory.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use domain::Timestamp;
use futures::future::BoxFuture;

use super::incoming::on_disk;
use super::{Content, ContentHash, FileReader, FileStore, Incoming};

/// How old a file of a broken-off upload must be to be removed: no upload lasts that long, not even one into
/// another process that shares the directory.
const LEFTOVER_AGE: Duration = Duration::from_hours(24);

/// Keeps content in a directory, two levels deep so that no level grows too large:
/// `ab/cd/abcd…`, with `incoming/` for what is still arriving.
///
/// A file appears under its name by a rename after its bytes are on the disk, so a crash leaves whole files and
/// leftovers in `incoming/`, never half a file under a hash.
#[derive(Clone, Debug)]
pub struct DirectoryStore {
    root: PathBuf,
}

impl DirectoryStore {
    /// Opens the store in `root`, makes the directory when it is missing, and removes what uploads left behind
    /// that broke off a day or more before `now`.
    ///
    /// # Errors
    /// When the directory cannot be made or read.
    pub async fn open(root: impl Into<PathBuf>, now: Timestamp) -> io::Result<Self> {
        let store = Self { root: root.into() };
        let incoming = store.incoming();
        on_disk(move || {
            fs::create_dir_all(&incoming)?;
            clear_leftovers(&incoming, now)
        })
        .await?;
        Ok(store)
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    fn path_of(&self, hash: ContentHash) -> PathBuf {
        let name = hash.to_string();
        self.root.join(&name[..2]).join(&name[2..4]).join(name)
    }
}

fn clear_leftovers(incoming: &Path, now: Timestamp) -> io::Result<()> {
    for entry in fs::read_dir(incoming)? {
        let entry = entry?;
        if now.since(written(&entry.metadata()?)?) >= LEFTOVER_AGE {
            fs::remove_file(entry.path()).or_else(ignore_missing)?;
        }
    }
    Ok(())
}

/// When a file was last written.
fn written(file: &fs::Metadata) -> io::Result<Timestamp> {
    let since_1970 = file.modified()?.duration_since(SystemTime::UNIX_EPOCH);
    Ok(Timestamp::EPOCH + since_1970.unwrap_or_default())
}

/// Another process may have been faster.
fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

fn missing_is_none<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes the entries of a directory durable: a rename is only safe from a power cut after this.
fn sync_directory(directory: &Path) -> io::Result<()> {
    fs::File::open(directory)?.sync_all()
}

impl FileStore for DirectoryStore {
    fn receive(&self) -> BoxFuture<'_, io::Result<Incoming>> {
        Box::pin(async { Incoming::create(&self.incoming()).await })
    }

    fn keep(&self, incoming: Incoming) -> BoxFuture<'_, io::Result<Content>> {
        Box::pin(async move {
            let (temporary, content) = incoming.seal().await?;
            let target = self.path_of(content.hash);
            let root = self.root.clone();
            on_disk(move || {
                let directory = target.parent().unwrap_or(&root);
                fs::create_dir_all(directory)?;
                // Content that is there already is replaced by equal bytes: its age tells when it was last kept.
                temporary.persist(&target).map_err(|failed| failed.error)?;
                for level in directory.ancestors().take_while(|level| level.starts_with(&root)) {
                    sync_directory(level)?;
                }
                Ok(content)
            })
            .await
        })
    }

    fn open(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<FileReader>>> {
        Box::pin(async move {
            let file = missing_is_none(tokio::fs::File::open(self.path_of(hash)).await)?;
            Ok(file.map(|file| -> FileReader { Box::pin(file) }))
        })
    }

    fn local(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<PathBuf>>> {
        Box::pin(async move { Ok(self.exists(hash).await?.then(|| self.path_of(hash))) })
    }

    fn exists(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<bool>> {
        Box::pin(async move { tokio::fs::try_exists(self.path_of(hash)).await })
    }

    fn delete(&self, hash: ContentHash, since: Timestamp) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(async move {
            let path = self.path_of(hash);
            on_disk(move || match missing_is_none(fs::metadata(&path))? {
                Some(kept) if written(&kept)? < since => fs::remove_file(&path).or_else(ignore_missing),
                _ => Ok(()),
            })
            .await
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_251_600);

    async fn put(store: &DirectoryStore, bytes: &[u8]) -> Content {
        let mut incoming = store.receive().await.unwrap();
        incoming.write_all(bytes).await.unwrap();
        store.keep(incoming).await.unwrap()
    }

    fn files_below(directory: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files_below(&path));
            } else {
                found.push(path);
            }
        }
        found
    }

    #[tokio::test]
    async fn content_comes_back_under_its_hash() {
        let root = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(root.path(), NOW).await.unwrap();
        let content = put(&store, b"abc").await;
        assert_eq!(content.size, 3);
        // The SHA-256 of "abc": FIPS 180-2, appendix B.1.
        let name = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(content.hash.to_string(), name);
        assert_eq!(
            store.local(content.hash).await.unwrap(),
            Some(root.path().join("ba").join("78").join(name))
        );
        let mut text = String::new();
        store
            .open(content.hash)
            .await
            .unwrap()
            .unwrap()
            .read_to_string(&mut text)
            .await
            .unwrap();
        assert_eq!(text, "abc");
    }

    #[tokio::test]
    async fn the_same_content_is_kept_once() {
        let root = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(root.path(), NOW).await.unwrap();
        let large = vec![7_u8; 3_000_000];
        let (first, second) = tokio::join!(put(&store, &large), put(&store, &large));
        assert_eq!(first, second);
        assert_eq!(put(&store, &large).await, first);
        assert_eq!(files_below(root.path()).len(), 1);
    }

    #[tokio::test]
    async fn what_is_not_there_or_deleted_is_none() {
        let root = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(root.path(), NOW).await.unwrap();
        let content = put(&store, b"abc").await;
        assert!(store.exists(content.hash).await.unwrap());
        let written = written(&fs::metadata(store.path_of(content.hash)).unwrap()).unwrap();
        store.delete(content.hash, written).await.unwrap();
        assert!(store.exists(content.hash).await.unwrap(), "kept at that moment");
        for _ in 0..2 {
            store.delete(content.hash, written + LEFTOVER_AGE).await.unwrap();
        }
        assert!(!store.exists(content.hash).await.unwrap());
        assert!(store.open(content.hash).await.unwrap().is_none());
        assert_eq!(store.local(content.hash).await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_upload_that_breaks_off_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(root.path(), NOW).await.unwrap();
        let mut incoming = store.receive().await.unwrap();
        incoming.write_all(b"half of it").await.unwrap();
        incoming.flush().await.unwrap();
        assert_eq!(files_below(root.path()).len(), 1);
        drop(incoming);
        assert_eq!(files_below(root.path()), Vec::<PathBuf>::new());
    }

    #[tokio::test]
    async fn leftovers_of_a_crash_are_cleared_but_not_uploads_under_way() {
        let root = tempfile::tempdir().unwrap();
        let incoming = root.path().join("incoming");
        fs::create_dir(&incoming).unwrap();
        for (name, hours) in [("crashed", 25), ("under-way", 1)] {
            let file = fs::File::create(incoming.join(name)).unwrap();
            let since_1970 = (NOW - Duration::from_hours(hours)).since(Timestamp::EPOCH);
            file.set_modified(SystemTime::UNIX_EPOCH + since_1970).unwrap();
        }
        DirectoryStore::open(root.path(), NOW).await.unwrap();
        assert_eq!(files_below(root.path()), [incoming.join("under-way")]);
    }
}
