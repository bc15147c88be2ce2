//! What the portal says, in every language: Fluent messages looked up by key.
//!
//! Each crate that speaks to people loads its own files once:
//!
//! ```
//! use portal::texts::{Language, Texts};
//!
//! let texts = Texts::load(&[
//!     (Language::En, &["stores = { $n ->\n    [one] one store\n   *[other] { $n } stores\n }"]),
//!     (Language::Es, &["stores = { $n ->\n    [one] una tienda\n   *[other] { $n } tiendas\n }"]),
//! ]);
//! assert_eq!(texts.format(Language::Es, "stores", &[("n", 12_000_i64.into())]), "12.000 tiendas");
//! ```

mod number;
mod parity;

use domain::{Argument, Problem};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

pub use domain::Language;
pub use number::{decimal_mark, number};

/// The messages of every language.
pub struct Texts {
    english: FluentBundle<FluentResource>,
    spanish: FluentBundle<FluentResource>,
    problems: Vec<String>,
}

impl Texts {
    /// Reads Fluent sources.
    ///
    /// What is wrong with them is told by [`Texts::parity_problems`], which every crate with locale files
    /// checks in a test, so that starting the process cannot fail for a misspelt sentence.
    pub fn load(sources: &[(Language, &[&str])]) -> Self {
        let mut problems = Vec::new();
        let mut messages = Vec::new();
        let mut bundle_of = |language| {
            let mut bundle = empty_bundle(language);
            let mut found = parity::Messages::new();
            for source in sources
                .iter()
                .filter(|(of, _)| *of == language)
                .flat_map(|(_, files)| *files)
            {
                let resource =
                    FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(good, errors)| {
                        problems.extend(errors.iter().map(|error| format!("{language}: {error}")));
                        good
                    });
                parity::collect(&resource, language, &mut found, &mut problems);
                bundle.add_resource_overriding(resource);
            }
            messages.push((language, found));
            bundle
        };
        let english = bundle_of(Language::En);
        let spanish = bundle_of(Language::Es);
        problems.extend(parity::differences(&messages));
        Self {
            english,
            spanish,
            problems,
        }
    }

    /// The sentence of `key`; the key in brackets when there is none.
    pub fn get(&self, language: Language, key: &str) -> String {
        self.format::<&str>(language, key, &[])
    }

    /// The sentence of `key` with its values put in; numbers are written the way of the language.
    pub fn format<N: AsRef<str>>(
        &self,
        language: Language,
        key: &str,
        arguments: &[(N, Argument)],
    ) -> String {
        let bundle = self.bundle(language);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(%language, key, "a text is missing");
            return format!("[{key}]");
        };
        let values: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, argument)| (name.as_ref(), fluent_value(argument)))
            .collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
        if !errors.is_empty() {
            tracing::error!(%language, key, ?errors, "a text could not be put together");
        }
        text.into_owned()
    }

    /// What is wrong, said with the values the problem names.
    pub fn problem(&self, language: Language, problem: &Problem) -> String {
        self.format(language, &format!("problem-{}", problem.code), &problem.arguments)
    }

    /// Whether `language` has a sentence for `key`.
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundle(language).has_message(key)
    }

    /// What a translator must mend: sources that do not parse, messages without text or defined twice,
    /// messages one language lacks, and messages that name other variables than their translation.
    pub fn parity_problems(&self) -> &[String] {
        &self.problems
    }

    fn bundle(&self, language: Language) -> &FluentBundle<FluentResource> {
        match language {
            Language::En => &self.english,
            Language::Es => &self.spanish,
        }
    }
}

fn empty_bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![match language {
        Language::En => langid!("en"),
        Language::Es => langid!("es"),
    }]);
    // Isolation marks around values would show up in copied text, in mails and in tests.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| written(Language::En, value),
        Language::Es => |value, _| written(Language::Es, value),
    }));
    // Fails only when the functions are there already.
    let _ = bundle.add_builtins();
    bundle
}

fn written(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number::fluent_number(language, number)),
        _ => None,
    }
}

fn fluent_value(argument: &Argument) -> FluentValue<'_> {
    match argument {
        Argument::Number(number) => FluentValue::from(number),
        Argument::Text(text) => FluentValue::from(text.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(english: &str, spanish: &str) -> Texts {
        Texts::load(&[(Language::En, &[english]), (Language::Es, &[spanish])])
    }

    #[test]
    fn values_are_put_in_without_isolation_marks() {
        let texts = texts("hello = Hello, { $name }", "hello = Hola, { $name }");
        let name = [("name", Argument::from("عمر"))];
        assert_eq!(texts.format(Language::Es, "hello", &name), "Hola, عمر");
        assert!(texts.has(Language::En, "hello"));
        assert!(texts.parity_problems().is_empty());
    }

    #[test]
    fn numbers_are_written_the_way_of_the_language() {
        let source = "rows = { $n } · { NUMBER($n, useGrouping: \"false\") }";
        let texts = texts(source, source);
        let n = [("n", Argument::from(12_345_i64))];
        assert_eq!(texts.format(Language::En, "rows", &n), "12,345 · 12345");
        assert_eq!(texts.format(Language::Es, "rows", &n), "12.345 · 12345");
    }

    #[test]
    fn plural_forms_follow_the_number() {
        let source = "n = { $n ->\n    [one] one\n   *[other] { $n }\n }";
        let texts = texts(source, source);
        assert_eq!(texts.format(Language::En, "n", &[("n", 1_i64.into())]), "one");
        assert_eq!(texts.format(Language::Es, "n", &[("n", 2_i64.into())]), "2");
    }

    #[test]
    fn a_problem_is_said_with_its_values() {
        let texts = texts(
            "problem-too-long = At most { $max }",
            "problem-too-long = Como máximo { $max }",
        );
        let problem = Problem::new("too-long").with("max", 120_usize);
        assert_eq!(texts.problem(Language::Es, &problem), "Como máximo 120");
    }

    #[test]
    fn a_missing_text_is_shown_by_its_key() {
        let texts = texts("a = A", "b = B");
        assert_eq!(texts.get(Language::Es, "a"), "[a]");
        assert_eq!(texts.parity_problems(), ["es: a is missing", "en: b is missing"]);
    }

    #[test]
    fn translations_that_differ_in_more_than_words_are_problems() {
        let texts = texts("a = { $x }\nb = B\nb = B2", "a = { $y }\nb = { \"\" }\nc");
        let problems = texts.parity_problems().join("\n");
        assert!(
            problems.contains("a does not name the same variables"),
            "{problems}"
        );
        assert!(problems.contains("en: b is defined twice"), "{problems}");
        assert!(problems.contains("es: "), "{problems}");
    }
}
