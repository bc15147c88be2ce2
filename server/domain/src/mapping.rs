//! The auto-match: which catalogue product a store's variant is, as far as that can be told without asking.

mod alike;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::catalogue::CatalogueProduct;
pub use alike::{Values, alike, named};

use crate::{CatalogueKey, Language, MappedHow, ProductUid, fold};

/// A variant of a store, as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// Its stock-keeping unit.
    pub sku: Option<&'a str>,
    /// The title of its product.
    pub title: &'a str,
    /// What tells it from the others of its product: `A3 / Silk`.
    pub variant_title: &'a str,
}

/// What the rules make of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// It is this.
    Found {
        /// The product UID.
        uid: ProductUid,
        /// By which rule.
        how: MappedHow,
    },
    /// It may be any of several: a person must say.
    Ambiguous {
        /// The product UIDs.
        uids: Vec<ProductUid>,
        /// By which rule.
        how: MappedHow,
    },
    /// No rule says anything.
    Nothing,
}

/// Everything a variant is compared with.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    uids: HashSet<ProductUid>,
    skus: HashMap<String, BTreeSet<ProductUid>>,
    titles: HashMap<String, BTreeSet<ProductUid>>,
}

impl Matcher {
    /// Compares with nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a product that can be ordered, with its combinations in both languages.
    pub fn add_product(&mut self, product: &CatalogueProduct) {
        for variant in product.variants().unwrap_or_default() {
            for language in [Language::En, Language::Es] {
                let mut title = product.name(language).to_string();
                for option in &product.options {
                    let chosen = variant.option_values.get(&option.key);
                    title.push(' ');
                    title.push_str(value_name(option, chosen, language));
                }
                let key = words(&title);
                self.titles.entry(key).or_default().insert(variant.uid.clone());
            }
            self.uids.insert(variant.uid);
        }
    }

    /// Adds the SKU of a variant that a person connected.
    pub fn add_connected(&mut self, sku: &str, uid: &ProductUid) {
        let key = fold(sku);
        if !key.is_empty() {
            self.skus.entry(key).or_default().insert(uid.clone());
        }
    }

    /// What a variant is. The first rule that says something decides; when it says several things, nothing does.
    pub fn find(&self, listed: &Listed<'_>) -> Match {
        let exact = listed.sku.and_then(|sku| self.uid(sku));
        if let Some(uid) = exact {
            return Match::Found {
                uid,
                how: MappedHow::ExactUid,
            };
        }
        let by_sku = listed.sku.map(|sku| self.by_sku(sku)).unwrap_or_default();
        if !by_sku.is_empty() {
            return one_of(by_sku, MappedHow::KnownSku);
        }
        let title = words(&format!("{} {}", listed.title, listed.variant_title));
        let by_title = self.titles.get(&title).cloned().unwrap_or_default();
        one_of(by_title, MappedHow::Title)
    }

    fn uid(&self, text: &str) -> Option<ProductUid> {
        ProductUid::parse(text).ok().filter(|uid| self.uids.contains(uid))
    }

    /// The UIDs written within an SKU, and those of connected variants with the same one.
    fn by_sku(&self, sku: &str) -> BTreeSet<ProductUid> {
        let separates = |c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c));
        let mut found: BTreeSet<ProductUid> =
            sku.split(separates).filter_map(|part| self.uid(part)).collect();
        if let Some(known) = self.skus.get(&fold(sku)) {
            found.extend(known.iter().cloned());
        }
        found
    }
}

fn value_name<'a>(
    option: &'a crate::catalogue::OptionDef,
    chosen: Option<&CatalogueKey>,
    language: Language,
) -> &'a str {
    let value = option.values.iter().find(|value| Some(&value.key) == chosen);
    value.map_or("", |value| match language {
        Language::En => value.name_en.as_str(),
        Language::Es => value.name_es.as_str(),
    })
}

fn one_of(uids: BTreeSet<ProductUid>, how: MappedHow) -> Match {
    let mut uids: Vec<ProductUid> = uids.into_iter().collect();
    match uids.len() {
        0 => Match::Nothing,
        1 => uids.pop().map_or(Match::Nothing, |uid| Match::Found { uid, how }),
        _ => Match::Ambiguous { uids, how },
    }
}

/// The words of a title, each once and in one order: `Silk A3 Poster` is `Poster, A3 / Silk`.
fn words(title: &str) -> String {
    let folded = fold(title);
    let words: BTreeSet<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::RawCatalogueProduct;

    fn product(uid: &str, name: &str, options: &str) -> CatalogueProduct {
        CatalogueProduct::parse(&RawCatalogueProduct {
            uid,
            name_en: name,
            name_es: name,
            category: "Things",
            options,
            ..RawCatalogueProduct::default()
        })
        .unwrap()
    }

    fn matcher() -> Matcher {
        let mut matcher = Matcher::new();
        matcher.add_product(&product("poster", "Póster", "Size=A4|A3; Paper=Silk|Matt"));
        matcher.add_product(&product("mug", "Mug", ""));
        matcher.add_product(&product("mug-enamel", "Mug", ""));
        matcher
    }

    fn listed<'a>(sku: &'a str, title: &'a str, variant_title: &'a str) -> Listed<'a> {
        Listed {
            sku: Some(sku).filter(|sku| !sku.is_empty()),
            title,
            variant_title,
        }
    }

    fn found(listed: &Listed<'_>) -> Option<(String, MappedHow)> {
        match matcher().find(listed) {
            Match::Found { uid, how } => Some((uid.to_string(), how)),
            _ => None,
        }
    }

    #[test]
    fn rules_are_asked_in_their_order() {
        for (sku, title, variant, uid, how) in [
            ("POSTER_A3-SILK", "Mug", "", "poster_a3-silk", MappedHow::ExactUid),
            (
                "SHOP/poster_a4-matt",
                "x",
                "",
                "poster_a4-matt",
                MappedHow::KnownSku,
            ),
            ("ABC-1", "Poster", "Silk / A3", "poster_a3-silk", MappedHow::Title),
            ("", "POSTER a4, matt", "", "poster_a4-matt", MappedHow::Title),
        ] {
            let expected = Some((uid.to_owned(), how));
            assert_eq!(found(&listed(sku, title, variant)), expected, "{sku} {title}");
        }
        assert_eq!(found(&listed("ABC-1", "Poster", "A3")), None);
    }

    #[test]
    fn what_may_be_several_things_is_none() {
        let mug = |text| ProductUid::parse(text).unwrap();
        assert_eq!(
            matcher().find(&listed("", "Mug", "")),
            Match::Ambiguous {
                uids: vec![mug("mug"), mug("mug-enamel")],
                how: MappedHow::Title
            }
        );
        assert!(matches!(
            matcher().find(&listed("mug / mug-enamel", "Poster", "A3 Silk")),
            Match::Ambiguous {
                how: MappedHow::KnownSku,
                ..
            }
        ));
    }

    #[test]
    fn the_sku_of_a_connected_variant_is_known() {
        let mut matcher = matcher();
        let uid = ProductUid::parse("poster_a3-silk").unwrap();
        matcher.add_connected("GATO-01", &uid);
        let there = matcher.find(&listed("gato-01", "Cat", ""));
        let how = MappedHow::KnownSku;
        assert_eq!(there, Match::Found { uid, how });
    }

    proptest! {
        #[test]
        fn nothing_is_found_that_is_not_in_the_catalogue(sku in ".{0,20}", title in ".{0,20}") {
            if let Match::Found { uid, .. } = matcher().find(&listed(&sku, &title, "")) {
                prop_assert!(matcher().uids.contains(&uid));
            }
        }
    }
}
