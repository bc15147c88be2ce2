//! The page of a product: what it is, to be changed, and the variants that come of it.

use domain::Permission;
use domain::id::ProductId;
use leptos::prelude::*;
use portal::access::Viewer;
use portal::catalogue::{self, Product};

use super::archive::{archive_card, archived_notice};
use super::fields::product_form;
use super::list::LIST;
use super::product_form::ProductForm;
use super::variants::variants_card;
use crate::audit::history_card;
use crate::page::{Content, operator_page};
use crate::text::Text;
use crate::ui::{Card, CardBody, Copyable, Crumb, Fact, Facts, PageHead, PlainBadge};

/// The page.
#[component]
pub fn ProductPage() -> impl IntoView {
    operator_page(Permission::ManageCatalogue, |page| async move {
        let id: ProductId = page.param("id")?;
        let t = page.t;
        let product = catalogue::find(&page.portal, id).await?;
        let title = product.definition.name(t.language).to_string();
        let crumbs = vec![Crumb::link(t.get("catalogue-title"), LIST)];
        let archived = product.archived_at.is_some();
        let notice = archived.then(|| archived_notice(t, &product));
        let archive = (!archived).then(|| archive_card(&page, &product, &title));
        let form = product_form(
            &page,
            ProductForm::of_stored(&product),
            t.get("catalogue-save"),
            LIST,
        );
        let head = if archived {
            let badge = view! { <PlainBadge text=t.get("catalogue-archived-badge") /> }.into_any();
            view! { <PageHead title=title.clone() crumbs badge /> }.into_any()
        } else {
            view! { <PageHead title=title.clone() crumbs /> }.into_any()
        };
        let history = history_card(&page, &Viewer::Operator(page.operator.clone()), id).await?;
        let view = view! {
            {head}
            <div class="stack" data-gap="6">
                {notice}
                <div class="split" data-fit="form">
                    {form}
                    <div class="stack">{facts(t, &product)} {archive} {history}</div>
                </div>
                {variants_card(t, &product)}
            </div>
        };
        Ok(Content::new(title, view))
    })
}

fn facts(t: Text, product: &Product) -> AnyView {
    let count = |number: usize| t.number(i64::try_from(number).unwrap_or(i64::MAX));
    let uid = product.definition.uid.to_string();
    let facts = view! {
        <Fact name=t.get("catalogue-uid")>
            <Copyable text=uid />
        </Fact>
        <Fact name=t.get("catalogue-variants") value=count(product.variants.len()) />
        <Fact name=t.get("catalogue-areas") value=count(product.definition.print_areas.len()) />
        <Fact name=t.get("catalogue-created") value=t.date_time(product.created_at) />
        <Fact name=t.get("catalogue-changed") value=t.date_time(product.updated_at) />
    }
    .into_any();
    view! {
        <Card sunken=true label=t.get("catalogue-facts")>
            <CardBody>
                <Facts>{facts}</Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}
