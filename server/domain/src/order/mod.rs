//! Orders as they come in, whatever they come in by: a form, a CSV, an API.

mod address;
mod line;
mod new_order;
mod products;

#[cfg(all(test, feature = "csv"))]
pub(crate) use products::tests::products_for_tests;

pub use address::{Address, RawAddress};
pub use line::{DesignSource, NewDesign, NewLine, RawLine};
pub use new_order::{NewOrder, OrderHead, RawOrderHead};
pub use products::{OrderableProduct, OrderableProducts};
