//! The list of every customer's orders.

use domain::Permission;
use leptos::prelude::*;
use portal::Outcome;
use portal::access::Scope;
use portal::orders::{self, StatusCounts};

use super::bulk::bulk_results;
use super::customer::{Whose, choose, whose};
use super::table::table;
use super::views::views_bar;
use crate::orders::exports::export_button;
use crate::orders::pager::no_results;
use crate::orders::query::OrderQuery;
use crate::orders::toolbar::OrdersToolbar;
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The list's path.
pub(super) const PATH: &str = "/console/orders";
/// How many customers the filter suggests: those that ordered last.
const MOST_SUGGESTED: u32 = 50;
/// How many stores the filter offers; those of a customer are offered once the list is narrowed to it.
const MOST_STORES: u32 = 100;

/// The page.
#[component]
pub fn OrdersPage() -> impl IntoView {
    operator_page(Permission::SeeOrders, |page| async move {
        let t = page.t;
        let query: OrderQuery = page.list_address();
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
        let whose = whose(&page, &query).await?;
        let export = (!matches!(whose, Whose::Unclear(_))).then(|| export_button(t, PATH, &query));
        let body = if found.rows.is_empty() && !query.is_narrowed() {
            view! { <Empty title=t.get("orders-empty-title") text=t.get("orders-empty-text-operator") /> }
                .into_any()
        } else {
            let views = views_bar(&page, &query).await?;
            let toolbar = toolbar(&page, &query, &counts, &whose).await?;
            let list = match whose {
                Whose::Unclear(customers) => choose(&page, &query, customers),
                _ if found.rows.is_empty() => no_results(t, PATH, &query),
                _ => table(&page, &query, found),
            };
            view! { {views} {toolbar} {list} }.into_any()
        };
        let results = bulk_results(&page).await?;
        let view = view! {
            <PageHead title=title.clone()>{export}</PageHead>
            {results}
            {body}
        };
        Ok(Content::new(title, view))
    })
}

async fn toolbar(
    page: &OperatorPage,
    query: &OrderQuery,
    counts: &StatusCounts,
    whose: &Whose,
) -> Outcome<AnyView> {
    let suggested = match whose {
        Whose::Of(_) => None,
        Whose::Everybody | Whose::Unclear(_) => {
            let recent = orders::any_recent_customers(&page.portal, &page.operator, MOST_SUGGESTED).await?;
            Some(recent.into_iter().map(|customer| customer.name).collect())
        }
    };
    let filter = query.filter(page.visitor.time_zone);
    let (portal, operator) = (&page.portal, &page.operator);
    let stores =
        orders::any_ordering_stores(portal, operator, filter.customer, filter.store, MOST_STORES).await?;
    let stores = stores
        .into_iter()
        .map(|store| {
            let whose = filter
                .customer
                .map_or(format!(" · {}", store.customer_name), |_| String::new());
            Choice::new(store.id.to_string(), format!("{}{whose}", store.name))
        })
        .collect::<Vec<_>>();
    let more_stores = filter.customer.is_none() && stores.len() >= MOST_STORES as usize;
    let platforms = orders::any_platforms(portal, operator).await?;
    let toolbar = OrdersToolbar {
        t: page.t,
        path: PATH,
        query,
        counts,
        zone: page.visitor.time_zone,
        stores,
        more_stores,
        platforms: &platforms,
        customer: match whose {
            Whose::Of(customer) => Some(customer.name.clone()),
            Whose::Everybody | Whose::Unclear(_) => None,
        },
        suggested,
    };
    Ok(toolbar.view())
}
