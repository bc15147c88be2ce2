//! What people choose from when they order.

use std::collections::{BTreeMap, HashMap};

use domain::catalogue::{OptionDef, PrintArea};
use domain::id::ProductId;
use domain::{CatalogueKey, Language, Problem, ProductUid, Quantity, fold};
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

/// The most products that are named when several are meant.
const MOST_NAMED: usize = 3;

/// The UID that is meant by what somebody typed into a field with such a list: an entry of the list, the UID itself,
/// or words of a title, in any order, where only one product has them all. Nothing typed means no UID.
///
/// # Errors
/// `several-products-called`, with the first of them; `no-product-called`.
pub fn uid_meant<'t>(choices: &'t [ProductChoice], typed: &'t str) -> Result<&'t str, Problem> {
    let typed = typed.trim();
    let offered = choices
        .iter()
        .find(|choice| choice.uid == typed || choice.label() == typed);
    if let Some(offered) = offered {
        return Ok(&offered.uid);
    }
    let folded = fold(typed);
    let titled = |fits: &dyn Fn(&str) -> bool| -> Vec<&'t ProductChoice> {
        let all = choices.iter();
        all.filter(|choice| fits(&fold(&choice.title()))).collect()
    };
    let has_words = |title: &str| folded.split_whitespace().all(|word| title.contains(word));
    let mut meant = titled(&|title| title == folded);
    if meant.is_empty() {
        meant = titled(&has_words);
    }
    match meant.as_slice() {
        _ if typed.is_empty() => Ok(typed),
        [only] => Ok(&only.uid),
        // It may be the UID of something that is not offered any more.
        [] if ProductUid::parse(typed).is_ok() => Ok(typed),
        [] => Err(Problem::new("no-product-called")),
        several => {
            let named: Vec<_> = several
                .iter()
                .take(MOST_NAMED)
                .map(|choice| choice.title())
                .collect();
            Err(Problem::new("several-products-called")
                .with("count", several.len())
                .with("products", named.join("; ")))
        }
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
        ProductChoice {
            options: chosen_values(&self.options.0, &self.option_values.0, language),
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

/// The chosen value of each option of a product: `A3, Silk`; empty without options.
pub(crate) fn chosen_values(
    options: &[OptionDef],
    chosen: &BTreeMap<CatalogueKey, CatalogueKey>,
    language: Language,
) -> String {
    let value_of = |option: &OptionDef| {
        let key = chosen.get(&option.key)?;
        let value = option.values.iter().find(|value| value.key == *key)?;
        Some(value.name(language).to_string())
    };
    let values: Vec<String> = options.iter().filter_map(value_of).collect();
    values.join(", ")
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
                ("silk a4", "poster_a4-silk"),
                ("poster_a3-matt", "poster_a3-matt"),
                ("gone", "gone"),
                (" ", ""),
            ] {
                assert_eq!(uid_meant(&choices, typed).unwrap(), uid, "{typed}");
            }
            let unclear = uid_meant(&choices, "póster").unwrap_err();
            assert_eq!(unclear.code, "several-products-called");
            assert_eq!(
                uid_meant(&choices, "tall mugs").unwrap_err().code,
                "no-product-called"
            );
            let areas = print_areas_of(&portal, &[&choices[0], &choices[1]])
                .await
                .unwrap();
            assert_eq!((areas["pen"].len(), areas[&choices[1].uid].len()), (0, 1));
        })
        .await;
    }
}
