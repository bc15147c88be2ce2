//! `meta_data` as it is written.

use serde_json::{Map, Value};

use super::batch::number;
use crate::shop::{Meta, Shop};

/// The `meta_data` of a request, with a fresh id for each entry, to be applied with [`apply`].
pub(super) fn read(shop: &mut Shop, input: &Map<String, Value>) -> Vec<(u64, Value)> {
    let entries = input.get("meta_data").and_then(Value::as_array);
    let entries = entries.into_iter().flatten();
    entries.map(|entry| (shop.next_id(), entry.clone())).collect()
}

/// Writes entries. One with an id changes that entry; one without replaces those of its key; `null` deletes.
pub(super) fn apply(meta: &mut Vec<Meta>, entries: Vec<(u64, Value)>) {
    for (fresh_id, entry) in entries {
        let id = number(entry.get("id"));
        let key = entry.get("key").and_then(Value::as_str).unwrap_or("").to_owned();
        let value = entry.get("value").cloned().unwrap_or(Value::Null);
        let is_it = |meta: &Meta| if id == 0 { meta.key == key } else { meta.id == id };
        if value.is_null() {
            meta.retain(|meta| !is_it(meta));
            continue;
        }
        match meta.iter_mut().find(|meta| is_it(meta)) {
            Some(there) => there.value = value,
            None if key.is_empty() => {}
            None => meta.push(Meta {
                id: fresh_id,
                key,
                value,
            }),
        }
    }
}
