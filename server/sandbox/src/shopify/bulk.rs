//! Bulk operations: the answer is JSONL, one object a line; children of a connection follow their parent and name it in
//! `__parentId`.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use apollo_compiler::executable::{Selection, SelectionSet};
use apollo_compiler::response::JsonMap;
use serde_json::{Map, Value, json};

use super::access::{self, Scopes};
use super::answer::gid;
use super::execute::Checked;
use super::objects::instant;
use super::paging::Rules;
use super::session::Session;
use super::{ShopState, schema, webhooks};
use crate::shop::{Shop, ShopKey};
use crate::world::World;

/// How many may run at once in one shop.
const MAX_RUNNING: usize = 5;
/// The most connections a bulk query may hold.
const MAX_CONNECTIONS: usize = 5;
/// The most connections may lie in one another.
const MAX_DEPTH: usize = 2;

/// Starts a bulk query; it runs in a thread of its own and tells `BULK_OPERATIONS_FINISH` when it has ended.
///
/// # Errors
/// The sentence of the user error and its code.
pub(super) fn start(session: &Session<'_>, query: &str) -> Result<Value, (String, &'static str)> {
    let checked = check(session, query).map_err(|message| (message, "INVALID"))?;
    if session.state.running_bulks() >= MAX_RUNNING {
        let message = "A bulk query operation for this app and shop is already in progress.";
        return Err((message.to_owned(), "OPERATION_IN_PROGRESS"));
    }
    let number = session
        .with(Shop::next_id)
        .map_err(|message| (message, "INVALID"))?;
    let created = json!({
        "id": gid("BulkOperation", number),
        "status": "CREATED",
        "type": "QUERY",
        "query": query,
        "errorCode": null,
        "createdAt": instant(session.world.clock.now()),
        "completedAt": null,
        "objectCount": "0",
        "rootObjectCount": "0",
        "fileSize": null,
        "url": null,
        "partialDataUrl": null,
    });
    session.state.keep_bulk(number, created.clone(), String::new());
    let run = Run {
        number,
        operation: created.clone(),
        world: Arc::clone(session.world),
        key: session.key.clone(),
        state: Arc::clone(session.state),
        scopes: session.scopes.clone(),
        base: session.base.clone(),
    };
    std::thread::spawn(move || run.finish(&checked));
    Ok(created)
}

/// What makes a query a bulk query.
fn check(session: &Session<'_>, query: &str) -> Result<Checked<'static>, String> {
    let checked = Checked::new(schema::admin()?, query, None).map_err(|errors| {
        let message = errors.first().and_then(|error| error["message"].as_str());
        format!("Invalid bulk query: {}", message.unwrap_or("invalid"))
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
    match access::denied(&checked, &session.scopes) {
        Some(denied) => Err(format!("Access denied for {} field.", denied.field)),
        None => Ok(checked),
    }
}

/// A bulk query on its way.
struct Run {
    number: u64,
    operation: Value,
    world: Arc<World>,
    key: ShopKey,
    state: Arc<ShopState>,
    scopes: Scopes,
    base: String,
}

impl Run {
    fn finish(mut self, checked: &Checked<'_>) {
        let outcome = self.lines(checked);
        let now = self.world.clock.now();
        self.operation["completedAt"] = instant(now);
        let text = match outcome {
            Ok(lines) => {
                let count = lines.text.lines().count();
                self.operation["status"] = json!("COMPLETED");
                self.operation["objectCount"] = json!(count.to_string());
                self.operation["rootObjectCount"] = json!(lines.roots.to_string());
                if count > 0 {
                    self.operation["fileSize"] = json!(lines.text.len().to_string());
                    self.operation["url"] = json!(format!("{}/bulk/{}.jsonl", self.base, self.number));
                }
                lines.text
            }
            Err(problem) => {
                tracing::warn!(problem, "a bulk operation failed");
                self.operation["status"] = json!("FAILED");
                self.operation["errorCode"] = json!("INTERNAL_SERVER_ERROR");
                String::new()
            }
        };
        let status = self.operation["status"]
            .as_str()
            .unwrap_or_default()
            .to_lowercase();
        self.state.keep_bulk(self.number, self.operation, text);
        webhooks::bulk_finished(&self.world, &self.key, self.number, &status, now);
    }

    fn lines(&self, checked: &Checked<'_>) -> Result<Lines, String> {
        let whole = Session {
            world: &self.world,
            key: &self.key,
            state: &self.state,
            scopes: self.scopes.clone(),
            base: self.base.clone(),
            rules: Rules {
                whole: true,
                ..Rules::default()
            },
            warnings: Mutex::default(),
        };
        let variables = checked
            .variables(&JsonMap::new())
            .map_err(|_| "Bulk queries cannot have variables.".to_owned())?;
        let (data, errors) = checked.answer(&variables, &whole);
        if let Some(error) = errors.first() {
            return Err(error["message"].as_str().unwrap_or("invalid").to_owned());
        }
        let mut lines = Lines::default();
        for connection in data.as_object().into_iter().flat_map(Map::values) {
            for node in nodes(connection).into_iter().flatten() {
                lines.roots += 1;
                write_node(&mut lines.text, node, None);
            }
        }
        Ok(lines)
    }
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

/// The result: its lines, and how many of them are no children.
#[derive(Default)]
struct Lines {
    text: String,
    roots: usize,
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
