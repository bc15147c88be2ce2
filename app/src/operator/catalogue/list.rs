//! The list of products.

use domain::{Category, Language, Permission};
use leptos::prelude::*;
use portal::catalogue::{self, ProductRow};
use portal::paging::Slice;

use super::list_query::ListQuery;
use crate::page::{Content, operator_page};
use crate::text::Text;
use crate::ui::{
    ActiveFilters, Align, ButtonLink, Cell, Choice, DataTable, Empty, FilterSelect, Filters, HeadCell,
    LeadCell, PageHead, Pager, Row, SearchBox, TableBody, TableHead, Toolbar, Variant,
};

/// The list's address.
pub(super) const LIST: &str = "/console/catalogue";

/// The page.
#[component]
pub fn CataloguePage() -> impl IntoView {
    operator_page(Permission::ManageCatalogue, |page| async move {
        let query: ListQuery = page.list_address();
        let categories = catalogue::categories(&page.portal, page.t.language).await?;
        let found = catalogue::list(&page.portal, &query.filter(), query.turn(), query.rows()).await?;
        let empty = categories.is_empty();
        let body = if empty {
            nothing_yet(page.t)
        } else {
            let list = if found.rows.is_empty() {
                no_results(page.t, &query)
            } else {
                table(page.t, &query, found)
            };
            view! { {toolbar(page.t, &query, categories)} {list} }.into_any()
        };
        let title = page.t.get("catalogue-title");
        let view = view! { {head(page.t, empty)} {body} };
        Ok(Content::new(title, view))
    })
}

fn head(t: Text, empty: bool) -> AnyView {
    let export = (!empty).then(|| {
        view! {
            <ButtonLink href="/console/catalogue/export.csv" icon="download" download=true>
                {t.get("catalogue-export")}
            </ButtonLink>
        }
    });
    view! {
        <PageHead title=t.get("catalogue-title")>
            {export}
            <ButtonLink href="/console/catalogue/import" icon="upload">
                {t.get("catalogue-import")}
            </ButtonLink>
            <ButtonLink href="/console/catalogue/new" variant=Variant::Primary icon="plus">
                {t.get("catalogue-create")}
            </ButtonLink>
        </PageHead>
    }
    .into_any()
}

fn toolbar(t: Text, query: &ListQuery, categories: Vec<Category>) -> AnyView {
    let search = view! {
        <SearchBox label=t.get("catalogue-search") value=query.text("q") kept=query.kept(&["q"]) />
    };
    let (category, only_archived) = (query.text("category"), query.archived().then_some("yes"));
    let kept = query.kept(&["category", "archived"]);
    let categories = categories
        .into_iter()
        .map(|category| Choice::new(category.as_str(), category.name(t.language)))
        .collect();
    let archived = vec![Choice::new("yes", t.get("catalogue-archived"))];
    view! {
        <Toolbar>
            {search}
            <Filters kept>
                <FilterSelect
                    name="category"
                    label=t.get("catalogue-category")
                    choices=categories
                    value=category
                />
                <FilterSelect
                    name="archived"
                    label=t.get("catalogue-not-archived")
                    choices=archived
                    value=only_archived
                />
            </Filters>
        </Toolbar>
        {active_filters(t, query)}
    }
    .into_any()
}

fn active_filters(t: Text, query: &ListQuery) -> AnyView {
    let chip = |name: &'static str, text: String| (text, query.link(LIST, &[(name, None)]));
    let search = query
        .get("q")
        .map(|q| chip("q", t.with("catalogue-filter-search", [("q", q.into())])));
    let category = query.get("category").map(|category| {
        let known = Category::parse(category);
        let name = known.as_ref().map_or(category, |known| known.name(t.language));
        let text = t.with("catalogue-filter-category", [("category", name.into())]);
        chip("category", text)
    });
    let archived = query
        .archived()
        .then(|| chip("archived", t.get("catalogue-archived")));
    let means = |name: &str, _: &str| name != "archived" || query.archived();
    let odd = query.odd_chips(t, LIST, means, |_| t.get("catalogue-archived"));
    let filters = search.into_iter().chain(category).chain(archived).chain(odd);
    view! { <ActiveFilters filters={filters.collect()} clear=LIST /> }.into_any()
}

fn table(t: Text, query: &ListQuery, found: Slice<ProductRow>) -> AnyView {
    let (previous, next) = query.turns(LIST, &found, |product| product.id);
    let count = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let rows: Vec<AnyView> = found.rows.into_iter().map(|product| row(t, product)).collect();
    view! {
        <DataTable caption=t.get("catalogue-caption") bleed=true>
            <TableHead sticky=true>
                <HeadCell text=t.get("catalogue-product") />
                <HeadCell text=t.get("catalogue-category") />
                <HeadCell text=t.get("catalogue-variants") numeric=true />
                <HeadCell text=t.get("catalogue-areas") numeric=true />
                <HeadCell text=t.get("catalogue-changed") optional=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
        <Pager
            shown=t.with("catalogue-shown", [("count", count.into())])
            previous
            next
            rows=query.rows()
            kept=query.kept(&["rows"])
        />
    }
    .into_any()
}

fn row(t: Text, product: ProductRow) -> AnyView {
    let name = match t.language {
        Language::En => product.name_en,
        Language::Es => product.name_es,
    };
    let changed = product.updated_at;
    view! {
        <Row>
            <LeadCell title=name href=format!("{LIST}/{}", product.id) sub=product.uid />
            <Cell>
                <span dir="auto">{product.category.name(t.language).to_owned()}</span>
            </Cell>
            <Cell label=t.get("catalogue-variants") align=Align::Number>
                {t.number(product.variants)}
            </Cell>
            <Cell label=t.get("catalogue-areas") align=Align::Number>
                {t.number(product.print_areas)}
            </Cell>
            <Cell label=t.get("catalogue-changed") align=Align::Time optional=true>
                <time datetime=t.machine_time(changed)>{t.ago(changed)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}

fn nothing_yet(t: Text) -> AnyView {
    view! {
        <Empty title=t.get("catalogue-empty-title") text=t.get("catalogue-empty-text")>
            <ButtonLink href="/console/catalogue/new" variant=Variant::Primary icon="plus">
                {t.get("catalogue-create")}
            </ButtonLink>
            <ButtonLink href="/console/catalogue/import" icon="upload">
                {t.get("catalogue-import")}
            </ButtonLink>
        </Empty>
    }
    .into_any()
}

fn no_results(t: Text, query: &ListQuery) -> AnyView {
    let title = match query.get("q") {
        Some(q) => t.with("catalogue-none-match", [("q", q.into())]),
        None => t.get("catalogue-none-here"),
    };
    view! {
        <Empty title text=t.get("catalogue-none-text")>
            <ButtonLink href=LIST>{t.get("catalogue-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}
