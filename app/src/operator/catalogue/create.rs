//! The page on which a product is created.

use domain::Permission;
use leptos::prelude::*;

use super::fields::product_form;
use super::list::LIST;
use super::product_form::ProductForm;
use crate::page::{Content, operator_page};
use crate::ui::{Crumb, PageHead};

/// The page.
#[component]
pub fn CreateProductPage() -> impl IntoView {
    operator_page(Permission::ManageCatalogue, |page| async move {
        let t = page.t;
        let title = t.get("catalogue-create");
        let crumbs = vec![Crumb::link(t.get("catalogue-title"), LIST)];
        let form = product_form(&page, ProductForm::new(), title.clone(), LIST);
        let view = view! {
            <PageHead title=title.clone() crumbs />
            <div class="split" data-fit="form">
                {form}
            </div>
        };
        Ok(Content::new(title, view))
    })
}
