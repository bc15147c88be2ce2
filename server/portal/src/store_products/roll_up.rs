//! What the variants of a product make of it.

use domain::id::StoreProductId;

use crate::storage::{StorageError, Tx, sql};

/// Writes how many variants products have, how many are connected, and what that makes of the products.
pub(crate) async fn roll_up(tx: &mut Tx, products: &[StoreProductId]) -> Result<(), StorageError> {
    if products.is_empty() {
        return Ok(());
    }
    let mut update = sql("UPDATE store_products SET
             variant_count = (SELECT COUNT(*) FROM store_variants v
                 WHERE v.product_id = store_products.id AND v.gone_at IS NULL),
             connected_count = (SELECT COUNT(*) FROM store_variants v
                 WHERE v.product_id = store_products.id AND v.gone_at IS NULL AND v.mapping_state = 'connected'),
             mapping_state = (SELECT CASE
                     WHEN COUNT(*) = 0 OR SUM(CASE WHEN v.mapping_state = 'not_connected' THEN 1 ELSE 0 END) > 0
                         THEN 'not_connected'
                     WHEN SUM(CASE WHEN v.mapping_state = 'connected' THEN 1 ELSE 0 END) > 0 THEN 'connected'
                     ELSE 'ignored' END
                 FROM store_variants v WHERE v.product_id = store_products.id AND v.gone_at IS NULL)
         WHERE id IN ");
    update.push_list(products.iter().copied());
    update.execute(tx).await?;
    Ok(())
}
