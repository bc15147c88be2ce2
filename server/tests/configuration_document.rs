//! `docs/configuration.md` names every option with its variable and default, and no other option.
#![expect(clippy::expect_used, reason = "a test tells what is wrong by panicking")]

use std::collections::BTreeMap;

use portal::mail::SmtpSettings;
use portal::settings::Settings;
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../docs/configuration.md");

/// Every option with its default as the document writes it; `section.option` when it lies in a section.
fn options() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut settings = serde_json::to_value(Settings::default()).expect("settings are plain values");
    // A table that is absent by default has options with defaults as well.
    let server: SmtpSettings = serde_json::from_value(json!({ "host": "" })).expect("the rest has defaults");
    settings["mail"]["smtp"] = serde_json::to_value(server).expect("settings are plain values");
    settings["mail"]["smtp"]["host"] = Value::Null;
    collect("", &settings, &mut found);
    found
}

fn collect(prefix: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let Value::Object(entries) = value else {
        let default = match value {
            Value::Null => "–".to_owned(),
            other => format!("`{other}`"),
        };
        found.insert(prefix.to_owned(), default);
        return;
    };
    for (name, value) in entries {
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        collect(&path, value, found);
    }
}

/// Rows of the document's tables: option, variable, default.
fn documented() -> BTreeMap<String, (String, String)> {
    DOCUMENT
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|row| {
            let cells: Vec<&str> = row.split(" | ").collect();
            let [option, variable, default, _meaning] = cells[..] else {
                return None;
            };
            let option = option.trim_end_matches('`').to_owned();
            Some((
                option,
                (variable.trim_matches('`').to_owned(), default.to_owned()),
            ))
        })
        .collect()
}

#[test]
fn every_option_is_documented_with_its_variable_and_default() {
    let expected: BTreeMap<String, (String, String)> = options()
        .into_iter()
        .map(|(option, default)| {
            let variable = format!("PORTAL_{}", option.replace('.', "__").to_uppercase());
            (option, (variable, default))
        })
        .collect();
    assert_eq!(documented(), expected);
}
