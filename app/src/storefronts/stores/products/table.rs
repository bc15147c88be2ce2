//! Products in a table.

use domain::source::Listing;
use domain::{MappingState, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::store_products::{StoreProductRow, StoreProductSort};

use super::decide::{IGNORE_SELECTED, IgnoreStoreProducts};
use super::query::ProductsQuery;
use super::variants::{connection_badge, replace_design};
use super::{connect_page, product_page};
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The table, with columns to sort by.
pub(super) fn table(
    page: &ClientPage,
    query: &ProductsQuery,
    path: &str,
    rows: &[StoreProductRow],
) -> AnyView {
    let t = page.t;
    let connects = page.client.require(Permission::ConnectProducts).is_ok();
    let selects = connects && rows.iter().any(StoreProductRow::only_waits);
    let store = rows
        .first()
        .map(|product| product.store_id.to_string())
        .filter(|_| selects);
    let rows = rows
        .iter()
        .map(|product| row(t, product, connects, selects))
        .collect_view();
    let sort = query.sort();
    let by_title = match sort {
        StoreProductSort::Title => Sorted::Ascending,
        StoreProductSort::TitleDescending => Sorted::Descending,
        StoreProductSort::Newest => Sorted::No,
    };
    let title_href = query.link(
        path,
        &[("sort", (sort == StoreProductSort::Title).then_some("-title"))],
    );
    let table = view! {
        <DataTable caption=t.get("products-caption") bleed=true>
            <TableHead sticky=true>
                {selects.then(|| view! { <SelectAllCell /> })}
                <SortCell text=t.get("products-product") href=title_href sorted=by_title />
                <HeadCell text=t.get("products-sku") optional=true />
                <HeadCell text=t.get("products-connection") />
                <HeadCell text=t.get("products-variants") numeric=true />
                <HeadCell text=t.get("products-listing") optional=true />
                <HeadCell text=t.get("products-actions") hidden=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    };
    let Some(store) = store else {
        return table.into_any();
    };
    view! {
        <Form id=IGNORE_SELECTED action=IgnoreStoreProducts::PATH stacked=true>
            <input type="hidden" name="store" value=store />
            {table}
            <FormActions>
                <Button icon="slash">{t.get("products-ignore-selected")}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// What selects a product, where it can be ignored among others.
fn tick(product: &StoreProductRow) -> AnyView {
    if !product.only_waits() {
        return view! { <td role="cell" class="check"></td> }.into_any();
    }
    let (value, title) = (product.id.to_string(), product.title.clone());
    view! { <SelectCell name="products[]" value title /> }.into_any()
}

fn row(t: Text, product: &StoreProductRow, connects: bool, selects: bool) -> AnyView {
    let tick = selects.then(|| tick(product));
    let picture = view! { <Thumb src=product.image_url.clone() /> }.into_any();
    let (title, href) = (product.title.clone(), product_page(product.store_id, product.id));
    let sku = product.sku.clone().map(|text| view! { <CodeText text /> });
    let has_sku = if sku.is_some() {
        Narrow::Inline
    } else {
        Narrow::Hidden
    };
    let connect = product.open_variant.map(|variant| {
        let href = connect_page(product.store_id, variant);
        view! {
            <ButtonLink href icon="link" size=Size::Small above_row=true>
                {t.get("products-connect")}
            </ButtonLink>
        }
        .into_any()
    });
    let refused = product.refused_variant;
    let replace = refused.map(|variant| replace_design(t, product.store_id, variant));
    let next = replace.or(connect).filter(|_| connects);
    let of = connection_badge(t, product.mapping_state, product.refused_reason);
    let refused = product
        .refused_reason
        .map(|reason| view! { <span class="sub text-danger">{t.reason(reason)}</span> });
    let part = partly(t, product).map(|words| view! { <span class="sub">{words}</span> });
    let (variants, listing) = (t.number(product.variant_count), listing(t, product.listing));
    view! {
        <Row>
            {tick}
            <LeadCell title href picture />
            <Cell label=t.get("products-sku") optional=true narrow=has_sku>{sku}</Cell>
            <Cell narrow=Narrow::Corner>{of} {part} {refused}</Cell>
            <Cell label=t.get("products-variants") align=Align::Number>{variants}</Cell>
            <Cell label=t.get("products-listing") optional=true>{listing}</Cell>
            <Cell align=Align::Actions>{next}</Cell>
        </Row>
    }
    .into_any()
}

/// `2 of 3 connected`, while some variant still waits.
fn partly(t: Text, product: &StoreProductRow) -> Option<String> {
    let some = product.mapping_state == MappingState::NotConnected && product.connected_count > 0;
    some.then(|| {
        t.with(
            "products-partly",
            [
                ("connected", product.connected_count.into()),
                ("variants", product.variant_count.into()),
            ],
        )
    })
}

/// Whether buyers can see it.
pub(super) fn listing(t: Text, listing: Listing) -> String {
    t.get(&format!("products-listing-{}", listing.slug()))
}
