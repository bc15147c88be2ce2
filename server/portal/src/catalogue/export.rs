//! The catalogue as a CSV file that can be imported again.

use domain::Permission;
use domain::csv_file::{CatalogueEntry, Delimiter, write_catalogue};

use super::definitions::any_definitions;
use crate::access::Operator;
use crate::{Outcome, Portal};

/// Every product, archived ones too, as a CSV file. A catalogue has hundreds or thousands of products: it fits into
/// memory.
///
/// # Errors
/// [`Refusal::Forbidden`](crate::Refusal::Forbidden) without [`Permission::ManageCatalogue`].
pub async fn export_csv(portal: &Portal, operator: &Operator) -> Outcome<Vec<u8>> {
    operator.require(Permission::ManageCatalogue)?;
    let products = any_definitions(&mut portal.db.read().await?).await?;
    let entries = products.into_iter().map(|definition| CatalogueEntry {
        archived: definition.archived,
        product: definition.product,
    });
    let file = write_catalogue(Vec::new(), Delimiter::Comma, entries);
    Ok(file.map_err(anyhow::Error::from)?)
}

#[cfg(test)]
mod tests {
    use domain::csv_file::read_catalogue;

    use super::*;
    use crate::catalogue::{archive, create};
    use crate::orders::testing::{self, poster, product};
    use crate::testing::on_both;

    #[tokio::test]
    async fn what_is_exported_reads_back() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            create(&portal, &operator, &poster()).await.unwrap();
            let pen = create(&portal, &operator, &product("pen", "", "")).await.unwrap();
            archive(&portal, &operator, pen).await.unwrap();
            let file = export_csv(&portal, &operator).await.unwrap();
            let entries: Vec<_> = read_catalogue(file.as_slice())
                .unwrap()
                .map(|row| row.unwrap().1.unwrap())
                .collect();
            assert_eq!(entries.len(), 2);
            assert!(
                entries
                    .iter()
                    .any(|entry| entry.product == poster() && !entry.archived)
            );
            assert!(
                entries
                    .iter()
                    .any(|entry| entry.product == product("pen", "", "") && entry.archived)
            );
        })
        .await;
    }
}
