//! What a store sells: search, state of connection, and the way to connect it.

use domain::source::Listing;
use domain::{MappingState, Permission};
use leptos::prelude::*;
use portal::paging::Slice;
use portal::store_products::{self, MappingCounts, StoreProductRow};

use super::query::ProductsQuery;
use super::table::{listing, table};
use super::{matches_page, products_page};
use crate::page::{ClientPage, client_page};
use crate::storefronts::look_only;
use crate::storefronts::stores::frame::{Section, StoreFrame};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn StoreProductsPage() -> impl IntoView {
    client_page(Permission::SeeProducts, |page| async move {
        let frame = StoreFrame::read(&page).await?;
        let (portal, scope, store) = (&page.portal, page.client.scope(), frame.store().id);
        let query: ProductsQuery = page.list_address();
        let turn = query.product_turn(portal, &scope).await?;
        let found = store_products::list(portal, &scope, &query.filter(store), turn, query.rows()).await?;
        let counts = store_products::mapping_counts(portal, &scope, Some(store)).await?;
        let path = products_page(store);
        let content = if found.rows.is_empty() && !query.is_narrowed() {
            nothing_yet(&page, &frame)
        } else {
            let list = if found.rows.is_empty() {
                no_results(page.t, &path, &query)
            } else {
                let pages = pager(page.t, &path, &query, &found);
                view! { {table(&page, &query, &path, &found.rows)} {pages} }.into_any()
            };
            view! { <div class="stack">{toolbar(page.t, &path, &query, counts)} {list}</div> }.into_any()
        };
        let content = view! { {look_only(&page, &[Permission::ConnectProducts])} {content} };
        let actions = actions(&page, &path, &query, &frame, counts);
        Ok(frame.around(&page, Section::Products, actions, content.into_any()))
    })
}

/// What can be done with the whole list.
fn actions(
    page: &ClientPage,
    path: &str,
    query: &ProductsQuery,
    frame: &StoreFrame,
    counts: MappingCounts,
) -> AnyView {
    let t = page.t;
    let connects = page.client.require(Permission::ConnectProducts).is_ok();
    let matches = (connects && counts.not_connected > 0).then(|| {
        let href = matches_page(frame.store().id);
        view! {
            <ButtonLink href icon="bolt">
                {t.get("products-match")}
            </ButtonLink>
        }
    });
    let export = (counts.total() > 0).then(|| {
        let href = query.link(&format!("{path}/export.csv"), &[("rows", None)]);
        view! {
            <ButtonLink href icon="download" download=true>
                {t.get("products-export")}
            </ButtonLink>
        }
    });
    view! {
        {export}
        {matches}
    }
    .into_any()
}

fn toolbar(t: Text, path: &str, query: &ProductsQuery, counts: MappingCounts) -> AnyView {
    let words = query.get("q").map(str::to_owned);
    let searched = query.kept(&["q"]);
    let to = |state: Option<&str>| query.link(path, &[("connection", state), ("gone", None)]);
    let chips = [
        (MappingState::Connected, counts.connected),
        (MappingState::NotConnected, counts.not_connected),
        (MappingState::Ignored, counts.ignored),
    ]
    .map(|(state, count)| {
        let current = query.connection() == Some(state);
        view! { <Chip href=to(Some(state.as_str())) text=t.status(state) count=t.number(count) current /> }
    });
    let chips = chips.into_iter().collect_view();
    let label = |name: &str| t.get(&format!("products-filter-{name}"));
    let odd = query.odd_chips(t, path, ProductsQuery::means, label);
    let everything = query.connection().is_none() && !query.gone();
    let all = view! {
        <Chip href=to(None) text=t.get("products-all") count=t.number(counts.total()) current=everything />
    };
    let gone_href = query.link(path, &[("connection", None), ("gone", Some("yes"))]);
    let gone = view! { <Chip href=gone_href text=t.get("products-gone") current=query.gone() /> };
    let listings = Listing::ALL
        .iter()
        .map(|value| Choice::new(value.as_str(), listing(t, *value)))
        .collect();
    let sorts = vec![
        Choice::new("-title", t.get("products-sort-title-descending")),
        Choice::new("-seen", t.get("products-sort-newest")),
    ];
    let kept = query.kept(&["listing", "sort"]);
    let [chosen, sort] = ["listing", "sort"].map(|name| query.get(name).map(str::to_owned));
    let (action, list) = (path.to_owned(), path.to_owned());
    view! {
        <Toolbar>
            <SearchBox label=t.get("products-search") value=words action kept=searched />
            <Chips label=t.get("products-connection")>{all} {chips} {gone}</Chips>
            <Filters action=list kept>
                <FilterSelect name="listing" label=t.get("products-every-listing") choices=listings value=chosen />
                <FilterSelect name="sort" label=t.get("products-sort-title") choices=sorts value=sort />
            </Filters>
        </Toolbar>
        <ActiveFilters filters=odd clear=path.to_owned() />
    }
    .into_any()
}

fn pager(t: Text, path: &str, query: &ProductsQuery, found: &Slice<StoreProductRow>) -> AnyView {
    let (previous, next) = query.turns(path, found, |row| row.id);
    let count = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let shown = t.with("products-shown", [("count", count.into())]);
    view! { <Pager shown previous next rows=query.rows() kept=query.kept(&["rows"]) /> }.into_any()
}

fn no_results(t: Text, path: &str, query: &ProductsQuery) -> AnyView {
    let title = match query.get("q") {
        Some(words) => t.with("products-none-match", [("q", words.into())]),
        None => t.get("products-none-here"),
    };
    let href = path.to_owned();
    view! {
        <Empty title text=t.get("products-none-text")>
            <ButtonLink href>{t.get("products-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}

/// Nothing was read yet, or there is nothing to read. The button that reads it stands in the head.
fn nothing_yet(page: &ClientPage, frame: &StoreFrame) -> AnyView {
    let t = page.t;
    let may_sync = frame.is_read() && page.client.require(Permission::SyncStores).is_ok();
    let text = t.get(if may_sync {
        "products-empty-text"
    } else {
        "products-empty-look-only"
    });
    view! { <Empty title=t.get("products-empty-title") text /> }.into_any()
}
