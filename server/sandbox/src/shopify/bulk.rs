//! Bulk operations: the answer is JSONL, one object a line; children of a connection follow their parent and name it in
//! `__parentId`.

use std::fmt::Write as _;

use apollo_compiler::executable::{Selection, SelectionSet};
use apollo_compiler::response::JsonMap;
use serde_json::{Map, Value, json};

use super::access;
use super::answer::{World as _, gid};
use super::execute::Checked;
use super::objects::instant;
use super::paging::PageFault;
use super::schema;
use super::session::Session;
use super::webhooks;

/// The most connections a bulk query may hold.
const MAX_CONNECTIONS: usize = 5;
/// The most connections may lie in one another.
const MAX_DEPTH: usize = 2;

/// Runs a bulk query. The stand-in is done before it answers, but says `CREATED` as Shopify does.
///
/// # Errors
/// The sentence of the user error.
pub(super) fn run(session: &Session<'_>, query: &str) -> Result<Value, String> {
    let admin = schema::admin()?;
    let checked = Checked::new(admin, query, None).map_err(|errors| {
        let message = errors
            .first()
            .and_then(|error| error["message"].as_str())
            .unwrap_or("invalid");
        format!("Invalid bulk query: {message}")
    })?;
    if checked.is_mutation() {
        return Err("Bulk queries must be queries.".to_owned());
    }
    let mut connections = 0;
    let depth = measure(&checked.operation().selection_set, &mut connections);
    if connections == 0 {
        return Err("Bulk queries must contain at least one connection.".to_owned());
    }
    if connections > MAX_CONNECTIONS || depth > MAX_DEPTH {
        return Err(format!(
            "Bulk queries cannot have more than {MAX_CONNECTIONS} connections or connections nested deeper than {MAX_DEPTH}."
        ));
    }
    if let Some(denied) = access::denied(&checked, &session.scopes) {
        return Err(format!("Access denied for {} field.", denied.field));
    }
    let lines = lines(session, &checked)?;
    let number = session.with(crate::shop::Shop::next_id)?;
    let now = session.world.clock.now();
    let count = lines.text.lines().count();
    let operation = json!({
        "id": gid("BulkOperation", number),
        "status": "COMPLETED",
        "type": "QUERY",
        "query": query,
        "errorCode": null,
        "createdAt": instant(now),
        "completedAt": instant(now),
        "objectCount": count.to_string(),
        "rootObjectCount": lines.roots.to_string(),
        "fileSize": (count > 0).then(|| lines.text.len().to_string()),
        "url": (count > 0).then(|| format!("{}/bulk/{number}.jsonl", session.base)),
        "partialDataUrl": null,
    });
    session.state.finish_bulk(number, operation.clone(), lines.text);
    webhooks::bulk_finished(session.world, session.key, number, now);
    let mut created = operation;
    created["status"] = json!("CREATED");
    for unknown in ["completedAt", "url", "fileSize"] {
        created[unknown] = Value::Null;
    }
    Ok(created)
}

/// How deep connections lie in one another; counts them.
fn measure(set: &SelectionSet, connections: &mut usize) -> usize {
    let depths = set.selections.iter().map(|selection| match selection {
        Selection::Field(field) => {
            let is_connection = field.definition.ty.inner_named_type().ends_with("Connection");
            *connections += usize::from(is_connection);
            usize::from(is_connection) + measure(&field.selection_set, connections)
        }
        Selection::InlineFragment(fragment) => measure(&fragment.selection_set, connections),
        Selection::FragmentSpread(_) => 0,
    });
    depths.max().unwrap_or(0)
}

struct Lines {
    text: String,
    roots: usize,
}

fn lines(session: &Session<'_>, checked: &Checked<'_>) -> Result<Lines, String> {
    let whole = Session {
        world: session.world,
        key: session.key,
        state: session.state,
        scopes: session.scopes.clone(),
        base: session.base.clone(),
        page_fault: PageFault::None,
        bulk: true,
        warnings: std::sync::Mutex::default(),
    };
    let variables = checked
        .variables(&JsonMap::new())
        .map_err(|_| "Bulk queries cannot have variables.".to_owned())?;
    let (data, errors) = checked.answer(&variables, &whole);
    if let Some(error) = errors.first() {
        return Err(error["message"].as_str().unwrap_or("invalid").to_owned());
    }
    debug_assert!(whole.whole_connections());
    let mut lines = Lines {
        text: String::new(),
        roots: 0,
    };
    for connection in data.as_object().into_iter().flat_map(Map::values) {
        for node in nodes(connection).into_iter().flatten() {
            lines.roots += 1;
            write_node(&mut lines.text, node, None);
        }
    }
    Ok(lines)
}

/// The nodes of a connection; `None`: it is none.
fn nodes(value: &Value) -> Option<Vec<&Value>> {
    if let Some(nodes) = value.get("nodes").and_then(Value::as_array) {
        return Some(nodes.iter().collect());
    }
    let edges = value.get("edges")?.as_array()?;
    Some(edges.iter().map(|edge| &edge["node"]).collect())
}

fn write_node(text: &mut String, node: &Value, parent: Option<&str>) {
    let Some(fields) = node.as_object() else { return };
    let mut own: Map<String, Value> = fields
        .iter()
        .filter(|(_, value)| nodes(value).is_none())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if let Some(parent) = parent {
        own.insert("__parentId".to_owned(), json!(parent));
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}", Value::Object(own));
    let id = node["id"].as_str();
    for child in fields.values().filter_map(nodes).flatten() {
        write_node(text, child, id);
    }
}
