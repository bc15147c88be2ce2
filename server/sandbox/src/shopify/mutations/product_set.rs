//! `productSet`: makes a product what the input says. Lists that are given are taken whole: variants, files and options
//! that they leave out are deleted.

use serde_json::{Map, Value, json};

use super::super::answer::{gid, number_of, user_error};
use super::super::objects::{noted, product};
use super::super::session::{Session, id, reference, text};
use super::products::{new_meta, put};
use super::texts;
use crate::shop::{
    Image, NewProduct, NewVariant, Product, ProductOption, ProductStatus, Shop, Variant, minor_units,
};

/// The most variants a product can have.
const MAX_VARIANTS: usize = 2_048;

/// Why a product is not set.
struct Refusal {
    field: Vec<String>,
    message: String,
    code: &'static str,
}

impl Refusal {
    fn new(field: &[&str], message: impl Into<String>, code: &'static str) -> Self {
        Self {
            field: field.iter().map(|part| (*part).to_owned()).collect(),
            message: message.into(),
            code,
        }
    }

    fn object(&self) -> Value {
        let field: Vec<&str> = self.field.iter().map(String::as_str).collect();
        user_error(&field, &self.message, Some(self.code))
    }
}

/// A variant as the input has it.
struct Wanted {
    id: Option<u64>,
    values: Vec<String>,
    sku: Option<String>,
    price: i64,
    barcode: Option<String>,
    image: Option<String>,
}

pub(super) fn set(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let empty = Map::new();
    let input = arguments["input"].as_object().unwrap_or(&empty);
    let identifier = arguments
        .get("identifier")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let synchronous = arguments.get("synchronous").and_then(Value::as_bool) != Some(false);
    let files = session.state.resolved_files(input.get("files"));
    let outcome = session.with(|shop| apply(shop, identifier, input, files))?;
    if synchronous {
        return Ok(match outcome {
            Ok(id) => {
                json!({ "product": reference("Product", id), "productSetOperation": null, "userErrors": [] })
            }
            Err(refusal) => {
                json!({ "product": null, "productSetOperation": null, "userErrors": [refusal.object()] })
            }
        });
    }
    let operation_id = session.with(Shop::next_id)?;
    let (made, errors) = match outcome {
        Ok(id) => (Some(gid("Product", id)), json!([])),
        Err(refusal) => (None, json!([refusal.object()])),
    };
    session.state.start_product_operation(operation_id, made, errors);
    let operation =
        json!({ "id": gid("ProductSetOperation", operation_id), "status": "CREATED", "userErrors": [] });
    Ok(json!({ "product": null, "productSetOperation": operation, "userErrors": [] }))
}

fn apply(
    shop: &mut Shop,
    identifier: &Map<String, Value>,
    input: &Map<String, Value>,
    files: Option<Vec<(String, String)>>,
) -> Result<u64, Refusal> {
    let existing = existing(shop, identifier)?;
    let before = existing.and_then(|id| shop.product(id).ok()).cloned();
    let title = text(input, "title")
        .map(str::to_owned)
        .or(before.as_ref().map(|found| found.title.clone()));
    let Some(title) = title.filter(|title| !title.trim().is_empty()) else {
        return Err(Refusal::new(
            &["input", "title"],
            "Title can't be blank",
            "INVALID_INPUT",
        ));
    };
    let options = options(input)
        .or(before.as_ref().map(|found| found.options.clone()))
        .unwrap_or_default();
    let variants = variants(shop, input, &options)?;
    if before.is_some() && input.contains_key("productOptions") && variants.is_none() {
        return Err(Refusal::new(
            &["input", "variants"],
            "Variants input is required when updating product options",
            "VARIANTS_INPUT_MISSING",
        ));
    }
    let id = match existing {
        Some(id) => id,
        None => create(shop, &title, input, &options)?,
    };
    let images: Option<Vec<Image>> = files.map(|files| {
        let known = shop
            .product(id)
            .map(|found| found.images.clone())
            .unwrap_or_default();
        files
            .into_iter()
            .map(|(url, alt)| image(shop, &known, url, alt))
            .collect()
    });
    let notes = notes(shop, identifier, input);
    let replaced = variants.map(|variants| replaced(shop, id, before.as_ref(), variants));
    let change = |found: &mut Product| {
        found.title = title;
        if let Some(description) = text(input, "descriptionHtml") {
            description.clone_into(&mut found.description);
        }
        found.status = match text(input, "status") {
            Some("DRAFT") => ProductStatus::Draft,
            Some("ARCHIVED") => ProductStatus::Archived,
            Some(_) => ProductStatus::Published,
            None => found.status,
        };
        found.options = options;
        found.images = images.unwrap_or(std::mem::take(&mut found.images));
        for note in notes {
            put(&mut found.meta, note);
        }
        if let Some(mut variants) = replaced {
            for (variant, image) in &mut variants {
                variant.image_id = found
                    .images
                    .iter()
                    .find(|known| Some(&known.url) == image.as_ref())
                    .map(|known| known.id);
            }
            found.variants = variants.into_iter().map(|(variant, _)| variant).collect();
        }
    };
    shop.change_product(id, change)
        .map_err(|refused| Refusal::new(&["input"], refused.to_string(), "PRODUCT_DOES_NOT_EXIST"))?;
    Ok(id)
}

/// The product that is meant; `None`: a new one.
fn existing(shop: &Shop, identifier: &Map<String, Value>) -> Result<Option<u64>, Refusal> {
    if let Some(given) = text(identifier, "id") {
        let known = id(identifier, "id", "Product").filter(|id| shop.products.contains_key(id));
        return match known {
            Some(id) => Ok(Some(id)),
            None => Err(Refusal::new(
                &["identifier", "id"],
                format!("Product {given} does not exist"),
                "PRODUCT_DOES_NOT_EXIST",
            )),
        };
    }
    if let Some(handle) = text(identifier, "handle") {
        return Ok(shop
            .products
            .values()
            .find(|found| product::handle(found) == handle)
            .map(|found| found.id));
    }
    let Some(key) = custom_id(identifier) else {
        return Ok(None);
    };
    let value = identifier["customId"]["value"].as_str();
    Ok(shop
        .products
        .values()
        .find(|found| value.is_some() && noted(&found.meta, &key) == value)
        .map(|found| found.id))
}

fn custom_id(identifier: &Map<String, Value>) -> Option<String> {
    let custom = identifier.get("customId")?;
    Some(format!(
        "metafield:{}.{}",
        custom["namespace"].as_str().unwrap_or("$app"),
        custom["key"].as_str()?
    ))
}

fn options(input: &Map<String, Value>) -> Option<Vec<ProductOption>> {
    let given = input.get("productOptions")?.as_array()?;
    let options = given.iter().map(|option| ProductOption {
        name: option["name"].as_str().unwrap_or_default().to_owned(),
        values: option["values"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|value| value["name"].as_str())
            .map(str::to_owned)
            .collect(),
    });
    let options: Vec<_> = options.collect();
    let is_default = options
        .iter()
        .all(|option| option.name == product::DEFAULT_OPTION);
    Some(if is_default { Vec::new() } else { options })
}

fn variants(
    shop: &Shop,
    input: &Map<String, Value>,
    options: &[ProductOption],
) -> Result<Option<Vec<Wanted>>, Refusal> {
    let Some(given) = input.get("variants").and_then(Value::as_array) else {
        return Ok(None);
    };
    if given.len() > MAX_VARIANTS {
        let message = format!("Products can have at most {MAX_VARIANTS} variants");
        return Err(Refusal::new(
            &["input", "variants"],
            message,
            "VARIANTS_OVER_LIMIT",
        ));
    }
    let wanted: Vec<Wanted> = given
        .iter()
        .enumerate()
        .map(|(index, variant)| wanted(shop, index, variant, options))
        .collect::<Result<_, _>>()?;
    for (index, variant) in wanted.iter().enumerate() {
        if wanted
            .iter()
            .take(index)
            .any(|earlier| earlier.values == variant.values)
        {
            let message = format!("The variant '{}' already exists.", variant.values.join(" / "));
            return Err(Refusal::new(&["input", "variants"], message, "INVALID_VARIANT"));
        }
    }
    Ok(Some(wanted))
}

fn wanted(shop: &Shop, index: usize, variant: &Value, options: &[ProductOption]) -> Result<Wanted, Refusal> {
    let place = index.to_string();
    let field = ["input", "variants", &place, "optionValues"];
    let given = variant["optionValues"].as_array().cloned().unwrap_or_default();
    let names = |value: &Value| value["optionName"].as_str() == Some(product::DEFAULT_OPTION);
    let given: Vec<_> = if options.is_empty() {
        given.into_iter().filter(|value| !names(value)).collect()
    } else {
        given
    };
    if let Some(unknown) = given.iter().find(|value| {
        !options
            .iter()
            .any(|option| value["optionName"] == option.name.as_str())
    }) {
        let message = format!("Option {} does not exist", unknown["optionName"]);
        return Err(Refusal::new(&field, message, "OPTION_DOES_NOT_EXIST"));
    }
    let mut values = Vec::new();
    for option in options {
        let value = given
            .iter()
            .find(|value| value["optionName"] == option.name.as_str());
        let Some(value) = value.and_then(|value| value["name"].as_str()) else {
            let message = format!("You need to add option values for {}", option.name);
            return Err(Refusal::new(&field, message, "OPTION_VALUES_MISSING"));
        };
        if !option.values.iter().any(|known| known == value) {
            let message = format!("Option value {value} does not exist");
            return Err(Refusal::new(&field, message, "OPTION_VALUE_DOES_NOT_EXIST"));
        }
        values.push(value.to_owned());
    }
    let price = match &variant["price"] {
        Value::String(text) => minor_units(text, &shop.currency),
        Value::Number(number) => minor_units(&number.to_string(), &shop.currency),
        _ => Some(0),
    };
    let Some(price) = price else {
        return Err(Refusal::new(
            &["input", "variants", &place, "price"],
            "Price is not valid",
            "INVALID_INPUT",
        ));
    };
    Ok(Wanted {
        id: variant["id"]
            .as_str()
            .and_then(|gid| number_of(gid, "ProductVariant")),
        values,
        sku: variant["sku"]
            .as_str()
            .or(variant["inventoryItem"]["sku"].as_str())
            .map(str::to_owned),
        price,
        barcode: variant["barcode"].as_str().map(str::to_owned),
        image: variant["file"]["originalSource"].as_str().map(str::to_owned),
    })
}

/// An empty product to be filled; software must publish what it creates.
fn create(
    shop: &mut Shop,
    title: &str,
    input: &Map<String, Value>,
    options: &[ProductOption],
) -> Result<u64, Refusal> {
    let refuse = |message: String| Refusal::new(&["input"], message, "INVALID_INPUT");
    let taken = text(input, "handle").filter(|handle| {
        shop.products
            .values()
            .any(|found| product::handle(found) == *handle)
    });
    if taken.is_some() {
        return Err(Refusal::new(
            &["input", "handle"],
            "Handle has already been taken",
            "HANDLE_NOT_UNIQUE",
        ));
    }
    let first = NewVariant {
        values: options
            .iter()
            .map(|option| option.values.first().cloned())
            .collect(),
        ..NewVariant::default()
    };
    let new = NewProduct {
        title: title.to_owned(),
        options: options.to_vec(),
        variants: vec![first],
        ..NewProduct::default()
    };
    let id = shop
        .add_product(new)
        .map_err(|refused| refuse(refused.to_string()))?;
    let nowhere = new_meta(shop, product::PUBLICATIONS, json!([]));
    if let Some(found) = shop.products.get_mut(&id) {
        found.meta.push(nowhere);
    }
    Ok(id)
}

/// A file by its address or, when it is one of the product's already, by its id.
fn image(shop: &mut Shop, known: &[Image], url: String, alt: String) -> Image {
    if let Some(same) = number_of(&url, "MediaImage").and_then(|id| known.iter().find(|image| image.id == id))
    {
        return Image { alt, ..same.clone() };
    }
    let id = known.iter().find(|image| image.url == url).map(|image| image.id);
    Image {
        id: id.unwrap_or_else(|| shop.next_id()),
        url,
        alt,
    }
}

/// What the neutral product has no place for.
fn notes(
    shop: &mut Shop,
    identifier: &Map<String, Value>,
    input: &Map<String, Value>,
) -> Vec<crate::shop::Meta> {
    let mut notes = Vec::new();
    for (field, key) in [
        ("vendor", product::VENDOR),
        ("productType", product::PRODUCT_TYPE),
        ("handle", product::HANDLE),
    ] {
        if let Some(value) = input.get(field).filter(|value| value.is_string()) {
            notes.push(new_meta(shop, key, value.clone()));
        }
    }
    if let Some(tags) = input.get("tags").filter(|tags| tags.is_array()) {
        notes.push(new_meta(shop, product::TAGS, json!(texts(tags).join(","))));
    }
    for metafield in input
        .get("metafields")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let namespace = metafield["namespace"].as_str().unwrap_or("$app");
        let key = format!(
            "metafield:{namespace}.{}",
            metafield["key"].as_str().unwrap_or_default()
        );
        notes.push(new_meta(shop, &key, metafield["value"].clone()));
    }
    if let Some(key) = custom_id(identifier) {
        notes.push(new_meta(shop, &key, identifier["customId"]["value"].clone()));
    }
    notes
}

/// The variants wanted; those that were there before keep their id, found by id or by values.
fn replaced(
    shop: &mut Shop,
    product_id: u64,
    before: Option<&Product>,
    wanted: Vec<Wanted>,
) -> Vec<(Variant, Option<String>)> {
    let known = before
        .or(shop.products.get(&product_id))
        .map(|found| found.variants.clone())
        .unwrap_or_default();
    let now = shop.now;
    let make = |wanted: Wanted| {
        let values: Vec<Option<String>> = wanted.values.into_iter().map(Some).collect();
        let same = known
            .iter()
            .find(|known| wanted.id.map_or(known.values == values, |id| known.id == id));
        let barcode = wanted
            .barcode
            .map(|barcode| new_meta(shop, product::BARCODE, json!(barcode)));
        let mut meta = same.map(|same| same.meta.clone()).unwrap_or_default();
        if let Some(barcode) = barcode {
            put(&mut meta, barcode);
        }
        let variant = Variant {
            id: same.map_or_else(|| shop.next_id(), |same| same.id),
            sku: wanted.sku,
            values,
            price: wanted.price,
            image_id: None,
            created_at: same.map_or(now, |same| same.created_at),
            updated_at: now,
            meta,
        };
        (variant, wanted.image)
    };
    wanted.into_iter().map(make).collect()
}
