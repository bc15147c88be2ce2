//! What the pages of one online store have in common: its head, what is wrong with it, what goes on, and its
//! sections.

use domain::id::StoreId;
use domain::{Permission, Platform as StorePlatform, StoreState};
use leptos::prelude::*;
use portal::jobs::{self, Job as _, JobRow};
use portal::stores::health::{StoreHealth, health};
use portal::stores::{self, Store, StoreRow};
use portal::syncs::{SyncProducts, SyncRuns, runs};
use portal::{Outcome, Refusal, store_products};

use super::connect::reconnect_page;
use super::disconnect::{disconnect_dialog, disconnect_entry};
use super::notice::notice;
use super::pause::pause_entry;
use super::sync::{sync_orders_entry, sync_products_button, under_way};
use super::{platform_name, store_badge, store_page};
use crate::page::{ClientPage, Content};
use crate::ui::*;

/// The `id` of the store's menu.
const MENU: &str = "store-menu";

/// A section of an online store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::storefronts) enum Section {
    /// How it is doing.
    Overview,
    /// What it sells.
    Products,
    /// What was ordered there.
    Orders,
    /// What was chosen for it.
    Settings,
}

impl Section {
    /// The section's page.
    pub(in crate::storefronts) fn href(self, store: StoreId) -> String {
        let path = match self {
            Self::Overview => "",
            Self::Products => "/products",
            Self::Orders => "/orders",
            Self::Settings => "/settings",
        };
        format!("{}{path}", store_page(store))
    }
}

/// An online store, with what all of its pages show.
pub(in crate::storefronts) struct StoreFrame {
    /// The store and its orders in numbers.
    pub(in crate::storefronts) row: StoreRow,
    /// How its connection is.
    pub(in crate::storefronts) health: StoreHealth,
    /// Its newest syncs.
    pub(in crate::storefronts) runs: SyncRuns,
    /// How many products it sells.
    pub(in crate::storefronts) products: i64,
    /// The syncs that go on now.
    under_way: Vec<JobRow>,
    /// Whether its products are being read now. One that waits for its next attempt is not.
    pub(super) is_syncing: bool,
}

impl StoreFrame {
    /// The store that the page's address names.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] outside of the client's scope, and for a manual store: it has no such pages.
    pub(in crate::storefronts) async fn read(page: &ClientPage) -> Outcome<Self> {
        let id: StoreId = page.param("id")?;
        let stores = stores::list(&page.portal, &page.client.scope()).await?;
        let row = stores.into_iter().find(|row| row.store.id == id);
        Self::of(page, row.ok_or(Refusal::NotFound)?).await
    }

    /// As [`Self::read`], of a store that was read already.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a manual store.
    pub(super) async fn of(page: &ClientPage, row: StoreRow) -> Outcome<Self> {
        let (portal, scope, id) = (&page.portal, page.client.scope(), row.store.id);
        let health = health(portal, &scope, id).await?.ok_or(Refusal::NotFound)?;
        let runs = runs(portal, &scope, id).await?;
        let going_on = [
            runs.products.as_ref().map(|run| (run.job, run.state)),
            runs.orders.as_ref().map(|run| (run.job, run.state)),
        ];
        let mut under_way = Vec::new();
        for (job, state) in going_on.into_iter().flatten() {
            if !state.is_finished() {
                under_way.extend(jobs::find(&mut portal.db.read().await?, &scope, job).await?);
            }
        }
        let counts = store_products::mapping_counts(portal, &scope, Some(id)).await?;
        Ok(Self {
            row,
            health,
            runs,
            products: counts.total(),
            is_syncing: under_way
                .iter()
                .any(|job| job.kind == SyncProducts::KIND && !job.waits_for_retry(page.visitor.now)),
            under_way,
        })
    }

    /// The store.
    pub(in crate::storefronts) const fn store(&self) -> &Store {
        &self.row.store
    }

    /// Whether the store can be read now.
    pub(in crate::storefronts) const fn is_read(&self) -> bool {
        matches!(
            self.row.store.state,
            StoreState::Connected | StoreState::NeedsAttention
        )
    }

    /// Puts the store's head and sections around a section's content. `actions` are the section's own buttons, before
    /// those that every section has.
    pub(in crate::storefronts) fn around(
        &self,
        page: &ClientPage,
        current: Section,
        actions: AnyView,
        content: AnyView,
    ) -> Content {
        let may_disconnect = self.may_disconnect(page);
        let dialog = may_disconnect.then(|| disconnect_dialog(page, self.store()));
        let view = view! {
            {self.head(page, actions)}
            {self.sections(page, current)}
            {notice(page, self)}
            {under_way(page, self.store(), &self.under_way)}
            {content}
            {dialog}
        };
        Content::new(self.store().name.clone(), view)
    }

    fn may_disconnect(&self, page: &ClientPage) -> bool {
        self.store().state != StoreState::Disconnected
            && page.client.require(Permission::ConnectStores).is_ok()
    }

    fn head(&self, page: &ClientPage, actions: AnyView) -> AnyView {
        let t = page.t;
        let store = self.store();
        let crumbs = vec![Crumb::link(t.get("stores-title"), "/storefronts/stores")];
        let badge = store_badge(t, store.state, self.health.failing().as_ref());
        let picture = view! { <Platform slug=store.platform.slug() size=Size::Large /> }.into_any();
        // An Etsy shop is known by a number: its name says more.
        let lede = if store.platform == StorePlatform::Etsy {
            platform_name(t, store.platform)
        } else {
            format!("{} · {}", platform_name(t, store.platform), self.health.shop)
        };
        let sync = self.is_read().then(|| {
            if page.client.require(Permission::SyncStores).is_ok() {
                return sync_products_button(page, store, self.is_syncing);
            }
            let words = t.get("stores-sync-products");
            view! { <ClosedButton words variant=Variant::Primary icon="sync" /> }.into_any()
        });
        let menu = self.menu(page);
        view! {
            <PageHead title=store.name.clone() lede crumbs badge picture>
                {actions}
                {menu}
                {sync}
            </PageHead>
        }
        .into_any()
    }

    /// Everything else that can be done with the store, as far as the role reaches.
    fn menu(&self, page: &ClientPage) -> Option<AnyView> {
        let t = page.t;
        let store = self.store();
        let may = |permission| page.client.require(permission).is_ok();
        let read = self.is_read();
        let sync = (read && may(Permission::SyncStores)).then(|| sync_orders_entry(page, store));
        let pause = (read && may(Permission::ConfigureStores)).then(|| pause_entry(t, store));
        let reconnect = may(Permission::ConnectStores).then(|| {
            let href = reconnect_page(store);
            view! { <MenuLink href text=t.get("stores-reconnect") icon="link" /> }
        });
        let disconnect = self.may_disconnect(page).then(|| {
            view! {
                <hr />
                {disconnect_entry(page)}
            }
        });
        if sync.is_none() && pause.is_none() && reconnect.is_none() {
            return None;
        }
        let label = t.get("stores-more");
        Some(
            view! {
                <Button menu=MENU icon_after="chevron-down">
                    {label}
                </Button>
                <Menu id=MENU>{sync} {pause} {reconnect} {disconnect}</Menu>
            }
            .into_any(),
        )
    }

    fn sections(&self, page: &ClientPage, current: Section) -> AnyView {
        let t = page.t;
        let tab = |section: Section, key: &str, count: Option<i64>| TabItem {
            text: t.get(key),
            href: section.href(self.store().id),
            count: count.map(|count| t.number(count)).into(),
            current: section == current,
        };
        let mut items = vec![
            tab(Section::Overview, "stores-overview", None),
            tab(Section::Products, "stores-products", Some(self.products)),
            tab(Section::Orders, "stores-orders", Some(self.row.orders.total())),
        ];
        if page.client.require(Permission::ConfigureStores).is_ok() {
            items.push(tab(Section::Settings, "stores-settings", None));
        }
        view! { <Tabs label=t.get("stores-sections") items /> }.into_any()
    }
}
