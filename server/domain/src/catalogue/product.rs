//! Catalogue products and their variants.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{OptionDef, PrintArea, parse_options, parse_print_areas};
use crate::{
    CatalogueKey, Category, FieldProblems, Language, Problem, ProductName, ProductUid, Quantity, optional,
};

/// What the print service provider can make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueProduct {
    /// What files and stores name it by.
    pub uid: ProductUid,
    /// Name in English.
    pub name_en: ProductName,
    /// Name in Spanish.
    pub name_es: ProductName,
    /// What kind of thing it is.
    pub category: Category,
    /// What can be chosen.
    pub options: Vec<OptionDef>,
    /// Where it is printed; none for stock items.
    pub print_areas: Vec<PrintArea>,
    /// The least that can be ordered.
    pub min_quantity: Quantity,
    /// The most that can be ordered.
    pub max_quantity: Option<Quantity>,
}

/// One combination of a product's options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// What orders name it by: `<product>_<value>-<value>`, or the product's own UID when it has no options.
    pub uid: ProductUid,
    /// The key of the chosen value for the key of each option.
    pub option_values: BTreeMap<CatalogueKey, CatalogueKey>,
}

/// A catalogue product as it was typed. Fields are named as form controls are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawCatalogueProduct<'a> {
    /// Control `uid`.
    pub uid: &'a str,
    /// Control `name_en`.
    pub name_en: &'a str,
    /// Control `name_es`.
    pub name_es: &'a str,
    /// Control `category`.
    pub category: &'a str,
    /// Control `options`: see [`parse_options`].
    pub options: &'a str,
    /// Control `print_areas`: see [`parse_print_areas`].
    pub print_areas: &'a str,
    /// Control `min_quantity`; empty: 1.
    pub min_quantity: &'a str,
    /// Control `max_quantity`; empty: no limit.
    pub max_quantity: &'a str,
}

impl CatalogueProduct {
    /// The most combinations of options a product may have.
    pub const MAX_VARIANTS: usize = 500;

    /// Reads a product, with options and print areas in their text form.
    ///
    /// # Errors
    ///
    /// The problem of each field, under the field's name.
    pub fn parse(raw: &RawCatalogueProduct<'_>) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        let uid = problems.take("uid", ProductUid::parse(raw.uid));
        let name_en = problems.take("name_en", ProductName::parse(raw.name_en));
        let name_es = problems.take("name_es", ProductName::parse(raw.name_es));
        let category = problems.take("category", Category::parse(raw.category));
        let options = problems.take("options", parse_options(raw.options));
        let areas = problems.take("print_areas", parse_print_areas(raw.print_areas));
        let min = problems.take("min_quantity", optional(raw.min_quantity, Quantity::parse));
        let max = problems.take("max_quantity", optional(raw.max_quantity, Quantity::parse));
        match (uid, name_en, name_es, category, options, areas, min, max) {
            (
                Some(uid),
                Some(name_en),
                Some(name_es),
                Some(category),
                Some(options),
                Some(print_areas),
                Some(min),
                Some(max_quantity),
            ) => {
                let min_quantity = min.unwrap_or(Quantity::MIN);
                Self {
                    uid,
                    name_en,
                    name_es,
                    category,
                    options,
                    print_areas,
                    min_quantity,
                    max_quantity,
                }
                .checked()
            }
            (.., min, Some(max)) => {
                // What two fields tell together is told with what is wrong elsewhere.
                if let (Some(min), Some(max)) = (min, max) {
                    problems.take("max_quantity", limits(min.unwrap_or(Quantity::MIN), Some(max)));
                }
                Err(problems)
            }
            _ => Err(problems),
        }
    }

    /// Checks what no field can tell alone.
    ///
    /// # Errors
    ///
    /// Under `max_quantity`: `max-below-min`. Under `options`: what [`CatalogueProduct::variants`] refuses.
    pub fn checked(self) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        problems.take("max_quantity", limits(self.min_quantity, self.max_quantity));
        problems.take("options", self.variants());
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(problems)
        }
    }

    /// The name in `language`.
    pub fn name(&self, language: Language) -> &ProductName {
        match language {
            Language::En => &self.name_en,
            Language::Es => &self.name_es,
        }
    }

    /// One variant for each combination of options, the last option changing fastest; without options one
    /// variant with the product's own UID.
    ///
    /// # Errors
    ///
    /// `too-many-combinations` naming the `max`; `too-long` when a variant's UID is; `same-combination-uid`
    /// naming the `uid` that two combinations would share.
    pub fn variants(&self) -> Result<Vec<Variant>, Problem> {
        if self.options.is_empty() {
            return Ok(vec![Variant {
                uid: self.uid.clone(),
                option_values: BTreeMap::new(),
            }]);
        }
        let sizes = self.options.iter().map(|option| option.values.len());
        let count = sizes.fold(1_usize, usize::saturating_mul);
        if count > Self::MAX_VARIANTS {
            return Err(Problem::new("too-many-combinations").with("max", Self::MAX_VARIANTS));
        }
        let variants = (0..count)
            .map(|number| self.variant(number))
            .collect::<Result<Vec<_>, _>>()?;
        let mut uids = BTreeSet::new();
        match variants.iter().find(|variant| !uids.insert(&variant.uid)) {
            Some(twice) => Err(Problem::new("same-combination-uid").with("uid", twice.uid.as_str())),
            None => Ok(variants),
        }
    }

    /// The combination with this `number`, whose digits are the places of the values.
    fn variant(&self, mut number: usize) -> Result<Variant, Problem> {
        let mut chosen = Vec::with_capacity(self.options.len());
        for option in self.options.iter().rev() {
            chosen.push((&option.key, &option.values[number % option.values.len()].key));
            number /= option.values.len();
        }
        chosen.reverse();
        let values: Vec<&str> = chosen.iter().map(|(_, value)| value.as_str()).collect();
        Ok(Variant {
            uid: ProductUid::parse(&format!("{}_{}", self.uid, values.join("-")))?,
            option_values: chosen
                .into_iter()
                .map(|(option, value)| (option.clone(), value.clone()))
                .collect(),
        })
    }
}

fn limits(min: Quantity, max: Option<Quantity>) -> Result<(), Problem> {
    if max.is_some_and(|max| max < min) {
        return Err(Problem::new("max-below-min"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(options: &str) -> Result<CatalogueProduct, FieldProblems> {
        CatalogueProduct::parse(&RawCatalogueProduct {
            uid: "poster",
            name_en: "Poster",
            name_es: "Póster",
            category: "Posters",
            options,
            print_areas: "front 297x420mm bleed 3mm",
            ..RawCatalogueProduct::default()
        })
    }

    #[test]
    fn limits_that_contradict_each_other_are_told_with_everything_else() {
        let problems = CatalogueProduct::parse(&RawCatalogueProduct {
            uid: "a b",
            min_quantity: "10",
            max_quantity: "5",
            ..RawCatalogueProduct::default()
        });
        let problems = problems.unwrap_err();
        let code = |field| problems.get(field).map(|problem| problem.code.to_string());
        assert_eq!(code("uid").as_deref(), Some("invalid-product-uid"));
        assert_eq!(code("name_en").as_deref(), Some("required"));
        assert_eq!(code("max_quantity").as_deref(), Some("max-below-min"));
    }

    #[test]
    fn every_combination_is_a_variant() {
        let variants = product("Size=A4|A3; Paper=Silk|Matt")
            .unwrap()
            .variants()
            .unwrap();
        let uids: Vec<_> = variants.iter().map(|variant| variant.uid.as_str()).collect();
        assert_eq!(
            uids,
            [
                "poster_a4-silk",
                "poster_a4-matt",
                "poster_a3-silk",
                "poster_a3-matt"
            ]
        );
        let kept = serde_json::to_string(&variants[3].option_values).unwrap();
        assert_eq!(kept, r#"{"paper":"matt","size":"a3"}"#);
    }

    #[test]
    fn without_options_the_product_is_its_own_variant() {
        let variants = product("").unwrap().variants().unwrap();
        assert_eq!(variants.len(), 1);
        assert_eq!(variants[0].uid.as_str(), "poster");
    }

    #[test]
    fn combinations_have_limits() {
        let values: Vec<_> = (0..30).map(|n| n.to_string()).collect();
        let many = format!("A={0}; B={0}", values.join("|"));
        let problems = product(&many).unwrap_err();
        assert_eq!(
            *problems.get("options").unwrap(),
            Problem::new("too-many-combinations").with("max", 500_i64)
        );
        let long = format!("A={}; B={}; C={}", "a".repeat(40), "b".repeat(40), "c".repeat(40));
        assert_eq!(
            product(&long).unwrap_err().get("options").unwrap().code,
            "too-long"
        );
        let alike = product("A=a|a-b(x); B=b-c(y)|c").unwrap_err();
        assert_eq!(
            *alike.get("options").unwrap(),
            Problem::new("same-combination-uid").with("uid", "poster_a-b-c")
        );
    }

    #[test]
    fn every_field_tells_its_own_problem() {
        let raw = RawCatalogueProduct {
            min_quantity: "5",
            max_quantity: "2",
            ..RawCatalogueProduct::default()
        };
        let problems = CatalogueProduct::parse(&raw).unwrap_err();
        for field in ["uid", "name_en", "name_es", "category"] {
            assert_eq!(problems.get(field).unwrap().code, "required", "{field}");
        }
        let raw = RawCatalogueProduct {
            uid: "a",
            name_en: "A",
            name_es: "A",
            category: "C",
            ..raw
        };
        assert_eq!(
            CatalogueProduct::parse(&raw)
                .unwrap_err()
                .get("max_quantity")
                .unwrap()
                .code,
            "max-below-min"
        );
    }
}
