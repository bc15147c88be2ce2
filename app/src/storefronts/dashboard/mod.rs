//! The dashboard: what to do next, what waits for somebody, and how many orders come in.

mod attention;
mod checklist;
mod figures;

use std::collections::HashMap;

use domain::Permission;
use domain::id::StoreId;
use leptos::prelude::*;
use portal::Outcome;
use portal::orders::{self, DayCount, OrderFilter, OrderRow, StatusCounts};
use portal::paging::Turn;
use portal::stores::{self, StoreRow, StoreSummary};

use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::{import_button, look_only, place_order_button};
use crate::text::Text;
use crate::ui::*;

/// How many days the chart shows; as many before them are the dashed line.
const DAYS: u32 = 30;
/// How many of the orders that wait are shown.
const SHOWN: u32 = 5;

/// What the dashboard is made of.
struct Overview {
    counts: StatusCounts,
    /// Twice [`DAYS`], oldest first.
    days: Vec<DayCount>,
    waiting: Vec<OrderRow>,
    /// None for a role that sees orders only.
    stores: Option<Vec<StoreRow>>,
    /// How the online ones among them are doing.
    summaries: HashMap<StoreId, StoreSummary>,
}

impl Overview {
    async fn read(page: &ClientPage) -> Outcome<Self> {
        let (portal, scope) = (&page.portal, page.client.scope());
        let attention = OrderFilter {
            attention: true,
            ..OrderFilter::default()
        };
        let sees_stores = page.client.require(Permission::SeeStores).is_ok();
        Ok(Self {
            counts: orders::status_counts(&mut portal.db.read().await?, &scope, None).await?,
            days: orders::orders_per_day(portal, &scope, 2 * DAYS).await?,
            waiting: orders::list(portal, &scope, &attention, Turn::First, SHOWN)
                .await?
                .rows,
            stores: if sees_stores {
                Some(stores::list(portal, &scope).await?)
            } else {
                None
            },
            summaries: if sees_stores {
                stores::summaries(portal, &scope).await?
            } else {
                HashMap::new()
            },
        })
    }

    /// The days before, and the days shown.
    fn periods(&self) -> (&[DayCount], &[DayCount]) {
        self.days.split_at(self.days.len() / 2)
    }
}

/// The page.
#[component]
pub fn DashboardPage() -> impl IntoView {
    client_page(Permission::SeeOrders, |page| async move {
        let t = page.t;
        let overview = Overview::read(&page).await?;
        let body = if overview.counts.total() == 0 {
            beginning(&page, &overview)
        } else {
            under_way(&page, &overview)
        };
        let place = place_order_button(&page);
        let import = import_button(&page, None);
        let lede = lede(t, &overview.counts);
        let view = view! {
            <PageHead title=greeting(&page) lede>
                {import}
                {place}
            </PageHead>
            {look_only(&page, &[Permission::PlaceOrders, Permission::ConfigureStores])}
            {body}
        };
        Ok(Content::new(t.get("nav-dashboard"), view))
    })
}

/// Before the first order there is nothing to count: only what to do.
fn beginning(page: &ClientPage, overview: &Overview) -> AnyView {
    let t = page.t;
    checklist::checklist(page, overview).unwrap_or_else(|| {
        view! { <Empty title=t.get("orders-empty-title") text=t.get("storefront-orders-empty-look-only") /> }
            .into_any()
    })
}

/// What needs somebody comes before what there is to look at.
fn under_way(page: &ClientPage, overview: &Overview) -> AnyView {
    let t = page.t;
    view! {
        {checklist::checklist(page, overview)}
        <div class="split" data-aside="half">
            {attention::attention(page, overview)}
            {figures::stores(page, overview)}
        </div>
        {figures::figures(t, overview)}
        <div class="split" data-aside="half">
            {figures::chart(t, overview)}
            {figures::by_status(t, &overview.counts)}
        </div>
    }
    .into_any()
}

/// `Good morning, Lucía`, by the person's own clock.
fn greeting(page: &ClientPage) -> String {
    let name = page
        .visitor
        .current
        .as_ref()
        .map(|current| current.person.first_name.clone())
        .unwrap_or_default();
    let part = match page.t.hour(page.visitor.now) {
        5..12 => "morning",
        12..20 => "afternoon",
        _ => "evening",
    };
    page.t
        .with(&format!("dashboard-good-{part}"), [("name", name.into())])
}

fn lede(t: Text, counts: &StatusCounts) -> String {
    match counts.needing_attention() {
        _ if counts.total() == 0 => t.get("dashboard-lede-new"),
        0 => t.get("dashboard-lede-fine"),
        waiting => t.with("dashboard-lede-waiting", [("count", waiting.into())]),
    }
}
