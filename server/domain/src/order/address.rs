//! Where an order goes.

use serde::{Deserialize, Serialize};

use crate::names::{AddressLine, City, CompanyName, Recipient, Region};
use crate::text::is_blank;
use crate::{CountryCode, FieldProblems, Postcode, Problem, optional};

/// Where an order goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The person who receives it.
    pub recipient: Recipient,
    /// The company the person works for.
    pub company: Option<CompanyName>,
    /// Street and number.
    pub line1: AddressLine,
    /// Floor, door, building.
    pub line2: Option<AddressLine>,
    /// City or town.
    pub city: City,
    /// Province, state or county.
    pub region: Option<Region>,
    /// Postcode.
    pub postcode: Option<Postcode>,
    /// Country.
    pub country: CountryCode,
}

/// An address as it was typed. Fields are named as form controls and columns are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawAddress<'a> {
    /// Control `recipient`.
    pub recipient: &'a str,
    /// Control `company`; may be empty.
    pub company: &'a str,
    /// Control `address_line1`.
    pub address_line1: &'a str,
    /// Control `address_line2`; may be empty.
    pub address_line2: &'a str,
    /// Control `city`.
    pub city: &'a str,
    /// Control `region`; may be empty where carriers do not ask for it.
    pub region: &'a str,
    /// Control `postcode`; may be empty where the country has none.
    pub postcode: &'a str,
    /// Control `country`: code or name.
    pub country: &'a str,
}

/// Countries whose carriers refuse an address without its state.
const REGION_REQUIRED: [&str; 3] = ["AU", "CA", "US"];

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// The problem of each field, under the field's name.
    pub fn parse(raw: &RawAddress<'_>) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        let recipient = problems.take("recipient", Recipient::parse(raw.recipient));
        let company = problems.take("company", optional(raw.company, CompanyName::parse));
        let line1 = problems.take("address_line1", AddressLine::parse(raw.address_line1));
        let line2 = problems.take("address_line2", optional(raw.address_line2, AddressLine::parse));
        let city = problems.take("city", City::parse(raw.city));
        let country = problems.take("country", CountryCode::parse(raw.country));
        let region = problems.take("region", region(raw.region, country));
        // What a postcode must look like is known only once the country is.
        let postcode = if let Some(country) = country {
            problems.take("postcode", Postcode::parse(raw.postcode, country))
        } else {
            if is_blank(raw.postcode) {
                problems.add("postcode", Problem::new("postcode-perhaps-required"));
            }
            None
        };
        match (recipient, company, line1, line2, city, region, postcode, country) {
            (
                Some(recipient),
                Some(company),
                Some(line1),
                Some(line2),
                Some(city),
                Some(region),
                Some(postcode),
                Some(country),
            ) => Ok(Self {
                recipient,
                company,
                line1,
                line2,
                city,
                region,
                postcode,
                country,
            }),
            _ => Err(problems),
        }
    }
}

fn region(raw: &str, country: Option<CountryCode>) -> Result<Option<Region>, Problem> {
    let region = optional(raw, Region::parse)?;
    if region.is_none() && country.is_some_and(|country| REGION_REQUIRED.contains(&country.as_str())) {
        return Err(Problem::new("region-required"));
    }
    Ok(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADRID: RawAddress<'_> = RawAddress {
        recipient: "Ana Ruiz",
        company: "",
        address_line1: "Calle Mayor 1",
        address_line2: "",
        city: "Madrid",
        region: "",
        postcode: "28013",
        country: "España",
    };

    #[test]
    fn a_complete_address_is_read() {
        let address = Address::parse(&MADRID).unwrap();
        assert_eq!(address.country.as_str(), "ES");
        assert_eq!(address.company, None);
    }

    #[test]
    fn every_field_tells_its_own_problem() {
        let problems = Address::parse(&RawAddress {
            country: "Narnia",
            city: " ",
            recipient: "x\u{7}",
            ..MADRID
        });
        let found: Vec<_> = problems
            .unwrap_err()
            .iter()
            .map(|(field, problem)| format!("{field} {problem}"))
            .collect();
        assert_eq!(
            found,
            [
                "recipient control-characters",
                "city required",
                "country unknown-country"
            ]
        );
    }

    #[test]
    fn a_postcode_is_asked_for_in_the_first_round() {
        let raw = RawAddress {
            country: "",
            postcode: " ",
            ..MADRID
        };
        let problems = Address::parse(&raw).unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|(field, problem)| format!("{field} {problem}"))
            .collect();
        assert_eq!(found, ["country required", "postcode postcode-perhaps-required"]);
    }

    #[test]
    fn an_american_address_needs_its_state() {
        let raw = RawAddress {
            country: "US",
            postcode: "10001",
            ..MADRID
        };
        assert_eq!(
            Address::parse(&raw).unwrap_err().get("region").unwrap().code,
            "region-required"
        );
        assert!(Address::parse(&RawAddress { region: "NY", ..raw }).is_ok());
    }
}
