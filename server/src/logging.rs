//! Structured logs on standard error.

use anyhow::Context as _;
use portal::settings::{LogFormat, LogSettings};
use tracing_subscriber::EnvFilter;

/// Starts logging for the whole process.
///
/// # Errors
/// When the filter cannot be understood.
pub fn start(settings: &LogSettings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.filter).context("log.filter cannot be understood")?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match settings.format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(())
}
