//! Saying that something is not made here, and taking decisions back.

use domain::id::{StoreProductId, StoreVariantId};
use domain::{MappingState, Permission, Problem};
use leptos::prelude::*;
use portal::Refusal;
use portal::mapping::{self, Ignore};
use portal::store_products::{self, StoreProductDetail, StoreVariantDetail};

use super::product_page;
use crate::action::{Action, Done, Reply};

/// The page of a product whose variant was decided about.
fn back(action: &Action, detail: &StoreProductDetail) -> String {
    action.came_from(&product_page(detail.product.store_id, detail.product.id))
}

/// Ignores a variant in all orders.
#[server(prefix = "/do", endpoint = "products/ignore-variant")]
pub async fn ignore_variant(
    /// The variant.
    #[server(default)]
    variant: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let (portal, viewer) = (&action.portal, action.viewer()?);
        let variant: StoreVariantId = action.id(&variant)?;
        viewer.require(Permission::ConnectProducts)?;
        let scope = viewer.scope();
        let (detail, _) = store_products::find_variant(portal, &scope, variant).await?;
        let waiting = mapping::waiting_orders(portal, &scope, &[variant]).await?;
        mapping::ignore(portal, viewer, Ignore::Variant(variant)).await?;
        let done = Problem::new("variant-ignored").with("orders", waiting);
        Ok(Done::to(back(&action, &detail)).saying_with(done))
    }
    .await;
    action.answer("ignore-variant", outcome).await
}

/// Ignores a whole product, also its variants to come.
#[server(prefix = "/do", endpoint = "products/ignore")]
pub async fn ignore_store_product(
    /// The product.
    #[server(default)]
    store_product: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let (portal, viewer) = (&action.portal, action.viewer()?);
        let product: StoreProductId = action.id(&store_product)?;
        viewer.require(Permission::ConnectProducts)?;
        let scope = viewer.scope();
        let detail = store_products::find(portal, &scope, product).await?;
        let variants: Vec<_> = detail.variants.iter().map(|variant| variant.id).collect();
        let waiting = mapping::waiting_orders(portal, &scope, &variants).await?;
        mapping::ignore(portal, viewer, Ignore::Product(product)).await?;
        let done = Problem::new("product-ignored").with("orders", waiting);
        Ok(Done::to(back(&action, &detail)).saying_with(done))
    }
    .await;
    action.answer("ignore-product", outcome).await
}

/// Ignores a product no more.
#[server(prefix = "/do", endpoint = "products/take-back")]
pub async fn take_back_store_product(
    /// The product.
    #[server(default)]
    store_product: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let (portal, viewer) = (&action.portal, action.viewer()?);
        let product: StoreProductId = action.id(&store_product)?;
        viewer.require(Permission::ConnectProducts)?;
        let detail = store_products::find(portal, &viewer.scope(), product).await?;
        let is_ignored = |variant: &StoreVariantDetail| variant.mapping_state == MappingState::Ignored;
        if !detail.variants.iter().any(is_ignored) {
            return Err(Refusal::conflict("product-not-ignored"));
        }
        mapping::take_back(portal, viewer, product).await?;
        Ok(Done::to(back(&action, &detail)).saying("product-taken-back"))
    }
    .await;
    action.answer("take-back", outcome).await
}

/// Makes a connected or ignored variant *not connected* again.
#[server(prefix = "/do", endpoint = "products/disconnect")]
pub async fn disconnect_variant(
    /// The variant.
    #[server(default)]
    variant: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let (portal, viewer) = (&action.portal, action.viewer()?);
        let variant: StoreVariantId = action.id(&variant)?;
        viewer.require(Permission::ConnectProducts)?;
        let (detail, was) = store_products::find_variant(portal, &viewer.scope(), variant).await?;
        mapping::disconnect(portal, viewer, variant).await?;
        let page = product_page(detail.product.store_id, detail.product.id);
        let done = if was.mapping_state == MappingState::Ignored {
            "variant-taken-back"
        } else {
            "variant-disconnected"
        };
        Ok(Done::to(page).saying(done))
    }
    .await;
    action.answer(&format!("disconnect-{variant}"), outcome).await
}
