//! Language and theme, chosen from the account menu.

use leptos::prelude::*;
use portal::Refusal;
use portal::accounts::profile;

use super::log_in::own_path;
use crate::action::{Action, Done, Reply};

/// Saves the language or the theme, whichever was sent, and returns to the page. The language of somebody who
/// is not logged in is kept in a cookie.
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
        match action.viewer() {
            Ok(viewer) => {
                let (language, theme) = (language.parse().ok(), theme.parse().ok());
                profile::prefer(&action.portal, viewer.user(), language, theme).await?;
            }
            Err(Refusal::NotLoggedIn) => action.remember_language(language.parse().ok()),
            Err(refusal) => return Err(refusal),
        }
        Ok(Done::to(own_path(&next)))
    }
    .await;
    action.answer("preferences", outcome).await
}
