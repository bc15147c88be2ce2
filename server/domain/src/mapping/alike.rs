//! What the other variants of a product are made of, once it is known of one.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::OptionDef;
use crate::{CatalogueKey, fold};

/// The key of the chosen value for the key of each option of a catalogue product.
pub type Values = BTreeMap<CatalogueKey, CatalogueKey>;

/// The values that a store's variant names by what tells it from the others: `A3` is the size A3. An option of which it
/// names nothing is left out.
pub fn named(options: &[OptionDef], said: &[&str]) -> Values {
    let said: BTreeSet<String> = said.iter().map(|value| fold(value)).collect();
    let of_option = |option: &OptionDef| {
        let value = option.values.iter().find(|value| {
            let names = [value.name_en.as_str(), value.name_es.as_str(), value.key.as_str()];
            names.iter().any(|name| said.contains(&fold(name)))
        })?;
        Some((option.key.clone(), value.key.clone()))
    };
    options.iter().filter_map(of_option).collect()
}

/// What a variant is made of that is to be connected like another one of its product, for which `chosen` was chosen:
/// what it names itself, and the chosen values of the options of which no variant of the product names anything.
/// `told` are the options of which some do. `None` for a variant that names nothing of one of these, or where nothing
/// is told: nobody knows what it is made of.
pub fn alike(
    options: &[OptionDef],
    told: &BTreeSet<CatalogueKey>,
    chosen: &Values,
    said: &[&str],
) -> Option<Values> {
    let mut values = named(options, said);
    if told.is_empty() || told.iter().any(|option| !values.contains_key(option)) {
        return None;
    }
    for (option, value) in chosen {
        values.entry(option.clone()).or_insert_with(|| value.clone());
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::parse_options;

    fn key(text: &str) -> CatalogueKey {
        text.parse().unwrap()
    }

    #[test]
    fn a_variant_keeps_its_own_size_and_takes_the_paper_that_was_chosen() {
        let options = parse_options("Size=A4|A3; Paper=Silk|Matt").unwrap();
        let told = BTreeSet::from([key("size")]);
        let chosen = Values::from([(key("size"), key("a4")), (key("paper"), key("matt"))]);
        let made = |said: &[&str]| alike(&options, &told, &chosen, said);
        let a3_matt = Values::from([(key("size"), key("a3")), (key("paper"), key("matt"))]);
        assert_eq!(made(&["a3"]), Some(a3_matt.clone()));
        assert_eq!(made(&["Gift wrap", "A3"]), Some(a3_matt));
        assert_eq!(made(&["50 x 70 cm"]), None, "no size of the catalogue");
        assert_eq!(made(&[]), None);
    }

    #[test]
    fn nothing_is_alike_where_the_catalogue_tells_nothing_apart() {
        let chosen = Values::new();
        assert_eq!(alike(&[], &BTreeSet::new(), &chosen, &["Red"]), None);
    }
}
