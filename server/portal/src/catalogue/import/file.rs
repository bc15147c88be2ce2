//! The file of an import, read on a blocking thread.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::Context as _;
use domain::csv_file::{CatalogueRows, CsvError, read_catalogue};

use crate::files::ContentHash;
use crate::{Outcome, Portal, Refusal};

/// Where the content of a file lies.
pub(super) async fn path_of(portal: &Portal, content: ContentHash) -> Outcome<PathBuf> {
    let path = portal
        .files
        .local(content)
        .await
        .context("Failed to open an imported file")?;
    Ok(path.context("The content of an imported file is gone")?)
}

/// Opens a file at its first row.
pub(super) fn rows(path: &PathBuf) -> Result<CatalogueRows<BufReader<File>>, CsvError> {
    read_catalogue(BufReader::with_capacity(64 * 1024, File::open(path)?))
}

/// Runs what reads a whole file where it holds up nobody.
///
/// # Errors
/// [`Refusal::Invalid`] in `csv` when the file is wrong as a whole.
pub(super) async fn reading<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, CsvError> + Send + 'static,
) -> Outcome<T> {
    let outcome = tokio::task::spawn_blocking(read)
        .await
        .map_err(anyhow::Error::from)?;
    outcome.map_err(|error| match error {
        CsvError::Refused(problem) => Refusal::field("csv", problem),
        CsvError::Io(error) => Refusal::Unexpected(error.into()),
    })
}
