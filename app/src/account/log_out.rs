//! Logging out.

use leptos::prelude::*;

use crate::action::{Action, Done, Reply};

/// Ends the session.
#[server(prefix = "/do", endpoint = "account/log-out")]
pub async fn log_out() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = match action.session.flush().await {
        Ok(()) => {
            action.remember_person(None);
            Ok(Done::to("/login"))
        }
        Err(error) => Err(anyhow::anyhow!(error).into()),
    };
    action.answer("log-out", outcome).await
}
