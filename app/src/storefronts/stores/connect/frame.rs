//! What the pages that connect a store have in common: what went wrong, the form, what we ask for and why, and what
//! stays out.

use domain::id::StoreId;
use domain::{Permission, Platform as StorePlatform};
use leptos::prelude::*;
use portal::stores::connect::ANSWERS_WITHIN;
use portal::stores::{self, Store};
use portal::{Outcome, Refusal};

use super::super::{platform_name, store_page};
use super::CHOOSE;
use super::choose::sandbox_hint;
use super::leave::leaving;
use super::refused::came_back;
use crate::page::{ClientPage, Content, client_page};
use crate::ui::*;

/// Session key of the store that somebody went to connect once more.
pub(super) const CONNECTING: &str = "connecting-store";

/// Session key of the platform and the shop's address that somebody typed before they went there.
pub(super) const TYPED: &str = "connecting-shop";

/// How many permissions each platform's page explains.
const PERMISSIONS: u8 = 4;

/// The page of a platform around its `form`, which is given the store to connect once more, and the shop that is known
/// of a new one.
pub(super) fn connect_view(
    platform: StorePlatform,
    form: impl FnOnce(&ClientPage, Option<&Store>, String) -> AnyView + Send + 'static,
) -> AnyView {
    client_page(Permission::ConnectStores, move |page| async move {
        if let Some(content) = leaving(&page, platform).await {
            return Ok(content);
        }
        let store = store_to_reconnect(&page, platform).await?;
        let failed = came_back(&page, platform).await?;
        let form = if page.portal.platforms.offers(platform) {
            let shop = shop_on_the_way(&page, platform, failed.is_some()).await;
            form(&page, store.as_ref(), shop)
        } else {
            not_offered(&page)
        };
        let aside = aside(&page, platform);
        let (title, head) = head(&page, platform, store.as_ref());
        let view = view! {
            {head}
            <div class="split" data-fit="form">
                <div class="stack" data-gap="5">
                    {failed}
                    {form}
                    {sandbox_hint(&page)}
                </div>
                {aside}
            </div>
        };
        Ok(Content::new(title, view))
    })
}

/// The store that the address names; after a way to the platform that failed, the one it was begun for.
async fn store_to_reconnect(page: &ClientPage, platform: StorePlatform) -> Outcome<Option<Store>> {
    let begun: Option<StoreId> = match page.query("failed") {
        Some(_) => page.take(CONNECTING).await,
        None => None,
    };
    let Some(id) = page.query_as("store").or(begun) else {
        return Ok(None);
    };
    let store = stores::find(&page.portal, &page.client.scope(), id).await?;
    if store.platform == platform {
        Ok(Some(store))
    } else {
        Err(Refusal::NotFound)
    }
}

/// The shop that the address names, or the one that somebody typed who comes back from its platform without a store.
async fn shop_on_the_way(page: &ClientPage, platform: StorePlatform, failed: bool) -> String {
    if let Some(shop) = page.query("shop") {
        return shop;
    }
    if !failed {
        return String::new();
    }
    let typed: Option<(StorePlatform, String)> = page.take(TYPED).await;
    let typed = typed.filter(|(of, _)| *of == platform);
    typed.map(|(_, shop)| shop).unwrap_or_default()
}

fn head(page: &ClientPage, platform: StorePlatform, store: Option<&Store>) -> (String, AnyView) {
    let t = page.t;
    let title = match store {
        Some(store) => t.with("connect-again", [("store", store.name.as_str().into())]),
        None => t.with("connect-title", [("platform", platform_name(t, platform).into())]),
    };
    let mut crumbs = vec![Crumb::link(t.get("stores-title"), "/storefronts/stores")];
    crumbs.push(match store {
        Some(store) => Crumb::link(store.name.clone(), store_page(store.id)),
        None => Crumb::link(t.get("stores-new"), CHOOSE),
    });
    let picture = view! { <Platform slug=platform.slug() size=Size::Large /> }.into_any();
    let view = view! { <PageHead title=title.clone() crumbs picture /> };
    (title, view.into_any())
}

fn not_offered(page: &ClientPage) -> AnyView {
    let t = page.t;
    let (title, text) = (
        t.get("connection-platform-not-set-up"),
        t.get("connection-platform-not-set-up-fix"),
    );
    view! {
        <Alert tone=Tone::Neutral title text>
            <ButtonLink href=CHOOSE>{t.get("connect-other")}</ButtonLink>
        </Alert>
    }
    .into_any()
}

/// The buttons at the end of a form that connects. While a shop is asked its `questions`, they say for how long.
pub(super) fn actions(page: &ClientPage, store: Option<&Store>, words: String, questions: u32) -> AnyView {
    let t = page.t;
    let cancel = store.map_or_else(|| CHOOSE.to_owned(), |store| store_page(store.id));
    let cancel_words = t.get("ui-cancel");
    let asking = (questions > 0).then(|| {
        let seconds = (ANSWERS_WITHIN * questions).as_secs().cast_signed();
        let words = t.with("connect-asking", [("seconds", seconds.into())]);
        view! { <p class="form-waits muted" role="status">{words}</p> }
    });
    view! {
        {asking}
        <FormActions>
            <Button variant=Variant::Primary>{words}</Button>
            <ButtonLink href=cancel variant=Variant::Quiet>
                {cancel_words}
            </ButtonLink>
        </FormActions>
    }
    .into_any()
}

/// What we ask for and why, what we never touch, and what becomes of orders from before.
fn aside(page: &ClientPage, platform: StorePlatform) -> AnyView {
    let t = page.t;
    let slug = platform.slug();
    let row = |key: String, icon: &'static str, class: &'static str| {
        let picture = view! { <span class=class><Icon name=icon /></span> }.into_any();
        let (title, note) = (t.get(&key), t.get(&format!("{key}-why")));
        view! { <ListItem title note picture /> }
    };
    let asked: Vec<_> = (1..=PERMISSIONS)
        .map(|number| {
            row(
                format!("connect-{slug}-permission-{number}"),
                "check",
                "text-success",
            )
        })
        .collect();
    let never = row("connect-never".to_owned(), "slash", "faint");
    let older = row("connect-older".to_owned(), "clock", "faint");
    let access = t.get(&format!("connect-{slug}-access"));
    view! {
        <aside class="stack" data-gap="5" aria-label=t.get("connect-aside")>
            <Card sunken=true>
                <CardHead title=t.get("connect-permissions")>
                    <Tag text=access icon="key" />
                </CardHead>
                <List>{asked} {never} {older}</List>
            </Card>
        </aside>
    }
    .into_any()
}
