//! A forgotten password: asking for a link.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::accounts::password_reset;

use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, open_page};
use crate::ui::{Button, Form, Size, TextField, Variant};

/// The page.
#[component]
pub fn ForgotPage() -> impl IntoView {
    open_page(|page| async move {
        let t = page.t;
        let view = view! {
            <Form id="forgot" action=RequestReset::PATH stacked=true>
                <TextField
                    name="email"
                    kind="email"
                    label=t.get("account-email")
                    autocomplete="username"
                    autofocus=true
                />
                <Button variant=Variant::Primary size=Size::Large>
                    {t.get("account-forgot-send")}
                </Button>
            </Form>
        };
        let back = view! { <a href="/login">{t.get("account-back-to-log-in")}</a> };
        Ok(OpenContent {
            title: t.get("account-forgot-title"),
            lede: Some(t.get("account-forgot-lede")),
            after: Some(back.into_any()),
            view: view.into_any(),
        })
    })
}

/// Sends a link to the address, if it is a user's. The answer does not tell.
#[server(prefix = "/do", endpoint = "account/request-reset")]
pub async fn request_reset(
    /// Log-in name.
    #[server(default)]
    email: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.require_hands()?;
        password_reset::request(&action.portal, &email, action.visitor.address).await?;
        Ok(Done::to("/login").saying("reset-requested"))
    }
    .await;
    action.answer("forgot", outcome).await
}
