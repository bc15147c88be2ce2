//! Asking for the password again, before something that must not be done from a computer left open.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::confirm;

use super::log_in::own_path;
use super::session;
use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, open_page};
use crate::ui::{Button, Form, PasswordField, Size, TextField, Variant};

/// The page. Whoever gives their password goes back to the form they were sending, which has waited for them.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    open_page(|page| async move {
        let t = page.t;
        let email = page.visitor.person().ok_or(Refusal::NotLoggedIn)?.email.clone();
        let next = own_path(&page.query("next").unwrap_or_default());
        let back = view! { <a href=next.clone()>{t.get("account-confirm-back")}</a> };
        let view = view! {
            <Form id="confirm" action=ConfirmPassword::PATH stacked=true>
                <input type="hidden" name="next" value=next />
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
                    label=t.get("account-password")
                    autocomplete="current-password"
                    autofocus=true
                />
                <Button variant=Variant::Primary size=Size::Large>
                    {t.get("account-confirm")}
                </Button>
            </Form>
        };
        Ok(OpenContent {
            title: t.get("account-confirm-title"),
            lede: Some(t.get("account-confirm-lede")),
            after: Some(back.into_any()),
            view: view.into_any(),
        })
    })
}

/// Notes that somebody has given their password again.
#[server(prefix = "/do", endpoint = "account/confirm")]
pub async fn confirm_password(
    /// Their password.
    #[server(default)]
    password: String,
    /// Path to go on to.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.person()?.id;
        confirm::confirm(&action.portal, user, password, action.visitor.address).await?;
        session::prove(&action).await?;
        Ok(Done::to(own_path(&next)))
    }
    .await;
    action.answer("confirm", outcome).await
}
