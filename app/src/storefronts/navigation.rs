//! The places of Storefronts, as far as a client user's role reaches.

use domain::Permission;
use portal::access::Client;
use portal::{Outcome, Portal, orders};

use crate::audit::STOREFRONTS;
use crate::text::Text;
use crate::ui::{NavEntry, NavGroup, Tone};

const ORDERS: &str = "/storefronts/orders";
const BUYERS: &str = "/storefronts/settings/buyers";
const USERS: &str = "/storefronts/settings/users";
/// The pages of imports, which belong to the orders.
const IMPORTS: &str = "/storefronts/imports";

/// The navigation of a client user; `path` is the page shown.
///
/// # Errors
/// Only unexpected ones.
pub async fn groups(portal: &Portal, client: &Client, t: Text, path: &str) -> Outcome<Vec<NavGroup>> {
    let waiting = orders::status_counts(&mut portal.db.read().await?, &client.scope(), None)
        .await?
        .needing_attention();
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
        ("nav-orders", ORDERS, "orders", 'o', Permission::SeeOrders),
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
                path.starts_with(href) || href == ORDERS && path.starts_with(IMPORTS)
            },
            key: Some(key),
            count: (href == ORDERS && waiting > 0).then(|| t.number(waiting)).into(),
            tone: if href == ORDERS {
                Tone::Warning
            } else {
                Tone::Neutral
            },
            ..NavEntry::default()
        })
        .collect();
    let work = NavGroup {
        entries,
        ..NavGroup::default()
    };
    let users = client.require(Permission::ManageUsers).is_ok().then(|| NavEntry {
        label: t.get("users-title"),
        short: t.get("users-short").into(),
        href: USERS.to_owned(),
        icon: "team",
        current: path.starts_with(USERS),
        key: Some('u'),
        ..NavEntry::default()
    });
    let buyers = client
        .require(Permission::AnswerBuyers)
        .is_ok()
        .then(|| NavEntry {
            label: t.get("buyers-title"),
            short: t.get("buyers-short").into(),
            href: BUYERS.to_owned(),
            icon: "lock",
            current: path.starts_with(BUYERS),
            key: Some('b'),
            ..NavEntry::default()
        });
    let log = client.require(Permission::SeeAuditLog).is_ok().then(|| NavEntry {
        label: t.get("audit-title"),
        short: t.get("audit-short").into(),
        href: STOREFRONTS.to_owned(),
        icon: "clock",
        current: path.starts_with(STOREFRONTS),
        key: Some('l'),
        ..NavEntry::default()
    });
    let settings = NavGroup {
        title: t.get("nav-settings").into(),
        entries: users.into_iter().chain(buyers).chain(log).collect(),
    };
    let groups = [work, settings];
    Ok(groups
        .into_iter()
        .filter(|group| !group.entries.is_empty())
        .collect())
}
