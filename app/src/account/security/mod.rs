//! What lets a person in: their password, the second step of their log-in, and where they are logged in.

pub mod password;
pub mod second_step;
pub mod sessions;

use leptos::prelude::*;
use portal::Refusal;
use portal::accounts::two_factor::{self, RecoveryCodes};

use super::log_in::own_path;
use super::two_factor::NEW_CODES;
use crate::action::KEPT;
use crate::page::{Content, own_page};
use crate::text::Text;
use crate::ui::{Alert, ButtonLink, Crumb, PageHead, Size, Tone};
use crate::visitor::KeptForm;

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
        let kept: Option<KeptForm> = page.look(KEPT).await;
        let kept = kept.filter(|kept| kept.waits_for(person.id, page.visitor.now));
        // Whoever has a form waiting was on their way to it.
        let next = page.query("next").filter(|_| kept.is_none());
        let next = next.map(|next| own_path(&next));
        let sessions = sessions::card(&page, &viewer).await?;
        let title = t.get("ui-security");
        let crumbs = vec![Crumb::link(t.get("account-profile-title"), "/account")];
        let view = view! {
            <PageHead title=title.clone() lede=person.email.clone() crumbs />
            <div class="measure stack" data-gap="6">
                {codes.map(|codes| second_step::new_codes(t, &codes, next))}
                {kept.map(|kept| way_back(t, kept))}
                {second_step::card(&page, &viewer, two_factor)}
                {sessions}
                {password::card(t, person.email)}
            </div>
        };
        Ok(Content::new(title, view))
    })
}

/// To the page whose form waits: for who was led away from it, to set up a second step.
fn way_back(t: Text, kept: KeptForm) -> AnyView {
    let href = kept.location;
    view! {
        <Alert tone=Tone::Info title=t.get("account-form-waits")>
            <ButtonLink href size=Size::Small>
                {t.get("account-form-waits-back")}
            </ButtonLink>
        </Alert>
    }
    .into_any()
}
