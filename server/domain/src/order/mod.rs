//! Orders as they come in, whatever they come in by: a form, a CSV, an API.

mod address;
mod line;
mod new_order;
mod products;

pub use address::{Address, RawAddress};
pub use line::{DesignSource, NewDesign, NewLine, RawLine};
pub use new_order::{NewOrder, OrderHead, RawOrderHead};
pub use products::{OrderableProduct, OrderableProducts};
