//! The orders of an online store, newest first; the list of all orders searches and filters them.

use domain::Permission;
use leptos::prelude::*;
use portal::orders::{self, OrderFilter};

use super::frame::{Section, StoreFrame};
use crate::orders::pager::pager;
use crate::orders::query::OrderQuery;
use crate::page::client_page;
use crate::storefronts::orders::table::orders_of_store_table;
use crate::ui::*;

/// The page.
#[component]
pub fn StoreOrdersPage() -> impl IntoView {
    client_page(Permission::SeeStores, |page| async move {
        let t = page.t;
        let frame = StoreFrame::read(&page).await?;
        let id = frame.store().id;
        let query: OrderQuery = page.list_address();
        let filter = OrderFilter {
            store: Some(id),
            ..OrderFilter::default()
        };
        let scope = page.client.scope();
        let found = orders::list(&page.portal, &scope, &filter, query.turn(), query.rows()).await?;
        let content = if found.rows.is_empty() {
            let (title, text) = (t.get("stores-no-orders-title"), t.get("stores-no-orders-online"));
            view! { <Empty title text /> }.into_any()
        } else {
            let all = format!("/storefronts/orders?store={id}");
            let pages = pager(t, &Section::Orders.href(id), &query, &found);
            view! {
                <div class="spread">
                    <p class="muted">{t.get("stores-orders-note")}</p>
                    <ButtonLink href=all size=Size::Small icon="search">
                        {t.get("stores-orders-search")}
                    </ButtonLink>
                </div>
                {orders_of_store_table(&page, &found.rows)}
                {pages}
            }
            .into_any()
        };
        Ok(frame.around(&page, Section::Orders, ().into_any(), content))
    })
}
