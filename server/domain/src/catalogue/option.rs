//! Options of a catalogue product: size, paper, finish.

use serde::{Deserialize, Serialize};

use super::encoding::{Named, misplaced, split, split_once};
use crate::{CatalogueKey, Language, Problem, ProductName};

/// An option of a product and the values to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionDef {
    /// Stable key: `size`.
    pub key: CatalogueKey,
    /// Name in English.
    pub name_en: ProductName,
    /// Name in Spanish.
    pub name_es: ProductName,
    /// The values, in the order they are shown; at least one.
    pub values: Vec<OptionValue>,
}

/// A value of an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValue {
    /// Stable key, part of the variant's product UID: `a4`.
    pub key: CatalogueKey,
    /// Name in English.
    pub name_en: ProductName,
    /// Name in Spanish.
    pub name_es: ProductName,
}

impl OptionDef {
    /// The name in `language`.
    pub fn name(&self, language: Language) -> &ProductName {
        match language {
            Language::En => &self.name_en,
            Language::Es => &self.name_es,
        }
    }
}

impl OptionValue {
    /// The name in `language`.
    pub fn name(&self, language: Language) -> &ProductName {
        match language {
            Language::En => &self.name_en,
            Language::Es => &self.name_es,
        }
    }
}

/// Reads the options of a product from one text: `size(Size/Tamaño)=A4|A3; paper(Paper/Papel)=silk(Silk/Seda)|Matt`.
/// A name alone serves both languages and makes its own key.
///
/// # Errors
///
/// `unreadable-part` naming the `part`; `option-without-values` naming the `option`; `duplicate-key` naming the
/// `key`; what names and keys refuse.
pub fn parse_options(text: &str) -> Result<Vec<OptionDef>, Problem> {
    let mut options: Vec<OptionDef> = Vec::new();
    for part in split(text, ';')
        .into_iter()
        .filter(|part| !part.trim().is_empty())
    {
        let (head, values) = split_once(part, '=').ok_or_else(|| misplaced(part))?;
        let Named {
            key,
            name_en,
            name_es,
        } = Named::parse(head)?;
        if values.trim().is_empty() {
            return Err(Problem::new("option-without-values").with("option", name_en.as_str()));
        }
        let values = split(values, '|').into_iter().map(|value| {
            let Named {
                key,
                name_en,
                name_es,
            } = Named::parse(value)?;
            Ok(OptionValue {
                key,
                name_en,
                name_es,
            })
        });
        options.push(OptionDef {
            key,
            name_en,
            name_es,
            values: values.collect::<Result<_, Problem>>()?,
        });
    }
    check_keys(options.iter().map(|option| &option.key))?;
    for option in &options {
        check_keys(option.values.iter().map(|value| &value.key))?;
    }
    Ok(options)
}

/// Writes options so that [`parse_options`] reads them back.
pub fn write_options(options: &[OptionDef]) -> String {
    let written = options.iter().map(|option| {
        let values: Vec<_> = option
            .values
            .iter()
            .map(|value| Named::write(&value.key, &value.name_en, &value.name_es))
            .collect();
        format!(
            "{}={}",
            Named::write(&option.key, &option.name_en, &option.name_es),
            values.join("|")
        )
    });
    written.collect::<Vec<_>>().join("; ")
}

/// Refuses the same key twice.
pub(super) fn check_keys<'a>(keys: impl Iterator<Item = &'a CatalogueKey>) -> Result<(), Problem> {
    let mut seen: Vec<&CatalogueKey> = Vec::new();
    for key in keys {
        if seen.contains(&key) {
            return Err(Problem::new("duplicate-key").with("key", key.as_str()));
        }
        seen.push(key);
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::super::encoding::tests::any_named;
    use super::*;

    pub(crate) fn any_options() -> impl Strategy<Value = Vec<OptionDef>> {
        let values = prop::collection::vec(any_named(), 1..4);
        prop::collection::vec((any_named(), values), 0..4)
            .prop_map(|options| {
                let options = options.into_iter().map(
                    |(
                        Named {
                            key,
                            name_en,
                            name_es,
                        },
                        values,
                    )| {
                        let values = values.into_iter();
                        let values = values.map(
                            |Named {
                                 key,
                                 name_en,
                                 name_es,
                             }| OptionValue {
                                key,
                                name_en,
                                name_es,
                            },
                        );
                        OptionDef {
                            key,
                            name_en,
                            name_es,
                            values: values.collect(),
                        }
                    },
                );
                options.collect::<Vec<_>>()
            })
            .prop_filter("keys twice", |options| {
                check_keys(options.iter().map(|option| &option.key)).is_ok()
                    && options
                        .iter()
                        .all(|option| check_keys(option.values.iter().map(|value| &value.key)).is_ok())
            })
    }

    #[test]
    fn options_are_read_as_people_write_them() {
        let options = parse_options("Size = A4 | A3 ; paper(Paper/Papel)=silk(Silk/Seda)|Matt").unwrap();
        assert_eq!(options.len(), 2);
        assert_eq!(options[0].key.as_str(), "size");
        assert_eq!(options[1].name(Language::Es).as_str(), "Papel");
        assert_eq!(options[1].values[1].key.as_str(), "matt");
        assert_eq!(
            write_options(&options),
            "Size=A4|A3; paper(Paper/Papel)=silk(Silk/Seda)|Matt"
        );
        assert_eq!(parse_options(" "), Ok(vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let code = |text| parse_options(text).unwrap_err();
        assert_eq!(code("size"), Problem::new("unreadable-part").with("part", "size"));
        assert_eq!(
            code("Size= "),
            Problem::new("option-without-values").with("option", "Size")
        );
        assert_eq!(
            code("Size=A4|a4"),
            Problem::new("duplicate-key").with("key", "a4")
        );
        assert_eq!(code("Size=A4; size=A3").code, "duplicate-key");
        assert_eq!(code("Size=A4||A3").code, "required");
    }

    #[test]
    fn options_are_kept_as_the_schema_says() {
        let json = serde_json::to_string(&parse_options("Size=A4").unwrap()).unwrap();
        let value = r#"{"key":"a4","name_en":"A4","name_es":"A4"}"#;
        assert_eq!(
            json,
            format!(r#"[{{"key":"size","name_en":"Size","name_es":"Size","values":[{value}]}}]"#)
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(options in any_options()) {
            prop_assert_eq!(parse_options(&write_options(&options)), Ok(options));
        }
    }
}
