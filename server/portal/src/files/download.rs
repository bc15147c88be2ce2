//! Giving a file to a browser so that it is saved and never run.

use std::fmt;

use anyhow::Context as _;
use domain::id::FileId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::record::find_for;
use super::{FileReader, MediaType, StoredFile};
use crate::access::Viewer;
use crate::{Outcome, Portal, Refusal};

/// What must be encoded in the value of an extended header parameter (RFC 8187).
const OUTSIDE_TOKENS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Everything a response with a file needs.
pub struct FileDownload {
    /// Headers by name. They make the browser save the file under its name and believe its type.
    pub headers: Vec<(&'static str, String)>,
    /// What it is called, where it holds rows that somebody imported: who takes them out of the house is recorded.
    pub imported: Option<String>,
    /// The content.
    pub body: FileReader,
}

impl fmt::Debug for FileDownload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileDownload")
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// Opens the file `id` for `viewer`.
///
/// # Errors
/// [`Refusal::NotFound`] for a file that does not exist, belongs to somebody else, or to orders and imports that the
/// viewer does not see.
pub async fn open(portal: &Portal, viewer: &Viewer, id: FileId) -> Outcome<FileDownload> {
    let mut conn = portal.db.read().await?;
    let file = find_for(&mut conn, viewer, id).await?.ok_or(Refusal::NotFound)?;
    drop(conn);
    let body = portal
        .files
        .open(file.content.hash)
        .await
        .context("Failed to open a stored file")?;
    let body = body.with_context(|| format!("The content of file {id} is gone"))?;
    Ok(FileDownload {
        headers: headers(&file),
        imported: (file.media_type == MediaType::Text).then_some(file.name),
        body,
    })
}

fn headers(file: &StoredFile) -> Vec<(&'static str, String)> {
    vec![
        ("content-type", file.media_type.mime().to_owned()),
        ("content-length", file.content.size.to_string()),
        ("content-disposition", attachment(&file.name)),
        ("x-content-type-options", "nosniff".to_owned()),
        // Should a browser show it all the same, it may not run or load anything.
        (
            "content-security-policy",
            "default-src 'none'; sandbox".to_owned(),
        ),
        ("cache-control", "private, no-store".to_owned()),
    ]
}

/// The value of `Content-Disposition` (RFC 6266): a plain name for old software, the real one for all others.
pub fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && !"\"\\%".contains(c) || c == ' ' {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        utf8_percent_encode(name, OUTSIDE_TOKENS)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_header() {
        assert_eq!(
            attachment("Cartel otoño.pdf"),
            "attachment; filename=\"Cartel oto_o.pdf\"; filename*=UTF-8''Cartel%20oto%C3%B1o.pdf"
        );
        assert_eq!(
            attachment("a\"b\\c.pdf"),
            "attachment; filename=\"a_b_c.pdf\"; filename*=UTF-8''a%22b%5Cc.pdf"
        );
    }
}
