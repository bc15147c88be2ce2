//! Changing a product.

use domain::Permission;
use domain::catalogue::CatalogueProduct;
use domain::id::ProductId;

use super::recorded::edited;
use super::write::write;
use crate::access::Operator;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal, audit};

/// Changes a product. Combinations that are gone are retired and stay for the orders that name them.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Invalid`] in `uid`: `product-uid-taken`; [`Refusal::Forbidden`] without
/// [`Permission::ManageCatalogue`].
pub async fn edit(
    portal: &Portal,
    operator: &Operator,
    id: ProductId,
    product: &CatalogueProduct,
) -> Outcome<()> {
    operator.require(Permission::ManageCatalogue)?;
    let mut tx = portal.db.begin().await?;
    let entry = edited(&mut tx, id, product).await?;
    edit_in(portal, &mut tx, id, product).await?;
    if !entry.is_without_change() {
        audit::record(&mut tx, portal, &operator.into(), entry).await?;
    }
    Ok(tx.commit().await?)
}

/// As [`edit`], in a transaction of somebody who may: the import's.
///
/// # Errors
/// As [`edit`]; on PostgreSQL the transaction cannot go on after one.
pub async fn edit_in(portal: &Portal, tx: &mut Tx, id: ProductId, product: &CatalogueProduct) -> Outcome<()> {
    let found = sql("UPDATE catalogue_products SET updated_at = $2 WHERE id = $1")
        .bind(id)
        .bind(portal.now())
        .execute(tx)
        .await?;
    if found == 0 {
        return Err(Refusal::NotFound);
    }
    write(portal, tx, id, product, false).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{create, find, orderable};
    use crate::orders::testing::{self, poster, product};
    use crate::testing::on_both;

    #[tokio::test]
    async fn combinations_that_are_gone_are_retired_and_come_back() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            let id = create(&portal, &operator, &poster()).await.unwrap();
            let before = find(&portal, id).await.unwrap();
            let only_a3 = product("poster", "Size=A3; Paper=Silk|Matt", "front 297x420mm bleed 3mm");
            edit(&portal, &operator, id, &only_a3).await.unwrap();
            let uids = |product: crate::catalogue::Product| -> Vec<String> {
                product.variants.into_iter().map(|variant| variant.uid).collect()
            };
            assert_eq!(
                uids(find(&portal, id).await.unwrap()),
                ["poster_a3-silk", "poster_a3-matt"]
            );
            let orderable = orderable(&portal).await.unwrap();
            assert_eq!(
                orderable.find("poster_a4-silk").unwrap_err().code,
                "product-retired"
            );

            edit(&portal, &operator, id, &poster()).await.unwrap();
            let after = find(&portal, id).await.unwrap();
            assert_eq!(after.variants, before.variants);
        })
        .await;
    }

    #[tokio::test]
    async fn there_must_be_something_to_change() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            let id = ProductId(portal.entropy.id());
            let refusal = edit(&portal, &operator, id, &poster()).await.unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
        })
        .await;
    }
}
