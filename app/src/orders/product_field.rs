//! Choosing what is ordered from the catalogue, by the names people know it by.

use leptos::prelude::*;
use portal::catalogue::ProductChoice;

use crate::text::Text;
use crate::ui::*;

/// The `id` of the list of products.
const PRODUCTS: &str = "products";

/// The list that the fields of a page are completed from.
pub fn product_list(products: &[ProductChoice]) -> AnyView {
    let options = products
        .iter()
        .map(|choice| view! { <option value=choice.label()></option> });
    let options = options.collect_view();
    view! { <datalist id=PRODUCTS>{options}</datalist> }.into_any()
}

/// A field that is completed from [`product_list`]; [`portal::catalogue::uid_meant`] reads what it sends. `help` is
/// what it says instead of how to choose.
pub fn product_field(
    t: Text,
    name: &'static str,
    value: String,
    optional: bool,
    help: Option<String>,
) -> AnyView {
    let help = help.unwrap_or_else(|| t.get("orders-product-field-help"));
    view! {
        <TextField
            name
            label=t.get("orders-product")
            help
            value
            optional
            wide=true
            list=PRODUCTS
            autocomplete="off"
        />
    }
    .into_any()
}
