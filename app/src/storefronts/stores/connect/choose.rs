//! Picking where the store to be connected lives.

use domain::{Permission, Platform as StorePlatform};
use leptos::prelude::*;

use super::super::platform_name;
use super::{MANUAL, PLATFORMS, connect_page};
use crate::page::{ClientPage, Content, client_page};
use crate::ui::*;

/// The page.
#[component]
pub fn ChoosePlatformPage() -> impl IntoView {
    client_page(Permission::ConnectStores, |page| async move {
        let t = page.t;
        let title = t.get("stores-connect");
        let crumbs = vec![Crumb::link(t.get("stores-title"), "/storefronts/stores")];
        let view = view! {
            <PageHead title=title.clone() lede=t.get("connect-choose") crumbs />
            {sandbox_hint(&page)}
            {platform_tiles(&page, false)}
        };
        Ok(Content::new(title, view))
    })
}

/// Where there are shops to try the portal with: in development only.
pub(super) fn sandbox_hint(page: &ClientPage) -> Option<AnyView> {
    let desk = page.portal.settings.sandbox.desk.clone()?;
    let t = page.t;
    let view = view! {
        <Alert title=t.get("development-shops") text=t.get("development-shops-text")>
            <ButtonLink href=desk size=Size::Small icon="external">
                {t.get("development-shops-open")}
            </ButtonLink>
        </Alert>
    };
    Some(view.into_any())
}

/// A tile for each kind of store. The manual one opens a dialog where the page has it.
pub(in super::super) fn platform_tiles(page: &ClientPage, has_dialog: bool) -> AnyView {
    let t = page.t;
    let online = PLATFORMS
        .map(|platform| platform_tile(page, platform))
        .collect_view();
    let picture = view! { <Platform slug="manual" size=Size::Large /> }.into_any();
    let opens = has_dialog.then_some("add");
    view! {
        <div class="grid" data-min="sm">
            {online}
            <Tile
                title=t.get("stores-manual")
                note=t.get("stores-manual-note")
                href=MANUAL
                opens
                picture
                tall=true
            />
        </div>
    }
    .into_any()
}

fn platform_tile(page: &ClientPage, platform: StorePlatform) -> AnyView {
    let t = page.t;
    let slug = platform.slug();
    let picture = view! { <Platform slug size=Size::Large /> }.into_any();
    let title = platform_name(t, platform);
    if page.portal.platforms.offers(platform) {
        let note = t.get(&format!("connect-{slug}-tile"));
        view! { <Tile title note href=connect_page(platform) picture tall=true /> }.into_any()
    } else {
        let note = t.get("connection-platform-not-set-up");
        view! { <Tile title note picture tall=true disabled=true /> }.into_any()
    }
}
