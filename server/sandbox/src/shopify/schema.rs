//! The official Admin GraphQL schema, version 2026-10, against which every operation is checked.
//!
//! It is 3.7 MB of text. Reading it takes about a second, so it is read once, beside the start of the process.

use std::io::Read as _;
use std::sync::OnceLock;

use apollo_compiler::collections::HashMap;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::Valid;
use apollo_compiler::{Name, Schema};
use flate2::read::GzDecoder;
use serde_json::Value;

use super::execute::Checked;

/// The API version that is served; a request for another one falls forward to it.
pub const API_VERSION: &str = "2026-10";

static PACKED: &[u8] = include_bytes!("../../specs/shopify/admin_2026-10.graphql.gz");
static SCHEMA: OnceLock<Result<AdminSchema, String>> = OnceLock::new();

/// The schema and which types implement which interface.
pub struct AdminSchema {
    /// The types, checked.
    pub schema: Valid<Schema>,
    /// Found once: the executor needs it for every operation.
    pub implementers: HashMap<Name, Implementers>,
}

/// Starts reading the schema in a thread of its own, so that the first operation need not wait for it.
pub fn prepare() {
    std::thread::spawn(|| {
        if let Err(problem) = admin() {
            tracing::error!(problem, "the schema of Shopify cannot be read");
        }
    });
}

/// The schema; waits for it when it is still being read.
///
/// # Errors
/// What is wrong with the file that was built in.
pub fn admin() -> Result<&'static AdminSchema, &'static str> {
    SCHEMA.get_or_init(read).as_ref().map_err(String::as_str)
}

/// Whether Shopify would take an operation.
///
/// # Errors
/// What is wrong with it, one sentence each.
pub fn validate(operation: &str) -> Result<(), Vec<String>> {
    let admin = admin().map_err(|problem| vec![problem.to_owned()])?;
    let message = |error: &Value| error["message"].as_str().unwrap_or_default().to_owned();
    match Checked::new(admin, operation, None) {
        Ok(_) => Ok(()),
        Err(errors) => Err(errors.iter().map(message).collect()),
    }
}

fn read() -> Result<AdminSchema, String> {
    let mut text = String::new();
    GzDecoder::new(PACKED)
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    let schema =
        Schema::parse_and_validate(text, "admin_2026-10.graphql").map_err(|problems| problems.to_string())?;
    let implementers = schema.implementers_map();
    Ok(AdminSchema { schema, implementers })
}
