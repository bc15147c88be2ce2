//! The places of Storefronts, as far as a client user's role reaches.

use domain::Permission;
use portal::access::Client;
use portal::{Outcome, Portal};

use crate::text::Text;
use crate::ui::{NavEntry, NavGroup};

/// The navigation of a client user; `path` is the page shown.
///
/// # Errors
/// Only unexpected ones.
#[expect(clippy::unused_async, reason = "the counts of what waits are read here")]
pub async fn groups(_portal: &Portal, client: &Client, t: Text, path: &str) -> Outcome<Vec<NavGroup>> {
    let places = [
        (
            "nav-dashboard",
            "/storefronts",
            "home",
            'p',
            Permission::SeeOrders,
        ),
        (
            "nav-stores",
            "/storefronts/stores",
            "stores",
            't',
            Permission::SeeStores,
        ),
        (
            "nav-orders",
            "/storefronts/orders",
            "orders",
            'o',
            Permission::SeeOrders,
        ),
    ];
    let entries = places
        .into_iter()
        .filter(|(.., permission)| client.require(*permission).is_ok())
        .map(|(name, href, icon, key, _)| NavEntry {
            label: t.get(name),
            href: href.to_owned(),
            icon,
            current: if href == "/storefronts" {
                path == href
            } else {
                path.starts_with(href)
            },
            key: Some(key),
            ..NavEntry::default()
        })
        .collect();
    Ok(vec![NavGroup {
        entries,
        ..NavGroup::default()
    }])
}
