//! Saving the form *Connect product*.

use domain::id::{OrderId, StoreVariantId};
use domain::{FieldProblems, MappingState, Permission, Problem};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::catalogue::Product;
use portal::mapping::{self, Alike};
use portal::store_products::{self, StoreProductDetail};
use portal::{Outcome, Portal, Refusal};

use super::alike::names;
use super::draft::Draft;
use super::picked::{offered, uid_of};
use super::{FORM, connect_page_of};
use crate::action::{Action, Done, Reply};
use crate::orders::page_of;
use crate::storefronts::stores::products::product_page;
use crate::visitor::RefusedForm;

/// Connects a variant, and the others of its product that wait when they are to be alike. Its controls are read from
/// what was posted: their number depends on the product that was picked.
#[server(prefix = "/do", endpoint = "products/connect")]
pub async fn connect_store_variant() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let mut draft = Draft::of(action.posted());
    if let Some(area) = draft.file_to_remove() {
        draft.remove_file(&area);
        return again(action, draft, FieldProblems::new()).await;
    }
    match save(&action, &draft).await {
        Err(Refusal::Invalid(problems)) if draft.brought_files() => again(action, draft, problems).await,
        outcome => action.answer(FORM, outcome).await,
    }
}

/// Shows the form again, with the files that came with it.
async fn again(action: Action, draft: Draft, problems: FieldProblems) -> Result<Reply, ServerFnError> {
    let location = match variant_page(&action, &draft).await {
        Ok(location) => location,
        Err(refusal) => return action.answer(FORM, Err(refusal)).await,
    };
    let form = RefusedForm {
        id: FORM.to_owned(),
        values: draft.into_values(),
        problems,
        message: None,
    };
    action.show_again(form, location).await
}

/// The page of the form, with what was picked.
async fn variant_page(action: &Action, draft: &Draft) -> Outcome<String> {
    let viewer = action.viewer()?;
    viewer.require(Permission::ConnectProducts)?;
    let variant: StoreVariantId = action.id(draft.get("variant"))?;
    let (detail, _) = store_products::find_variant(&action.portal, &viewer.scope(), variant).await?;
    let order = draft.get("order").parse::<OrderId>().ok();
    Ok(connect_page_of(
        viewer,
        detail.product.store_id,
        variant,
        draft.get("catalogue"),
        order,
    ))
}

async fn save(action: &Action, draft: &Draft) -> Outcome<Done> {
    let (portal, viewer) = (&action.portal, action.viewer()?);
    viewer.require(Permission::ConnectProducts)?;
    let scope = viewer.scope();
    let id: StoreVariantId = action.id(draft.get("variant"))?;
    let (detail, _) = store_products::find_variant(portal, &scope, id).await?;
    if !action.files_taken() {
        return action.with_refused_files(Ok(()));
    }
    let product = picked(action, draft).await?;
    let form = draft.form(uid(&product, draft)?);
    let alike = if draft.get("alike").is_empty() {
        Alike::default()
    } else {
        Alike::of(&detail, id, &product, &draft.options())
    };
    let made = alike.made(&product);
    let others = made.iter().map(|(variant, _)| *variant);
    let all: Vec<StoreVariantId> = std::iter::once(id).chain(others).collect();
    let waiting = mapping::waiting_orders(portal, &scope, &all).await?;
    mapping::connect(portal, viewer, id, &form)
        .await
        .map_err(|refusal| at_a_control(refusal, &product))?;
    if !made.is_empty() {
        mapping::connect_alike(portal, viewer, id, &made).await?;
    }
    let done = if alike.left.is_empty() {
        Problem::new("variants-connected")
    } else {
        let left = names(action.visitor.text(), &alike.left);
        Problem::new("variants-connected-others-left").with("left", left)
    };
    let done = done.with("variants", all.len()).with("orders", waiting);
    let location = location(portal, viewer, draft, &detail, id).await?;
    Ok(Done::to(location).saying_with(done))
}

async fn picked(action: &Action, draft: &Draft) -> Outcome<Product> {
    let product = match draft.get("catalogue").parse() {
        Ok(id) => offered(&action.portal, id).await?,
        Err(_) => None,
    };
    product.ok_or_else(|| Refusal::field("catalogue", Problem::new("required")))
}

/// The combination that was chosen.
fn uid(product: &Product, draft: &Draft) -> Outcome<String> {
    let chosen = draft.options();
    let mut problems = FieldProblems::new();
    for option in &product.definition.options {
        if !chosen.contains_key(&option.key) {
            problems.add(format!("option:{}", option.key), Problem::new("required"));
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    uid_of(product, &chosen).ok_or_else(|| {
        let field = first_control(product);
        FieldProblems::of(field, Problem::new("combination-not-made")).into()
    })
}

/// The control that stands for the product as a whole.
fn first_control(product: &Product) -> String {
    let first = product.definition.options.first();
    first.map_or_else(
        || "catalogue".to_owned(),
        |option| format!("option:{}", option.key),
    )
}

/// The form has no control called `product_uid`: what is wrong with it is said at the first option.
fn at_a_control(refusal: Refusal, product: &Product) -> Refusal {
    let Refusal::Invalid(problems) = refusal else {
        return refusal;
    };
    let mut placed = FieldProblems::new();
    for (field, problem) in problems.iter() {
        let field = if field == "product_uid" {
            first_control(product)
        } else {
            field.to_owned()
        };
        placed.add(field, problem.clone());
    }
    placed.into()
}

/// The variants of a product that wait, but for one.
fn open_variants(detail: &StoreProductDetail, but: StoreVariantId) -> Vec<StoreVariantId> {
    let variants = detail.variants.iter().filter(|variant| {
        variant.id != but && variant.gone_at.is_none() && variant.mapping_state == MappingState::NotConnected
    });
    variants.map(|variant| variant.id).collect()
}

/// Where to go on: the next variant that waits, the order it was connected for, or its product, which has no page in the
/// console.
async fn location(
    portal: &Portal,
    viewer: &Viewer,
    draft: &Draft,
    detail: &StoreProductDetail,
    connected: StoreVariantId,
) -> Outcome<String> {
    let order = draft.get("order").parse::<OrderId>().ok();
    if matches!(viewer, Viewer::Operator(_)) {
        return Ok(order.map_or_else(|| "/console/orders".to_owned(), |order| page_of(viewer, order)));
    }
    let store = detail.product.store_id;
    let product = product_page(store, detail.product.id);
    if draft.get("do") == "next" {
        let next = next_open(portal, viewer, detail, connected).await?;
        return Ok(next.map_or(product, |next| super::super::connect_page(store, next)));
    }
    Ok(order.map_or(product, |order| page_of(viewer, order)))
}

async fn next_open(
    portal: &Portal,
    viewer: &Viewer,
    detail: &StoreProductDetail,
    connected: StoreVariantId,
) -> Outcome<Option<StoreVariantId>> {
    let scope = viewer.scope();
    let now = store_products::find(portal, &scope, detail.product.id).await?;
    if let Some(next) = open_variants(&now, connected).first() {
        return Ok(Some(*next));
    }
    let (store, key) = (detail.product.store_id, detail.product.key());
    let Some(next) = store_products::next_not_connected(portal, &scope, store, &key).await? else {
        return Ok(None);
    };
    let next = store_products::find(portal, &scope, next).await?;
    Ok(next.product.open_variant)
}
