//! A forgotten password: setting a new one behind the link.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::password_reset;

use super::session;
use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, dead_link, open_page};
use crate::ui::{Button, Form, PasswordField, Size, TextField, Variant};

/// The page behind the link; opening it does not use the link up.
#[component]
pub fn ResetPage() -> impl IntoView {
    open_page(|page| async move {
        let token: String = page.param("token")?;
        let t = page.t;
        let title = t.get("account-reset-title");
        let email = match password_reset::open(&page.portal, &token).await {
            Ok(email) => email,
            Err(Refusal::Conflict(problem)) => return Ok(dead_link(t, title, &problem, "/forgot")),
            Err(other) => return Err(other),
        };
        let view = view! {
            <Form id="reset" action=CompleteReset::PATH stacked=true>
                <input type="hidden" name="token" value=token />
                <TextField
                    name="email"
                    kind="email"
                    label=t.get("account-email")
                    value=email
                    readonly=true
                    autocomplete="username"
                />
                <PasswordField
                    name="password"
                    label=t.get("account-new-password")
                    autocomplete="new-password"
                    help=t.get("account-password-help")
                    autofocus=true
                />
                <Button variant=Variant::Primary size=Size::Large>
                    {t.get("account-reset-save")}
                </Button>
            </Form>
        };
        Ok(OpenContent {
            title,
            lede: Some(t.get("account-reset-lede")),
            after: None,
            view: view.into_any(),
        })
    })
}

/// Sets the new password and logs the person in.
#[server(prefix = "/do", endpoint = "account/complete-reset")]
pub async fn complete_reset(
    /// The token of the link.
    #[server(default)]
    token: String,
    /// The new password.
    #[server(default)]
    password: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.require_hands()?;
        let user = password_reset::complete(&action.portal, &token, password).await?;
        session::begin(&action, user, None, Done::to("/").saying("password-changed")).await
    }
    .await;
    action.answer("reset", outcome).await
}
