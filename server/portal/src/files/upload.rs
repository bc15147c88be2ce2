//! Taking a file somebody sends, piece by piece.

use tokio::io::AsyncWriteExt;

use super::{Content, FileError, FileName, FileStore, Incoming, MediaType, Room};

/// What a file is sent for: what it may be, and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A design to print.
    Design,
    /// Rows to import.
    Csv,
}

impl Purpose {
    /// The most bytes taken: 200 MiB of design, 50 MiB of rows.
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Design => 200 * 1024 * 1024,
            Self::Csv => 50 * 1024 * 1024,
        }
    }

    /// Whether a file of this type can serve at all. A print area may accept less.
    pub const fn accepts(self, media_type: MediaType) -> bool {
        match self {
            Self::Design => {
                matches!(
                    media_type,
                    MediaType::Pdf | MediaType::Png | MediaType::Jpeg | MediaType::Tiff
                )
            }
            Self::Csv => matches!(media_type, MediaType::Text),
        }
    }
}

/// A file that was taken, with nobody owning it yet: see [`super::record()`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// Its content in the store.
    pub content: Content,
    /// What its bytes say it is.
    pub media_type: MediaType,
    /// What it is called.
    pub name: FileName,
}

/// A file being taken. Dropped before [`Upload::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Upload<'s> {
    store: &'s dyn FileStore,
    incoming: Incoming,
    purpose: Purpose,
    room: Option<Room>,
}

impl<'s> Upload<'s> {
    /// Begins to take a file.
    ///
    /// # Errors
    /// When the store cannot.
    pub async fn begin(store: &'s dyn FileStore, purpose: Purpose) -> Result<Self, FileError> {
        Ok(Self {
            store,
            incoming: store.receive().await?,
            purpose,
            room: None,
        })
    }

    /// Takes no more than there is room for.
    ///
    /// # Errors
    /// [`FileError::QuotaUsedUp`] when there is none at all: the file need not be read.
    pub fn within(mut self, room: Option<Room>) -> Result<Self, FileError> {
        self.room = room;
        self.check_room(1)?;
        Ok(self)
    }

    /// Has what was written on the disk, so that [`Upload::finish`] takes a moment only.
    ///
    /// # Errors
    /// When the store cannot.
    pub async fn sync(&mut self) -> Result<(), FileError> {
        Ok(self.incoming.sync().await?)
    }

    /// Refuses the file when there is less room by now than when it began: others have come in the meantime.
    ///
    /// # Errors
    /// [`FileError::QuotaUsedUp`].
    pub fn still_within(mut self, room: Room) -> Result<Self, FileError> {
        self.room = Some(room);
        self.check_room(0)?;
        Ok(self)
    }

    fn check_room(&self, more: u64) -> Result<(), FileError> {
        match self.room {
            Some(room) if self.incoming.size() + more > room.left => {
                Err(FileError::QuotaUsedUp { quota: room.quota })
            }
            _ => Ok(()),
        }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`FileError::TooLarge`] or [`FileError::QuotaUsedUp`] as soon as the limit is passed: the rest need not be read.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), FileError> {
        let limit = self.purpose.max_bytes();
        if self.incoming.size() + piece.len() as u64 > limit {
            return Err(FileError::TooLarge { limit });
        }
        self.check_room(piece.len() as u64)?;
        Ok(self.incoming.write_all(piece).await?)
    }

    /// What the file is that has arrived, whose sender called it `claimed_name`, before it is kept.
    ///
    /// # Errors
    /// [`FileError::Empty`] or [`FileError::WrongType`].
    pub fn describe(&self, claimed_name: &str) -> Result<ReceivedFile, FileError> {
        describe(&self.incoming, self.purpose, claimed_name)
    }

    /// Ends the file, whose sender called it `claimed_name`, and keeps it.
    ///
    /// # Errors
    /// [`FileError::Empty`] or [`FileError::WrongType`]; nothing is kept then.
    pub async fn finish(mut self, claimed_name: &str) -> Result<ReceivedFile, FileError> {
        // The last bytes may still be on their way into the temporary file.
        self.incoming.flush().await?;
        Self::keep(self.store, self.incoming, self.purpose, claimed_name).await
    }

    /// Keeps content that arrived in whole, after looking at what it is.
    pub(super) async fn keep(
        store: &dyn FileStore,
        incoming: Incoming,
        purpose: Purpose,
        claimed_name: &str,
    ) -> Result<ReceivedFile, FileError> {
        let file = describe(&incoming, purpose, claimed_name)?;
        store.keep(incoming).await?;
        Ok(file)
    }
}

fn describe(incoming: &Incoming, purpose: Purpose, claimed_name: &str) -> Result<ReceivedFile, FileError> {
    if incoming.size() == 0 {
        return Err(FileError::Empty);
    }
    let media_type = incoming.media_type();
    if !purpose.accepts(media_type) {
        return Err(FileError::WrongType { found: media_type });
    }
    Ok(ReceivedFile {
        content: incoming.content(),
        media_type,
        name: FileName::clean(claimed_name, media_type),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::TemporaryStore;

    async fn upload(purpose: Purpose, bytes: &[u8]) -> Result<ReceivedFile, FileError> {
        let store = TemporaryStore::new().await.unwrap();
        let mut upload = Upload::begin(&store, purpose).await?;
        for piece in bytes.chunks(7) {
            upload.write(piece).await?;
        }
        upload.finish("../poster").await
    }

    #[tokio::test]
    async fn a_file_is_known_before_it_is_kept() {
        let store = TemporaryStore::new().await.unwrap();
        let mut upload = Upload::begin(&store, Purpose::Design).await.unwrap();
        assert!(matches!(upload.describe("poster"), Err(FileError::Empty)));
        upload.write(b"%PDF-1.7 and so on").await.unwrap();
        let described = upload.describe("poster").unwrap();
        assert!(!store.exists(described.content.hash).await.unwrap());
        assert_eq!(upload.finish("poster").await.unwrap(), described);
        assert!(store.exists(described.content.hash).await.unwrap());
    }

    #[tokio::test]
    async fn a_design_is_kept_under_what_it_is() {
        let file = upload(Purpose::Design, b"%PDF-1.7 and so on").await.unwrap();
        assert_eq!(file.media_type, MediaType::Pdf);
        assert_eq!(file.name.as_str(), "poster.pdf");
        assert_eq!(file.content.size, 18);
    }

    #[tokio::test]
    async fn what_does_not_belong_is_refused_by_its_bytes() {
        let cases: [(Purpose, &[u8], MediaType); 5] = [
            (
                Purpose::Design,
                b"<svg><script>alert(1)</script></svg>",
                MediaType::Svg,
            ),
            (Purpose::Design, b"<!doctype html><p>Log in", MediaType::Html),
            (Purpose::Design, b"MZ\x90\0", MediaType::Other),
            (Purpose::Csv, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MediaType::Png),
            (Purpose::Csv, b"PK\x03\x04 a spreadsheet", MediaType::Zip),
        ];
        for (purpose, bytes, expected) in cases {
            let error = upload(purpose, bytes).await.unwrap_err();
            assert!(
                matches!(error, FileError::WrongType { found } if found == expected),
                "{error:?}"
            );
            assert_eq!(error.problem().unwrap().code, "file-wrong-type");
        }
        assert!(matches!(upload(Purpose::Csv, b"").await, Err(FileError::Empty)));
    }

    #[tokio::test]
    async fn the_limit_ends_the_upload() {
        let store = TemporaryStore::new().await.unwrap();
        let mut upload = Upload::begin(&store, Purpose::Csv).await.unwrap();
        let piece = vec![b'a'; 10 * 1024 * 1024];
        for _ in 0..5 {
            upload.write(&piece).await.unwrap();
        }
        let error = upload.write(b"a").await.unwrap_err();
        assert!(matches!(error, FileError::TooLarge { .. }));
        assert_eq!(
            error.problem().unwrap().arguments[0],
            ("megabytes".into(), 50_i64.into())
        );
    }
}
