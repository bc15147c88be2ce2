//! The operator console, called GelatoConnect: one folder per place of the navigation.

pub mod activity;
pub mod audit;
pub mod buyers;
pub mod catalogue;
pub mod customers;
pub mod navigation;
pub mod orders;
pub mod routes;
pub mod team;
