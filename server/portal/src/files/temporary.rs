//! A store that goes when it is dropped, for tests.

use std::io;
use std::path::PathBuf;

use domain::Timestamp;
use futures::future::BoxFuture;
use tempfile::TempDir;

use super::{Content, ContentHash, DirectoryStore, FileReader, FileStore, Incoming};

/// A [`DirectoryStore`] in a temporary directory of its own.
#[derive(Debug)]
pub struct TemporaryStore {
    store: DirectoryStore,
    _directory: TempDir,
}

impl TemporaryStore {
    /// An empty store.
    ///
    /// # Errors
    /// When the temporary directory cannot be made.
    pub async fn new() -> io::Result<Self> {
        let directory = TempDir::new()?;
        let store = DirectoryStore::open(directory.path(), Timestamp::EPOCH).await?;
        Ok(Self {
            store,
            _directory: directory,
        })
    }
}

impl FileStore for TemporaryStore {
    fn receive(&self) -> BoxFuture<'_, io::Result<Incoming>> {
        self.store.receive()
    }

    fn keep(&self, incoming: Incoming) -> BoxFuture<'_, io::Result<Content>> {
        self.store.keep(incoming)
    }

    fn open(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<FileReader>>> {
        self.store.open(hash)
    }

    fn local(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<PathBuf>>> {
        self.store.local(hash)
    }

    fn exists(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<bool>> {
        self.store.exists(hash)
    }

    fn delete(&self, hash: ContentHash, since: Timestamp) -> BoxFuture<'_, io::Result<()>> {
        self.store.delete(hash, since)
    }
}
