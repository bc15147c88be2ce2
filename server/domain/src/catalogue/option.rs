//! Options of a catalogue product: size, paper, finish.

use serde::{Deserialize, Serialize};

use super::encoding::{Named, misplaced, split, split_once};
use crate::{CatalogueKey, FieldProblems, Language, Problem, ProductName};

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

/// An option as it was typed into a form. Fields are named as form controls are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawOption<'a> {
    /// Control `key`; empty: made of the English name.
    pub key: &'a str,
    /// Control `name_en`.
    pub name_en: &'a str,
    /// Control `name_es`.
    pub name_es: &'a str,
    /// Control `values`: one on each line, as [`parse_options`] reads them.
    pub values: &'a str,
}

impl OptionDef {
    /// Reads an option.
    ///
    /// # Errors
    ///
    /// The problem of each field, under the field's name.
    pub fn parse(raw: &RawOption<'_>) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        let name_en = problems.take("name_en", ProductName::parse(raw.name_en));
        let name_es = problems.take("name_es", ProductName::parse(raw.name_es));
        let key = match (raw.key.trim(), &name_en) {
            ("", Some(name)) => problems.take("key", CatalogueKey::of_name(name.as_str())),
            ("", None) => None,
            (key, _) => problems.take("key", CatalogueKey::parse(key)),
        };
        let lines = raw.values.lines().filter(|line| !line.trim().is_empty());
        let values = lines.map(OptionValue::parse).collect::<Result<Vec<_>, _>>();
        let checked = values.and_then(|values| {
            if values.is_empty() {
                return Err(Problem::new("required"));
            }
            check_keys(values.iter().map(|value| &value.key))?;
            Ok(values)
        });
        match (key, name_en, name_es, problems.take("values", checked)) {
            (Some(key), Some(name_en), Some(name_es), Some(values)) => Ok(Self {
                key,
                name_en,
                name_es,
                values,
            }),
            _ => Err(problems),
        }
    }

    /// The values, one on each line, so that [`OptionDef::parse`] reads them back.
    pub fn value_lines(&self) -> String {
        let lines: Vec<_> = self.values.iter().map(OptionValue::written).collect();
        lines.join("\n")
    }

    /// The name in `language`.
    pub fn name(&self, language: Language) -> &ProductName {
        match language {
            Language::En => &self.name_en,
            Language::Es => &self.name_es,
        }
    }
}

impl OptionValue {
    fn parse(text: &str) -> Result<Self, Problem> {
        let Named {
            key,
            name_en,
            name_es,
        } = Named::parse(text)?;
        Ok(Self {
            key,
            name_en,
            name_es,
        })
    }

    fn written(&self) -> String {
        Named::write(&self.key, &self.name_en, &self.name_es)
    }

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
        let values = split(values, '|').into_iter().map(OptionValue::parse);
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
        let values: Vec<_> = option.values.iter().map(OptionValue::written).collect();
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
    fn an_option_of_a_form_has_its_values_on_lines() {
        let raw = RawOption {
            name_en: "Paper",
            name_es: "Papel",
            values: "silk(Silk/Seda)\r\n\r\n Matt \r\n",
            ..RawOption::default()
        };
        let paper = OptionDef::parse(&raw).unwrap();
        assert_eq!((paper.key.as_str(), paper.values.len()), ("paper", 2));
        assert_eq!(paper.value_lines(), "silk(Silk/Seda)\nMatt");
        let problems = OptionDef::parse(&RawOption {
            values: "A4\na4",
            ..raw
        })
        .unwrap_err();
        assert_eq!(problems.get("values").unwrap().code, "duplicate-key");
        let problems = OptionDef::parse(&RawOption::default()).unwrap_err();
        assert_eq!(problems.get("key"), None);
        for field in ["name_en", "name_es", "values"] {
            assert_eq!(problems.get(field).unwrap().code, "required", "{field}");
        }
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
