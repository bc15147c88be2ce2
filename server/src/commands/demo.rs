//! `server demo`.

use portal::demo;
use portal::settings::Settings;

use super::surroundings;

/// Fills an empty portal with a sample print company and says whom to log in as.
///
/// # Errors
/// In production, and when the portal has customers already: nothing invented is mixed with what is real.
pub async fn demo(settings: Settings) -> anyhow::Result<()> {
    anyhow::ensure!(
        !settings.is_production(),
        "this is a production portal: invented customers have no place in it"
    );
    let portal = surroundings::open(settings).await?.portal;
    anyhow::ensure!(
        demo::is_empty(&portal).await?,
        "the portal has customers already: set data_dir to a new directory to try it out"
    );
    println!("Filling the portal. This takes a moment.");
    let demo = demo::fill(&portal).await?;
    portal.db.close().await;
    println!("\nDone. Log in at {} as\n", portal.settings.link("/login"));
    for person in &demo.people {
        let place = person.customer.as_deref().unwrap_or("operator console");
        println!(
            "  {:<36} {} ({place}, {})",
            person.email, person.name, person.language
        );
    }
    println!("\nEverybody's password: {}", demo.password);
    Ok(())
}
