//! Logging out.

use leptos::prelude::*;

use crate::action::{Action, Done, Reply};

/// Ends the session.
#[server(prefix = "/do", endpoint = "account/log-out")]
pub async fn log_out() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.stop_viewing().await?;
        // Who was here stays known: a form that is sent from another tab now waits for them, and for nobody else.
        action.session.flush().await.map_err(anyhow::Error::from)?;
        Ok(Done::to("/login"))
    }
    .await;
    action.answer("log-out", outcome).await
}
