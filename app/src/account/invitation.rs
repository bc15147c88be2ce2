//! Accepting an invitation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::invitation::{self, AcceptForm, OpenInvitation};

use super::language::LanguageField;
use super::session;
use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, Page, dead_link, open_page};
use crate::ui::{Button, Form, PasswordField, Size, TextField, Variant};

/// The page behind the link; opening it, however often, does not use the link up.
#[component]
pub fn InvitationPage() -> impl IntoView {
    open_page(|page| async move {
        let token: String = page.param("token")?;
        match invitation::open(&page.portal, &token).await {
            Ok(invitation) => Ok(invitation_form(&page, token, invitation)),
            Err(Refusal::Conflict(problem)) => Ok(dead_link(
                page.t,
                page.t.get("account-invitation-dead"),
                &problem,
                "/login",
            )),
            Err(other) => Err(other),
        }
    })
}

fn invitation_form(page: &Page, token: String, invitation: OpenInvitation) -> OpenContent {
    let t = page.t;
    let company = page.portal.settings.brand.company.as_str();
    let lede = match invitation.customer_name {
        Some(customer) => t.with(
            "account-invitation-lede",
            [("company", company.into()), ("customer", customer.into())],
        ),
        None => t.with("account-invitation-operator-lede", [("company", company.into())]),
    };
    let [label, autocomplete, help, accept, title] = if invitation.has_password {
        [
            "account-your-password",
            "current-password",
            "account-your-password-help",
            "account-invitation-confirm",
            "account-invitation-confirm-title",
        ]
    } else {
        [
            "account-choose-password",
            "new-password",
            "account-password-help",
            "account-invitation-accept",
            "account-invitation-title",
        ]
    };
    let view = view! {
        <Form id="accept-invitation" action=AcceptInvitation::PATH stacked=true>
            <input type="hidden" name="token" value=token />
            <TextField
                name="email"
                kind="email"
                label=t.get("account-email")
                value=invitation.email
                readonly=true
                autocomplete="username"
                help=t.get("account-email-is-user-name")
            />
            <PasswordField
                name="password"
                label=t.get(label)
                autocomplete=autocomplete
                help=t.get(help)
                autofocus=true
            />
            <LanguageField chosen=t.language />
            <Button variant=Variant::Primary size=Size::Large>
                {t.get(accept)}
            </Button>
        </Form>
    };
    let expires = t.with(
        "account-invitation-expires",
        [("date", t.date_time(invitation.expires_at).into())],
    );
    OpenContent {
        title: t.with(title, [("name", invitation.first_name.as_str().into())]),
        lede: Some(lede),
        after: Some(expires.into_any()),
        view: view.into_any(),
    }
}

/// Accepts the invitation and logs the person in.
#[server(prefix = "/do", endpoint = "account/accept-invitation")]
pub async fn accept_invitation(
    /// The token of the link.
    #[server(default)]
    token: String,
    /// The password they choose, or have.
    #[server(default)]
    password: String,
    /// `en` or `es`.
    #[server(default)]
    language: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.require_hands()?;
        let form = AcceptForm { password, language };
        let customer = invitation::open(&action.portal, &token).await?.customer_id;
        let user = invitation::accept(&action.portal, &token, form, action.visitor.address).await?;
        session::begin(&action, user, customer, Done::to("/").saying("welcome")).await
    }
    .await;
    action.answer("accept-invitation", outcome).await
}
