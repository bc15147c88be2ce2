//! Language and theme, chosen from the account menu.

use leptos::prelude::*;
use portal::accounts::profile;

use super::log_in::own_path;
use crate::action::{Action, Done, Reply};

/// Saves the language or the theme, whichever was sent, and returns to the page.
#[server(prefix = "/do", endpoint = "account/save-preferences")]
pub async fn save_preferences(
    /// `en` or `es`; empty: stays.
    #[server(default)]
    language: String,
    /// `system`, `light` or `dark`; empty: stays.
    #[server(default)]
    theme: String,
    /// Path of the page to return to.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.viewer()?.user();
        profile::prefer(&action.portal, user, language.parse().ok(), theme.parse().ok()).await?;
        Ok(Done::to(own_path(&next)))
    }
    .await;
    action.answer("preferences", outcome).await
}
