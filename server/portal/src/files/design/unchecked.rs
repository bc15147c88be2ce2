//! A design that has not been checked, as it is stored beside a line or a variant.

use domain::CatalogueKey;
use domain::catalogue::PrintArea;
use domain::id::ProductId;

use super::Source;
use crate::catalogue::print_areas;
use crate::files::{ContentHash, MediaType};
use crate::storage::{AsConn, StorageError};

/// Where a design that has not been checked lies, and which print area it is meant for.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Unchecked {
    /// The print area.
    pub(crate) area_key: CatalogueKey,
    url: Option<String>,
    product_id: Option<ProductId>,
    sha256: Option<Vec<u8>>,
    media_type: Option<String>,
}

impl Unchecked {
    /// The print area it is meant for, if the product still has it.
    pub(crate) async fn area(&self, conn: &mut impl AsConn) -> Result<Option<PrintArea>, StorageError> {
        let Some(product) = self.product_id else {
            return Ok(None);
        };
        let areas = print_areas(conn, product).await?;
        Ok(areas.into_iter().find(|area| area.key == self.area_key))
    }

    /// Where it lies: a file that is kept wins over an address.
    pub(crate) fn source(&self) -> Option<Source<'_>> {
        let kept = self
            .sha256
            .clone()
            .and_then(|hash| ContentHash::try_from(hash).ok());
        match (kept, &self.media_type, &self.url) {
            (Some(hash), Some(mime), _) => Some(Source::Kept(hash, MediaType::from_mime(mime))),
            (_, _, Some(url)) => Some(Source::Url(url)),
            _ => None,
        }
    }
}
