//! Saying that something is not made here, and taking decisions back.

use domain::id::{StoreProductId, StoreVariantId};
use domain::{MappingState, Permission, Problem};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::mapping::{self, Ignore};
use portal::store_products::{self, StoreProductDetail, StoreVariantDetail};
use portal::{Outcome, Refusal};

use super::{product_page, products_page};
use crate::action::{Action, Done, Reply};

/// The `id` of the form that ignores what was selected in the list.
pub(super) const IGNORE_SELECTED: &str = "ignore-selected";

/// Whoever may decide what is made when somebody buys something.
fn decider(action: &Action) -> Outcome<&Viewer> {
    let viewer = action.viewer()?;
    viewer.require(Permission::ConnectProducts)?;
    Ok(viewer)
}

/// Back to where it was decided, or to the product's page, saying what was.
fn back(action: &Action, detail: &StoreProductDetail, said: Problem) -> Done {
    let page = product_page(detail.product.store_id, detail.product.id);
    Done::to(action.came_from(&page)).saying_with(said)
}

/// Ignores variants of a product in all orders, and says how many waited for them.
async fn ignore(
    action: &Action,
    detail: &StoreProductDetail,
    what: Ignore,
    variants: &[StoreVariantId],
    said: &'static str,
) -> Outcome<Done> {
    let (portal, viewer) = (&action.portal, action.viewer()?);
    let waiting = mapping::waiting_orders(portal, &viewer.scope(), variants).await?;
    mapping::ignore(portal, viewer, what).await?;
    Ok(back(action, detail, Problem::new(said).with("orders", waiting)))
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
        let scope = decider(&action)?.scope();
        let id = action.id(&variant)?;
        let (detail, _) = store_products::find_variant(&action.portal, &scope, id).await?;
        ignore(&action, &detail, Ignore::Variant(id), &[id], "variant-ignored").await
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
        let scope = decider(&action)?.scope();
        let id = action.id(&store_product)?;
        let detail = store_products::find(&action.portal, &scope, id).await?;
        let variants: Vec<_> = detail.variants.iter().map(|variant| variant.id).collect();
        ignore(
            &action,
            &detail,
            Ignore::Product(id),
            &variants,
            "product-ignored",
        )
        .await
    }
    .await;
    action.answer("ignore-product", outcome).await
}

/// Ignores several products of a store. Of those selected, the ones of which something is connected by now stay as they
/// are.
#[server(prefix = "/do", endpoint = "products/ignore-selected")]
pub async fn ignore_store_products(
    /// The store.
    #[server(default)]
    store: String,
    /// The selected products.
    #[server(default)]
    products: Vec<String>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let viewer = decider(&action)?;
        let store = action.id(&store)?;
        let products: Vec<StoreProductId> =
            products.iter().map(|id| action.id(id)).collect::<Outcome<_>>()?;
        let ignored = mapping::ignore_waiting(&action.portal, viewer, store, &products).await?;
        let said = Problem::new("products-ignored")
            .with("products", ignored.products)
            .with("orders", ignored.orders)
            .with("left", ignored.left);
        Ok(Done::to(action.came_from(&products_page(store))).saying_with(said))
    }
    .await;
    action.answer(IGNORE_SELECTED, outcome).await
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
        let viewer = decider(&action)?;
        let id = action.id(&store_product)?;
        let detail = store_products::find(&action.portal, &viewer.scope(), id).await?;
        let is_ignored = |variant: &StoreVariantDetail| variant.mapping_state == MappingState::Ignored;
        if !detail.variants.iter().any(is_ignored) {
            return Err(Refusal::conflict("product-not-ignored"));
        }
        mapping::take_back(&action.portal, viewer, id).await?;
        Ok(back(&action, &detail, Problem::new("product-taken-back")))
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
        let viewer = decider(&action)?;
        let id = action.id(&variant)?;
        let (detail, was) = store_products::find_variant(&action.portal, &viewer.scope(), id).await?;
        mapping::disconnect(&action.portal, viewer, id).await?;
        // Where it was asked is an address with the dialog open.
        let page = product_page(detail.product.store_id, detail.product.id);
        Ok(Done::to(page).saying(match was.mapping_state {
            MappingState::Ignored => "variant-taken-back",
            _ => "variant-disconnected",
        }))
    }
    .await;
    action.answer(&format!("disconnect-{variant}"), outcome).await
}
