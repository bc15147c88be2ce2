//! Answers an operation from plain JSON: what is asked for is taken from it, under the names of the schema.
//!
//! Three forms of JSON mean more than themselves where the schema expects an object:
//! a text `gid://shopify/Order/7` is looked up in the [`World`], an array becomes a page where a connection is expected,
//! and `__typename` tells the type where an interface or union is expected. A field that the JSON does not hold
//! is null where the schema allows it and an error otherwise, so that a gap of the stand-in is never taken for data.

use std::borrow::Cow;

use apollo_compiler::ast::Type;
use apollo_compiler::resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use apollo_compiler::schema::ExtendedType;
use serde_json::{Map, Value, json};

use super::paging::{self, PageFault};

/// Where objects are looked up by their global id.
pub(super) trait World {
    /// The fields of an object; `None`: there is none with that id.
    fn object(&self, gid: &str) -> Option<Value>;

    /// Whether connections are answered whole, as bulk operations do.
    fn whole_connections(&self) -> bool {
        false
    }

    /// What goes wrong with pages.
    fn page_fault(&self) -> PageFault {
        PageFault::None
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
        let arguments = arguments(info)?;
        let value = self
            .root
            .field(info.field_name(), &arguments)
            .map_err(|message| FieldError { message })?;
        resolve(self.world, info, &info.field_definition().ty, value, &arguments)
    }
}

/// An object of the schema, out of JSON.
struct Answer<'w> {
    type_name: String,
    fields: Map<String, Value>,
    world: &'w dyn World,
}

impl ObjectValue for Answer<'_> {
    fn type_name(&self) -> &str {
        &self.type_name
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        let definition = info.field_definition();
        let Some(value) = self.fields.get(info.field_name()) else {
            return if definition.ty.is_non_null() {
                Err(unanswered(&self.type_name, info.field_name()))
            } else {
                Ok(ResolvedValue::null())
            };
        };
        resolve(self.world, info, &definition.ty, value.clone(), &arguments(info)?)
    }
}

/// The error for a field that the stand-in does not know.
fn unanswered(type_name: &str, field: &str) -> FieldError {
    FieldError {
        message: format!("The stand-in for Shopify has no answer for {type_name}.{field}"),
    }
}

fn arguments(info: &ResolveInfo<'_>) -> Result<Map<String, Value>, FieldError> {
    match serde_json::to_value(info.arguments()) {
        Ok(Value::Object(arguments)) => Ok(arguments),
        _ => Err(FieldError {
            message: "The arguments cannot be read".to_owned(),
        }),
    }
}

fn resolve<'w>(
    world: &'w dyn World,
    info: &ResolveInfo<'_>,
    expected: &Type,
    value: Value,
    arguments: &Map<String, Value>,
) -> Result<ResolvedValue<'w>, FieldError> {
    let type_name = expected.inner_named_type().as_str();
    let is_leaf = matches!(
        info.schema().types.get(type_name),
        Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_))
    );
    if let Value::Array(items) = value {
        if expected.is_list() {
            let first = arguments
                .get("first")
                .and_then(Value::as_u64)
                .and_then(|first| usize::try_from(first).ok());
            let items: Vec<_> = items
                .into_iter()
                .take(first.unwrap_or(usize::MAX))
                .map(|item| Ok(one(world, type_name, is_leaf, item)))
                .collect();
            return Ok(ResolvedValue::List(Box::new(items.into_iter())));
        }
        if type_name.ends_with("Connection") {
            let page = paging::page(items, arguments, world.whole_connections(), world.page_fault())
                .map_err(|message| FieldError { message })?;
            return Ok(one(world, type_name, false, page));
        }
        return Ok(ResolvedValue::leaf(Value::Array(items)));
    }
    Ok(one(world, type_name, is_leaf, value))
}

/// One value: a leaf, or an object that answers for itself.
fn one<'w>(world: &'w dyn World, type_name: &str, is_leaf: bool, value: Value) -> ResolvedValue<'w> {
    if is_leaf {
        return ResolvedValue::leaf(value);
    }
    let (type_name, value) = match &value {
        Value::String(gid) => match world.object(gid) {
            Some(object) => (Cow::Owned(type_of(gid).to_owned()), object),
            None => return ResolvedValue::null(),
        },
        _ => (Cow::Borrowed(type_name), value),
    };
    let Value::Object(fields) = value else {
        return ResolvedValue::leaf(value);
    };
    let type_name = match fields.get("__typename").and_then(Value::as_str) {
        Some(concrete) => concrete.to_owned(),
        None => type_name.into_owned(),
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
