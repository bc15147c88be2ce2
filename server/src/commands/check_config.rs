//! `server check-config`.

use portal::settings::Settings;

/// Says what the process would run with, or what is wrong.
///
/// # Errors
/// When something is wrong, with each problem on a line.
pub fn check_config(settings: &Settings, problems: &[String]) -> anyhow::Result<()> {
    anyhow::ensure!(
        problems.is_empty(),
        "the configuration cannot be used:\n  {}",
        problems.join("\n  ")
    );
    println!("The configuration is fine.");
    println!("  environment  {:?}", settings.environment);
    println!("  listen       {}", settings.listen);
    println!("  base_url     {}", settings.base_url);
    println!("  data_dir     {}", settings.data_dir.display());
    if let Ok(url) = settings.database_url().parse::<portal::storage::DatabaseUrl>() {
        println!("  database     {url}");
    }
    Ok(())
}
