//! Setting up the second step of the log-in: first the key goes into an app, then a code of it comes back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::two_factor::{self, FIELD, SetUp};

use super::log_in::own_path;
use super::log_out::LogOut;
use super::security::SECURITY;
use super::session;
use crate::action::{Action, Done, Reply, encode};
use crate::page::{OpenContent, Page, open_page};
use crate::ui::{Alert, Button, Copyable, Form, QrCode, Size, TextField, Tone, Variant};
use crate::visitor::SET_UP_TWO_FACTOR;

/// Session key of new recovery codes, sealed, until the page shows them.
pub(super) const NEW_CODES: &str = "recovery-codes";

/// The page. It stands alone, because operators who need a second step have no other until they have one.
#[component]
pub fn TwoFactorPage() -> impl IntoView {
    open_page(|page| async move {
        let user = page.visitor.person().ok_or(Refusal::NotLoggedIn)?.id;
        let next = page.query("next").unwrap_or_default();
        if two_factor::find(&page.portal, user).await?.is_some() {
            leptos_axum::redirect(&going_on(SECURITY, &next));
        }
        let t = page.t;
        let view = match two_factor::pending(&page.portal, user).await? {
            Some(set_up) => key_and_code(&page, set_up, next),
            None => beginning(&page, next),
        };
        let kept = page.visitor.flash.waiting.map(|_| {
            view! {
                <Alert
                    tone=Tone::Info
                    title=t.get("account-two-factor-first")
                    text=t.get("account-two-factor-first-text")
                />
            }
        });
        let view = view! { {kept} {view} }.into_any();
        let lede = if page.visitor.unprotected.is_some() {
            let company = page.portal.settings.brand.company.as_str();
            t.with("account-two-factor-needed", [("company", company.into())])
        } else {
            t.get("account-two-factor-lede")
        };
        Ok(OpenContent {
            title: t.get("account-two-factor-set-up"),
            lede: Some(lede),
            after: Some(way_out(&page)),
            view,
        })
    })
}

fn beginning(page: &Page, next: String) -> AnyView {
    let t = page.t;
    view! {
        <p>{t.get("account-two-factor-app")}</p>
        <Form id="start-two-factor" action=StartTwoFactor::PATH stacked=true>
            <input type="hidden" name="next" value=next />
            <Button variant=Variant::Primary size=Size::Large>
                {t.get("account-two-factor-start")}
            </Button>
        </Form>
    }
    .into_any()
}

fn key_and_code(page: &Page, set_up: SetUp, next: String) -> AnyView {
    let t = page.t;
    view! {
        <p>{t.get("account-two-factor-scan")}</p>
        <QrCode text=set_up.address label=t.get("account-two-factor-picture") />
        <div class="stack" data-gap="1">
            <p>{t.get("account-two-factor-type")}</p>
            <Copyable text=set_up.key />
        </div>
        <Form id="switch-on" action=SwitchOnTwoFactor::PATH stacked=true>
            <input type="hidden" name="next" value=next />
            <TextField
                name=FIELD
                label=t.get("account-code")
                help=t.get("account-two-factor-code-help")
                autocomplete="one-time-code"
                code=true
                autofocus=true
            />
            <Button variant=Variant::Primary size=Size::Large>
                {t.get("account-two-factor-switch-on")}
            </Button>
        </Form>
    }
    .into_any()
}

/// Back to the account, or out, for who has no other page.
fn way_out(page: &Page) -> AnyView {
    let t = page.t;
    if page.visitor.unprotected.is_some() {
        view! {
            <form method="post" action=LogOut::PATH>
                <button class="link-button">{t.get("ui-log-out")}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <a href=SECURITY>{t.get("account-two-factor-not-now")}</a> }.into_any()
    }
}

/// A page of the set-up, from which somebody goes on to `next` once they are done.
fn going_on(page: &str, next: &str) -> String {
    match own_path(next).as_str() {
        "/" => page.to_owned(),
        next => format!("{page}?next={}", encode(next)),
    }
}

/// Makes a key for the app.
#[server(prefix = "/do", endpoint = "account/start-two-factor")]
pub async fn start_two_factor(
    /// Path to go on to in the end.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.person()?.id;
        let proof = action.proof().await?;
        two_factor::start(&action.portal, user, proof).await?;
        Ok(Done::to(going_on(SET_UP_TWO_FACTOR, &next)))
    }
    .await;
    action.answer("start-two-factor", outcome).await
}

/// Switches the second step on with a first code; the page that follows shows the recovery codes.
#[server(prefix = "/do", endpoint = "account/switch-on-two-factor")]
pub async fn switch_on_two_factor(
    /// A code of the app.
    #[server(default)]
    secret_code: String,
    /// Path to go on to in the end.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.person()?.id;
        let codes = two_factor::switch_on(&action.portal, user, &secret_code).await?;
        let sealed = codes.seal(&action.portal, user)?;
        action.remember(NEW_CODES, &sealed).await?;
        session::renew(&action).await?;
        Ok(Done::to(going_on(SECURITY, &next)).saying("two-factor-on"))
    }
    .await;
    action
        .answer_anew("switch-on", false, going_on(SET_UP_TWO_FACTOR, &next), outcome)
        .await
}
