//! How numbers are written in each language.

use fluent_bundle::types::FluentNumber;

use super::Language;

/// A whole number as people of `language` write it: `12,345` in English, `12.345` in Spanish.
pub fn number(language: Language, value: i64) -> String {
    localise(language, &value.to_string())
}

/// A number of a message, with the digits its `NUMBER()` asks for.
pub(super) fn fluent_number(language: Language, number: &FluentNumber) -> String {
    let plain = match number.options.maximum_fraction_digits {
        Some(digits) if fraction_digits(number) > digits => format!("{:.digits$}", number.value),
        _ => number.as_string().into_owned(),
    };
    if number.options.use_grouping {
        localise(language, &plain)
    } else {
        decimal_mark(language, &plain)
    }
}

fn fraction_digits(number: &FluentNumber) -> usize {
    number
        .value
        .to_string()
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len())
}

/// A plain decimal number, `0.5`, with the mark of `language`: `0,5` in Spanish.
pub fn decimal_mark(language: Language, plain: &str) -> String {
    match language {
        Language::En => plain.to_owned(),
        Language::Es => plain.replace('.', ","),
    }
}

/// Groups the digits of `plain` (`-1234.5`). Spanish groups from five digits on: CLDR gives the language a
/// `minimumGroupingDigits` of 2, after the rule of the Ortografía de la lengua española.
fn localise(language: Language, plain: &str) -> String {
    let (separator, mark, grouped_from) = match language {
        Language::En => (',', '.', 4),
        Language::Es => ('.', ',', 5),
    };
    let (sign, unsigned) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = unsigned
        .split_once('.')
        .map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let mut written = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) && whole.len() >= grouped_from {
            written.push(separator);
        }
        written.push(digit);
    }
    if let Some(fraction) = fraction {
        written.push(mark);
        written.push_str(fraction);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_groups_digits_its_own_way() {
        let both = |plain| [localise(Language::En, plain), localise(Language::Es, plain)];
        assert_eq!(both("1234.5"), ["1,234.5", "1234,5"]);
        assert_eq!(both("12345.5"), ["12,345.5", "12.345,5"]);
        assert_eq!(both("-1234567"), ["-1,234,567", "-1.234.567"]);
        assert_eq!(both("999"), ["999", "999"]);
    }
}
