//! Creating a product: written by its handle, so that the same product is never made twice.

use std::time::Duration;

use domain::source::ExternalId;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::graphql::{Api, List, UserError, accept};
use super::operations::{PRODUCT_BY_HANDLE, PRODUCT_OPERATION, PRODUCT_SET, PUBLICATIONS, PUBLISH};
use super::progress::mutate;
use crate::OutboundError;
use crate::hex;
use crate::lenient;
use crate::store::{ConnectionError, NewStoreProduct, NewStoreVariant, Result};

/// How often and how many times to look whether the product is ready: about two minutes.
const POLL: Duration = Duration::from_secs(2);
const POLLS: u32 = 60;
/// The option of products that have none of their own.
const NO_OPTION: (&str, &str) = ("Title", "Default Title");

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    product_by_identifier: Option<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Set {
    product_set: Option<SetPayload>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SetPayload {
    product: Option<Named>,
    product_set_operation: Option<Named>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Looked {
    product_operation: Option<State>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    #[serde(default, deserialize_with = "lenient::or_default")]
    status: String,
    product: Option<Named>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct Publications {
    publications: List<Publication>,
}

#[derive(Deserialize)]
struct Publication {
    id: String,
    #[serde(default)]
    catalog: Value,
}

/// Creates the product, or finds the one that an earlier attempt created and leaves it as it is.
pub(super) async fn create(api: &Api, product: &NewStoreProduct) -> Result<ExternalId> {
    let handle = handle(product);
    let found: Found = api.ask(&PRODUCT_BY_HANDLE, json!({ "handle": handle })).await?;
    let id = match found.product_by_identifier {
        Some(found) => found.id,
        None => set(api, product, &handle).await?,
    };
    if product.publish {
        publish(api, &id).await?;
    }
    Ok(ExternalId::new(id))
}

async fn set(api: &Api, product: &NewStoreProduct, handle: &str) -> Result<String> {
    let variables = json!({ "identifier": { "handle": handle }, "input": input(product, handle) });
    let answer: Set = api.ask(&PRODUCT_SET, variables).await?;
    let unreadable = || ConnectionError::Unreadable("neither a product nor an operation".to_owned());
    let payload = answer.product_set.ok_or_else(unreadable)?;
    accept(&payload.user_errors)?;
    match (payload.product, payload.product_set_operation) {
        (Some(product), _) => Ok(product.id),
        (None, Some(operation)) => wait_for(api, &operation.id).await,
        (None, None) => Err(unreadable()),
    }
}

async fn wait_for(api: &Api, operation: &str) -> Result<String> {
    for _ in 0..POLLS {
        let looked: Looked = api.ask(&PRODUCT_OPERATION, json!({ "id": operation })).await?;
        if let Some(state) = looked
            .product_operation
            .filter(|state| state.status == "COMPLETE")
        {
            accept(&state.user_errors)?;
            let product = state.product.map(|product| product.id);
            return product.ok_or_else(|| ConnectionError::Unreadable("no product in the answer".to_owned()));
        }
        api.wire().surroundings().wait(POLL).await;
    }
    // The next attempt finds the product by its handle.
    Err(ConnectionError::Uncertain(OutboundError::TimedOut))
}

/// Offers the product in the online store, or where the shop sells when it has none.
async fn publish(api: &Api, product: &str) -> Result<()> {
    let answer: Publications = api.ask(&PUBLICATIONS, json!({})).await?;
    let publications = &answer.publications.nodes;
    let is_online_store = |publication: &&Publication| {
        let app = &publication.catalog["apps"]["nodes"][0]["handle"];
        app == "online_store" || publication.catalog["title"] == "Online Store"
    };
    let Some(publication) = publications.iter().find(is_online_store).or(publications.first()) else {
        return Ok(());
    };
    let input = json!([{ "publicationId": publication.id }]);
    mutate(api, &PUBLISH, json!({ "id": product, "input": input })).await
}

/// The handle of a product: readable, and the same for the same product of ours.
fn handle(product: &NewStoreProduct) -> String {
    let title: String = product
        .title
        .chars()
        .map(|char| {
            if char.is_ascii_alphanumeric() {
                char.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let words: Vec<&str> = title.split('-').filter(|word| !word.is_empty()).take(6).collect();
    let mark = hex::lower(&Sha256::digest(&product.key)[..6]);
    [words, vec![mark.as_str()]].concat().join("-")
}

fn input(product: &NewStoreProduct, handle: &str) -> Value {
    let files: Vec<Value> = product
        .images
        .iter()
        .map(|url| json!({ "originalSource": url, "contentType": "IMAGE", "alt": product.title }))
        .collect();
    json!({
        "title": product.title,
        "handle": handle,
        "descriptionHtml": html(&product.description),
        "status": if product.publish { "ACTIVE" } else { "DRAFT" },
        "files": files,
        "productOptions": options(&product.variants),
        "variants": product.variants.iter().map(variant).collect::<Vec<_>>(),
    })
}

/// The options with all their values, in the order they appear.
fn options(variants: &[NewStoreVariant]) -> Vec<Value> {
    let mut options: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in variants.iter().flat_map(choices) {
        match options.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => options.push((name, vec![value])),
        }
    }
    options
        .into_iter()
        .map(|(name, values)| {
            let values: Vec<Value> = values.into_iter().map(|value| json!({ "name": value })).collect();
            json!({ "name": name, "values": values })
        })
        .collect()
}

fn choices(variant: &NewStoreVariant) -> Vec<(&str, &str)> {
    if variant.options.is_empty() {
        return vec![NO_OPTION];
    }
    let options = variant.options.iter();
    options
        .map(|option| (option.name.as_str(), option.value.as_str()))
        .collect()
}

fn variant(variant: &NewStoreVariant) -> Value {
    let values: Vec<Value> = choices(variant)
        .into_iter()
        .map(|(name, value)| json!({ "optionName": name, "name": value }))
        .collect();
    json!({
        "optionValues": values,
        "price": variant.price.decimal(),
        "sku": variant.sku,
        "inventoryItem": { "tracked": false },
    })
}

/// Plain text as HTML: one paragraph for each.
fn html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let paragraphs: Vec<String> = escaped
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| format!("<p>{}</p>", paragraph.trim().replace('\n', "<br>")))
        .collect();
    paragraphs.concat()
}
