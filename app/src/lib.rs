//! What people see: the pages of GelatoConnect and Storefronts.
