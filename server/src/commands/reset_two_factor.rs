//! `server reset-two-factor`.

use portal::accounts::two_factor;
use portal::settings::Settings;

use super::surroundings;

/// Takes the second step of the log-in from the person with this log-in name. All their sessions end, and they are told by
/// mail.
///
/// # Errors
/// When there is nobody of that name, or they have no second step.
pub async fn reset_two_factor(settings: Settings, email: &str) -> anyhow::Result<()> {
    let portal = surroundings::open(settings).await?.portal;
    let reset = two_factor::reset_by_name(&portal, email).await;
    portal.db.close().await;
    reset.map_err(|refusal| anyhow::anyhow!("nothing to reset for {email}: {refusal}"))?;
    println!("{email} logs in with their password alone now");
    Ok(())
}
