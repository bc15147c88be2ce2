//! How far an invitation has come, in words, with what can be done about it: for users of customers and operators.

use domain::InvitationState;
use leptos::prelude::*;
use portal::invitations::InvitationStatus;

use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// Says how far an invitation has come. While its mail is on its way, the page keeps asking and shows itself anew
/// as soon as anything happens. `buttons` are the ways out.
pub(crate) fn invitation_notice(
    page: &Page,
    invitation: &InvitationStatus,
    first_name: &str,
    buttons: AnyView,
) -> AnyView {
    let t = page.t;
    let email = || invitation.email.as_str().into();
    let title = t.with(
        &format!("invitation-{}-title", invitation.state.slug()),
        [("email", email())],
    );
    let (tone, text) = match invitation.state {
        InvitationState::Sending => return sending(page, invitation, title, buttons),
        InvitationState::InvitationSent => (Tone::Info, sent(t, invitation, first_name)),
        InvitationState::Expired => {
            let at = t.date_time(invitation.expires_at).into();
            (Tone::Warning, t.with("invitation-expired-text", [("date", at)]))
        }
        InvitationState::DeliveryFailed => (Tone::Danger, failed(t, invitation)),
        InvitationState::Revoked => (Tone::Neutral, t.get("invitation-revoked-text")),
        InvitationState::Active | InvitationState::NotInvited => return ().into_any(),
    };
    view! { <Alert tone title text>{buttons}</Alert> }.into_any()
}

fn sent(t: Text, invitation: &InvitationStatus, first_name: &str) -> String {
    let sent = invitation.sent_at.unwrap_or(invitation.created_at);
    t.with(
        "invitation-invitation-sent-text",
        [
            ("sent", t.date_time(sent).into()),
            ("expires", t.date_time(invitation.expires_at).into()),
            ("name", first_name.into()),
        ],
    )
}

fn failed(t: Text, invitation: &InvitationStatus) -> String {
    match &invitation.failure {
        Some(answer) => t.with(
            "invitation-delivery-failed-text",
            [("answer", answer.as_str().into())],
        ),
        None => t.get("invitation-delivery-failed-silent"),
    }
}

fn sending(page: &Page, invitation: &InvitationStatus, title: String, buttons: AnyView) -> AnyView {
    let t = page.t;
    let refused = invitation
        .mail
        .as_ref()
        .and_then(|mail| Some((mail, mail.server_answer.clone()?)));
    let refusals = refused.as_ref().map_or(0, |(mail, _)| mail.attempts);
    let endpoint = format!("/api/invitations/{}/unchanged?refusals={refusals}", invitation.id);
    let retry = refused.map(|(mail, answer)| {
        let at = mail.retry_at.filter(|at| *at > page.visitor.now);
        let at = at.map_or_else(|| t.get("invitation-soon"), |at| t.time(at));
        let text = t.with(
            "invitation-retry",
            [("answer", answer.into()), ("time", at.into())],
        );
        view! { <p class="text-warning text-sm" dir="auto">{text}</p> }
    });
    view! {
        <div class="stack" data-gap="3">
            <Live title words=t.get("invitation-sending-words") endpoint />
            {retry}
            <div class="cluster">{buttons}</div>
        </div>
    }
    .into_any()
}
