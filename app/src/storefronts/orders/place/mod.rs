//! The form *Place order*.
//!
//! Its lines come and go by buttons that send the form: the server changes it and shows it again with everything
//! that was typed, so that nothing of it needs scripts.

mod draft;
mod lines;
pub mod submit;

use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::catalogue::{self, ProductChoice};
use portal::orders::AddressForm;
use portal::stores::{self, StoreRow};
use portal::{Outcome, catalogue::print_areas_of};

pub(in crate::storefronts) use self::lines::asked_for;

use self::draft::Draft;
use self::lines::{KeptFiles, lines_card};
use self::submit::PlaceOrder;
use super::list::PATH;
use crate::orders::address_form::address_fields;
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::takes_orders;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "place-order";
/// The form's page.
const PAGE: &str = "/storefronts/orders/new";

/// The page.
#[component]
pub fn PlaceOrderPage() -> impl IntoView {
    client_page(Permission::PlaceOrders, |page| async move {
        let t = page.t;
        let stores = stores::list(&page.portal, &page.client.scope()).await?;
        let stores: Vec<_> = stores
            .into_iter()
            .filter(|row| takes_orders(&row.store))
            .collect();
        let products = catalogue::choices(&page.portal, t.language).await?;
        let body = if stores.is_empty() {
            no_store(&page)
        } else if products.is_empty() {
            no_products(&page)
        } else {
            form(&page, stores, products).await?
        };
        let title = t.get("orders-place");
        let crumbs = vec![Crumb::link(t.get("orders-title"), PATH)];
        let view = view! {
            <PageHead title=title.clone() crumbs lede=t.get("storefront-orders-place-lede") />
            {body}
        };
        Ok(Content::new(title, view))
    })
}

fn no_store(page: &ClientPage) -> AnyView {
    let t = page.t;
    let may_add = page.client.require(Permission::ConnectStores).is_ok();
    let add = may_add.then(|| {
        view! {
            <ButtonLink href="/storefronts/stores/new/manual" variant=Variant::Primary icon="plus">
                {t.get("stores-add-manual")}
            </ButtonLink>
        }
    });
    let text = t.get(if may_add {
        "orders-empty-no-store"
    } else {
        "storefront-orders-no-store-look-only"
    });
    view! {
        <Empty title=t.get("orders-no-manual-store") text>
            {add}
        </Empty>
    }
    .into_any()
}

fn no_products(page: &ClientPage) -> AnyView {
    let t = page.t;
    let company = page.portal.settings.brand.company.as_str();
    let text = t.with(
        "storefront-orders-no-products-text",
        [("company", company.into())],
    );
    view! { <Empty title=t.get("storefront-orders-no-products") text /> }.into_any()
}

/// What was typed so far, when the form is shown again.
fn typed(page: &ClientPage) -> Draft {
    let form = page.visitor.flash.form.as_ref();
    Draft::of(
        form.filter(|form| form.id == FORM)
            .map(|form| form.values.clone())
            .unwrap_or_default(),
    )
}

async fn form(page: &ClientPage, stores: Vec<StoreRow>, products: Vec<ProductChoice>) -> Outcome<AnyView> {
    let draft = typed(page);
    let submission = match draft.get("submission") {
        "" => page.portal.entropy.id().to_string(),
        made => made.to_owned(),
    };
    let revision = draft.revision();
    let chosen: Vec<_> = products
        .iter()
        .filter(|product| draft.names(&product.uid))
        .collect();
    let areas = print_areas_of(&page.portal, &chosen).await?;
    let kept = KeptFiles::find(page, &draft).await?;
    let aside = what_happens(page);
    let (t, page) = (page.t, page.clone());
    // Fields are made inside of the form: it tells them what was typed and what was wrong.
    Ok(view! {
        <Form id=FORM action=PlaceOrder::PATH multipart=true stacked=true long=true>
            // The browser presses the first button when somebody types Enter: that must not be one that removes.
            <button class="visually-hidden" name="do" value="place" tabindex="-1" aria-hidden="true"></button>
            <input type="hidden" name="submission" value=submission />
            <input type="hidden" name="revision" value=revision />
            <div class="split">
                <div class="stack" data-gap="6">
                    {order_card(&page, &stores)} {lines_card(t, &draft, products, areas, kept)}
                    {address_card(t)} {delivery_card(t)} {actions(t)}
                </div>
                <aside class="pinned" aria-label=t.get("storefront-orders-what-happens")>
                    {aside}
                </aside>
            </div>
        </Form>
    }
    .into_any())
}

fn actions(t: Text) -> AnyView {
    view! {
        <FormActions>
            <Button variant=Variant::Primary name="do" value="place">
                {t.get("orders-place")}
            </Button>
            <ButtonLink href=PATH variant=Variant::Quiet>
                {t.get("ui-cancel")}
            </ButtonLink>
        </FormActions>
    }
    .into_any()
}

fn address_card(t: Text) -> AnyView {
    view! {
        <Card>
            <CardHead title=t.get("orders-deliver-to") />
            <CardBody form=true>{address_fields(t, AddressForm::default())}</CardBody>
        </Card>
    }
    .into_any()
}

fn order_card(page: &ClientPage, stores: &[StoreRow]) -> AnyView {
    let t = page.t;
    let choices: Vec<_> = stores
        .iter()
        .map(|row| Choice::new(row.store.id.to_string(), row.store.name.clone()))
        .collect();
    let only = stores.first().filter(|_| stores.len() == 1);
    let chosen = page
        .query("store")
        .or_else(|| only.map(|row| row.store.id.to_string()));
    let empty = only.is_none().then(|| t.get("storefront-orders-choose-store"));
    view! {
        <Card>
            <CardHead title=t.get("orders-place-order") />
            <CardBody form=true>
                <Fields>
                    <SelectField name="store" label=t.get("orders-store") choices value=chosen empty />
                    <TextField
                        name="reference"
                        label=t.get("orders-your-reference")
                        help=t.get("orders-your-reference-help")
                        optional=true
                        autocomplete="off"
                    />
                </Fields>
            </CardBody>
        </Card>
    }
    .into_any()
}

fn delivery_card(t: Text) -> AnyView {
    view! {
        <Card>
            <CardHead title=t.get("orders-place-delivery") />
            <CardBody form=true>
                <TextField
                    name="shipping_method"
                    label=t.get("orders-shipping-method")
                    help=t.get("orders-shipping-method-help")
                    optional=true
                    autocomplete="off"
                />
                <TextArea name="note" label=t.get("orders-note") optional=true />
            </CardBody>
        </Card>
    }
    .into_any()
}

/// What becomes of the order once it is placed.
fn what_happens(page: &ClientPage) -> AnyView {
    let t = page.t;
    let steps = ["check", "produce", "ship"]
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let title = t.get(&format!("storefront-orders-what-{step}"));
            let text = t.get(&format!("storefront-orders-what-{step}-text"));
            view! { <Step number={index + 1} title text /> }
        });
    let steps = steps.collect_view();
    view! {
        <Card sunken=true>
            <CardHead title=t.get("storefront-orders-what-happens") />
            <CardBody>
                <Steps>{steps}</Steps>
            </CardBody>
        </Card>
    }
    .into_any()
}
