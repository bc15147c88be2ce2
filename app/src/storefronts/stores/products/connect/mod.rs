//! The page *Connect product*: what is made when somebody buys a variant, and from which design.
//!
//! It works in two steps without scripts: a link picks the catalogue product, then one form takes its options and
//! the design of each print area.

mod alike;
mod designs;
mod draft;
mod pick;
mod picked;
mod preview;
pub mod submit;

use domain::id::{OrderId, StoreId, StoreVariantId};
use domain::{MappingState, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::{Scope, Viewer};
use portal::mapping::{self, MOST_PIECES};
use portal::orders;
use portal::store_products::{self, StoreProductDetail, StoreVariantDetail};
use portal::{Outcome, Refusal};

use self::alike::alike_field;
use self::designs::{KeptFiles, designs_card};
use self::pick::pick_card;
use self::picked::Picked;
use self::preview::preview;
use self::submit::ConnectStoreVariant;
use super::decide::IgnoreVariant;
use super::product::waiting_note;
use super::variants::connection_badge;
use super::{connect_page, connect_page_for, connect_page_in_console, product_page, products_page};
use crate::action::encode;
use crate::orders::page_of;
use crate::page::{Content, Page, client_page, operator_page};
use crate::storefronts::stores::store_page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "connect-product";

/// The page of a variant in the viewer's face, with what was picked for it.
fn connect_page_of(
    viewer: &Viewer,
    store: StoreId,
    variant: StoreVariantId,
    catalogue: &str,
    order: Option<OrderId>,
) -> String {
    let catalogue = encode(catalogue);
    match (viewer, order) {
        (Viewer::Operator(_), Some(order)) => {
            format!(
                "{}?catalogue={catalogue}",
                connect_page_in_console(order, variant)
            )
        }
        (_, Some(order)) => format!(
            "{}&catalogue={catalogue}",
            connect_page_for(store, variant, order)
        ),
        (_, None) => format!("{}?catalogue={catalogue}", connect_page(store, variant)),
    }
}

/// A variant about to be connected.
#[derive(Clone)]
struct Connecting {
    product: StoreProductDetail,
    variant: StoreVariantDetail,
    /// The order that is shown again afterwards.
    order: Option<OrderId>,
}

impl Connecting {
    async fn read(page: &Page, scope: &Scope, order: Option<OrderId>) -> Outcome<Self> {
        let variant: StoreVariantId = page.param("variant")?;
        let (product, variant) = store_products::find_variant(&page.portal, scope, variant).await?;
        Ok(Self {
            product,
            variant,
            order,
        })
    }

    /// `Cat at three, A3`.
    fn name(&self) -> String {
        let title = &self.product.product.title;
        if self.variant.title.is_empty() {
            title.clone()
        } else {
            format!("{title}, {}", self.variant.title)
        }
    }
}

/// The page in Storefronts.
#[component]
pub fn ConnectProductPage() -> impl IntoView {
    client_page(Permission::ConnectProducts, |page| async move {
        let viewer = Viewer::Client(page.client.clone());
        let connecting = Connecting::read(&page, &viewer.scope(), page.query_as("order")).await?;
        let (t, product) = (page.t, &connecting.product.product);
        let store = product.store_id;
        if store != page.param("id")? {
            return Err(Refusal::NotFound);
        }
        let own = product_page(store, product.id);
        let crumbs = vec![
            Crumb::link(t.get("stores-title"), "/storefronts/stores"),
            Crumb::link(product.store_name.clone(), store_page(store)),
            Crumb::link(t.get("products-title"), products_page(store)),
            Crumb::link(product.title.clone(), own.clone()),
        ];
        shown(&page, &viewer, &connecting, crumbs, own).await
    })
}

/// The page in the console, for an order that waits.
#[component]
pub fn ConnectForOrderPage() -> impl IntoView {
    operator_page(Permission::ConnectProducts, |page| async move {
        let viewer = Viewer::Operator(page.operator.clone());
        let order = orders::find(&page.portal, &viewer.scope(), page.param("id")?).await?;
        let connecting = Connecting::read(&page, &viewer.scope(), Some(order.head.id)).await?;
        let name = format!("{}{}", page.portal.settings.brand.order_prefix, order.head.number);
        let own = page_of(&viewer, order.head.id);
        let crumbs = vec![
            Crumb::link(page.t.get("orders-title"), "/console/orders"),
            Crumb::link(name, own.clone()),
        ];
        shown(&page, &viewer, &connecting, crumbs, own).await
    })
}

/// What both show; `back` is where *Cancel* leads.
async fn shown(
    page: &Page,
    viewer: &Viewer,
    connecting: &Connecting,
    crumbs: Vec<Crumb>,
    back: String,
) -> Outcome<Content> {
    let scope = viewer.scope();
    let waiting = mapping::waiting_orders(&page.portal, &scope, &[connecting.variant.id]).await?;
    let picked = Picked::find(page, connecting).await?;
    let kept = KeptFiles::find(page, &scope).await?;
    let pick = pick_card(page, picked.as_ref()).await?;
    let aside = picked
        .as_ref()
        .map(|picked| preview(page.t, connecting, picked, &kept));
    let form = picked
        .as_ref()
        .map(|picked| form(page, viewer, connecting, picked, &kept, back));
    let title = page
        .t
        .with("products-connect-title", [("variant", connecting.name().into())]);
    let label = page.t.get("products-preview");
    let view = view! {
        {head(page, viewer, connecting, crumbs, title.clone())}
        {waiting_note(page, waiting)}
        <div class="split">
            <div class="stack" data-gap="6">{pick} {form}</div>
            <aside class="stack pinned" aria-label=label>
                {aside}
            </aside>
        </div>
    };
    Ok(Content::new(title, view))
}

fn head(page: &Page, viewer: &Viewer, connecting: &Connecting, crumbs: Vec<Crumb>, title: String) -> AnyView {
    let t = page.t;
    let lede = match &connecting.variant.sku {
        Some(sku) => t.with("products-connect-lede-sku", [("sku", sku.as_str().into())]),
        None => t.get("products-connect-lede"),
    };
    let variant = &connecting.variant;
    let badge = connection_badge(t, variant.mapping_state, variant.refused_reason());
    // In the console it is ignored at the order.
    let ignores = variant.mapping_state == MappingState::NotConnected && matches!(viewer, Viewer::Client(_));
    let ignore = ignores.then(|| {
        let id = variant.id.to_string();
        view! {
            <Form id="ignore-variant" action=IgnoreVariant::PATH>
                <input type="hidden" name="variant" value=id />
                <Button icon="slash">{t.get("products-ignore-this-variant")}</Button>
            </Form>
        }
    });
    view! {
        <PageHead title lede crumbs badge>
            {ignore}
        </PageHead>
    }
    .into_any()
}

fn form(
    page: &Page,
    viewer: &Viewer,
    connecting: &Connecting,
    picked: &Picked,
    kept: &KeptFiles,
    back: String,
) -> AnyView {
    let t = page.t;
    let (variant, catalogue) = (connecting.variant.id.to_string(), picked.product.id.to_string());
    let order = connecting
        .order
        .map(|order| view! { <input type="hidden" name="order" value=order.to_string() /> });
    // In the console it is about one order, not about all that its store sells.
    let next = matches!(viewer, Viewer::Client(_)).then(|| {
        view! {
            <Button name="do" value="next">
                {t.get("products-connect-next")}
            </Button>
        }
    });
    // Fields find out inside of the form what was typed and what was wrong.
    let (connecting, picked, kept) = (connecting.clone(), picked.clone(), kept.clone());
    view! {
        <Form id=FORM action=ConnectStoreVariant::PATH multipart=true stacked=true>
            <input type="hidden" name="variant" value=variant />
            <input type="hidden" name="catalogue" value=catalogue />
            {order}
            {specification_card(t, &connecting, &picked)}
            {designs_card(t, &connecting, &picked, &kept)}
            {alike_field(t, &connecting, &picked)}
            <FormActions>
                <Button name="do" value="connect" variant=Variant::Primary icon="link">
                    {t.get("products-connect-submit")}
                </Button>
                {next}
                <ButtonLink href=back variant=Variant::Quiet>
                    {t.get("ui-cancel")}
                </ButtonLink>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// What can be chosen about the product, and how many pieces of it are sold as one.
fn specification_card(t: Text, connecting: &Connecting, picked: &Picked) -> AnyView {
    let options = &picked.product.definition.options;
    let selects = options.iter().map(|option| {
        let choices = option
            .values
            .iter()
            .map(|value| Choice::new(value.key.to_string(), value.name(t.language).to_string()))
            .collect();
        let chosen = picked.selection.get(&option.key).map(ToString::to_string);
        view! {
            <SelectField
                name=format!("option:{}", option.key)
                label=option.name(t.language).to_string()
                choices
                value=chosen
                empty=t.get("products-choose")
            />
        }
    });
    let selects = selects.collect_view();
    let pieces = connecting.variant.pieces_per_unit.to_string();
    let uid = picked.uid().map(|uid| {
        view! {
            <p class="muted text-xs">
                {t.get("products-uid")} " "
                <Copyable text=uid />
            </p>
        }
    });
    view! {
        <Card id="specification">
            <CardHead title=t.get("products-specification") />
            <CardBody form=true>
                <Fields>
                    {selects}
                    <TextField
                        name="pieces_per_unit"
                        kind="number"
                        label=t.get("products-pieces")
                        help=t.get("products-pieces-help")
                        value=pieces
                        min="1"
                        max=MOST_PIECES.to_string()
                        step="1"
                    />
                </Fields>
                {uid}
            </CardBody>
        </Card>
    }
    .into_any()
}
