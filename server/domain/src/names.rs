//! Names, descriptions and references that people give to things.

use crate::text::{line, paragraphs, text_newtypes};
use crate::{Language, Problem};

text_newtypes! {
    /// The first or last name of somebody who logs in. Mails of the print company greet people by it, and programs make
    /// links of what looks like an address: a name holds none.
    PersonName, person, 120;
    /// The person a parcel goes to.
    Recipient, line, 120;
    /// The name of a customer: the business the print is made for.
    CustomerName, line, 120;
    /// The name of a store.
    StoreName, line, 120;
    /// The customer reference ID: how the operator's own systems (and Pressero's integration ID) call a customer.
    CustomerReference, line, 100;
    /// A company within an address.
    CompanyName, line, 120;
    /// A line of an address: street and number, floor and door.
    AddressLine, line, 120;
    /// A city or town.
    City, line, 80;
    /// A province, state or county.
    Region, line, 80;
    /// Notes about a customer, of several lines.
    Description, paragraphs, 2000;
    /// An order's id at its source: `orderReferenceId` of a form or CSV, the order id of a platform.
    OrderReference, line, 100;
    /// What a line of an order is called.
    LineTitle, line, 200;
    /// A remark on an order, of several lines.
    OrderNote, paragraphs, 1000;
    /// A shipping method as the source of an order names it.
    ShippingMethod, line, 80;
    /// Who brings a parcel.
    Carrier, line, 80;
    /// The number a carrier knows a parcel by.
    TrackingNumber, line, 80;
    /// The name of a catalogue product, option, value or print area in one language.
    ProductName, line, 120;
    /// What somebody calls a saved view of a list.
    ViewName, line, 60;
    /// What kind of thing a catalogue product is, in one text for both languages: `Stickers`, `Posters/Carteles`.
    Category, line, 160;
}

fn person(raw: &str, max: usize) -> Result<String, Problem> {
    let text = line(raw, max)?;
    if text.contains(['/', '@']) || text.split_whitespace().any(is_host) {
        Err(Problem::new("address-in-name"))
    } else {
        Ok(text)
    }
}

/// Whether a word could be the name of a host, as `www.example` and `example.com` are, and `J.R.` and `M.ª` are not.
fn is_host(word: &str) -> bool {
    let Some((name, top)) = word.trim_end_matches('.').rsplit_once('.') else {
        return false;
    };
    name.chars().count() >= 2 && top.chars().count() >= 2 && top.chars().all(char::is_alphanumeric)
}

impl Category {
    /// What it is called in a language: one name is that of both.
    pub fn name(&self, language: Language) -> &str {
        let text = self.as_str();
        let (en, es) = text.split_once('/').unwrap_or((text, text));
        let [en, es] = [en.trim(), es.trim()];
        match language {
            Language::En if !en.is_empty() => en,
            Language::Es if !es.is_empty() => es,
            _ => text,
        }
    }
}

impl CustomerReference {
    /// The reference as uniqueness sees it: two customers must not differ only in capitals.
    pub fn key(&self) -> String {
        self.as_str().to_lowercase()
    }
}

impl StoreName {
    /// The name as uniqueness within a customer sees it: without capitals and accents.
    pub fn key(&self) -> String {
        crate::fold(self.as_str())
    }
}

impl ViewName {
    /// The name as uniqueness among one person's views sees it: without capitals and accents.
    pub fn key(&self) -> String {
        crate::fold(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_300_characters_is_too_long() {
        let problem = CustomerName::parse(&"x".repeat(300)).unwrap_err();
        assert_eq!(problem, Problem::new("too-long").with("max", 120_i64));
    }

    #[test]
    fn the_name_of_a_person_holds_no_address() {
        for name in [
            "María José",
            "J.R.",
            "M.ª Ángeles",
            "O’Brien-Núñez",
            "St. John",
            "José.",
            "李小龍",
        ] {
            assert!(PersonName::parse(name).is_ok(), "{name}");
        }
        for name in [
            "https://evil.example",
            "www.evil",
            "Pau evil.com",
            "evil.com.",
            "evil.example/pay",
            "pau@evil.example",
        ] {
            assert_eq!(
                PersonName::parse(name),
                Err(Problem::new("address-in-name")),
                "{name}"
            );
        }
        assert!(
            Recipient::parse("Ana c/o Müller").is_ok(),
            "a parcel goes where it is sent"
        );
    }

    #[test]
    fn a_category_is_called_in_the_language_of_its_reader() {
        for (text, en, es) in [
            ("Posters/Carteles", "Posters", "Carteles"),
            ("Posters / Carteles", "Posters", "Carteles"),
            ("Stickers", "Stickers", "Stickers"),
            ("Posters/", "Posters", "Posters/"),
        ] {
            let category = Category::parse(text).unwrap();
            assert_eq!(category.name(Language::En), en);
            assert_eq!(category.name(Language::Es), es);
        }
    }

    #[test]
    fn references_differing_in_capitals_are_the_same() {
        let key = |text| CustomerReference::parse(text).unwrap().key();
        assert_eq!(key("ACME-01"), key("acme-01"));
    }

    #[test]
    fn values_travel_as_plain_text_and_are_checked_on_arrival() {
        let name = CustomerName::parse(" Café 🖨️ ").unwrap();
        assert_eq!(serde_json::to_string(&name).unwrap(), "\"Café 🖨️\"");
        assert!(serde_json::from_str::<CustomerName>("\"\"").is_err());
    }
}
