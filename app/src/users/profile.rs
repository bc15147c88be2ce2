//! One user.

use domain::InvitationState;
use domain::id::UserId;
use leptos::prelude::*;
use portal::Outcome;
use portal::invitations::InvitationStatus;
use portal::users::{self, CustomerUser};

use super::access::{block_card, invitation_forms, remove_card, resend_button, revoke_button};
use super::correct::correct_card;
use super::list::{may_be_invited_again, state_badge};
use super::place::Place;
use super::role::role_card;
use super::two_factor::two_factor_card;
use crate::audit::history_card;
use crate::invitation_notice::invitation_notice;
use crate::page::{Content, Page};
use crate::ui::*;

/// The page of the user whom its address names; `crumbs` lead to it.
///
/// # Errors
/// [`Refusal::NotFound`](portal::Refusal::NotFound); [`Refusal::Forbidden`](portal::Refusal::Forbidden).
pub async fn user_page(page: &Page, place: &Place, crumbs: Vec<Crumb>) -> Outcome<Content> {
    let t = page.t;
    let id: UserId = page.param("user")?;
    let profile = users::find(&page.portal, &place.viewer, place.customer, id).await?;
    let user = &profile.user;
    let role = role_card(page, place, &profile).await?;
    let title = user.name();
    // Nobody keeps themself out, and the last account admin stays.
    let settled = user.id == place.viewer.user() || profile.is_last_admin;
    let block = (!settled).then(|| block_card(page, place, user));
    let remove = (!settled).then(|| remove_card(page, place, user));
    let correct =
        (user.state != InvitationState::Active && !user.blocked).then(|| correct_card(t, place, user));
    let two_factor = two_factor_card(page, place, user);
    let forms = profile
        .invitation
        .as_ref()
        .map(|_| invitation_forms(page, place, user));
    let notice = profile
        .invitation
        .as_ref()
        .filter(|_| !user.blocked)
        .map(|invitation| notice(page, place, user, invitation));
    let history = history_card(page, &place.viewer, user.id).await?;
    let view = view! {
        <PageHead title=title.clone() lede=user.email.clone() crumbs badge=state_badge(t, user) />
        <div class="stack measure" data-gap="6">
            {notice}
            {role}
            {correct}
            {two_factor}
            {block}
            {remove}
            {history}
        </div>
        {forms}
    };
    Ok(Content::new(title, view))
}

/// How far the invitation has come, for somebody who has not accepted it.
fn notice(page: &Page, place: &Place, user: &CustomerUser, invitation: &InvitationStatus) -> AnyView {
    let t = page.t;
    let resend = may_be_invited_again(user, place).then(|| resend_button(t));
    let revoke = (invitation.state != InvitationState::Revoked).then(|| revoke_button(page));
    let buttons = view! { {resend} {revoke} }.into_any();
    invitation_notice(page, invitation, &user.first_name, buttons)
}
