//! What people choose from when they order.

use std::collections::{BTreeMap, HashMap};

use domain::catalogue::{OptionDef, PrintArea};
use domain::id::ProductId;
use domain::{CatalogueKey, Language, Quantity, fold};
use sqlx::types::Json;

use super::print_areas;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// One thing that can be ordered, in the words people choose it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductChoice {
    /// What orders name it by.
    pub uid: String,
    /// The product's name.
    pub name: String,
    /// The chosen value of each option: `A3, Silk`; empty without options.
    pub options: String,
    /// The least that can be ordered.
    pub min_quantity: Quantity,
    /// The most that can be ordered.
    pub max_quantity: Option<Quantity>,
    /// The product it is a combination of.
    pub product: ProductId,
}

impl ProductChoice {
    /// Name and options: `Poster, A3, Silk`.
    pub fn title(&self) -> String {
        if self.options.is_empty() {
            self.name.clone()
        } else {
            format!("{}, {}", self.name, self.options)
        }
    }

    /// What a list to choose from says, and what a field holds that was filled from it: the words people know it by,
    /// and the UID that says which one it is.
    pub fn label(&self) -> String {
        format!("{} ({})", self.title(), self.uid)
    }
}

/// The UID that is meant by what somebody typed into a field with such a list: an entry of the list, the title alone
/// where only one product is called so, or the UID itself.
pub fn uid_meant<'t>(choices: &'t [ProductChoice], typed: &'t str) -> &'t str {
    let typed = typed.trim();
    if let Some(offered) = choices.iter().find(|choice| choice.label() == typed) {
        return &offered.uid;
    }
    let folded = fold(typed);
    let mut called = choices.iter().filter(|choice| fold(&choice.title()) == folded);
    match (called.next(), called.next()) {
        (Some(only), None) => &only.uid,
        _ => typed,
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    uid: String,
    product_id: ProductId,
    name_en: String,
    name_es: String,
    options: Json<Vec<OptionDef>>,
    option_values: Json<BTreeMap<CatalogueKey, CatalogueKey>>,
    min_quantity: i64,
    max_quantity: Option<i64>,
}

/// Everything that can be ordered, by name.
///
/// # Errors
/// Only unexpected ones.
pub async fn choices(portal: &Portal, language: Language) -> Outcome<Vec<ProductChoice>> {
    let rows: Vec<Row> = sql(
        "SELECT v.uid, v.product_id, p.name_en, p.name_es, p.options, v.option_values,
             p.min_quantity, p.max_quantity
         FROM catalogue_variants v JOIN catalogue_products p ON p.id = v.product_id
         WHERE v.retired_at IS NULL AND p.archived_at IS NULL ORDER BY p.sort_name, p.id, v.position",
    )
    .fetch_all(&mut portal.db.read().await?)
    .await?;
    Ok(rows.into_iter().map(|row| row.into_choice(language)).collect())
}

impl Row {
    fn into_choice(self, language: Language) -> ProductChoice {
        let value_of = |option: &OptionDef| {
            let key = self.option_values.0.get(&option.key)?;
            let value = option.values.iter().find(|value| value.key == *key)?;
            Some(value.name(language).to_string())
        };
        let options: Vec<String> = self.options.0.iter().filter_map(value_of).collect();
        ProductChoice {
            options: options.join(", "),
            uid: self.uid,
            name: match language {
                Language::En => self.name_en,
                Language::Es => self.name_es,
            },
            min_quantity: Quantity::new(self.min_quantity).unwrap_or(Quantity::MIN),
            max_quantity: self.max_quantity.and_then(|max| Quantity::new(max).ok()),
            product: self.product_id,
        }
    }
}

/// The print areas of what was chosen, by product UID.
///
/// # Errors
/// Only unexpected ones.
pub async fn print_areas_of(
    portal: &Portal,
    chosen: &[&ProductChoice],
) -> Outcome<HashMap<String, Vec<PrintArea>>> {
    let mut conn = portal.db.read().await?;
    let mut areas = HashMap::new();
    for choice in chosen {
        if !areas.contains_key(&choice.uid) {
            areas.insert(choice.uid.clone(), print_areas(&mut conn, choice.product).await?);
        }
    }
    Ok(areas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn each_combination_is_a_choice_with_its_print_areas() {
        on_both(async |portal| {
            testing::catalogue(&portal).await;
            let choices = choices(&portal, Language::En).await.unwrap();
            let titles: Vec<String> = choices.iter().map(ProductChoice::title).collect();
            assert_eq!(
                titles,
                [
                    "pen",
                    "poster, A4, Silk",
                    "poster, A4, Matt",
                    "poster, A3, Silk",
                    "poster, A3, Matt"
                ]
            );
            assert_eq!(choices[1].label(), "poster, A4, Silk (poster_a4-silk)");
            for (typed, uid) in [
                ("poster, A4, Silk (poster_a4-silk)", "poster_a4-silk"),
                (" POSTER, a4, silk", "poster_a4-silk"),
                ("poster_a3-matt", "poster_a3-matt"),
                ("poster", "poster"),
            ] {
                assert_eq!(uid_meant(&choices, typed), uid, "{typed}");
            }
            let areas = print_areas_of(&portal, &[&choices[0], &choices[1]])
                .await
                .unwrap();
            assert_eq!((areas["pen"].len(), areas[&choices[1].uid].len()), (0, 1));
        })
        .await;
    }
}
