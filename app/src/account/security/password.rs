//! Changing the password.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::accounts::profile;

use super::SECURITY;
use crate::account::session;
use crate::action::{Action, Done, Reply};
use crate::text::Text;
use crate::ui::{Button, Card, CardBody, CardFoot, CardHead, Fields, Form, PasswordField, Variant};

/// The form.
pub(super) fn card(t: Text, email: String) -> AnyView {
    view! {
        <Card>
            <CardHead title=t.get("account-password") note=t.get("account-password-note") />
            <Form id="change-password" action=ChangePassword::PATH>
                <CardBody form=true>
                    // Lets a password manager know whose password changes.
                    <input type="text" name="email" value=email autocomplete="username" hidden />
                    <Fields>
                        <PasswordField
                            name="old_password"
                            label=t.get("account-old-password")
                            autocomplete="current-password"
                        />
                        <PasswordField
                            name="new_password"
                            label=t.get("account-new-password")
                            autocomplete="new-password"
                            help=t.get("account-password-help")
                        />
                    </Fields>
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary>{t.get("account-password-save")}</Button>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// Changes the password; every other session of the person ends.
#[server(prefix = "/do", endpoint = "account/change-password")]
pub async fn change_password(
    /// The password they have.
    #[server(default)]
    old_password: String,
    /// The password they choose.
    #[server(default)]
    new_password: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.viewer()?.user();
        let (session, address) = (action.session_id(), action.visitor.address);
        let portal = &action.portal;
        profile::change_password(portal, user, &session, old_password, new_password, address).await?;
        session::renew(&action).await?;
        Ok(Done::to(SECURITY).saying("password-changed"))
    }
    .await;
    action.answer("change-password", outcome).await
}
