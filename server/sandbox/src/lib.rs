//! Honest stand-ins for the systems the portal talks to. Depends on no other crate of this workspace.

pub mod mail;
