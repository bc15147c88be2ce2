//! Logging out.

use leptos::prelude::*;

use crate::action::{Action, Done, Reply};

/// Ends the session.
#[server(prefix = "/do", endpoint = "account/log-out")]
pub async fn log_out() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = match action.session.flush().await {
        // Who was here stays known: a form that is sent from another tab now waits for them, and for nobody else.
        Ok(()) => Ok(Done::to("/login")),
        Err(error) => Err(anyhow::anyhow!(error).into()),
    };
    action.answer("log-out", outcome).await
}
