//! What is asked of a shop's owner.

/// The access scopes that connecting asks for; each is needed by an operation the connector sends.
pub const SCOPES: &[&str] = &[
    "read_products",
    "write_products",
    "read_orders",
    "read_merchant_managed_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "read_fulfillments",
    "write_fulfillments",
    "read_locations",
    "read_publications",
    "write_publications",
    "write_files",
];

/// Those of [`SCOPES`] that were not granted. Who may write may read, and Shopify then names only the writing.
pub(super) fn missing(granted: &[String]) -> Vec<String> {
    SCOPES
        .iter()
        .filter(|scope| !grants(granted, scope))
        .map(|scope| (*scope).to_owned())
        .collect()
}

/// Whether `scope` is among what was granted.
pub(super) fn grants(granted: &[String], scope: &str) -> bool {
    let has = |wanted: &str| granted.iter().any(|granted| granted == wanted);
    has(scope)
        || scope
            .strip_prefix("read_")
            .is_some_and(|rest| has(&format!("write_{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_write_may_read() {
        let granted: Vec<String> = SCOPES
            .iter()
            .filter(|scope| **scope != "read_products" && **scope != "read_orders")
            .map(|scope| (*scope).to_owned())
            .collect();
        assert_eq!(missing(&granted), ["read_orders"]);
    }
}
