//! Adding a product.

use domain::catalogue::CatalogueProduct;
use domain::id::ProductId;
use domain::{AuditAction, Permission};

use super::recorded::entry;
use super::write::write;
use crate::access::Operator;
use crate::storage::Tx;
use crate::{Outcome, Portal, audit};

/// Adds a product to the catalogue.
///
/// # Errors
/// [`Refusal::Invalid`](crate::Refusal::Invalid) in `uid`: `product-uid-taken`;
/// [`Refusal::Forbidden`](crate::Refusal::Forbidden) without [`Permission::ManageCatalogue`].
pub async fn create(portal: &Portal, operator: &Operator, product: &CatalogueProduct) -> Outcome<ProductId> {
    operator.require(Permission::ManageCatalogue)?;
    let mut tx = portal.db.begin().await?;
    let id = create_in(portal, &mut tx, product).await?;
    let entry = entry(&mut tx, AuditAction::CatalogueProductCreated, id).await?;
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// As [`create`], in a transaction of somebody who may: the import's.
///
/// # Errors
/// As [`create`]; on PostgreSQL the transaction cannot go on after one.
pub async fn create_in(portal: &Portal, tx: &mut Tx, product: &CatalogueProduct) -> Outcome<ProductId> {
    let id = ProductId(portal.entropy.id());
    write(portal, tx, id, product, true).await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use domain::OperatorRole;

    use super::*;
    use crate::Refusal;
    use crate::catalogue::find;
    use crate::orders::testing::{self, poster};
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_product_reads_back_as_it_was_written() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            let id = create(&portal, &operator, &poster()).await.unwrap();
            let product = find(&portal, id).await.unwrap();
            assert_eq!(product.definition, poster());
            let uids: Vec<_> = product
                .variants
                .iter()
                .map(|variant| variant.uid.as_str())
                .collect();
            assert_eq!(
                uids,
                [
                    "poster_a4-silk",
                    "poster_a4-matt",
                    "poster_a3-silk",
                    "poster_a3-matt"
                ]
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_uid_names_one_thing_only() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            create(&portal, &operator, &poster()).await.unwrap();
            let refusal = create(&portal, &operator, &poster()).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "uid"), "product-uid-taken");
            let like_a_variant = testing::product("poster_a3-silk", "", "");
            let refusal = create(&portal, &operator, &like_a_variant).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "uid"), "product-uid-taken");
        })
        .await;
    }

    #[tokio::test]
    async fn production_does_not_change_the_catalogue() {
        on_both(async |portal| {
            let mut operator = testing::operator(&portal);
            operator.role = OperatorRole::Production;
            let refusal = create(&portal, &operator, &poster()).await.unwrap_err();
            assert!(matches!(refusal, Refusal::Forbidden));
        })
        .await;
    }
}
