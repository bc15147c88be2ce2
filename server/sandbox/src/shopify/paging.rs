//! Pages of a connection.
//!
//! A cursor holds the place of the last object in the order of the list, not a count: objects that move to the end while a
//! reader goes through the list are met again, and none is missed.

use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

/// The most objects a page may hold.
pub(super) const MAX_PAGE: u64 = 250;
/// Beyond this many objects a list cannot be read: it must be narrowed.
pub(super) const MAX_DEPTH: usize = 25_000;

/// A page that is not what was asked for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum PageFault {
    /// None: it is.
    #[default]
    None,
    /// The page before instead of any after the first.
    Repeat,
    /// The first object of any page after the first is left out.
    Shift,
}

/// An entry of a list that is sorted by something that changes: `place` must sort as text.
pub(super) fn placed(place: &str, gid: String) -> Value {
    json!({ "__place": place, "__object": gid })
}

/// The page that `first`, `last`, `after`, `before` and `reverse` ask for.
///
/// # Errors
/// The sentence Shopify answers when the arguments make no page.
pub(super) fn page(
    items: Vec<Value>,
    arguments: &Map<String, Value>,
    whole: bool,
    fault: PageFault,
) -> Result<Value, String> {
    let mut entries: Vec<Entry> = items.into_iter().enumerate().map(Entry::new).collect();
    if arguments.get("reverse").and_then(Value::as_bool) == Some(true) {
        entries.reverse();
    }
    let number = |name: &str| arguments.get(name).and_then(Value::as_u64);
    let (first, last) = (number("first"), number("last"));
    if !whole && first.is_none() && last.is_none() {
        return Err("you must provide one of first or last".to_owned());
    }
    if let Some(asked) = [first, last]
        .into_iter()
        .flatten()
        .find(|asked| *asked > MAX_PAGE)
    {
        return Err(format!("first and last may be at most {MAX_PAGE}, not {asked}"));
    }
    let total = entries.len();
    let mut start = cursor(arguments, "after")?.map_or(0, |cursor| cursor.end_in(&entries));
    let mut end =
        cursor(arguments, "before")?.map_or(total, |cursor| cursor.end_in(&entries).saturating_sub(1));
    let size = |asked: u64| usize::try_from(asked).unwrap_or(usize::MAX);
    match fault {
        PageFault::Repeat => start = start.saturating_sub(size(first.unwrap_or_default())),
        PageFault::Shift if start > 0 => start += 1,
        PageFault::Shift | PageFault::None => {}
    }
    if let Some(first) = first {
        end = end.min(start.saturating_add(size(first)));
    } else if let Some(last) = last {
        start = start.max(end.saturating_sub(size(last)));
    }
    if !whole && end > MAX_DEPTH {
        return Err(format!(
            "Pagination stops at {MAX_DEPTH} objects: narrow the list with a query"
        ));
    }
    let page = entries.get(start..end.max(start)).unwrap_or_default();
    Ok(json!({
        "nodes": page.iter().map(|entry| &entry.object).collect::<Vec<_>>(),
        "edges": page.iter().map(|entry| json!({ "cursor": entry.cursor(), "node": entry.object })).collect::<Vec<_>>(),
        "pageInfo": {
            "hasNextPage": end < total,
            "hasPreviousPage": start > 0,
            "startCursor": page.first().map(Entry::cursor),
            "endCursor": page.last().map(Entry::cursor),
        },
    }))
}

struct Entry {
    place: String,
    id: String,
    object: Value,
}

impl Entry {
    fn new((index, item): (usize, Value)) -> Self {
        if let (Some(place), Some(gid)) = (item["__place"].as_str(), item["__object"].as_str()) {
            return Self {
                place: place.to_owned(),
                id: gid.to_owned(),
                object: Value::from(gid),
            };
        }
        let id = item
            .as_str()
            .or_else(|| item["id"].as_str())
            .unwrap_or_default()
            .to_owned();
        Self {
            place: format!("{index:08}"),
            id,
            object: item,
        }
    }

    fn cursor(&self) -> String {
        STANDARD.encode(json!({ "last_id": self.id, "last_value": self.place }).to_string())
    }
}

/// Where an earlier page ended.
struct Cursor {
    place: String,
    id: String,
}

impl Cursor {
    /// The index after the object the cursor names; when it is gone or has moved, after where it was.
    fn end_in(&self, entries: &[Entry]) -> usize {
        if let Some(index) = entries
            .iter()
            .position(|entry| entry.id == self.id && entry.place == self.place)
        {
            return index + 1;
        }
        let descending = match (entries.first(), entries.last()) {
            (Some(first), Some(last)) => first.place > last.place,
            _ => false,
        };
        let passed = if descending {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        entries
            .iter()
            .take_while(|entry| entry.place.cmp(&self.place) == passed)
            .count()
    }
}

fn cursor(arguments: &Map<String, Value>, name: &str) -> Result<Option<Cursor>, String> {
    let Some(text) = arguments.get(name).and_then(Value::as_str) else {
        return Ok(None);
    };
    let read = || -> Option<Cursor> {
        let value: Value = serde_json::from_slice(&STANDARD.decode(text).ok()?).ok()?;
        Some(Cursor {
            place: value["last_value"].as_str()?.to_owned(),
            id: value["last_id"].as_str()?.to_owned(),
        })
    };
    read()
        .map(Some)
        .ok_or_else(|| "Invalid cursor for current pagination sort.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(items: &[(&str, u32)], arguments: Value) -> Result<Value, String> {
        let items = items
            .iter()
            .map(|(place, id)| placed(place, format!("gid://shopify/Order/{id}")))
            .collect();
        let Value::Object(arguments) = arguments else {
            panic!("arguments are an object")
        };
        page(items, &arguments, false, PageFault::None)
    }

    #[test]
    fn an_object_that_moves_while_a_reader_pages_is_met_again_and_none_is_missed() {
        let before = [("a", 1), ("b", 2), ("c", 3)];
        let first = ask(&before, json!({ "first": 2 })).unwrap();
        assert_eq!(
            first["nodes"],
            json!(["gid://shopify/Order/1", "gid://shopify/Order/2"])
        );
        assert_eq!(first["pageInfo"]["hasNextPage"], true);
        let after = [("a", 1), ("c", 3), ("d", 2)];
        let second = ask(
            &after,
            json!({ "first": 2, "after": first["pageInfo"]["endCursor"] }),
        )
        .unwrap();
        assert_eq!(
            second["nodes"],
            json!(["gid://shopify/Order/3", "gid://shopify/Order/2"])
        );
        assert_eq!(second["pageInfo"]["hasNextPage"], false);
    }

    #[test]
    fn a_page_needs_a_size_and_has_a_largest_one() {
        let items = [("a", 1)];
        assert!(ask(&items, json!({})).is_err());
        assert!(ask(&items, json!({ "first": 251 })).is_err());
        assert!(ask(&items, json!({ "first": 1, "after": "nonsense" })).is_err());
        assert!(ask(&items, json!({ "first": 250 })).is_ok());
    }

    #[test]
    fn lists_end_at_25_000() {
        let items: Vec<Value> = (0..25_010)
            .map(|id| Value::from(format!("gid://shopify/Order/{id}")))
            .collect();
        let Value::Object(arguments) = json!({ "last": 5 }) else {
            panic!()
        };
        assert!(page(items, &arguments, false, PageFault::None).is_err());
    }

    #[test]
    fn lists_can_be_read_backwards() {
        let items = [("a", 1), ("b", 2), ("c", 3)];
        let first = ask(&items, json!({ "first": 1, "reverse": true })).unwrap();
        assert_eq!(first["nodes"], json!(["gid://shopify/Order/3"]));
        let after = first["pageInfo"]["endCursor"].clone();
        let second = ask(
            &items[..2],
            json!({ "first": 5, "reverse": true, "after": after }),
        )
        .unwrap();
        assert_eq!(
            second["nodes"],
            json!(["gid://shopify/Order/2", "gid://shopify/Order/1"])
        );
    }
}
