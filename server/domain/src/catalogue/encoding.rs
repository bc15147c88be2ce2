//! Names with keys in one cell of a spreadsheet: `A4`, `silk(Silk)`, `silk(Silk/Seda)`.
//!
//! A name alone stands for its own key. The signs that structure a cell are written after a backslash where a
//! name holds them.

use crate::{CatalogueKey, Problem, ProductName};

/// Signs that structure a cell.
const SIGNS: [char; 6] = [';', '=', '|', '(', ')', '/'];

/// Something with a key and a name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) key: CatalogueKey,
    pub(super) name_en: ProductName,
    pub(super) name_es: ProductName,
}

impl Named {
    /// Reads `Name`, `key(Name)` or `key(English/Spanish)`.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let Some((key, names)) = split_once(text, '(') else {
            let name = ProductName::parse(&plain(text)?)?;
            return Ok(Self {
                key: CatalogueKey::of_name(name.as_str())?,
                name_es: name.clone(),
                name_en: name,
            });
        };
        let names = names.strip_suffix(')').ok_or_else(|| misplaced(text))?;
        let (en, es) = split_once(names, '/').unwrap_or((names, names));
        Ok(Self {
            key: CatalogueKey::parse(&plain(key)?)?,
            name_en: ProductName::parse(&plain(en)?)?,
            name_es: ProductName::parse(&plain(es)?)?,
        })
    }

    /// Writes the shortest of the three forms that reads back.
    pub(super) fn write(key: &CatalogueKey, name_en: &ProductName, name_es: &ProductName) -> String {
        let (en, es) = (escape(name_en.as_str()), escape(name_es.as_str()));
        if en != es {
            format!("{key}({en}/{es})")
        } else if CatalogueKey::of_name(name_en.as_str()).as_ref() == Ok(key) {
            en
        } else {
            format!("{key}({en})")
        }
    }
}

/// The parts of `text` between the signs `sign` that are neither escaped nor in parentheses.
pub(super) fn split(text: &str, sign: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((part, more)) = split_once(rest, sign) {
        parts.push(part);
        rest = more;
    }
    parts.push(rest);
    parts
}

/// Splits at the first sign `sign` that is neither escaped nor in parentheses.
pub(super) fn split_once(text: &str, sign: char) -> Option<(&str, &str)> {
    let (mut escaped, mut depth) = (false, 0_u32);
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == sign && depth == 0 {
            return Some((&text[..at], &text[at + c.len_utf8()..]));
        } else if c == '(' {
            depth += 1;
        } else if c == ')' {
            depth = depth.saturating_sub(1);
        }
    }
    None
}

fn escape(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        if c == '\\' || SIGNS.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The name behind its escapes.
fn plain(text: &str) -> Result<String, Problem> {
    let mut name = String::with_capacity(text.len());
    let mut chars = text.trim().chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => name.extend(chars.next()),
            c if SIGNS.contains(&c) => return Err(misplaced(text)),
            c => name.push(c),
        }
    }
    Ok(name)
}

/// A part of a cell that has not the form it should.
pub(super) fn misplaced(part: &str) -> Problem {
    Problem::new("unreadable-part").with("part", part.trim().chars().take(60).collect::<String>())
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn any_named() -> impl Strategy<Value = Named> {
        let name = || "[ -~áñü漢]{1,12}".prop_filter_map("no name", |text| ProductName::parse(&text).ok());
        let key = "[a-z0-9][a-z0-9._-]{0,8}".prop_map(|text| CatalogueKey::parse(&text).unwrap());
        (key, name(), name(), any::<bool>()).prop_map(|(key, name_en, name_es, same)| {
            let name_es = if same { name_en.clone() } else { name_es };
            let key = CatalogueKey::of_name(name_en.as_str())
                .ok()
                .filter(|_| same)
                .unwrap_or(key);
            Named {
                key,
                name_en,
                name_es,
            }
        })
    }

    #[test]
    fn the_three_forms_are_read() {
        let named = |text| Named::parse(text).map(|n| format!("{} {} {}", n.key, n.name_en, n.name_es));
        assert_eq!(named(" A4 ").unwrap(), "a4 A4 A4");
        assert_eq!(named("silk(Silk 170 g)").unwrap(), "silk Silk 170 g Silk 170 g");
        assert_eq!(named("silk(Silk/Seda)").unwrap(), "silk Silk Seda");
        assert_eq!(named("1\\/2 page").unwrap(), "1-2-page 1/2 page 1/2 page");
        assert_eq!(named("silk(Silk").unwrap_err().code, "unreadable-part");
        assert_eq!(named("").unwrap_err().code, "required");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(named in any_named()) {
            let text = Named::write(&named.key, &named.name_en, &named.name_es);
            prop_assert_eq!(Named::parse(&text), Ok(named));
        }
    }
}
