//! Shopify's global ids: `gid://shopify/Order/450789469`.

use domain::source::ExternalId;

/// The global id of a thing that is named by its global id or its number: webhooks give numbers.
pub(super) fn of(kind: &str, id: &str) -> String {
    if id.starts_with("gid://") {
        id.to_owned()
    } else {
        format!("gid://shopify/{kind}/{id}")
    }
}

/// The same as an id of the portal.
pub(super) fn external(kind: &str, id: &str) -> ExternalId {
    ExternalId::new(of(kind, id))
}
