//! Leaving for the platform's own page.
//!
//! Scripts simply go there. Without them the form's answer may not lead to another site, because the content security
//! policy holds for where a form ends up: a page of ours comes between, which the browser leaves by itself.

use domain::Platform as StorePlatform;
use http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::super::platform_name;
use super::connect_page;
use crate::action::{Action, Reply};
use crate::page::{ClientPage, Content};
use crate::ui::*;

/// Session key of the platform's page that somebody is about to be sent to.
const PLATFORM_PAGE: &str = "platform-page";

/// Answers a form with the platform's page.
pub(super) async fn leave(
    action: Action,
    form: &str,
    platform: StorePlatform,
    address: String,
) -> Result<Reply, ServerFnError> {
    if action.is_enhanced() {
        return Ok(Reply::Done { location: address });
    }
    let outcome = action
        .remember(PLATFORM_PAGE, &Some(address))
        .await
        .map(|()| crate::action::Done::to(connect_page(platform)));
    action.answer(form, outcome).await
}

/// The page in between, when somebody is on their way.
pub(super) async fn leaving(page: &ClientPage, platform: StorePlatform) -> Option<Content> {
    let address: Option<String> = page.take(PLATFORM_PAGE).await;
    let address = address?;
    let refresh = HeaderValue::from_str(&format!("0; url={address}")).ok()?;
    use_context::<ResponseOptions>()?.insert_header(HeaderName::from_static("refresh"), refresh);
    let t = page.t;
    let name = platform_name(t, platform);
    let title = t.with("connect-leaving", [("platform", name.as_str().into())]);
    let view = view! {
        <PageHead title=title.clone() />
        <p>
            <a href=address>{t.with("connect-leave", [("platform", name.into())])}</a>
        </p>
    };
    Some(Content::new(title, view))
}
