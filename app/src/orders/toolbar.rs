//! Search and filters of a list of orders.

use domain::{OrderStatus, Platform};
use leptos::prelude::*;
use portal::orders::StatusCounts;

use super::query::{NO_ADDRESS, OrderQuery};
use crate::text::{Text, Zone};
use crate::ui::*;

/// The statuses that chips show: where work waits.
const CHIPS: [OrderStatus; 5] = [
    OrderStatus::NotConnected,
    OrderStatus::Created,
    OrderStatus::InProduction,
    OrderStatus::Packaged,
    OrderStatus::Shipped,
];

/// What the toolbar of a list needs to know.
pub struct OrdersToolbar<'a> {
    /// The sentences.
    pub t: Text,
    /// Where days begin at midnight.
    pub zone: Zone,
    /// The list's path.
    pub path: &'static str,
    /// What the list was asked for.
    pub query: &'a OrderQuery,
    /// How many orders are in each status.
    pub counts: &'a StatusCounts,
    /// The stores to choose from.
    pub stores: Vec<Choice>,
    /// Whether there are more stores than can be chosen from.
    pub more_stores: bool,
    /// The platforms to choose from; with fewer than two there is nothing to choose.
    pub platforms: &'a [Platform],
    /// The name of the customer the list is narrowed to.
    pub customer: Option<String>,
    /// Customers to suggest where the list can be narrowed to one, and is not yet.
    pub suggested: Option<Vec<String>>,
}

impl OrdersToolbar<'_> {
    /// Search, chips, selects, and what is in force.
    pub fn view(&self) -> AnyView {
        let t = self.t;
        let (words, kept, path) = (
            self.query.get("q").map(str::to_owned),
            self.query.kept(&["q"]),
            self.path,
        );
        let (chips, selects) = (self.chips(), self.selects());
        view! {
            <div class="stack" data-gap="3">
                <Toolbar>
                    <SearchBox label=t.get("orders-search") value=words action=path kept />
                    {chips}
                    {selects}
                </Toolbar>
                {self.active()}
            </div>
        }
        .into_any()
    }

    fn to(&self, status: Option<&str>, view: Option<&str>) -> String {
        self.query.link(self.path, &[("status", status), ("view", view)])
    }

    fn chips(&self) -> AnyView {
        let (t, attention) = (self.t, self.query.attention());
        let status = self
            .query
            .get("status")
            .and_then(|status| status.parse::<OrderStatus>().ok());
        // Only online stores have products to connect.
        let shown = |chip: &OrderStatus| {
            *chip != OrderStatus::NotConnected || status == Some(*chip) || self.counts.of(*chip) > 0
        };
        let chips = CHIPS.iter().copied().filter(shown).map(|chip| {
            view! {
                <Chip
                    href=self.to(Some(chip.slug()), None)
                    text=t.status(chip)
                    count=t.number(self.counts.of(chip))
                    current={status == Some(chip)}
                />
            }
        });
        let chips = chips.collect_view();
        let (all, waiting) = (self.to(None, None), self.to(None, Some("attention")));
        let (total, waits) = (
            t.number(self.counts.total()),
            t.number(self.counts.needing_attention()),
        );
        let no_address = self.query.no_address();
        let everything = status.is_none() && !attention && !no_address;
        // It narrows what needs attention further.
        let address = (attention || no_address).then(|| {
            let href = self.to(None, Some(NO_ADDRESS));
            view! { <Chip href text=t.get("orders-no-address") current=no_address /> }
        });
        view! {
            <Chips label=t.get("orders-status")>
                <Chip
                    href=all
                    text=t.get("orders-all")
                    count=total
                    current=everything
                />
                <Chip
                    href=waiting
                    text=t.get("orders-attention")
                    count=waits
                    current=attention
                />
                {address}
                {chips}
            </Chips>
        }
        .into_any()
    }

    fn selects(&self) -> AnyView {
        let t = self.t;
        let statuses = OrderStatus::ALL
            .iter()
            .map(|status| Choice::new(status.slug(), t.status(*status)))
            .collect();
        let status = self.query.get("status").map(str::to_owned);
        let mut selected = vec!["status", "store", "platform", "from", "until", "view"];
        let customer = self.suggested.clone().map(|suggestions| {
            selected.push("customer");
            let typed = self.query.get("customer");
            view! { <FilterText name="customer" label=t.get("orders-customer") suggestions value=typed /> }
        });
        let kept = self.query.kept(&selected);
        let (from, until) = (
            self.day("from", t.get("orders-from")),
            self.day("until", t.get("orders-until")),
        );
        let path = self.path;
        let stores = (!self.stores.is_empty()).then(|| self.store_select());
        let more_stores = self.more_stores.then(|| {
            let words = t.with("orders-more-stores", [("shown", self.stores.len().into())]);
            view! { <small class="muted">{words}</small> }
        });
        let platforms = (self.platforms.len() > 1).then(|| self.platform_select());
        view! {
            <Filters action=path kept>
                <FilterSelect
                    name="status"
                    label=t.get("orders-status")
                    choices=statuses
                    value=status
                />
                {customer}
                {stores}
                {more_stores}
                {platforms}
                // The two ends of one span stay side by side.
                <span class="cluster nowrap">{from} {until}</span>
            </Filters>
        }
        .into_any()
    }

    fn store_select(&self) -> AnyView {
        let choices = self.stores.clone();
        view! {
            <FilterSelect name="store" label=self.t.get("orders-store") choices value=self.query.get("store") />
        }
        .into_any()
    }

    fn platform_select(&self) -> AnyView {
        let choices = self
            .platforms
            .iter()
            .map(|platform| {
                Choice::new(
                    platform.slug(),
                    self.t.get(&format!("platform-{}", platform.slug())),
                )
            })
            .collect();
        view! {
            <FilterSelect
                name="platform"
                label=self.t.get("orders-platform")
                choices
                value=self.query.get("platform")
            />
        }
        .into_any()
    }

    fn day(&self, name: &'static str, label: String) -> AnyView {
        let value = self.query.get(name).map(str::to_owned);
        view! {
            <label class="cluster nowrap regular">
                {label}
                <input type="date" name=name value=value />
            </label>
        }
        .into_any()
    }

    fn active(&self) -> AnyView {
        let t = self.t;
        let without = |name: &str| self.query.link(self.path, &[(name, None)]);
        let mut filters: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, text: Option<String>| {
            if let Some(text) = text {
                filters.push((text, without(name)));
            }
        };
        let named = |key: &str, value: &str| t.with(key, [("value", value.into())]);
        add(
            "q",
            self.query
                .get("q")
                .map(|words| named("orders-filter-search", words)),
        );
        let status = self
            .query
            .get("status")
            .and_then(|status| status.parse::<OrderStatus>().ok());
        add(
            "status",
            status.map(|status| named("orders-filter-status", &t.status(status))),
        );
        add("view", self.query.attention().then(|| t.get("orders-attention")));
        add(
            "view",
            self.query.no_address().then(|| t.get("orders-no-address")),
        );
        add(
            "customer",
            self.customer
                .as_deref()
                .map(|name| named("orders-filter-customer", name)),
        );
        let store = self
            .stores
            .iter()
            .find(|choice| Some(choice.value.as_str()) == self.query.get("store"));
        add(
            "store",
            store.map(|choice| named("orders-filter-store", &choice.label)),
        );
        let platform = self
            .query
            .get("platform")
            .and_then(|platform| platform.parse::<Platform>().ok());
        add(
            "platform",
            platform.map(|platform| t.get(&format!("platform-{}", platform.slug()))),
        );
        let zone = self.zone;
        let day = |name: &str| self.query.get(name).filter(|day| zone.day(day, 0).is_some());
        add("from", day("from").map(|day| named("orders-filter-from", day)));
        add("until", day("until").map(|day| named("orders-filter-until", day)));
        let label = |name: &str| t.get(&format!("orders-{}", if name == "view" { "views" } else { name }));
        let means = OrderQuery::means(zone, &self.stores);
        filters.extend(self.query.odd_chips(t, self.path, means, label));
        let clear = self.path;
        view! { <ActiveFilters filters clear /> }.into_any()
    }
}
