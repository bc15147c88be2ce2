//! The list of a customer's orders.

use domain::Permission;
use leptos::prelude::*;
use portal::orders::{self, StatusCounts};
use portal::stores::{self, StoreRow};
use portal::{Outcome, Portal};

use super::table::orders_table;
use crate::orders::exports::export_button;
use crate::orders::pager::{no_results, pager};
use crate::orders::query::OrderQuery;
use crate::orders::toolbar::OrdersToolbar;
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::stores::connect::{CHOOSE, MANUAL};
use crate::storefronts::{import_button, look_only, place_order_button};
use crate::ui::*;

/// The list's path.
pub(super) const PATH: &str = "/storefronts/orders";

/// The page.
#[component]
pub fn OrdersPage() -> impl IntoView {
    client_page(Permission::SeeOrders, |page| async move {
        let t = page.t;
        let scope = page.client.scope();
        let query: OrderQuery = page.list_address();
        let filter = query.filter(page.visitor.time_zone);
        let found = orders::list(&page.portal, &scope, &filter, query.turn(), query.rows()).await?;
        let stores = stores::list(&page.portal, &scope).await?;
        let counts = counts(&page.portal, &page, &query, &stores).await?;
        let title = t.get("orders-title");
        let nothing = found.rows.is_empty() && !query.is_narrowed();
        let body = if nothing {
            nothing_yet(&page, stores.is_empty())
        } else {
            let toolbar = OrdersToolbar {
                t,
                path: PATH,
                query: &query,
                counts: &counts,
                zone: page.visitor.time_zone,
                stores: stores
                    .iter()
                    .map(|row| Choice::new(row.store.id.to_string(), row.store.name.clone()))
                    .collect(),
                more_stores: false,
                platforms: &[],
                customer: None,
                suggested: None,
            };
            let list = if found.rows.is_empty() {
                no_results(t, PATH, &query)
            } else {
                let pages = pager(t, PATH, &query, &found);
                view! { {orders_table(&page, &found.rows)} {pages} }.into_any()
            };
            view! { {toolbar.view()} {list} }.into_any()
        };
        let count = (!nothing).then(|| t.number(counts.total()));
        let export = (!nothing).then(|| export_button(t, PATH, &query));
        let import = import_button(&page, None);
        let place = place_order_button(&page);
        let view = view! {
            <PageHead title=title.clone() count>
                {export}
                {import}
                {place}
            </PageHead>
            {look_only(&page, &[Permission::PlaceOrders])}
            {body}
        };
        Ok(Content::new(title, view))
    })
}

/// How many orders are in each status: of the store chosen, or of all.
async fn counts(
    portal: &Portal,
    page: &ClientPage,
    query: &OrderQuery,
    stores: &[StoreRow],
) -> Outcome<StatusCounts> {
    let chosen = query
        .get("store")
        .and_then(|id| stores.iter().find(|row| row.store.id.to_string() == id));
    match chosen {
        Some(row) => Ok(row.orders.clone()),
        None => Ok(orders::status_counts(&mut portal.db.read().await?, &page.client.scope(), None).await?),
    }
}

/// Why there is nothing, and the button that changes it.
fn nothing_yet(page: &ClientPage, no_store: bool) -> AnyView {
    let t = page.t;
    let title = t.get("orders-empty-title");
    if no_store && page.client.require(Permission::ConnectStores).is_ok() {
        return view! {
            <Empty title text=t.get("orders-empty-no-store")>
                <ButtonLink href=CHOOSE variant=Variant::Primary icon="link">
                    {t.get("stores-connect")}
                </ButtonLink>
                <ButtonLink href=MANUAL icon="plus">
                    {t.get("stores-add-manual")}
                </ButtonLink>
            </Empty>
        }
        .into_any();
    }
    if page.client.require(Permission::PlaceOrders).is_err() {
        return view! { <Empty title text=t.get("storefront-orders-empty-look-only") /> }.into_any();
    }
    let place = place_order_button(page);
    let import = import_button(page, None);
    view! {
        <Empty title text=t.get("orders-empty-text")>
            {place}
            {import}
        </Empty>
    }
    .into_any()
}
