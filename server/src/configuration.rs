//! From one TOML file and the environment to [`Settings`].

use std::path::Path;

use anyhow::Context as _;
use figment::Figment;
use figment::providers::{Env, Format as _, Toml};
use portal::settings::Settings;

/// The file read when none is named and it exists.
pub const DEFAULT_FILE: &str = "portal.toml";

/// Reads the settings: defaults, then the file, then `PORTAL_…` variables, where `__` separates a section
/// from its option (`PORTAL_DATABASE__URL`).
///
/// # Errors
/// When the file is missing although it was named, cannot be read, or an option is unknown or has a value of
/// the wrong type; the message names option and source.
pub fn load(file: Option<&Path>) -> anyhow::Result<Settings> {
    let figment = match file.or_else(|| Some(Path::new(DEFAULT_FILE)).filter(|default| default.is_file())) {
        Some(path) => {
            anyhow::ensure!(
                path.is_file(),
                "the configuration file {} does not exist",
                path.display()
            );
            Figment::new().merge(Toml::file_exact(path))
        }
        None => Figment::new(),
    };
    let settings: Settings = figment
        .merge(Env::prefixed("PORTAL_").ignore(&["cache", "config"]).split("__"))
        .extract()
        .context("the configuration cannot be used")?;
    Ok(settings)
}

/// What a production deployment must not start with, each in a sentence.
pub fn problems(settings: &Settings) -> Vec<String> {
    let mut problems = settings.problems();
    if let Err(error) = settings.database_url().parse::<portal::storage::DatabaseUrl>() {
        problems.push(format!("database.url: {error}"));
    }
    problems
}
