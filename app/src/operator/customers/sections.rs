//! What the pages of one customer have in common: head and sections.

use leptos::prelude::*;
use portal::customers::CustomerProfile;

use super::view_as::view_as_button;
use crate::page::{Content, OperatorPage};
use crate::ui::*;

/// A section of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Numbers and facts.
    Overview,
    /// Its stores.
    Stores,
    /// Its orders.
    Orders,
    /// Its people.
    Users,
    /// Access, profile, archive.
    Settings,
}

impl Section {
    /// The section's page.
    pub(super) fn href(self, customer: &CustomerProfile) -> String {
        let path = match self {
            Self::Overview => "",
            Self::Stores => "/stores",
            Self::Orders => "/orders",
            Self::Users => "/users",
            Self::Settings => "/settings",
        };
        format!("/console/customers/{}{path}", customer.id)
    }
}

/// Puts the customer's head and sections above a section's content.
pub(super) fn section(
    page: &OperatorPage,
    customer: &CustomerProfile,
    current: Section,
    content: AnyView,
) -> Content {
    let t = page.t;
    let mut crumbs = vec![Crumb::link(t.get("customers-title"), "/console/customers")];
    if let Some(reference) = &customer.reference_id {
        crumbs.push(Crumb {
            text: reference.clone(),
            href: OptionalText::default(),
        });
    }
    let tab = |section: Section, key: &str, count: Option<i64>| TabItem {
        text: t.get(key),
        href: section.href(customer),
        count: count.map(|count| t.number(count)).into(),
        current: section == current,
    };
    let items = vec![
        tab(Section::Overview, "customers-overview", None),
        tab(Section::Stores, "customers-stores", Some(customer.stores)),
        tab(Section::Orders, "customers-orders", Some(customer.orders)),
        tab(Section::Users, "customers-users", Some(customer.users)),
        tab(Section::Settings, "customers-settings", None),
    ];
    let picture = view! { <span class="only-wide"><Monogram name=customer.name.clone() large=true /></span> }
        .into_any();
    let archived = customer
        .archived_at
        .map(|_| view! { <PlainBadge text=t.get("customers-archived") /> }.into_any());
    let title = customer.name.clone();
    let view_as = view_as_button(page, customer);
    let head = match archived {
        Some(badge) => {
            view! { <PageHead title=title.clone() crumbs picture badge>{view_as}</PageHead> }.into_any()
        }
        None => view! { <PageHead title=title.clone() crumbs picture>{view_as}</PageHead> }.into_any(),
    };
    let view = view! {
        {head}
        <Tabs label=t.get("customers-sections") items />
        {content}
    };
    Content::new(title, view)
}
