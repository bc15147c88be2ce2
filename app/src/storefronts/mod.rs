//! The client portal, called Storefronts: one folder per place of the navigation.

pub mod navigation;
