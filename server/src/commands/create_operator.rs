//! `server create-operator`.

use portal::accounts::first_operator;
use portal::settings::Settings;

use super::surroundings;

/// Prints a one-time link that creates the first operator. Former links stop working.
///
/// # Errors
/// When there is an operator already: operators invite each other under Team.
pub async fn create_operator(settings: Settings) -> anyhow::Result<()> {
    let portal = surroundings::open(settings).await?.portal;
    let path = first_operator::issue(&portal).await?;
    let link = path.map(|path| portal.settings.link(&path));
    portal.db.close().await;
    let link = link
        .ok_or_else(|| anyhow::anyhow!("there is an operator already: operators invite others under Team"))?;
    println!("{link}");
    Ok(())
}
