//! Files: artwork, print files, imported and exported CSV.
//!
//! Content lives once in a [`FileStore`] under its SHA-256; a row of the table `files` is one use of it, with a
//! name and an owner. What a file is, its bytes say: names and headers are never believed.

mod content;
pub mod design;
mod directory;
mod download;
mod error;
mod incoming;
mod media_type;
mod name;
mod quota;
mod record;
mod store;
mod sweep;
#[cfg(any(test, feature = "testing"))]
mod temporary;
mod upload;

pub use content::{Content, ContentHash};
pub use directory::DirectoryStore;
pub use download::{FileDownload, attachment, open};
pub use error::FileError;
pub use incoming::Incoming;
pub use media_type::MediaType;
pub use name::FileName;
pub use quota::{Room, room, room_to_record};
pub use record::{NewFile, StoredFile, find, record};
pub use store::{FileReader, FileStore};
pub(crate) use sweep::sweep;
#[cfg(any(test, feature = "testing"))]
pub use temporary::TemporaryStore;
pub use upload::{Purpose, ReceivedFile, Upload};

/// Every code that a problem with a file can have, beside those of [`domain::ReasonCode`] that come without figures:
/// what the translations must cover.
pub const PROBLEM_CODES: &[&str] = &[
    "design-low-resolution",
    "design-wrong-format",
    "design-wrong-page-count",
    "design-wrong-size",
    "file-empty",
    "file-not-kept",
    "file-quota-used-up",
    "file-too-large",
    "file-wrong-type",
];
