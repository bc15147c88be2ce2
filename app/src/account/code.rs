//! The second step of a log-in: the code.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::accounts::two_factor::{self, FIELD};

use super::log_in::own_path;
use super::session;
use crate::action::{Action, Reply, encode};
use crate::page::{OpenContent, open_page};
use crate::ui::{Button, Form, Size, TextField, Variant};

/// The page.
#[component]
pub fn CodePage() -> impl IntoView {
    open_page(|page| async move {
        let next = own_path(&page.query("next").unwrap_or_default());
        if !page.visitor.awaits_code {
            leptos_axum::redirect(&next);
        }
        let t = page.t;
        let view = view! {
            <Form id="code" action=GiveCode::PATH stacked=true>
                <TextField
                    name=FIELD
                    label=t.get("account-code")
                    autocomplete="one-time-code"
                    help=t.get("account-code-or-recovery")
                    code=true
                    autofocus=true
                />
                <Button variant=Variant::Primary size=Size::Large>
                    {t.get("account-log-in")}
                </Button>
            </Form>
        };
        let login = format!("/login?next={}", encode(&next));
        let restart = view! { <a href=login>{t.get("account-code-restart")}</a> };
        Ok(OpenContent {
            title: t.get("account-code-title"),
            lede: Some(t.get("account-code-lede")),
            after: Some(restart.into_any()),
            view: view.into_any(),
        })
    })
}

/// Checks the code and starts the session.
#[server(prefix = "/do", endpoint = "account/give-code")]
pub async fn give_code(
    /// A code of the app, or a recovery code.
    #[server(default)]
    secret_code: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let half = session::half(&action).await?;
        two_factor::check(&action.portal, half.user, &secret_code, action.visitor.address).await?;
        session::complete(&action, half).await
    }
    .await;
    action.answer("code", outcome).await
}
