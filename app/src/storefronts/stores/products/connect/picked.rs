//! The catalogue product that was picked for a variant, and what of it is chosen already.

use domain::id::ProductId;
use domain::mapping::{Values, named};
use portal::catalogue::{self, Product};
use portal::store_products::StoreVariantDetail;
use portal::{Outcome, Portal, Refusal};

use super::Connecting;
use crate::page::Page;

/// A catalogue product with the chosen value of each option.
#[derive(Clone)]
pub(super) struct Picked {
    pub(super) product: Product,
    pub(super) selection: Values,
}

impl Picked {
    /// What the address says; else what the variant is made of, or another variant of the same product.
    pub(super) async fn find(page: &Page, connecting: &Connecting) -> Outcome<Option<Self>> {
        if page.query("pick").is_some() {
            return Ok(None);
        }
        if let Some(uid) = page.query("uid") {
            return Self::of_uid(&page.portal, &uid).await;
        }
        let variant = &connecting.variant;
        let siblings = &connecting.product.variants;
        let id: Option<ProductId> = page
            .query_as("catalogue")
            .or(variant.catalogue_product_id)
            .or_else(|| siblings.iter().find_map(|sibling| sibling.catalogue_product_id));
        let Some(product) = (match id {
            Some(id) => offered(&page.portal, id).await?,
            None => None,
        }) else {
            return Ok(None);
        };
        let selection = selection(&product, variant);
        Ok(Some(Self { product, selection }))
    }

    async fn of_uid(portal: &Portal, uid: &str) -> Outcome<Option<Self>> {
        let choices = catalogue::choices(portal, portal.settings.brand.default_language).await?;
        let Some(choice) = choices.into_iter().find(|choice| choice.uid == uid) else {
            return Ok(None);
        };
        let Some(product) = offered(portal, choice.product).await? else {
            return Ok(None);
        };
        let selection = values_of(&product, uid).unwrap_or_default();
        Ok(Some(Self { product, selection }))
    }

    /// The product UID of what is chosen, once everything is.
    pub(super) fn uid(&self) -> Option<String> {
        uid_of(&self.product, &self.selection)
    }
}

/// A product that can be ordered.
pub(super) async fn offered(portal: &Portal, id: ProductId) -> Outcome<Option<Product>> {
    match catalogue::find(portal, id).await {
        Ok(product) => Ok(Some(product).filter(|product| product.archived_at.is_none())),
        Err(Refusal::NotFound) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// The combination of a product with these values.
pub(super) fn uid_of(product: &Product, values: &Values) -> Option<String> {
    let variants = product.variants.iter();
    let found = variants
        .into_iter()
        .find(|variant| variant.option_values.0 == *values);
    found.map(|variant| variant.uid.clone())
}

fn values_of(product: &Product, uid: &str) -> Option<Values> {
    let found = product.variants.iter().find(|variant| variant.uid == uid);
    found.map(|variant| variant.option_values.0.clone())
}

/// What a variant is made of; for one that is not connected, the values that are called as what tells it from the
/// others.
fn selection(product: &Product, variant: &StoreVariantDetail) -> Values {
    let made = variant.product_uid.as_deref();
    if let Some(values) = made.and_then(|uid| values_of(product, uid)) {
        return values;
    }
    let said: Vec<&str> = variant
        .options
        .0
        .iter()
        .map(|option| option.value.as_str())
        .collect();
    let options = &product.definition.options;
    let mut values = named(options, &said);
    for option in options {
        if let [only] = &option.values[..] {
            values
                .entry(option.key.clone())
                .or_insert_with(|| only.key.clone());
        }
    }
    values
}
