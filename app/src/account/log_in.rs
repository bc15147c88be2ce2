//! Logging in: one page for operators and client users.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::session;
use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, open_page};
use crate::text::Text;
use crate::ui::{Alert, Button, Form, PasswordField, Size, TextField, Tone, Variant};
use crate::visitor::Waiting;

/// The page.
#[component]
pub fn LogInPage() -> impl IntoView {
    open_page(|page| async move {
        let t = page.t;
        let next = page.query("next").unwrap_or_default();
        if page.visitor.undecided.is_some() || page.visitor.unprotected.is_some() {
            leptos_axum::redirect(&page.visitor.way_in(&own_path(&next)));
        }
        let waiting = page.visitor.flash.waiting.map(|waiting| waiting_form(t, waiting));
        let title = t.get("account-log-in-title");
        let view = view! {
            {waiting}
            <Form id="log-in" action=LogIn::PATH stacked=true>
                <input type="hidden" name="next" value=next/>
                <TextField
                    name="email" kind="email" label=t.get("account-email") autocomplete="username" autofocus=true
                />
                <PasswordField
                    name="password" label=t.get("account-password") autocomplete="current-password"
                    aside=view! { <a href="/forgot">{t.get("account-forgot-link")}</a> }.into_any()
                />
                <Button variant=Variant::Primary size=Size::Large>{t.get("account-log-in")}</Button>
            </Form>
        };
        Ok(OpenContent {
            title,
            lede: Some(page.t.get("account-log-in-lede")),
            after: None,
            view: view.into_any(),
        })
    })
}

/// What became of the form that somebody sent after their session had ended.
fn waiting_form(t: Text, waiting: Waiting) -> AnyView {
    let text = match waiting {
        Waiting { kept: false, .. } => "account-session-ended-lost",
        Waiting { files: true, .. } => "account-session-ended-files",
        Waiting { .. } => "account-session-ended-kept",
    };
    view! { <Alert tone=Tone::Info title=t.get("account-session-ended") text=t.get(text) /> }.into_any()
}

/// Checks name and password and starts the session, or goes on to the code.
#[server(prefix = "/do", endpoint = "account/log-in")]
pub async fn log_in(
    /// Log-in name.
    #[server(default)]
    email: String,
    /// Password.
    #[server(default)]
    password: String,
    /// Path to go on to.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let address = action.visitor.address;
        let user = portal::accounts::log_in::log_in(&action.portal, &email, &password, address).await?;
        session::begin(&action, user, None, Done::to(own_path(&next))).await
    }
    .await;
    action.answer("log-in", outcome).await
}

/// A path of the portal, so that a link cannot send a person who logs in to another site.
pub fn own_path(next: &str) -> String {
    // Browsers drop tabs and line breaks from addresses: `/<tab>/host` would be another host's.
    let misread = |c: char| c == '\\' || c.is_control();
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains(misread);
    if own { next.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn the_way_on_never_leaves_the_portal() {
        assert_eq!(
            own_path("/console/orders?status=failed"),
            "/console/orders?status=failed"
        );
        for other in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(own_path(other), "/");
        }
    }
}
