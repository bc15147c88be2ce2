//! The first operator of a new portal.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::first_operator::{self, FirstOperatorForm};

use super::language::LanguageField;
use super::session;
use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, dead_link, open_page};
use crate::ui::{Button, Fields, Form, PasswordField, Size, TextField, Variant};

/// The page behind the link the process prints.
#[component]
pub fn FirstOperatorPage() -> impl IntoView {
    open_page(|page| async move {
        let token: String = page.param("token")?;
        let t = page.t;
        let title = t.get("account-setup-title");
        match first_operator::open(&page.portal, &token).await {
            Ok(()) => {}
            Err(Refusal::Conflict(problem)) => return Ok(dead_link(t, title, &problem, "/login")),
            Err(other) => return Err(other),
        }
        let view = view! {
            <Form id="first-operator" action=CreateFirstOperator::PATH stacked=true>
                <input type="hidden" name="token" value=token />
                <Fields>
                    <TextField
                        name="first_name"
                        label=t.get("account-first-name")
                        autocomplete="given-name"
                        autofocus=true
                    />
                    <TextField name="last_name" label=t.get("account-last-name") autocomplete="family-name" />
                </Fields>
                <TextField
                    name="email"
                    kind="email"
                    label=t.get("account-email")
                    autocomplete="username"
                    help=t.get("account-email-is-user-name")
                />
                <PasswordField
                    name="password"
                    label=t.get("account-choose-password")
                    autocomplete="new-password"
                    help=t.get("account-password-help")
                />
                <LanguageField chosen=t.language />
                <Button variant=Variant::Primary size=Size::Large>
                    {t.get("account-setup-create")}
                </Button>
            </Form>
        };
        Ok(OpenContent {
            title,
            lede: Some(t.get("account-setup-lede")),
            after: None,
            view: view.into_any(),
        })
    })
}

/// Creates the first operator and logs them in.
#[server(prefix = "/do", endpoint = "account/create-first-operator")]
pub async fn create_first_operator(
    /// The token of the link.
    #[server(default)]
    token: String,
    /// Log-in name.
    #[server(default)]
    email: String,
    /// First name.
    #[server(default)]
    first_name: String,
    /// Last name.
    #[server(default)]
    last_name: String,
    /// The password they choose.
    #[server(default)]
    password: String,
    /// `en` or `es`.
    #[server(default)]
    language: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.require_hands()?;
        let form = FirstOperatorForm {
            email,
            first_name,
            last_name,
            password,
            language,
        };
        let user = first_operator::accept(&action.portal, &token, form).await?;
        session::begin(&action, user, None, Done::to("/").saying("welcome")).await
    }
    .await;
    action.answer("first-operator", outcome).await
}
