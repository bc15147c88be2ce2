//! Reading products.

use domain::source::{ExternalId, Listing, StoreProduct, StoreVariant, VariantOption};
use domain::{Currency, Money, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::bulk::{self, Export};
use super::gid;
use super::graphql::{Api, List};
use super::operations::{PRODUCT, PRODUCTS_PAGE};
use super::paging::Window;
use crate::store::{ConnectionError, Cursor, Page, Result};
use crate::{lenient, moment};

/// Products on a page and variants asked for with each: as many as Shopify takes in one request.
const PRODUCTS: u32 = 10;
const VARIANTS_ON_PAGE: u32 = 25;
/// Variants asked for at once of a single product.
const VARIANTS: u32 = 100;

/// Where a list of products goes on.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    /// Shopify prepares a file of everything, or it is being read.
    Export(Export),
    /// Page by page.
    Pages(Window),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductsPage {
    shop: Option<Shop>,
    products: List<Value>,
}

#[derive(Deserialize)]
struct OneProduct {
    shop: Option<Shop>,
    product: Option<ProductNode>,
}

/// The shop, for the currency of its prices.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shop {
    currency_code: Option<String>,
}

impl Shop {
    pub(super) fn currency(shop: Option<&Self>) -> Option<Currency> {
        shop?.currency_code.as_ref()?.parse().ok()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProductNode {
    pub(super) id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    title: String,
    status: Option<String>,
    updated_at: Option<String>,
    online_store_url: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    has_only_default_variant: bool,
    #[serde(default)]
    featured_media: Value,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) variants: List<VariantNode>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VariantNode {
    id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    sku: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    price: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    selected_options: Vec<SelectedOption>,
    inventory_item: Option<InventoryItem>,
}

#[derive(Deserialize)]
struct SelectedOption {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InventoryItem {
    requires_shipping: Option<bool>,
}

/// A page of products: changes page by page, everything by a file that Shopify prepares.
pub(super) async fn list(
    api: &Api,
    since: Option<Timestamp>,
    cursor: Option<&Cursor>,
) -> Result<Page<StoreProduct>> {
    let place = match cursor {
        Some(Cursor(place)) => {
            serde_json::from_str(place).map_err(|error| ConnectionError::Unreadable(error.to_string()))?
        }
        None if since.is_some() => Place::Pages(Window::since(since)),
        None => match bulk::start(api).await? {
            Some(export) => return Ok(waiting(export)),
            None => Place::Pages(Window::since(None)),
        },
    };
    match place {
        Place::Pages(window) => pages(api, &window).await,
        Place::Export(export) => match bulk::read(api, export).await? {
            bulk::State::Preparing(export) => Ok(waiting(export)),
            bulk::State::Part { mut page, next } => {
                page.next = next.map(|export| cursor_of(&Place::Export(export)));
                Ok(page)
            }
            // Whatever ended it: everything can be read page by page as well.
            bulk::State::Failed => pages(api, &Window::since(None)).await,
        },
    }
}

fn waiting(export: Export) -> Page<StoreProduct> {
    Page {
        next: Some(cursor_of(&Place::Export(export))),
        wait: Some(bulk::POLL),
        ..Page::last(Vec::new())
    }
}

fn cursor_of(place: &Place) -> Cursor {
    Cursor(json!(place).to_string())
}

async fn pages(api: &Api, window: &Window) -> Result<Page<StoreProduct>> {
    let variables = json!({
        "first": PRODUCTS,
        "after": window.after,
        "query": window.query("updated_at"),
        "variantsFirst": VARIANTS_ON_PAGE,
    });
    let answer: ProductsPage = api.ask(&PRODUCTS_PAGE, variables).await?;
    let currency = Shop::currency(answer.shop.as_ref());
    let (after, read) = (answer.products.next(), answer.products.nodes.len());
    let mut page = Page::last(Vec::new());
    for node in answer.products.nodes {
        let id = node["id"].as_str().unwrap_or_default().to_owned();
        match serde_json::from_value::<ProductNode>(node) {
            Ok(mut node) => {
                complete(api, &mut node).await?;
                page.items.push(product(node, currency));
            }
            Err(error) => page.unreadable.push((id, error.to_string())),
        }
    }
    let latest = page.items.iter().filter_map(|product| product.updated_at).max();
    page.next = window
        .next(after, read, latest)
        .map(|window| cursor_of(&Place::Pages(window)));
    Ok(page)
}

/// A product as it is now.
pub(super) async fn one(api: &Api, id: &ExternalId) -> Result<Option<StoreProduct>> {
    let (node, currency) = ask(api, &gid::of("Product", id.as_str()), None).await?;
    let Some(mut node) = node else {
        return Ok(None);
    };
    complete(api, &mut node).await?;
    Ok(Some(product(node, currency)))
}

/// Reads the variants beyond those that came with the product.
async fn complete(api: &Api, product: &mut ProductNode) -> Result<()> {
    while let Some(after) = product.variants.next() {
        let (Some(more), _) = ask(api, &product.id, Some(&after)).await? else {
            break;
        };
        let mut variants = more.variants;
        variants.nodes.splice(0..0, product.variants.nodes.drain(..));
        product.variants = variants;
    }
    Ok(())
}

async fn ask(api: &Api, id: &str, after: Option<&str>) -> Result<(Option<ProductNode>, Option<Currency>)> {
    let variables = json!({ "id": id, "variantsFirst": VARIANTS, "variantsAfter": after });
    let answer: OneProduct = api.ask(&PRODUCT, variables).await?;
    Ok((answer.product, Shop::currency(answer.shop.as_ref())))
}

/// A product in the portal's form.
pub(super) fn product(node: ProductNode, currency: Option<Currency>) -> StoreProduct {
    let only_default = node.has_only_default_variant;
    StoreProduct {
        external_id: ExternalId::new(node.id),
        title: node.title,
        listing: match node.status.as_deref() {
            Some("DRAFT") => Listing::Draft,
            Some("ARCHIVED") => Listing::Archived,
            // Whoever has the address can buy what is unlisted.
            _ => Listing::Published,
        },
        url: node.online_store_url,
        image_url: node.featured_media["preview"]["image"]["url"]
            .as_str()
            .map(str::to_owned),
        updated_at: node.updated_at.as_deref().and_then(moment::parse),
        variants: node
            .variants
            .nodes
            .into_iter()
            .map(|node| variant(node, only_default, currency))
            .collect(),
    }
}

fn variant(node: VariantNode, only_default: bool, currency: Option<Currency>) -> StoreVariant {
    let options = node.selected_options.into_iter().map(|option| VariantOption {
        name: option.name,
        value: option.value,
    });
    StoreVariant {
        external_id: ExternalId::new(node.id),
        sku: lenient::filled(node.sku),
        // Products without options have one all the same: "Title: Default Title".
        options: if only_default {
            Vec::new()
        } else {
            options.collect()
        },
        price: currency.and_then(|currency| Money::parse(&node.price?, currency).ok()),
        image_url: None,
        ships: node
            .inventory_item
            .and_then(|item| item.requires_shipping)
            .unwrap_or(true),
    }
}
