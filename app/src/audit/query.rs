//! What the address of the audit log says.

use domain::id::{CustomerId, ObjectId, UserId};
use domain::{AuditAction, AuditObject};
use portal::audit::AuditFilter;

use crate::list_address::{ListAddress, Listed};
use crate::text::Zone;

/// The audit log.
#[derive(Clone, Debug)]
pub struct Audit;

impl Listed for Audit {
    const NAMES: &'static [&'static str] = &[
        "customer", "person", "action", "kind", "object", "from", "until", "rows",
    ];
}

/// What the log was asked for.
pub type AuditQuery = ListAddress<Audit>;

impl AuditQuery {
    /// What the log is narrowed to; days begin at midnight of `zone`. Customer and person are ids where a link says them,
    /// and words where they were typed.
    pub fn filter(&self, zone: Zone) -> AuditFilter {
        let customer = self.parsed::<CustomerId>("customer");
        let person = self.parsed::<UserId>("person");
        let words = |name: &str, is_id: bool| match self.get(name) {
            Some(words) if !is_id => words.to_owned(),
            _ => String::new(),
        };
        AuditFilter {
            customer,
            customer_words: words("customer", customer.is_some()),
            person,
            person_words: words("person", person.is_some()),
            action: self.parsed::<AuditAction>("action"),
            object_kind: self.parsed::<AuditObject>("kind"),
            object: self.parsed::<ObjectId>("object"),
            since: self.get("from").and_then(|day| zone.day(day, 0)),
            until: self.get("until").and_then(|day| zone.day(day, 1)),
        }
    }

    /// Whether a parameter says something.
    pub(super) fn means(zone: Zone) -> impl Fn(&str, &str) -> bool {
        move |name, value| match name {
            "action" => value.parse::<AuditAction>().is_ok(),
            "kind" => value.parse::<AuditObject>().is_ok(),
            "object" => value.parse::<ObjectId>().is_ok(),
            "from" | "until" => zone.day(value, 0).is_some(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_customers_are_named_by_links_and_by_words() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            AuditQuery::of(pairs).filter(Zone::UTC)
        };
        let id = "018f0000-0000-7000-8000-000000000000";
        let linked = of(&[("customer", id), ("person", id)]);
        assert!(linked.customer.is_some() && linked.person.is_some());
        assert!(linked.customer_words.is_empty() && linked.person_words.is_empty());
        let typed = of(&[("customer", "Garabato"), ("until", "1970-01-01")]);
        assert_eq!(
            (typed.customer, typed.customer_words.as_str()),
            (None, "Garabato")
        );
        assert_eq!(
            typed.until.map(domain::Timestamp::seconds),
            Some(86_400),
            "the day is part of it"
        );
    }
}
