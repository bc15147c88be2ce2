//! Where content is kept.

use std::fmt::Debug;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;

use domain::Timestamp;
use futures::future::BoxFuture;
use tokio::io::AsyncRead;

use super::{Content, ContentHash, Incoming};

/// Content being read.
pub type FileReader = Pin<Box<dyn AsyncRead + Send>>;

/// Keeps content under its SHA-256. The same content is kept once, however often it comes.
///
/// Errors are those of the disk or network behind the store; content that is not there is `None`.
pub trait FileStore: Debug + Send + Sync {
    /// A place to write content to while it arrives. Dropped before [`FileStore::keep`], it leaves nothing.
    fn receive(&self) -> BoxFuture<'_, io::Result<Incoming>>;

    /// Keeps what arrived. Durable when this returns.
    fn keep(&self, incoming: Incoming) -> BoxFuture<'_, io::Result<Content>>;

    /// Opens content to read it from its start.
    fn open(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<FileReader>>>;

    /// A file on this machine with the content, for what must jump about in it. A store elsewhere fetches it first.
    fn local(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<PathBuf>>>;

    /// Whether the content is there.
    fn exists(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<bool>>;

    /// Removes content that no row of `files` names any more, unless it was kept once more at `since` or later: the
    /// row of that use may be on its way. Content that is not there is no error.
    fn delete(&self, hash: ContentHash, since: Timestamp) -> BoxFuture<'_, io::Result<()>>;
}
