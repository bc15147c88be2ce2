//! Picking the catalogue product: tiles with their names in the viewer's language, searched and by category.

use domain::{Category, Language};
use leptos::prelude::*;
use portal::Outcome;
use portal::catalogue::{self, ProductFilter, ProductRow};
use portal::paging::{Slice, Turn};

use super::picked::Picked;
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// Tiles of one page.
const TILES: u32 = 24;

/// The card: the product that was picked, or the catalogue to pick from.
pub(super) async fn pick_card(page: &Page, picked: Option<&Picked>) -> Outcome<AnyView> {
    match picked {
        Some(picked) => Ok(picked_card(page, picked)),
        None => catalogue_card(page).await,
    }
}

fn picked_card(page: &Page, picked: &Picked) -> AnyView {
    let t = page.t;
    let definition = &picked.product.definition;
    let title = definition.name(t.language).to_string();
    let note = definition.category.name(t.language).to_owned();
    let picture = view! { <Icon name="catalog" /> }.into_any();
    let again = page.link_with(&[("pick", Some("yes")), ("catalogue", None), ("uid", None)]);
    view! {
        <Card id="catalogue">
            <CardHead title=t.get("products-catalogue-product") />
            <List>
                <ListItem title note picture>
                    <ButtonLink href=again size=Size::Small>
                        {t.get("products-pick-another")}
                    </ButtonLink>
                </ListItem>
            </List>
        </Card>
    }
    .into_any()
}

async fn catalogue_card(page: &Page) -> Outcome<AnyView> {
    let t = page.t;
    let filter = ProductFilter {
        search: page.query("q").unwrap_or_default(),
        category: page.query("category"),
        archived: false,
    };
    let turn = match (page.query_as("after"), page.query_as("before")) {
        (Some(key), _) => Turn::After(key),
        (None, Some(key)) => Turn::Before(key),
        (None, None) => Turn::First,
    };
    let found = catalogue::list(&page.portal, &filter, turn, TILES).await?;
    let categories = catalogue::categories(&page.portal, page.t.language).await?;
    let tiles = if found.rows.is_empty() {
        view! { <Empty title=t.get("products-pick-none") text=t.get("products-pick-none-text") /> }.into_any()
    } else {
        let tiles = found
            .rows
            .iter()
            .map(|product| tile(page, product))
            .collect_view();
        let pages = pages(page, &found);
        view! {
            <div class="grid" data-min="sm">
                {tiles}
            </div>
            {pages}
        }
        .into_any()
    };
    let toolbar = toolbar(page, &filter, &categories);
    Ok(view! {
        <Card id="catalogue">
            <CardHead title=t.get("products-catalogue-product") note=t.get("products-pick-note") />
            <CardBody>{toolbar} {tiles}</CardBody>
        </Card>
    }
    .into_any())
}

fn toolbar(page: &Page, filter: &ProductFilter, categories: &[Category]) -> AnyView {
    let t = page.t;
    let first = [("after", None), ("before", None)];
    let to = |category: Option<&str>| page.link_with(&[&first[..], &[("category", category)]].concat());
    let chips = categories.iter().map(|category| {
        let current = filter.category.as_deref() == Some(category.as_str());
        let name = category.name(t.language).to_owned();
        view! { <Chip href=to(Some(category.as_str())) text=name current /> }
    });
    let chips = chips.collect_view();
    let all = view! { <Chip href=to(None) text=t.get("products-all") current={filter.category.is_none()} /> };
    let kept = ["category", "order", "pick"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), page.query(name)?)))
        .collect();
    let words = filter.search.clone();
    view! {
        <Toolbar>
            <SearchBox label=t.get("products-search-catalogue") value=words kept />
            <Chips label=t.get("products-category")>{all} {chips}</Chips>
        </Toolbar>
    }
    .into_any()
}

fn tile(page: &Page, product: &ProductRow) -> AnyView {
    let t = page.t;
    let id = product.id.to_string();
    let href = page.link_with(&[
        ("catalogue", Some(&id)),
        ("pick", None),
        ("uid", None),
        ("q", None),
        ("category", None),
        ("after", None),
        ("before", None),
    ]);
    let title = name(t, product);
    let note = t.with("products-combinations", [("count", product.variants.into())]);
    let picture = view! { <Icon name="catalog" /> }.into_any();
    view! { <Tile title note href picture /> }.into_any()
}

fn name(t: Text, product: &ProductRow) -> String {
    match t.language {
        Language::En => product.name_en.clone(),
        Language::Es => product.name_es.clone(),
    }
}

/// The way to the tiles that do not fit.
fn pages(page: &Page, found: &Slice<ProductRow>) -> Option<AnyView> {
    let t = page.t;
    let link = |name: &str, other: &str, row: Option<&ProductRow>| {
        let id = row.map(|row| row.id.to_string());
        page.link_with(&[(name, id.as_deref()), (other, None)])
    };
    let previous = found
        .has_previous
        .then(|| link("before", "after", found.rows.first()));
    let next = found.has_next.then(|| link("after", "before", found.rows.last()));
    if previous.is_none() && next.is_none() {
        return None;
    }
    let previous = previous.map(|href| {
        view! { <ButtonLink href size=Size::Small icon="chevron-left">{t.get("ui-previous")}</ButtonLink> }
    });
    let next = next.map(|href| {
        view! { <ButtonLink href size=Size::Small icon_after="chevron-right">{t.get("ui-next")}</ButtonLink> }
    });
    let links = view! { <div class="cluster">{previous} {next}</div> };
    Some(links.into_any())
}
