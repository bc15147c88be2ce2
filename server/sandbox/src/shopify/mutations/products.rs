//! `publishablePublish` and `metafieldsSet`.

use serde_json::{Map, Value, json};

use super::super::answer::{gid, number_of, type_of, user_error};
use super::super::objects::{product, shop as shop_objects};
use super::super::session::{Session, id, reference, text};
use super::{done, refused};
use crate::shop::{Meta, Shop};

/// A product appears where it is published, once it is active.
pub(super) fn publish(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let Some(product_id) = id(arguments, "id", "Product") else {
        return Ok(refused(
            "publishable",
            [user_error(&["id"], "Publishable not found", None)],
        ));
    };
    let asked = arguments["input"].as_array().cloned().unwrap_or_default();
    let asked: Vec<Option<u64>> = asked
        .iter()
        .map(|input| number_of(input["publicationId"].as_str()?, "Publication"))
        .collect();
    let known = shop_objects::publications();
    if !asked
        .iter()
        .all(|number| number.is_some_and(|number| known.contains(&number)))
    {
        let error = user_error(
            &["input", "0", "publicationId"],
            "Publication does not exist or is not publishable",
            None,
        );
        return Ok(refused("publishable", [error]));
    }
    session.with(|shop| {
        let Ok(found) = shop.product(product_id) else {
            return refused(
                "publishable",
                [user_error(&["id"], "Publishable not found", None)],
            );
        };
        let mut on = product::publications(found);
        on.extend(asked.into_iter().flatten());
        on.sort_unstable();
        on.dedup();
        let meta = new_meta(shop, product::PUBLICATIONS, json!(on));
        // The product was found above, so this cannot fail.
        let _ = shop.change_product(product_id, |found| put(&mut found.meta, meta));
        done("publishable", reference("Product", product_id))
    })
}

pub(super) fn set_metafields(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let inputs = arguments["metafields"].as_array().cloned().unwrap_or_default();
    if inputs.len() > 25 {
        let error = user_error(
            &["metafields"],
            "Exceeded the maximum metafields input limit of 25.",
            None,
        );
        return Ok(refused("metafields", [error]));
    }
    session.with(|shop| {
        let mut set = Vec::new();
        for (index, input) in inputs.iter().enumerate() {
            let Some(metafield) = set_metafield(shop, input) else {
                let place = index.to_string();
                let field = ["metafields", &place, "ownerId"];
                return refused(
                    "metafields",
                    [user_error(&field, "Owner does not exist.", Some("INVALID"))],
                );
            };
            set.push(metafield);
        }
        done("metafields", Value::Array(set))
    })
}

fn set_metafield(shop: &mut Shop, input: &Value) -> Option<Value> {
    let owner = input["ownerId"].as_str()?;
    let (namespace, key) = (
        input["namespace"].as_str().unwrap_or("$app"),
        input["key"].as_str()?,
    );
    let number = number_of(owner, type_of(owner))?;
    let meta = new_meta(
        shop,
        &format!("metafield:{namespace}.{key}"),
        input["value"].clone(),
    );
    let meta_id = meta.id;
    match type_of(owner) {
        "Product" => shop
            .change_product(number, |found| put(&mut found.meta, meta))
            .ok()?,
        "ProductVariant" => {
            let product_id = shop.variant(number)?.0.id;
            shop.change_variant(product_id, number, |found| put(&mut found.meta, meta))
                .ok()?;
        }
        "Order" => shop
            .change_order(number, "metafield", |found| put(&mut found.meta, meta))
            .ok()?,
        _ => return None,
    }
    Some(json!({
        "id": gid("Metafield", meta_id),
        "namespace": namespace,
        "key": key,
        "value": input["value"],
        "type": text(input.as_object()?, "type").unwrap_or("single_line_text_field"),
    }))
}

/// A new entry, with an id of its own.
pub(super) fn new_meta(shop: &mut Shop, key: &str, value: Value) -> Meta {
    Meta {
        id: shop.next_id(),
        key: key.to_owned(),
        value,
    }
}

/// Puts an entry in the place of the one of its name.
pub(super) fn put(entries: &mut Vec<Meta>, meta: Meta) {
    entries.retain(|known| known.key != meta.key);
    entries.push(meta);
}
