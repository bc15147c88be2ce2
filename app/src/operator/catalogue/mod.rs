//! The catalogue: what the print company can make.

pub mod archive;
pub mod create;
mod fields;
pub mod import;
pub mod list;
mod list_query;
pub mod product;
mod product_form;
pub mod save;
mod variants;
