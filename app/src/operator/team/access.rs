//! Inviting an operator again, taking the invitation back, keeping them out and letting them in again.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::team::{self, TeamMember};

use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

const RESEND: &str = "resend";
const REVOKE: &str = "revoke";
const BLOCK: &str = "block-operator";

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
    let id = member.id.to_string();
    if member.blocked {
        return view! {
            <Form id="unblock-operator" action=UnblockOperator::PATH>
                <input type="hidden" name="member" value=id />
                <Alert
                    tone=Tone::Neutral
                    title=t.get("team-blocked-title")
                    text=t.get("team-blocked-text")
                >
                    <Button size=Size::Small>{t.get("team-unblock")}</Button>
                </Alert>
            </Form>
        }
        .into_any();
    }
    let href = page.link_with(&[("dialog", Some("block"))]);
    let open = page.query("dialog").as_deref() == Some("block")
        || page
            .visitor
            .flash
            .form
            .as_ref()
            .is_some_and(|form| form.id == BLOCK);
    let close = page.link_with(&[("dialog", None)]);
    let question = t.with("team-block-question", [("name", member.name.as_str().into())]);
    view! {
        <Card tone=Tone::Danger>
            <CardHead title=t.get("team-block") />
            <CardBody>
                <div class="spread">
                    <p class="muted flow">{t.get("team-block-text")}</p>
                    <ButtonLink href variant=Variant::Danger opens="block">
                        {t.get("team-block-menu")}
                    </ButtonLink>
                </div>
            </CardBody>
        </Card>
        <Dialog id="block" title=question size=Size::Small open close_href=close>
            <Form id=BLOCK action=BlockOperator::PATH>
                <input type="hidden" name="member" value=id />
                <DialogBody>
                    <p>{t.get("team-block-confirm")}</p>
                </DialogBody>
                <DialogFoot id="block">
                    <Button variant=Variant::DangerFill>{t.get("team-block")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Sends an operator's invitation again.
#[server(prefix = "/do", endpoint = "team/resend")]
pub async fn resend_operator_invitation(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        team::resend_invitation(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying("invitation-resent"))
    }
    .await;
    action.answer(RESEND, outcome).await
}

/// Takes an operator's invitation back.
#[server(prefix = "/do", endpoint = "team/revoke")]
pub async fn revoke_operator_invitation(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        team::revoke_invitation(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying("invitation-revoked"))
    }
    .await;
    action.answer(REVOKE, outcome).await
}

/// Keeps an operator out.
#[server(prefix = "/do", endpoint = "team/block")]
pub async fn block_operator(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        team::block(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying("operator-blocked"))
    }
    .await;
    action.answer(BLOCK, outcome).await
}

/// Lets an operator in again.
#[server(prefix = "/do", endpoint = "team/unblock")]
pub async fn unblock_operator(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        team::unblock(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying("operator-unblocked"))
    }
    .await;
    action.answer("unblock-operator", outcome).await
}
