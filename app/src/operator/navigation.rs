//! The places of the operator console, as far as an operator's role reaches.

use domain::Permission;
use portal::access::Operator;
use portal::{Outcome, Portal};

use crate::text::Text;
use crate::ui::{NavEntry, NavGroup};

/// A place: its name's key, page, icon, `g` key, and what a role needs to see it.
type Place = (&'static str, &'static str, &'static str, char, Permission);

const WORK: [Place; 4] = [
    (
        "nav-customers",
        "/console/customers",
        "customers",
        'c',
        Permission::SeeCustomers,
    ),
    (
        "nav-orders",
        "/console/orders",
        "orders",
        'o',
        Permission::SeeOrders,
    ),
    (
        "nav-catalogue",
        "/console/catalogue",
        "catalog",
        'k',
        Permission::ManageCatalogue,
    ),
    (
        "nav-activity",
        "/console/activity",
        "activity",
        'a',
        Permission::SeeActivity,
    ),
];

const COMPANY: [Place; 1] = [("nav-team", "/console/team", "team", 't', Permission::ManageTeam)];

/// The navigation of an operator; `path` is the page shown.
///
/// # Errors
/// Only unexpected ones.
#[expect(clippy::unused_async, reason = "the counts of what waits are read here")]
pub async fn groups(_portal: &Portal, operator: &Operator, t: Text, path: &str) -> Outcome<Vec<NavGroup>> {
    let entries = |places: &[Place]| -> Vec<NavEntry> {
        places
            .iter()
            .filter(|(.., permission)| operator.require(*permission).is_ok())
            .map(|(name, href, icon, key, _)| NavEntry {
                label: t.get(name),
                href: (*href).to_owned(),
                icon,
                current: path.starts_with(href),
                key: Some(*key),
                ..NavEntry::default()
            })
            .collect()
    };
    let groups = [
        NavGroup {
            entries: entries(&WORK),
            ..NavGroup::default()
        },
        NavGroup {
            title: t.get("nav-company").into(),
            entries: entries(&COMPANY),
        },
    ];
    Ok(groups
        .into_iter()
        .filter(|group| !group.entries.is_empty())
        .collect())
}
