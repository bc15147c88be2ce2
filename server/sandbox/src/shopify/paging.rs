//! Pages of a connection.
//!
//! A cursor holds the place of the last object in the order of the list, not a count: objects that move to the end while a
//! reader goes through the list are met again, and none is missed.

use std::borrow::Cow;
use std::cmp::Ordering;

use apollo_compiler::response::{JsonMap, JsonValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

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

/// What a page asks of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rules {
    /// The list whole, without a size, as bulk operations answer it.
    pub(super) whole: bool,
    /// What goes wrong.
    pub(super) fault: PageFault,
}

/// A page of a list.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    has_next: bool,
    has_previous: bool,
}

impl<'a> Page<'a> {
    /// The page that `first`, `last`, `after`, `before` and `reverse` ask for.
    ///
    /// # Errors
    /// The sentence Shopify answers when the arguments make no page.
    pub(super) fn of(
        items: impl Iterator<Item = Cow<'a, Value>>,
        arguments: &JsonMap,
        rules: Rules,
    ) -> Result<Self, String> {
        let mut entries: Vec<Entry> = items
            .enumerate()
            .map(|(index, item)| Entry { index, item })
            .collect();
        if arguments.get("reverse").and_then(JsonValue::as_bool) == Some(true) {
            entries.reverse();
        }
        let number = |name: &str| arguments.get(name).and_then(JsonValue::as_u64);
        let (first, last) = (number("first"), number("last"));
        if !rules.whole && first.is_none() && last.is_none() {
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
        match rules.fault {
            PageFault::Repeat => start = start.saturating_sub(size(first.unwrap_or_default())),
            PageFault::Shift if start > 0 => start += 1,
            PageFault::Shift | PageFault::None => {}
        }
        if let Some(first) = first {
            end = end.min(start.saturating_add(size(first)));
        } else if let Some(last) = last {
            start = start.max(end.saturating_sub(size(last)));
        }
        if !rules.whole && end > MAX_DEPTH {
            return Err(format!(
                "Pagination stops at {MAX_DEPTH} objects: narrow the list with a query"
            ));
        }
        let end = end.max(start);
        Ok(Self {
            entries: entries.into_iter().take(end).skip(start).collect(),
            has_next: end < total,
            has_previous: start > 0,
        })
    }

    /// `PageInfo`.
    pub(super) fn info(&self) -> Value {
        json!({
            "hasNextPage": self.has_next,
            "hasPreviousPage": self.has_previous,
            "startCursor": self.entries.first().map(Entry::cursor),
            "endCursor": self.entries.last().map(Entry::cursor),
        })
    }
}

/// An object of a list.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    index: usize,
    item: Cow<'a, Value>,
}

impl Entry<'_> {
    /// The object or its global id.
    pub(super) fn object(&self) -> &Value {
        self.item.get("__object").unwrap_or(&self.item)
    }

    /// What leads back to this place.
    pub(super) fn cursor(&self) -> String {
        STANDARD.encode(json!({ "last_id": self.id(), "last_value": self.place() }).to_string())
    }

    fn id(&self) -> &str {
        let object = self.object();
        object
            .as_str()
            .or_else(|| object.get("id")?.as_str())
            .unwrap_or_default()
    }

    fn place(&self) -> Cow<'_, str> {
        match self.item.get("__place").and_then(Value::as_str) {
            Some(place) => Cow::Borrowed(place),
            None => Cow::Owned(format!("{:08}", self.index)),
        }
    }
}

/// Where an earlier page ended.
struct Cursor {
    place: String,
    id: String,
}

impl Cursor {
    /// The index after the object the cursor names; when it is gone or has moved, after where it was.
    fn end_in(&self, entries: &[Entry<'_>]) -> usize {
        if let Some(index) = entries
            .iter()
            .position(|entry| entry.id() == self.id && entry.place() == self.place)
        {
            return index + 1;
        }
        let descending = match (entries.first(), entries.last()) {
            (Some(first), Some(last)) => first.place() > last.place(),
            _ => false,
        };
        let passed = if descending {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        entries
            .iter()
            .take_while(|entry| entry.place().as_ref().cmp(self.place.as_str()) == passed)
            .count()
    }
}

fn cursor(arguments: &JsonMap, name: &str) -> Result<Option<Cursor>, String> {
    let Some(text) = arguments.get(name).and_then(JsonValue::as_str) else {
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

    /// The numbers of the objects on a page, whether there are more, and where it ends.
    fn ask(items: &[(&str, u32)], arguments: Value) -> Result<(Vec<String>, bool, Value), String> {
        let items = items
            .iter()
            .map(|(place, id)| Cow::Owned(placed(place, id.to_string())));
        let arguments: JsonMap = serde_json::from_value(arguments).unwrap();
        let page = Page::of(items, &arguments, Rules::default())?;
        let ids = page.entries.iter().map(|entry| entry.id().to_owned()).collect();
        Ok((ids, page.has_next, page.info()["endCursor"].clone()))
    }

    #[test]
    fn an_object_that_moves_while_a_reader_pages_is_met_again_and_none_is_missed() {
        let before = [("a", 1), ("b", 2), ("c", 3)];
        let (ids, more, end) = ask(&before, json!({ "first": 2 })).unwrap();
        assert_eq!((ids, more), (vec!["1".to_owned(), "2".to_owned()], true));
        let after = [("a", 1), ("c", 3), ("d", 2)];
        let (ids, more, _) = ask(&after, json!({ "first": 2, "after": end })).unwrap();
        assert_eq!((ids, more), (vec!["3".to_owned(), "2".to_owned()], false));
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
        let items: Vec<_> = (0..25_010).map(|id| ("a", id)).collect();
        assert!(ask(&items, json!({ "last": 5 })).is_err());
    }

    #[test]
    fn lists_can_be_read_backwards() {
        let items = [("a", 1), ("b", 2), ("c", 3)];
        let (ids, _, end) = ask(&items, json!({ "first": 1, "reverse": true })).unwrap();
        assert_eq!(ids, ["3"]);
        let rest = json!({ "first": 5, "reverse": true, "after": end });
        let (ids, more, _) = ask(&items[..2], rest).unwrap();
        assert_eq!((ids, more), (vec!["2".to_owned(), "1".to_owned()], false));
    }
}
