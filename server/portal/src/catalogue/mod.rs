//! The catalogue: what the print company can make.
//!
//! A product has one variant for each combination of its options; orders name variants. What an edit takes away
//! is retired, not deleted: orders still name it.

mod archive;
mod choices;
mod create;
mod definitions;
pub mod demo;
mod edit;
mod export;
mod find;
pub mod import;
mod list;
mod orderable;
mod recorded;
mod write;

pub use archive::{archive, restore};
pub(crate) use choices::chosen_values;
pub use choices::{ProductChoice, choices, print_areas_of, uid_meant};
pub use create::{create, create_in};
pub(crate) use definitions::orderable_definitions;
pub use edit::{edit, edit_in};
pub use export::export_csv;
pub(crate) use find::print_areas;
pub use find::{Product, StoredVariant, find};
pub use list::{ProductFilter, ProductRow, categories, list};
pub use orderable::{orderable, orderable_in};
