//! The file that people start from.

use domain::csv_file::orders_template;
use domain::{Language, ProductUid};

use crate::storage::sql;
use crate::{Outcome, Portal};

/// A CSV file with the columns of an order and an example row, which no import takes for an order. It names a printed
/// product of the catalogue.
///
/// # Errors
/// Only unexpected ones.
pub async fn template(portal: &Portal, language: Language) -> Outcome<Vec<u8>> {
    let product: Option<(ProductUid,)> = sql("SELECT variants.uid FROM catalogue_variants variants
         JOIN catalogue_products products ON products.id = variants.product_id
         WHERE variants.retired_at IS NULL AND products.archived_at IS NULL
           AND EXISTS (SELECT 1 FROM print_areas areas WHERE areas.product_id = products.id)
         ORDER BY products.sort_name, products.id, variants.position LIMIT 1")
    .fetch_optional(&mut portal.db.read().await?)
    .await?;
    Ok(orders_template(language, product.map(|(uid,)| uid).as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn the_example_names_a_product_of_the_catalogue() {
        on_both(async |portal| {
            let text =
                async |language| String::from_utf8(template(&portal, language).await.unwrap()).unwrap();
            assert!(text(Language::En).await.contains("\"poster_a3\""));
            testing::catalogue(&portal).await;
            assert!(text(Language::Es).await.contains("\"poster_a4-silk\""));
        })
        .await;
    }
}
