//! An Admin GraphQL request: checked against the official schema, its scopes and its cost, then answered.

use std::sync::{Mutex, PoisonError};

use apollo_compiler::executable::{Operation, OperationType};
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::resolvers::Execution;
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Node, Schema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::{self, Denied, Scopes};
use super::answer::{Root, RootObject, World};
use super::cost::{self, Bucket, MAX_QUERY_COST};
use super::schema::AdminSchema;

const DOCUMENTATION: &str = "https://shopify.dev/api/usage";
/// The longest array an argument may hold.
const MAX_INPUT: usize = 250;

/// The body of a request.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Request {
    pub(super) query: String,
    #[serde(default)]
    pub(super) variables: Option<JsonMap>,
    #[serde(default, rename = "operationName")]
    pub(super) operation_name: Option<String>,
}

/// An operation that the official schema accepts.
pub(super) struct Checked<'s> {
    admin: &'s AdminSchema,
    document: Valid<ExecutableDocument>,
    operation: Node<Operation>,
}

impl<'s> Checked<'s> {
    /// Checks an operation.
    ///
    /// # Errors
    /// `errors` of the response.
    pub(super) fn new(admin: &'s AdminSchema, query: &str, name: Option<&str>) -> Result<Self, Vec<Value>> {
        let document =
            ExecutableDocument::parse_and_validate(&admin.schema, query, "query").map_err(|invalid| {
                let told = invalid.errors.iter().map(|problem| problem.to_json());
                told.map(|error| json!({ "message": error.message, "locations": error.locations }))
                    .collect::<Vec<_>>()
            })?;
        let operation = document
            .operations
            .get(name)
            .map_err(|_| vec![json!({ "message": "An operation name is required" })])?
            .clone();
        Ok(Self {
            admin,
            document,
            operation,
        })
    }

    pub(super) fn schema(&self) -> &Valid<Schema> {
        &self.admin.schema
    }

    pub(super) fn document(&self) -> &Valid<ExecutableDocument> {
        &self.document
    }

    pub(super) fn operation(&self) -> &Node<Operation> {
        &self.operation
    }

    /// The names of the fields it starts with, for the ledger: `products`, `fulfillmentCreate`.
    pub(super) fn root_fields(&self) -> Vec<String> {
        self.operation
            .root_fields(&self.document)
            .map(|field| field.name.to_string())
            .collect()
    }

    /// Whether it changes something.
    pub(super) fn is_mutation(&self) -> bool {
        self.operation.operation_type == OperationType::Mutation
    }

    /// The variables in the types the operation declares.
    ///
    /// # Errors
    /// `errors` of the response.
    pub(super) fn variables(&self, given: &JsonMap) -> Result<Valid<JsonMap>, Vec<Value>> {
        if let Some((name, length)) = longest_array(given) {
            return Err(vec![json!({
                "message": format!(
                    "The input array size of {length} is greater than the maximum allowed of {MAX_INPUT}."
                ),
                "path": [name],
                "extensions": { "code": "MAX_INPUT_SIZE_EXCEEDED" },
            })]);
        }
        coerce_variable_values(&self.admin.schema, &self.operation, given).map_err(|invalid| {
            let error = invalid.to_graphql_error(&self.document.sources);
            vec![json!({
                "message": error.message,
                "locations": error.locations,
                "extensions": { "code": "INVALID_VARIABLE" },
            })]
        })
    }

    /// Answers it; `data` and `errors` of the response.
    pub(super) fn answer<R: Root>(&self, variables: &Valid<JsonMap>, root: &R) -> (Value, Vec<Value>) {
        let start = RootObject {
            type_name: if self.is_mutation() {
                "Mutation"
            } else {
                "QueryRoot"
            },
            root,
            world: root as &dyn World,
        };
        let executed = Execution::new(&self.admin.schema, &self.document)
            .operation(&self.operation)
            .implementers_map(&self.admin.implementers)
            .coerced_variable_values(variables)
            .execute_sync(&start);
        match executed {
            Ok(response) => {
                let errors = response.errors.iter().map(|error| {
                    let message = error
                        .message
                        .strip_prefix("resolver error: ")
                        .unwrap_or(&error.message);
                    json!({ "message": message, "locations": error.locations, "path": error.path })
                });
                let errors = errors.collect();
                (serde_json::to_value(response.data).unwrap_or_default(), errors)
            }
            Err(refused) => {
                let error = refused.to_graphql_error(&self.document.sources);
                (Value::Null, vec![json!({ "message": error.message })])
            }
        }
    }
}

/// Answers a request: the whole body of the response.
pub(super) fn respond<R: Root>(
    checked: &Checked<'_>,
    variables: &JsonMap,
    granted: &Scopes,
    bucket: &Mutex<Bucket>,
    now: i64,
    root: &R,
) -> Value {
    let variables = match checked.variables(variables) {
        Ok(variables) => variables,
        Err(errors) => return json!({ "errors": errors }),
    };
    let requested = cost::requested(checked, &variables);
    let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
    if requested > MAX_QUERY_COST {
        return json!({ "errors": [too_dear(requested)] });
    }
    if !bucket.take(requested, now) {
        return json!({ "errors": [throttled()], "extensions": { "cost": bucket.cost(requested, None) } });
    }
    if let Some(denied) = access::denied(checked, granted) {
        bucket.give_back(requested - 1.0);
        return json!({
            "data": null,
            "errors": [access_denied(&denied)],
            "extensions": { "cost": bucket.cost(requested, Some(1.0)) },
        });
    }
    let (data, errors) = checked.answer(&variables, root);
    let actual = cost::actual(checked, &variables, &data).min(requested);
    bucket.give_back(requested - actual);
    let mut response =
        json!({ "data": data, "extensions": { "cost": bucket.cost(requested, Some(actual)) } });
    if !errors.is_empty() {
        response["errors"] = Value::Array(errors);
    }
    response
}

fn longest_array(given: &JsonMap) -> Option<(String, usize)> {
    fn length(value: &JsonValue) -> usize {
        match value {
            JsonValue::Array(items) => items.iter().map(length).chain([items.len()]).max().unwrap_or(0),
            JsonValue::Object(fields) => fields.values().map(length).max().unwrap_or(0),
            _ => 0,
        }
    }
    given
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), length(value)))
        .find(|(_, length)| *length > MAX_INPUT)
}

fn too_dear(requested: f64) -> Value {
    json!({
        "message": format!("Query cost is {requested}, which exceeds the single query max cost limit ({MAX_QUERY_COST})."),
        "extensions": {
            "code": "MAX_COST_EXCEEDED",
            "cost": requested,
            "maxCost": MAX_QUERY_COST,
            "documentation": format!("{DOCUMENTATION}/rate-limits"),
        },
    })
}

fn throttled() -> Value {
    json!({
        "message": "Throttled",
        "extensions": { "code": "THROTTLED", "documentation": format!("{DOCUMENTATION}/rate-limits") },
    })
}

fn access_denied(denied: &Denied) -> Value {
    let scopes: Vec<_> = denied
        .required
        .iter()
        .map(|scope| format!("`{scope}` access scope"))
        .collect();
    let required = format!("{}.", scopes.join(" or "));
    json!({
        "message": format!("Access denied for {} field. Required access: {required}", denied.field),
        "path": denied.path,
        "extensions": {
            "code": "ACCESS_DENIED",
            "documentation": format!("{DOCUMENTATION}/access-scopes"),
            "requiredAccess": required,
        },
    })
}
