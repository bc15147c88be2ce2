//! One product of a store, with what each of its variants is made of.

use domain::id::StoreProductId;
use domain::{MappingState, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::store_products::{self, StoreProductDetail};
use portal::{Refusal, mapping};

use super::decide::{IgnoreStoreProduct, TakeBackStoreProduct};
use super::table::listing;
use super::variants::{connection_badge, disconnect_dialogs, variants_card};
use super::{connect_page, products_page};
use crate::page::{ClientPage, Content, Page, client_page};
use crate::storefronts::look_only;
use crate::storefronts::stores::store_page;
use crate::ui::*;

/// The page.
#[component]
pub fn StoreProductPage() -> impl IntoView {
    client_page(Permission::SeeProducts, |page| async move {
        let id: StoreProductId = page.param("product")?;
        let scope = page.client.scope();
        let product = store_products::find(&page.portal, &scope, id).await?;
        if product.product.store_id != page.param("id")? {
            return Err(Refusal::NotFound);
        }
        let variants: Vec<_> = product.variants.iter().map(|variant| variant.id).collect();
        let waiting = mapping::waiting_orders(&page.portal, &scope, &variants).await?;
        let connects = page.client.require(Permission::ConnectProducts).is_ok();
        let title = product.product.title.clone();
        let dialogs = connects.then(|| disconnect_dialogs(&page, &product));
        let view = view! {
            {head(&page, &product, connects)}
            {look_only(&page, &[Permission::ConnectProducts])}
            {waiting_note(&page, waiting)}
            <div class="split" data-fit="table">
                <div class="stack" data-gap="6">{variants_card(&page, &product, connects)}</div>
                <aside class="stack" data-gap="6" aria-label=page.t.get("products-about")>
                    {about(&page, &product)}
                </aside>
            </div>
            {dialogs}
        };
        Ok(Content::new(title, view))
    })
}

fn head(page: &ClientPage, detail: &StoreProductDetail, connects: bool) -> AnyView {
    let (t, product) = (page.t, &detail.product);
    let crumbs = vec![
        Crumb::link(t.get("stores-title"), "/storefronts/stores"),
        Crumb::link(product.store_name.clone(), store_page(product.store_id)),
        Crumb::link(t.get("products-title"), products_page(product.store_id)),
    ];
    let badge = connection_badge(t, product.mapping_state, product.refused_reason);
    let picture = view! { <Thumb src=product.image_url.clone() size=Size::Large /> }.into_any();
    let id = product.id.to_string();
    let ignorable = detail
        .variants
        .iter()
        .any(|variant| variant.mapping_state != MappingState::Ignored);
    let decide = if !connects {
        None
    } else if detail.ignored || !ignorable {
        let words = t.get(if detail.variants.iter().any(|variant| variant.ships) {
            "products-take-back"
        } else {
            "products-make-printable"
        });
        let form = view! {
            <Form id="take-back" action=TakeBackStoreProduct::PATH>
                <input type="hidden" name="store_product" value=id.clone() />
                <Button>{words}</Button>
            </Form>
        };
        Some(form.into_any())
    } else {
        let form = view! {
            <Form id="ignore-product" action=IgnoreStoreProduct::PATH>
                <input type="hidden" name="store_product" value=id.clone() />
                <Button icon="slash">{t.get("products-ignore")}</Button>
            </Form>
        };
        Some(form.into_any())
    };
    let connect = product.open_variant.map(|variant| {
        if !connects {
            let words = t.get("products-connect");
            return view! { <ClosedButton words variant=Variant::Primary icon="link" /> }.into_any();
        }
        let href = connect_page(product.store_id, variant);
        view! {
            <ButtonLink href variant=Variant::Primary icon="link">
                {t.get("products-connect")}
            </ButtonLink>
        }
        .into_any()
    });
    view! {
        <PageHead title=product.title.clone() crumbs badge picture>
            {decide}
            {connect}
        </PageHead>
    }
    .into_any()
}

/// How many orders wait for this product.
pub(super) fn waiting_note(page: &Page, orders: i64) -> Option<AnyView> {
    let t = page.t;
    (orders > 0).then(|| {
        let title = t.with("products-orders-wait", [("orders", orders.into())]);
        let text = t.get("products-orders-wait-text");
        view! { <Alert tone=Tone::Warning title text /> }.into_any()
    })
}

fn about(page: &ClientPage, detail: &StoreProductDetail) -> AnyView {
    let (t, product) = (page.t, &detail.product);
    let url = product.url.clone().map(|url| {
        view! {
            <Fact name=t.get("products-at-store")>
                <a href=url rel="noreferrer">
                    {t.get("products-open")}
                </a>
            </Fact>
        }
    });
    let gone = product
        .gone_at
        .map(|at| view! { <Fact name=t.get("products-gone-since") value=t.date_time(at) /> });
    let (id, listing) = (product.external_id.clone(), listing(t, product.listing));
    let changed = t.date_time(product.updated_at);
    let variants = t.with(
        "products-partly",
        [
            ("connected", product.connected_count.into()),
            ("variants", product.variant_count.into()),
        ],
    );
    view! {
        <Card sunken=true>
            <CardHead title=t.get("products-about") />
            <CardBody>
                <Facts>
                    <Fact name=t.get("products-listing") value=listing />
                    <Fact name=t.get("products-variants") value=variants />
                    {gone}
                    <Fact name=t.get("products-id")>
                        <Copyable text=id />
                    </Fact>
                    {url}
                    <Fact name=t.get("products-changed") value=changed />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}
