//! The address of a list of orders: what it searches, filters and shows.

use domain::id::{CustomerId, StoreId};
use domain::{OrderStatus, Platform};
use portal::orders::OrderFilter;

use crate::list_address::{ListAddress, Listed};
use crate::text::Zone;
use crate::ui::Choice;

/// A list of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders;

impl Listed for Orders {
    const NAMES: &'static [&'static str] = &[
        "q", "status", "view", "customer", "store", "platform", "from", "until", "rows",
    ];
}

/// The value of `view` for orders that wait for a person.
const ATTENTION: &str = "attention";

/// The value of `view` for those of them that have no address.
pub(super) const NO_ADDRESS: &str = "no-address";

/// What a list of orders was asked for.
pub type OrderQuery = ListAddress<Orders>;

impl OrderQuery {
    /// Whether only orders that wait for a person are shown.
    pub fn attention(&self) -> bool {
        self.get("view") == Some(ATTENTION)
    }

    /// Whether only orders are shown that wait for a person and have no address.
    pub fn no_address(&self) -> bool {
        self.get("view") == Some(NO_ADDRESS)
    }

    /// What the list is narrowed to; days begin at midnight of `zone`.
    pub fn filter(&self, zone: Zone) -> OrderFilter {
        OrderFilter {
            search: self.get("q").unwrap_or_default().to_owned(),
            status: self.parsed::<OrderStatus>("status"),
            attention: self.attention(),
            no_address: self.no_address(),
            customer: self.parsed::<CustomerId>("customer"),
            store: self.parsed::<StoreId>("store"),
            platform: self.parsed::<Platform>("platform"),
            from: self.get("from").and_then(|day| zone.day(day, 0)),
            until: self.get("until").and_then(|day| zone.day(day, 1)),
        }
    }

    /// Whether a parameter says something: of a store, that it is among `stores`.
    pub fn means(zone: Zone, stores: &[Choice]) -> impl Fn(&str, &str) -> bool {
        move |name, value| match name {
            "status" => value.parse::<OrderStatus>().is_ok(),
            "view" => [ATTENTION, NO_ADDRESS].contains(&value),
            "store" => stores.iter().any(|store| store.value == value),
            "platform" => value.parse::<Platform>().is_ok(),
            "from" | "until" => zone.day(value, 0).is_some(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use portal::paging::Turn;

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
        assert_eq!((query.turn::<i64>(), query.rows()), (Turn::First, 25));
        let odd: Vec<_> = query
            .odd(OrderQuery::means(Zone::UTC, &[]))
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
