//! `tagsAdd`.

use serde_json::{Map, Value, json};

use super::super::answer::{number_of, type_of, user_error};
use super::super::objects::product;
use super::super::session::{Session, text};
use super::products::put;
use super::{done, refused, texts};
use crate::shop::Meta;

pub(super) fn add(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let gid = text(arguments, "id").unwrap_or_default();
    let (type_name, tags) = (type_of(gid), texts(&arguments["tags"]));
    let writing = if type_name == "Order" {
        "write_orders"
    } else {
        "write_products"
    };
    if !session.scopes.allows(writing) {
        return Err(format!(
            "Access denied for tagsAdd field. Required access: `{writing}` access scope."
        ));
    }
    let Some(id) = number_of(gid, type_name) else {
        return Ok(refused("node", [user_error(&["id"], "invalid id", None)]));
    };
    session.with(|shop| {
        let changed = if type_name == "Order" {
            shop.change_order(id, "tagged", |order| extend(&mut order.tags, tags))
        } else {
            let meta_id = shop.next_id();
            shop.change_product(id, |found| {
                let mut all = product::tags(found).into_iter().map(str::to_owned).collect();
                extend(&mut all, tags);
                let (key, value) = (product::TAGS.to_owned(), json!(all.join(",")));
                put(
                    &mut found.meta,
                    Meta {
                        id: meta_id,
                        key,
                        value,
                    },
                );
            })
        };
        match changed {
            Ok(()) => done("node", Value::from(gid)),
            Err(_) => refused(
                "node",
                [user_error(&["id"], &format!("{type_name} does not exist"), None)],
            ),
        }
    })
}

/// Adds the tags that are not there yet, whatever their case.
fn extend(known: &mut Vec<String>, tags: Vec<String>) {
    for tag in tags {
        if !known.iter().any(|known| known.eq_ignore_ascii_case(&tag)) {
            known.push(tag);
        }
    }
}
