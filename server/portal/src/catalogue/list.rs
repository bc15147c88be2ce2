//! The list of products.

use domain::id::ProductId;
use domain::{Category, Language, Timestamp, fold};

use crate::paging::{Slice, Turn};
use crate::storage::search::{Searched, push_contains};
use crate::storage::sql;
use crate::{Outcome, Portal};

/// Which products to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Words of the UID, the names or the category.
    pub search: String,
    /// Of this category only, by its whole text.
    pub category: Option<String>,
    /// Those that were archived instead of the others.
    pub archived: bool,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ProductRow {
    /// The product.
    pub id: ProductId,
    /// What orders name it by, when it has no options.
    pub uid: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Spanish.
    pub name_es: String,
    /// What kind of thing it is.
    pub category: Category,
    /// Combinations that can be ordered.
    pub variants: i64,
    /// Print areas.
    pub print_areas: i64,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// Products by name.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(
    portal: &Portal,
    filter: &ProductFilter,
    turn: Turn<ProductId>,
    limit: u32,
) -> Outcome<Slice<ProductRow>> {
    let mut conn = portal.db.read().await?;
    let mut query = sql("SELECT id, uid, name_en, name_es, category, updated_at,
             (SELECT COUNT(*) FROM catalogue_variants v
              WHERE v.product_id = catalogue_products.id AND v.retired_at IS NULL) AS variants,
             (SELECT COUNT(*) FROM print_areas a WHERE a.product_id = catalogue_products.id) AS print_areas
         FROM catalogue_products WHERE ");
    query.push(if filter.archived {
        "archived_at IS NOT NULL"
    } else {
        "archived_at IS NULL"
    });
    push_contains(
        &mut query,
        &conn,
        Searched::CatalogueProducts,
        &fold(&filter.search),
    );
    if let Some(category) = &filter.category {
        query.push(" AND category = ").push_bind(category);
    }
    match turn {
        Turn::First => {}
        Turn::After(id) => {
            query
                .push(" AND (sort_name, id) > (SELECT sort_name, id FROM catalogue_products WHERE id = ")
                .push_bind(id)
                .push(")");
        }
        Turn::Before(id) => {
            query
                .push(" AND (sort_name, id) < (SELECT sort_name, id FROM catalogue_products WHERE id = ")
                .push_bind(id)
                .push(")");
        }
    }
    query.push(if turn.is_backward() {
        " ORDER BY sort_name DESC, id DESC LIMIT "
    } else {
        " ORDER BY sort_name, id LIMIT "
    });
    query.push_bind(i64::from(limit) + 1);
    Ok(Slice::cut(query.fetch_all(&mut conn).await?, &turn, limit))
}

/// The categories in use, by their names in a language, those of archived products too: what the list can be filtered by.
///
/// # Errors
/// Only unexpected ones.
pub async fn categories(portal: &Portal, language: Language) -> Outcome<Vec<Category>> {
    let rows: Vec<(Category,)> = sql("SELECT DISTINCT category FROM catalogue_products")
        .fetch_all(&mut portal.db.read().await?)
        .await?;
    let mut categories: Vec<Category> = rows.into_iter().map(|(category,)| category).collect();
    categories.sort_by_cached_key(|category| fold(category.name(language)));
    Ok(categories)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{archive, create};
    use crate::orders::testing::{self, product};
    use crate::testing::on_both;

    #[tokio::test]
    async fn products_are_found_by_their_words_and_come_page_by_page() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            for uid in ["tote", "mug", "card", "poster", "sticker"] {
                create(&portal, &operator, &product(uid, "", "")).await.unwrap();
            }
            let names = async |search: &str, turn, limit| {
                let filter = ProductFilter {
                    search: search.to_owned(),
                    ..ProductFilter::default()
                };
                let slice = list(&portal, &filter, turn, limit).await.unwrap();
                let ids: Vec<_> = slice.rows.iter().map(|row| row.id).collect();
                let uids: Vec<_> = slice.rows.into_iter().map(|row| row.uid).collect();
                (uids.join(" "), ids, slice.has_previous, slice.has_next)
            };
            assert_eq!(names("", Turn::First, 25).await.0, "card mug poster sticker tote");
            assert_eq!(names("POSTÉR", Turn::First, 25).await.0, "poster");
            let (first, ids, _, more) = names("", Turn::First, 2).await;
            assert_eq!((first.as_str(), more), ("card mug", true));
            let (second, next, previous, _) = names("", Turn::After(ids[1]), 2).await;
            assert_eq!((second.as_str(), previous), ("poster sticker", true));
            assert_eq!(names("", Turn::Before(next[0]), 2).await.0, "card mug");

            archive(&portal, &operator, ids[0]).await.unwrap();
            assert_eq!(names("", Turn::First, 25).await.0, "mug poster sticker tote");
            let archived = ProductFilter {
                archived: true,
                ..ProductFilter::default()
            };
            assert_eq!(
                list(&portal, &archived, Turn::First, 25)
                    .await
                    .unwrap()
                    .rows
                    .len(),
                1
            );
            let categories = categories(&portal, Language::Es).await.unwrap();
            assert_eq!(categories, [Category::parse("Things").unwrap()]);
        })
        .await;
    }
}
