//! The address of a list of orders: what it searches, filters and shows.

use domain::id::{CustomerId, StoreId};
use domain::{OrderStatus, Platform};
use portal::orders::OrderFilter;
use portal::paging::Turn;

use crate::action::encode;
use crate::text::Zone;
use crate::ui::{Choice, Kept, PAGE_SIZES};

/// The parameters of a list of orders, in the order they are written.
const NAMES: [&str; 9] = [
    "q", "status", "view", "customer", "store", "platform", "from", "until", "rows",
];

/// What a list of orders was asked for. Nonsense counts as absent; [`OrderQuery::not_understood`] tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderQuery {
    pairs: Vec<(String, String)>,
}

impl OrderQuery {
    /// Reads the parameters of an address.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = pairs
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        Self { pairs }
    }

    /// A parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// Whether only orders that wait for a person are shown.
    pub fn attention(&self) -> bool {
        self.get("view") == Some("attention")
    }

    /// What the list is narrowed to; days begin at midnight of `zone`.
    pub fn filter(&self, zone: Zone) -> OrderFilter {
        OrderFilter {
            search: self.get("q").unwrap_or_default().to_owned(),
            status: self.parsed::<OrderStatus>("status"),
            attention: self.attention(),
            customer: self.parsed::<CustomerId>("customer"),
            store: self.parsed::<StoreId>("store"),
            platform: self.parsed::<Platform>("platform"),
            from: self.get("from").and_then(|day| zone.day(day, 0)),
            until: self.get("until").and_then(|day| zone.day(day, 1)),
        }
    }

    /// The filters that say something that means nothing, or a store that is not among `stores`, with what they say. The
    /// list is shown without them.
    pub fn not_understood(&self, zone: Zone, stores: &[Choice]) -> Vec<(&'static str, String)> {
        let understood = |name: &str, value: &str| match name {
            "status" => value.parse::<OrderStatus>().is_ok(),
            "view" => self.attention(),
            "store" => stores.iter().any(|store| store.value == value),
            "platform" => value.parse::<Platform>().is_ok(),
            "from" | "until" => zone.day(value, 0).is_some(),
            _ => true,
        };
        NAMES
            .into_iter()
            .filter_map(|name| Some((name, self.get(name)?)))
            .filter(|(name, value)| !understood(name, value))
            .map(|(name, value)| (name, value.to_owned()))
            .collect()
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        NAMES
            .iter()
            .any(|name| *name != "rows" && self.get(name).is_some())
    }

    /// Which page is wanted.
    pub fn turn(&self) -> Turn<i64> {
        match (self.parsed("after"), self.parsed("before")) {
            (Some(number), _) => Turn::After(number),
            (None, Some(number)) => Turn::Before(number),
            (None, None) => Turn::First,
        }
    }

    /// How many rows a page shows.
    pub fn rows(&self) -> u32 {
        self.parsed("rows")
            .filter(|rows| PAGE_SIZES.contains(rows))
            .unwrap_or(PAGE_SIZES[0])
    }

    /// The parameters in force but for some, without the page.
    pub fn kept(&self, except: &[&str]) -> Kept {
        NAMES
            .iter()
            .filter(|name| !except.contains(name))
            .filter_map(|name| Some(((*name).to_owned(), self.get(name)?.to_owned())))
            .collect()
    }

    /// The list at `path` with some parameters changed, from its first page; `None` takes one away.
    pub fn link(&self, path: &str, changes: &[(&str, Option<&str>)]) -> String {
        let changed: Vec<&str> = changes.iter().map(|(name, _)| *name).collect();
        let kept = self.kept(&changed);
        let added = changes
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), (*value)?.to_owned())));
        let pairs: Vec<String> = kept
            .into_iter()
            .chain(added)
            .map(|(name, value)| format!("{name}={}", encode(&value)))
            .collect();
        if pairs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", pairs.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> OrderQuery {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        OrderQuery::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }

    #[test]
    fn an_address_says_what_is_listed() {
        let query = query("q=ana&status=in-production&from=2026-11-01&until=2026-11-01&after=7&rows=50");
        let filter = query.filter(Zone::named("Europe/Madrid"));
        assert_eq!(filter.status, Some(OrderStatus::InProduction));
        let hours = filter.until.unwrap().since(filter.from.unwrap()).as_secs() / 3600;
        assert_eq!(hours, 24, "both days are included");
        assert_eq!((query.turn(), query.rows()), (Turn::After(7), 50));
        assert_eq!(
            query.link("/o", &[("status", None)]),
            "/o?q=ana&from=2026-11-01&until=2026-11-01&rows=50"
        );
    }

    #[test]
    fn nonsense_counts_as_absent_and_is_told() {
        let query = query("status=lost&store=1&from=yesterday&after=x&rows=7&q= ");
        assert_eq!(query.filter(Zone::UTC), OrderFilter::default());
        assert_eq!((query.turn(), query.rows()), (Turn::First, 25));
        let odd: Vec<_> = query
            .not_understood(Zone::UTC, &[])
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(odd, ["status", "store", "from"]);
        assert_eq!(
            query.link("/o", &[("status", None), ("store", None), ("from", None)]),
            "/o?rows=7"
        );
    }
}
