//! Secrets at rest: what lets us into other systems is stored sealed, never as it is.
//!
//! Sealing is AES-256-GCM with a random nonce. The place a secret belongs to (customer, store, field; or person, field)
//! is authenticated with it, so that a sealed secret copied to another row or column does not open there. Every sealed
//! secret names its key: a deployment can add a key, make it the current one and [`rotate()`] to it.

mod check;
mod key_file;
mod key_ring;
mod rotate;
mod settings;

pub use check::{KeyCheckFailed, check};
pub use key_file::development_ring;
pub use key_ring::{KeyRing, Place, Sealed, Unsealable};
pub use rotate::rotate;
pub use settings::{EncryptionSettings, KeyProblem};
