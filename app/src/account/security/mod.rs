//! What lets a person in: their password, the second step of their log-in, and where they are logged in.

pub mod password;
pub mod second_step;
pub mod sessions;

use leptos::prelude::*;
use portal::Refusal;
use portal::accounts::two_factor::{self, RecoveryCodes};

use super::log_in::own_path;
use super::two_factor::NEW_CODES;
use crate::page::{Content, own_page};
use crate::ui::{Crumb, PageHead};

/// Where the page is.
pub(crate) const SECURITY: &str = "/account/security";

/// The page.
#[component]
pub fn SecurityPage() -> impl IntoView {
    own_page(|page, viewer| async move {
        let t = page.t;
        let person = page.visitor.person().cloned().ok_or(Refusal::NotLoggedIn)?;
        let two_factor = two_factor::find(&page.portal, person.id).await?;
        let sealed: Option<String> = page.take(NEW_CODES).await;
        let codes = sealed.and_then(|sealed| RecoveryCodes::open(&page.portal, person.id, &sealed));
        let next = page.query("next").map(|next| own_path(&next));
        let sessions = sessions::card(&page, &viewer).await?;
        let title = t.get("ui-security");
        let crumbs = vec![Crumb::link(t.get("account-profile-title"), "/account")];
        let view = view! {
            <PageHead title=title.clone() lede=person.email.clone() crumbs />
            <div class="measure stack" data-gap="6">
                {codes.map(|codes| second_step::new_codes(t, &codes, next))}
                {second_step::card(&page, &viewer, two_factor)}
                {sessions}
                {password::card(t, person.email)}
            </div>
        };
        Ok(Content::new(title, view))
    })
}
