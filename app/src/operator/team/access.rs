//! Inviting an operator again, taking the invitation back, keeping them out, letting them in again, and removing them.

use domain::id::UserId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::team::{self, TeamMember};

use super::confirm::{Asked, confirm_card};
use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

const RESEND: &str = "resend";
const REVOKE: &str = "revoke";
const BLOCK: &str = "block-operator";
const UNBLOCK: &str = "unblock-operator";
const REMOVE: &str = "remove-operator";

/// The button that sends the invitation again; its form is one of [`invitation_forms`].
pub(super) fn resend_button(t: Text) -> AnyView {
    view! { <Button size=Size::Small icon="retry" form=RESEND>{t.get("team-resend")}</Button> }.into_any()
}

/// The button that takes the invitation back; its form is one of [`invitation_forms`].
pub(super) fn revoke_button(t: Text) -> AnyView {
    view! { <Button size=Size::Small variant=Variant::Danger form=REVOKE>{t.get("team-revoke")}</Button> }
        .into_any()
}

/// The forms of the buttons in the notice.
pub(super) fn invitation_forms(member: &TeamMember) -> AnyView {
    let (resend, revoke) = (member.id.to_string(), member.id.to_string());
    view! {
        <Form id=RESEND action=ResendOperatorInvitation::PATH>
            <input type="hidden" name="member" value=resend />
        </Form>
        <Form id=REVOKE action=RevokeOperatorInvitation::PATH>
            <input type="hidden" name="member" value=revoke />
        </Form>
    }
    .into_any()
}

/// Keeps an operator out after a confirmation, or lets them in again at once.
pub(super) fn access_card(page: &OperatorPage, member: &TeamMember) -> AnyView {
    let t = page.t;
    if member.blocked {
        let subject = ("member", member.id.to_string());
        return view! {
            <UndoNotice
                title=t.get("team-blocked-title")
                text=t.get("team-blocked-text")
                undo=t.get("team-unblock")
                form=UNBLOCK
                action=UnblockOperator::PATH
                subject
            />
        }
        .into_any();
    }
    let asked = Asked {
        id: "block",
        title: "team-block",
        form: BLOCK,
        action: BlockOperator::PATH,
    };
    confirm_card(page, member, &asked)
}

/// Removes an operator after a confirmation.
pub(super) fn remove_card(page: &OperatorPage, member: &TeamMember) -> AnyView {
    let asked = Asked {
        id: "remove",
        title: "team-remove",
        form: REMOVE,
        action: RemoveOperator::PATH,
    };
    confirm_card(page, member, &asked)
}

/// Sends an operator's invitation again.
#[server(prefix = "/do", endpoint = "team/resend")]
pub async fn resend_operator_invitation(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let work =
        async |action: &Action, id| team::resend_invitation(&action.portal, action.operator()?, id).await;
    change(member, RESEND, "invitation-resent", work).await
}

/// Takes an operator's invitation back.
#[server(prefix = "/do", endpoint = "team/revoke")]
pub async fn revoke_operator_invitation(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let work =
        async |action: &Action, id| team::revoke_invitation(&action.portal, action.operator()?, id).await;
    change(member, REVOKE, "invitation-revoked", work).await
}

/// Keeps an operator out.
#[server(prefix = "/do", endpoint = "team/block")]
pub async fn block_operator(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let work = async |action: &Action, id| {
        team::block(&action.portal, action.operator()?, action.proof().await?, id).await
    };
    change(member, BLOCK, "operator-blocked", work).await
}

/// Lets an operator in again.
#[server(prefix = "/do", endpoint = "team/unblock")]
pub async fn unblock_operator(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let work = async |action: &Action, id| team::unblock(&action.portal, action.operator()?, id).await;
    change(member, UNBLOCK, "operator-unblocked", work).await
}

/// Removes an operator.
#[server(prefix = "/do", endpoint = "team/remove")]
pub async fn remove_operator(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let proof = action.proof().await?;
        team::remove(&action.portal, action.operator()?, proof, action.id(&member)?).await?;
        Ok(Done::to("/console/team").saying("operator-removed"))
    }
    .await;
    action.answer(REMOVE, outcome).await
}

/// Does one of these things to somebody of the team and shows them.
async fn change(
    member: String,
    form: &str,
    said: &'static str,
    work: impl AsyncFnOnce(&Action, UserId) -> Outcome<()>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        work(&action, id).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying(said))
    }
    .await;
    action.answer(form, outcome).await
}
