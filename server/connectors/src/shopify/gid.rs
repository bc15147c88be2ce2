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

/// Whether a global id is that of a thing of this kind.
pub(super) fn is_of(kind: &str, id: &str) -> bool {
    let rest = id.strip_prefix("gid://shopify/");
    rest.and_then(|rest| rest.strip_prefix(kind))
        .is_some_and(|rest| rest.starts_with('/'))
}

/// The same as an id of the portal.
pub(super) fn external(kind: &str, id: &str) -> ExternalId {
    ExternalId::new(of(kind, id))
}
