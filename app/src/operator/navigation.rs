//! The places of the operator console, as far as an operator's role reaches.

use domain::{OrderStatus, Permission};
use portal::access::{Operator, Scope};
use portal::{Outcome, Portal, jobs, messages, orders};

use crate::audit::CONSOLE;
use crate::text::Text;
use crate::ui::{NavEntry, NavGroup, Tone};

const ORDERS: &str = "/console/orders";
const ACTIVITY: &str = "/console/activity";

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
    ("nav-orders", ORDERS, "orders", 'o', Permission::SeeOrders),
    (
        "nav-catalogue",
        "/console/catalogue",
        "catalog",
        'k',
        Permission::ManageCatalogue,
    ),
    ("nav-activity", ACTIVITY, "activity", 'a', Permission::SeeActivity),
];

const COMPANY: [Place; 3] = [
    ("nav-team", "/console/team", "team", 't', Permission::ManageTeam),
    (
        "buyers-title",
        "/console/buyers",
        "lock",
        'b',
        Permission::AnswerBuyers,
    ),
    ("audit-title", CONSOLE, "clock", 'l', Permission::SeeAuditLog),
];

/// The navigation of an operator; `path` is the page shown.
///
/// # Errors
/// Only unexpected ones.
pub async fn groups(portal: &Portal, operator: &Operator, t: Text, path: &str) -> Outcome<Vec<NavGroup>> {
    let waiting = Waiting::read(portal, operator).await?;
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
                count: waiting.at(href).map(|waiting| t.number(waiting)).into(),
                tone: Waiting::tone(href),
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

/// What waits for a person.
struct Waiting {
    /// Orders about which the operator can do something.
    orders: i64,
    /// Jobs and messages that gave up.
    dead: i64,
}

impl Waiting {
    /// Reads what the operator may see.
    async fn read(portal: &Portal, operator: &Operator) -> Outcome<Self> {
        let mut conn = portal.db.read().await?;
        let counts = orders::status_counts(&mut conn, &Scope::AllCustomers, None).await?;
        let connects = operator.require(Permission::ConnectProducts).is_ok();
        let orders = counts
            .sum(|status| status.needs_attention() && (connects || status != OrderStatus::NotConnected))
            + counts.untold();
        let dead = if operator.require(Permission::SeeActivity).is_ok() {
            jobs::stopped(&mut conn).await?.dead + messages::dead_beside_jobs(&mut conn).await?
        } else {
            0
        };
        Ok(Self { orders, dead })
    }

    /// How much waits at a place; nothing where nothing does.
    fn at(&self, place: &str) -> Option<i64> {
        let waiting = match place {
            ORDERS => self.orders,
            ACTIVITY => self.dead,
            _ => 0,
        };
        (waiting > 0).then_some(waiting)
    }

    fn tone(place: &str) -> Tone {
        match place {
            ORDERS => Tone::Warning,
            ACTIVITY => Tone::Danger,
            _ => Tone::Neutral,
        }
    }
}
