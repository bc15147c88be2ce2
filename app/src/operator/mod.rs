//! The operator console, called GelatoConnect: one folder per place of the navigation.

pub mod navigation;
pub mod routes;
