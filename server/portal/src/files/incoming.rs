//! Content on its way in: written to a temporary file, hashed and counted as it arrives.

use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::{Content, ContentHash, MediaType};

/// How many of the first bytes are remembered to tell what the content is.
const HEAD: usize = 4_096;

/// Content on its way into a [`FileStore`](super::FileStore). Write to it, then have the store keep it; dropped
/// before that, its temporary file goes with it.
pub struct Incoming {
    file: File,
    path: TempPath,
    hasher: Sha256,
    size: u64,
    head: Vec<u8>,
}

impl Incoming {
    /// Opens a temporary file in `directory`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(super) async fn create(directory: &Path) -> io::Result<Self> {
        let directory = directory.to_owned();
        let file = on_disk(move || tempfile::NamedTempFile::new_in(directory)).await?;
        let (file, path) = file.into_parts();
        Ok(Self {
            file: File::from_std(file),
            path,
            hasher: Sha256::new(),
            size: 0,
            head: Vec::new(),
        })
    }

    /// Bytes written so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// What the bytes so far look like.
    pub fn media_type(&self) -> MediaType {
        MediaType::recognise(&self.head)
    }

    /// What is known of the content by the bytes so far.
    pub fn content(&self) -> Content {
        Content {
            hash: ContentHash(self.hasher.clone().finalize().into()),
            size: self.size,
        }
    }

    /// Has everything that was written on the disk.
    pub(super) async fn sync(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await
    }

    /// Ends writing: everything is on the disk when this returns.
    pub(super) async fn seal(mut self) -> io::Result<(TempPath, Content)> {
        self.sync().await?;
        let content = self.content();
        Ok((self.path, content))
    }
}

impl AsyncWrite for Incoming {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.file).poll_write(cx, bytes))?;
        let bytes = &bytes[..written];
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        let missing = (HEAD - self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_shutdown(cx)
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("path", &self.path)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// Runs work that waits for the disk where it holds up nobody.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}
