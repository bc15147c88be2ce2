//! Answers an operation from plain JSON: what is asked for is taken from it, under the names of the schema.
//!
//! Three forms of JSON mean more than themselves where the schema expects an object:
//! a text `gid://shopify/Order/7` is looked up in the [`World`], an array becomes a page where a connection is expected,
//! and `__typename` tells the type where an interface or union is expected. A field that the JSON does not hold
//! is null where the schema allows it and an error otherwise, so that a gap of the stand-in is never taken for data.

use std::borrow::Cow;

use apollo_compiler::resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use apollo_compiler::schema::ExtendedType;
use serde_json::{Map, Value, json};

use super::paging::{Entry, Page, Rules};

/// Where objects are looked up by their global id.
pub(super) trait World {
    /// The fields of an object; `None`: there is none with that id.
    fn object(&self, gid: &str) -> Option<Value>;

    /// What rules pages follow.
    fn rules(&self) -> Rules {
        Rules::default()
    }
}

/// Where the fields of a query or mutation come from.
pub(super) trait Root: World {
    /// What a field of the root type answers.
    ///
    /// # Errors
    /// A sentence for `errors[].message`.
    fn field(&self, name: &str, arguments: &Map<String, Value>) -> Result<Value, String>;
}

/// The object that every operation starts at.
pub(super) struct RootObject<'w> {
    pub(super) type_name: &'static str,
    pub(super) root: &'w dyn Root,
    /// The same as `root`; a trait object cannot be turned into another.
    pub(super) world: &'w dyn World,
}

impl ObjectValue for RootObject<'_> {
    fn type_name(&self) -> &str {
        self.type_name
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        let arguments = match serde_json::to_value(info.arguments()) {
            Ok(Value::Object(arguments)) => arguments,
            _ => Map::new(),
        };
        let value = self
            .root
            .field(info.field_name(), &arguments)
            .map_err(|message| FieldError { message })?;
        resolve(self.world, info, Cow::Owned(value))
    }
}

/// An object of the schema, out of JSON.
struct Answer<'w> {
    type_name: Cow<'w, str>,
    fields: Cow<'w, Map<String, Value>>,
    world: &'w dyn World,
}

impl ObjectValue for Answer<'_> {
    fn type_name(&self) -> &str {
        &self.type_name
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        match self.fields.get(info.field_name()) {
            Some(value) => resolve(self.world, info, Cow::Borrowed(value)),
            None => unanswered(&self.type_name, info),
        }
    }
}

/// A connection: a page of a list.
struct Connection<'w> {
    type_name: &'w str,
    page: Page<'w>,
    world: &'w dyn World,
}

impl ObjectValue for Connection<'_> {
    fn type_name(&self) -> &str {
        self.type_name
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        let type_name = info.field_definition().ty.inner_named_type().as_str();
        let entries = self.page.entries.iter();
        match info.field_name() {
            "nodes" => {
                let nodes =
                    entries.map(|entry| Ok(one(self.world, type_name, false, Cow::Borrowed(entry.object()))));
                Ok(ResolvedValue::List(Box::new(nodes)))
            }
            "edges" => {
                let world = self.world;
                let edges = entries.map(move |entry| {
                    Ok(ResolvedValue::object(Edge {
                        type_name,
                        entry,
                        world,
                    }))
                });
                Ok(ResolvedValue::List(Box::new(edges)))
            }
            "pageInfo" => Ok(one(self.world, type_name, false, Cow::Owned(self.page.info()))),
            _ => unanswered(self.type_name, info),
        }
    }
}

/// An object of a connection with its cursor.
struct Edge<'w> {
    type_name: &'w str,
    entry: &'w Entry<'w>,
    world: &'w dyn World,
}

impl ObjectValue for Edge<'_> {
    fn type_name(&self) -> &str {
        self.type_name
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        let type_name = info.field_definition().ty.inner_named_type().as_str();
        match info.field_name() {
            "cursor" => Ok(ResolvedValue::leaf(self.entry.cursor())),
            "node" => Ok(one(
                self.world,
                type_name,
                false,
                Cow::Borrowed(self.entry.object()),
            )),
            _ => unanswered(self.type_name, info),
        }
    }
}

/// A field that the stand-in does not know: null where that is allowed.
fn unanswered<'a>(type_name: &str, info: &ResolveInfo<'_>) -> Result<ResolvedValue<'a>, FieldError> {
    if !info.field_definition().ty.is_non_null() {
        return Ok(ResolvedValue::null());
    }
    let field = info.field_name();
    Err(FieldError {
        message: format!("The stand-in for Shopify has no answer for {type_name}.{field}"),
    })
}

fn resolve<'a>(
    world: &'a dyn World,
    info: &'a ResolveInfo<'a>,
    value: Cow<'a, Value>,
) -> Result<ResolvedValue<'a>, FieldError> {
    let expected = &info.field_definition().ty;
    let type_name = expected.inner_named_type().as_str();
    let is_leaf = matches!(
        info.schema().types.get(type_name),
        Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_))
    );
    if !value.is_array() {
        return Ok(one(world, type_name, is_leaf, value));
    }
    if expected.is_list() {
        let first = info
            .arguments()
            .get("first")
            .and_then(apollo_compiler::response::JsonValue::as_u64);
        let first = first
            .and_then(|first| usize::try_from(first).ok())
            .unwrap_or(usize::MAX);
        let items = items(value).take(first);
        let items = items.map(move |item| Ok(one(world, type_name, is_leaf, item)));
        return Ok(ResolvedValue::List(Box::new(items)));
    }
    if type_name.ends_with("Connection") {
        let page = Page::of(items(value), info.arguments(), world.rules());
        let page = page.map_err(|message| FieldError { message })?;
        return Ok(ResolvedValue::object(Connection {
            type_name,
            page,
            world,
        }));
    }
    Ok(ResolvedValue::leaf(value.into_owned()))
}

/// The items of an array.
fn items<'a>(value: Cow<'a, Value>) -> Box<dyn Iterator<Item = Cow<'a, Value>> + 'a> {
    match value {
        Cow::Borrowed(Value::Array(items)) => Box::new(items.iter().map(Cow::Borrowed)),
        Cow::Owned(Value::Array(items)) => Box::new(items.into_iter().map(Cow::Owned)),
        _ => Box::new(std::iter::empty()),
    }
}

/// One value: a leaf, or an object that answers for itself.
fn one<'a>(
    world: &'a dyn World,
    type_name: &'a str,
    is_leaf: bool,
    value: Cow<'a, Value>,
) -> ResolvedValue<'a> {
    if is_leaf {
        return ResolvedValue::leaf(value.into_owned());
    }
    let (type_name, value) = match value.as_str() {
        Some(gid) => match world.object(gid) {
            Some(object) => (Cow::Owned(type_of(gid).to_owned()), Cow::Owned(object)),
            None => return ResolvedValue::null(),
        },
        None => (Cow::Borrowed(type_name), value),
    };
    let fields = match value {
        Cow::Borrowed(Value::Object(fields)) => Cow::Borrowed(fields),
        Cow::Owned(Value::Object(fields)) => Cow::Owned(fields),
        other => return ResolvedValue::leaf(other.into_owned()),
    };
    let type_name = match fields.get("__typename").and_then(Value::as_str) {
        Some(concrete) => Cow::Owned(concrete.to_owned()),
        None => type_name,
    };
    ResolvedValue::object(Answer {
        type_name,
        fields,
        world,
    })
}

/// The global id of an object.
pub(super) fn gid(type_name: &str, number: u64) -> String {
    format!("gid://shopify/{type_name}/{number}")
}

/// The type in a global id; empty when it is none.
pub(super) fn type_of(gid: &str) -> &str {
    gid.strip_prefix("gid://shopify/")
        .and_then(|rest| rest.split_once('/'))
        .map_or("", |(type_name, _)| type_name)
}

/// The number in a global id of this type.
pub(super) fn number_of(gid: &str, type_name: &str) -> Option<u64> {
    let (found, number) = gid.strip_prefix("gid://shopify/")?.split_once('/')?;
    (found == type_name).then(|| number.parse().ok())?
}

/// What a mutation answers when it refuses.
pub(super) fn user_error(field: &[&str], message: &str, code: Option<&str>) -> Value {
    json!({ "field": field, "message": message, "code": code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn global_ids_are_read() {
        let id = gid("Order", 820_982_911_946_154_508);
        assert_eq!(type_of(&id), "Order");
        assert_eq!(number_of(&id, "Order"), Some(820_982_911_946_154_508));
        assert_eq!(number_of(&id, "Product"), None);
        assert_eq!(number_of("450789469", "Order"), None);
    }
}
