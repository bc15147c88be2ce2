//! The list of every customer's orders.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Scope;
use portal::orders::{self, StatusCounts};
use portal::{Outcome, customers};

use super::bulk::bulk_results;
use super::table::table;
use crate::orders::exports::export_button;
use crate::orders::pager::no_results;
use crate::orders::query::OrderQuery;
use crate::orders::toolbar::OrdersToolbar;
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The list's path.
pub(super) const PATH: &str = "/console/orders";

/// The page.
#[component]
pub fn OrdersPage() -> impl IntoView {
    operator_page(Permission::SeeOrders, |page| async move {
        let t = page.t;
        let query = OrderQuery::of(page.query_pairs());
        let filter = query.filter(page.visitor.time_zone);
        let found = orders::list(
            &page.portal,
            &Scope::AllCustomers,
            &filter,
            query.turn(),
            query.rows(),
        )
        .await?;
        let mut conn = page.portal.db.read().await?;
        let counts = orders::status_counts(&mut conn, &Scope::AllCustomers, filter.customer).await?;
        drop(conn);
        let title = t.get("orders-title");
        let body = if found.rows.is_empty() && !query.is_narrowed() {
            view! { <Empty title=t.get("orders-empty-title") text=t.get("orders-empty-text-operator") /> }
                .into_any()
        } else {
            let toolbar = toolbar(&page, &query, &counts).await?;
            let list = if found.rows.is_empty() {
                no_results(t, PATH, &query)
            } else {
                table(&page, &query, found)
            };
            view! { {toolbar} {list} }.into_any()
        };
        let results = bulk_results(&page).await?;
        let view = view! {
            <PageHead title=title.clone()>{export_button(t, PATH, &query)}</PageHead>
            {results}
            {body}
        };
        Ok(Content::new(title, view))
    })
}

async fn toolbar(page: &OperatorPage, query: &OrderQuery, counts: &StatusCounts) -> Outcome<AnyView> {
    let customer = match query.filter(page.visitor.time_zone).customer {
        Some(id) => customers::find(&page.portal, &page.operator, id)
            .await
            .ok()
            .map(|customer| customer.name),
        None => None,
    };
    let toolbar = OrdersToolbar {
        t: page.t,
        path: PATH,
        query,
        counts,
        stores: &[],
        customer,
    };
    Ok(toolbar.view())
}
