//! One operator.

use domain::{InvitationState, Permission};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::invitations::InvitationStatus;
use portal::team::{self, TeamMember};

use super::access::{access_card, invitation_forms, remove_card, resend_button, revoke_button};
use super::list::state_badge;
use super::role::role_card;
use super::two_factor::two_factor_card;
use crate::audit::history_card;
use crate::invitation_notice::invitation_notice;
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn TeamMemberPage() -> impl IntoView {
    operator_page(Permission::ManageTeam, |page| async move {
        let t = page.t;
        let (member, invitation) = team::find(&page.portal, &page.operator, page.param("id")?).await?;
        let own = member.id == page.operator.user;
        let title = member.name.clone();
        let crumbs = vec![Crumb::link(t.get("team-title"), "/console/team")];
        let badge = state_badge(t, &member);
        let forms = invitation.as_ref().map(|_| invitation_forms(&member));
        let access = (!own).then(|| access_card(&page, &member));
        let two_factor = (!own).then(|| two_factor_card(&page, &member));
        let remove = (!own).then(|| remove_card(&page, &member));
        let history = history_card(&page, &Viewer::Operator(page.operator.clone()), member.id).await?;
        let view = view! {
            <PageHead title=title.clone() lede=member.email.clone() crumbs badge />
            <div class="stack measure" data-gap="6">
                {invitation.map(|invitation| invitation_part(&page, &member, &invitation))}
                {role_card(t, &member, own)}
                {two_factor}
                {access}
                {remove}
                {history}
            </div>
            {forms}
        };
        Ok(Content::new(title, view))
    })
}

/// How far the invitation has come, for somebody who has not accepted it.
fn invitation_part(page: &OperatorPage, member: &TeamMember, invitation: &InvitationStatus) -> AnyView {
    let t = page.t;
    let resend = (invitation.state != InvitationState::Sending && !member.blocked).then(|| resend_button(t));
    let revoke = (invitation.state != InvitationState::Revoked).then(|| revoke_button(t));
    let first_name = member
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned();
    let buttons = view! { {resend} {revoke} }.into_any();
    invitation_notice(page, invitation, &first_name, buttons)
}
