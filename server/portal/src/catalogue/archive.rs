//! Taking a product out of the catalogue, and back in.

use domain::id::ProductId;
use domain::{AuditAction, Permission};

use super::recorded::entry;
use crate::access::Operator;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal, audit};

/// Takes a product out of the catalogue: it cannot be ordered any more. Orders that name it go on.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`] without [`Permission::ManageCatalogue`].
pub async fn archive(portal: &Portal, operator: &Operator, id: ProductId) -> Outcome<()> {
    operator.require(Permission::ManageCatalogue)?;
    let mut tx = portal.db.begin().await?;
    archive_in(portal, &mut tx, id).await?;
    let entry = entry(&mut tx, AuditAction::CatalogueProductArchived, id).await?;
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    Ok(tx.commit().await?)
}

/// As [`archive`], in a transaction of somebody who may: the import's.
pub(super) async fn archive_in(portal: &Portal, tx: &mut Tx, id: ProductId) -> Outcome<()> {
    let text = "UPDATE catalogue_products SET archived_at = COALESCE(archived_at, $2), updated_at = $2 WHERE id = $1";
    set(portal, tx, id, text).await
}

/// Takes an archived product back into the catalogue.
///
/// # Errors
/// As [`archive`].
pub async fn restore(portal: &Portal, operator: &Operator, id: ProductId) -> Outcome<()> {
    operator.require(Permission::ManageCatalogue)?;
    let mut tx = portal.db.begin().await?;
    restore_in(portal, &mut tx, id).await?;
    let entry = entry(&mut tx, AuditAction::CatalogueProductRestored, id).await?;
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    Ok(tx.commit().await?)
}

/// As [`restore`], in a transaction of somebody who may: the import's.
pub(super) async fn restore_in(portal: &Portal, tx: &mut Tx, id: ProductId) -> Outcome<()> {
    let text = "UPDATE catalogue_products SET archived_at = NULL, updated_at = $2 WHERE id = $1";
    set(portal, tx, id, text).await
}

async fn set(portal: &Portal, tx: &mut Tx, id: ProductId, text: &'static str) -> Outcome<()> {
    let found = sql(text).bind(id).bind(portal.now()).execute(tx).await?;
    if found == 0 {
        return Err(Refusal::NotFound);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{create, orderable};
    use crate::orders::testing::{self, poster};
    use crate::testing::on_both;

    #[tokio::test]
    async fn an_archived_product_cannot_be_ordered_until_it_is_back() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            let id = create(&portal, &operator, &poster()).await.unwrap();
            archive(&portal, &operator, id).await.unwrap();
            let products = orderable(&portal).await.unwrap();
            assert_eq!(
                products.find("poster_a3-silk").unwrap_err().code,
                "product-retired"
            );
            restore(&portal, &operator, id).await.unwrap();
            assert!(orderable(&portal).await.unwrap().find("poster_a3-silk").is_ok());
            let unknown = ProductId(portal.entropy.id());
            assert!(matches!(
                archive(&portal, &operator, unknown).await,
                Err(Refusal::NotFound)
            ));
        })
        .await;
    }
}
