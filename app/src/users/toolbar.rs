//! Search and filters above the list.

use domain::{ClientRole, UserState};
use leptos::prelude::*;

use super::place::Place;
use super::query::UserQuery;
use crate::text::Text;
use crate::ui::*;

/// The search, the filters, and those in force.
pub(super) fn toolbar(t: Text, place: &Place, query: &UserQuery) -> AnyView {
    let roles = ClientRole::ALL.iter();
    let roles: Vec<Choice> = roles
        .map(|role| Choice::new(role.slug(), role_name(t, *role)))
        .collect();
    let states = UserState::ALL.iter();
    let states: Vec<Choice> = states
        .map(|state| Choice::new(state.slug(), state_name(t, *state)))
        .collect();
    let (searched, kept) = (query.kept(&["q"]), query.kept(&["role", "state"]));
    let [words, role, state] = ["q", "role", "state"].map(|name| query.text(name));
    view! {
        <Toolbar>
            <SearchBox label=t.get("users-search") value=words kept=searched />
            <Filters kept>
                <FilterSelect name="role" label=t.get("users-role") choices=roles value=role />
                <FilterSelect name="state" label=t.get("users-state") choices=states value=state />
            </Filters>
        </Toolbar>
        {active_filters(t, place, query)}
    }
    .into_any()
}

fn active_filters(t: Text, place: &Place, query: &UserQuery) -> AnyView {
    let filter = query.filter();
    let without = |name: &str| query.link(&place.home, &[(name, None)]);
    let mut filters = Vec::new();
    if let Some(q) = query.get("q") {
        filters.push((t.with("users-filter-search", [("q", q.into())]), without("q")));
    }
    if let Some(role) = filter.role {
        filters.push((role_name(t, role), without("role")));
    }
    if let Some(state) = filter.state {
        filters.push((state_name(t, state), without("state")));
    }
    let label = |name: &str| t.get(&format!("users-{name}"));
    filters.extend(query.odd_chips(t, &place.home, UserQuery::means, label));
    view! { <ActiveFilters filters clear=place.home.clone() /> }.into_any()
}

fn role_name(t: Text, role: ClientRole) -> String {
    t.get(&format!("role-{}", role.slug()))
}

fn state_name(t: Text, state: UserState) -> String {
    t.get(&format!("users-state-{}", state.slug()))
}
