//! Sending the client admin's invitation again, and taking it back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::customers::{self, CustomerProfile, Revoked};

use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::ui::*;

/// The `id` of the form.
const REVOKE: &str = "revoke-invitation";

/// Asks before the invitation, or the access of a client admin who accepted, is taken back.
pub(super) fn revoke_dialog(page: &OperatorPage, customer: &CustomerProfile) -> AnyView {
    let Some(admin) = &customer.admin else {
        return ().into_any();
    };
    let t = page.t;
    let kind = if admin.accepted_at.is_some() {
        "access"
    } else {
        "invitation"
    };
    let id = customer.id.to_string();
    let open = page.shows_dialog("revoke") || page.shows_dialog(REVOKE);
    let close = page.link_with(&[("dialog", None)]);
    let text = t.with(
        &format!("customers-revoke-{kind}-text"),
        [
            ("name", admin.name().into()),
            ("email", admin.email.as_str().into()),
        ],
    );
    view! {
        <Dialog
            id="revoke"
            title=t.get(&format!("customers-revoke-{kind}-title"))
            size=Size::Small
            open
            close_href=close
        >
            <Form id=REVOKE action=RevokeInvitation::PATH>
                <input type="hidden" name="customer" value=id />
                <DialogBody>
                    <p dir="auto">{text}</p>
                </DialogBody>
                <DialogFoot id="revoke">
                    <Button variant=Variant::DangerFill>{t.get(&format!("customers-revoke-{kind}"))}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Sends the client admin's invitation again.
#[server(prefix = "/do", endpoint = "customers/resend")]
pub async fn resend_invitation(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        customers::resend_invitation(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/customers/{id}/settings")).saying("invitation-resent"))
    }
    .await;
    action.answer("resend-invitation", outcome).await
}

/// Takes the client admin's invitation or access back.
#[server(prefix = "/do", endpoint = "customers/revoke")]
pub async fn revoke_invitation(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        let proof = action.proof().await?;
        let done = match customers::revoke_invitation(&action.portal, action.operator()?, proof, id).await? {
            Revoked::Invitation => "invitation-revoked",
            Revoked::Access => "access-revoked",
        };
        Ok(Done::to(format!("/console/customers/{id}/settings")).saying(done))
    }
    .await;
    action.answer(REVOKE, outcome).await
}
