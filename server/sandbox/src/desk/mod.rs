//! The desk: where people and tests play buyer, shop owner and bad luck.
//!
//! `/desk` is for people; [`api`] is the same as JSON for tests.

mod actions;
pub mod api;
mod html;
mod ledger;
mod pages;

use std::sync::Arc;

use axum::Router;

use crate::world::World;

/// What the desk's handlers share.
#[derive(Clone)]
pub struct Desk {
    /// The shops.
    pub world: Arc<World>,
    /// Where the stand-ins listen, such as `http://127.0.0.1:4000`.
    pub origin: Arc<str>,
}

/// Everything under `/desk`.
pub fn router(world: Arc<World>, origin: &str) -> Router {
    let origin = Arc::from(origin);
    pages::router()
        .nest("/desk/api", api::router())
        .with_state(Desk { world, origin })
}
