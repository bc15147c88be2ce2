//! `server rotate-keys`.

use portal::secrets::rotate;
use portal::settings::Settings;

use super::surroundings;

/// Seals every secret in the database with the current key, so that the others can be taken out of the configuration.
///
/// # Errors
/// When the database cannot be used, or a secret fits none of the configured keys.
pub async fn rotate_keys(settings: Settings) -> anyhow::Result<()> {
    let portal = surroundings::open(settings).await?.portal;
    let sealed = rotate(&portal).await?;
    portal.db.close().await;
    println!(
        "{sealed} secrets were sealed with the key `{}`.",
        portal.secrets.current()
    );
    println!("Keys other than that one are no longer needed.");
    Ok(())
}
