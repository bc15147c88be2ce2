//! What a line of a store's order is made of, taken from the mapping of its variant.

use domain::id::{FileId, LineFileId, LineId, StoreVariantId, VariantId};
use domain::{CatalogueKey, FileState, LineKind, ReasonCode};

use crate::Portal;
use crate::orders::check_design::CheckDesign;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::Store;

/// Makes a line what its variant is connected to: product, pieces of each and designs as the mapping has them now.
pub(super) async fn bind(
    portal: &Portal,
    tx: &mut Tx,
    line: LineId,
    variant: StoreVariantId,
    (product, pieces): (VariantId, i64),
    kind: LineKind,
) -> Result<(), StorageError> {
    sql("UPDATE order_lines SET variant_id = $2, product_uid = (SELECT uid FROM catalogue_variants WHERE id = $2),
             kind = $3, quantity = quantity * $4, pieces_per_unit = $4 WHERE id = $1")
    .bind(line)
    .bind(product)
    .bind(kind.as_str())
    .bind(pieces)
    .execute(tx)
    .await?;
    let designs: Vec<(CatalogueKey, Option<String>, Option<FileId>)> =
        sql("SELECT area_key, url, file_id FROM store_variant_designs WHERE store_variant_id = $1 ORDER BY area_key")
            .bind(variant)
            .fetch_all(tx)
            .await?;
    for (area, url, file) in designs {
        sql("INSERT INTO order_line_files (id, line_id, area_key, url, file_id, state) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (line_id, area_key) DO NOTHING")
        .bind(LineFileId(portal.entropy.id()))
        .bind(line)
        .bind(area.as_str())
        .bind(url)
        .bind(file)
        .bind(FileState::Waiting.as_str())
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// The designs of a line.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Design {
    id: LineFileId,
    pub(super) area_key: CatalogueKey,
    pub(super) state: FileState,
    pub(super) reason: Option<ReasonCode>,
    let_pass: bool,
}

impl Design {
    /// Whether it stops its line: it was refused, and nobody let the line go on with it.
    pub(super) fn stops(&self) -> bool {
        self.state == FileState::Refused && !self.let_pass
    }
}

pub(super) async fn of_line(tx: &mut Tx, line: LineId) -> Result<Vec<Design>, StorageError> {
    sql("SELECT id, area_key, state, reason, let_pass FROM order_line_files WHERE line_id = $1 ORDER BY area_key")
        .bind(line)
        .fetch_all(tx)
        .await
}

/// Has the designs checked that have not been, nor are about to be. Whoever asks for it holds the store, which the last
/// step of a check waits for: asking for another check then would wait for the first one in turn.
pub(super) async fn check(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    designs: &[Design],
) -> Result<(), StorageError> {
    for design in designs.iter().filter(|design| design.state == FileState::Waiting) {
        let job = CheckDesign { line_file: design.id };
        if !job.is_unfinished(tx).await? {
            job.enqueue(portal, tx, store).await?;
        }
    }
    Ok(())
}
