//! Where a shop sends from.

use domain::source::ExternalId;
use serde::Deserialize;
use serde_json::json;

use super::graphql::{Api, List};
use super::operations::LOCATIONS;
use crate::lenient;
use crate::store::{Result, StoreLocation};

#[derive(Deserialize)]
struct Answer {
    #[serde(default, deserialize_with = "lenient::or_default")]
    locations: List<Location>,
}

#[derive(Deserialize)]
struct Location {
    id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    name: String,
}

/// The locations in use.
pub(super) async fn list(api: &Api) -> Result<Vec<StoreLocation>> {
    let mut locations = Vec::new();
    let mut after = None;
    loop {
        let answer: Answer = api.ask(&LOCATIONS, json!({ "after": after })).await?;
        after = answer.locations.next();
        locations.extend(answer.locations.nodes.into_iter().map(|location| StoreLocation {
            id: ExternalId::new(location.id),
            name: location.name,
        }));
        if after.is_none() {
            return Ok(locations);
        }
    }
}
