//! What stores hold, in one form for all platforms: their products and orders as a connector read them, before any
//! rule of the portal is applied.
//!
//! Text is kept as the store has it, also where the portal would not accept it from a person: what is wrong with an
//! order is found out when it is taken in, and never loses the order.

mod id;
mod order;
mod product;
mod standing;

pub use id::ExternalId;
pub use order::{LineProperty, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
pub use product::{Listing, StoreProduct, StoreVariant, VariantOption};
pub use standing::{LineStanding, OrderStanding, stand};
