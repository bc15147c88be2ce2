//! What the process can be told to do.

mod backup;
mod check_config;
mod create_operator;
mod demo;
mod migrate;
mod reset_two_factor;
mod restore;
mod rotate_keys;
mod routes;
mod run;
mod surroundings;

pub use backup::backup;
pub use check_config::check_config;
pub use create_operator::create_operator;
pub use demo::demo;
pub use migrate::migrate;
pub use reset_two_factor::reset_two_factor;
pub use restore::restore;
pub use rotate_keys::rotate_keys;
pub use routes::routes;
pub use run::{run, worker};
