//! A new order: head and lines.

use serde::{Deserialize, Serialize};

use super::{Address, DesignSource, NewLine, RawAddress};
use crate::{EmailAddress, FieldProblems, OrderNote, OrderReference, PhoneNumber, ShippingMethod, optional};

/// A new order, ready to be created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrder {
    /// Everything but the lines.
    pub head: OrderHead,
    /// What is ordered; at least one line.
    pub lines: Vec<NewLine>,
}

/// What an order says once, whatever its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderHead {
    /// What its source calls it.
    pub reference: OrderReference,
    /// Where it goes.
    pub address: Address,
    /// How to reach the recipient.
    pub email: Option<EmailAddress>,
    /// How to reach the recipient.
    pub phone: Option<PhoneNumber>,
    /// How it travels, as its source says.
    pub shipping_method: Option<ShippingMethod>,
    /// A remark.
    pub note: Option<OrderNote>,
}

/// An order's head as it was typed. Fields are named as form controls and columns are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawOrderHead<'a> {
    /// Control `reference`.
    pub reference: &'a str,
    /// The controls of the address.
    pub address: RawAddress<'a>,
    /// Control `email`; may be empty.
    pub email: &'a str,
    /// Control `phone`; may be empty.
    pub phone: &'a str,
    /// Control `shipping_method`; may be empty.
    pub shipping_method: &'a str,
    /// Control `note`; may be empty.
    pub note: &'a str,
}

impl OrderHead {
    /// Reads the head of an order.
    ///
    /// # Errors
    ///
    /// The problem of each field, under the field's name.
    pub fn parse(raw: &RawOrderHead<'_>) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        let reference = problems.take("reference", OrderReference::parse(raw.reference));
        let address = Address::parse(&raw.address)
            .map_err(|part| problems.append_under("", part))
            .ok();
        let email = problems.take("email", optional(raw.email, EmailAddress::parse));
        let phone = problems.take("phone", optional(raw.phone, PhoneNumber::parse));
        let method = problems.take(
            "shipping_method",
            optional(raw.shipping_method, ShippingMethod::parse),
        );
        let note = problems.take("note", optional(raw.note, OrderNote::parse));
        match (reference, address, email, phone, method, note) {
            (Some(reference), Some(address), Some(email), Some(phone), Some(shipping_method), Some(note)) => {
                Ok(Self {
                    reference,
                    address,
                    email,
                    phone,
                    shipping_method,
                    note,
                })
            }
            _ => Err(problems),
        }
    }
}

impl NewOrder {
    /// The order's content as bytes that are the same for the same content, today and after an upgrade: what
    /// tells a repeated import from a changed one. Hashed by those who keep it.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Canonical(b"order/1".to_vec());
        let OrderHead {
            reference,
            address,
            email,
            phone,
            shipping_method,
            note,
        } = &self.head;
        bytes.text(reference.as_str());
        bytes.text(address.recipient.as_str());
        bytes.optional(address.company.as_ref().map(AsRef::as_ref));
        bytes.text(address.line1.as_str());
        bytes.optional(address.line2.as_ref().map(AsRef::as_ref));
        bytes.text(address.city.as_str());
        bytes.optional(address.region.as_ref().map(AsRef::as_ref));
        bytes.optional(address.postcode.as_ref().map(crate::Postcode::as_str));
        bytes.text(address.country.as_str());
        bytes.optional(email.as_ref().map(AsRef::as_ref));
        bytes.optional(phone.as_ref().map(AsRef::as_ref));
        bytes.optional(shipping_method.as_ref().map(AsRef::as_ref));
        bytes.optional(note.as_ref().map(AsRef::as_ref));
        bytes.count(self.lines.len());
        for line in &self.lines {
            bytes.optional(line.title.as_ref().map(AsRef::as_ref));
            bytes.text(line.product_uid.as_str());
            bytes.text(&line.quantity.to_string());
            bytes.count(line.designs.len());
            for design in &line.designs {
                bytes.text(design.area.as_str());
                match &design.source {
                    DesignSource::Url(url) => bytes.text(url.as_str()),
                    DesignSource::Upload(file) => bytes.text(&format!("file:{file}")),
                }
            }
        }
        bytes.0
    }
}

/// Length-prefixed fields: no two contents can run together into the same bytes.
struct Canonical(Vec<u8>);

impl Canonical {
    fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&(count as u64).to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.0.push(u8::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ProductUid, Quantity};

    fn order(note: &str, quantities: &[i64]) -> NewOrder {
        let address = RawAddress {
            recipient: "Ana Ruiz",
            address_line1: "Calle Mayor 1",
            city: "Madrid",
            postcode: "28013",
            country: "ES",
            ..RawAddress::default()
        };
        let raw = RawOrderHead {
            reference: "R-1",
            address,
            note,
            ..RawOrderHead::default()
        };
        let line = |quantity: &i64| NewLine {
            title: None,
            product_uid: ProductUid::parse("poster").unwrap(),
            quantity: Quantity::new(*quantity).unwrap(),
            designs: vec![],
        };
        NewOrder {
            head: OrderHead::parse(&raw).unwrap(),
            lines: quantities.iter().map(line).collect(),
        }
    }

    #[test]
    fn the_same_content_has_the_same_bytes_and_another_has_others() {
        assert_eq!(
            order("a", &[1, 2]).canonical_bytes(),
            order(" a ", &[1, 2]).canonical_bytes()
        );
        let others = [
            order("", &[1, 2]),
            order("b", &[1, 2]),
            order("a", &[2, 1]),
            order("a", &[1]),
            order("a", &[12]),
        ];
        for other in others {
            assert_ne!(order("a", &[1, 2]).canonical_bytes(), other.canonical_bytes());
        }
    }

    #[test]
    fn the_bytes_never_change() {
        // Imports compare them with hashes kept for years.
        let bytes = order("a", &[7]).canonical_bytes();
        assert!(bytes.starts_with(b"order/1\0\0\0\0\0\0\0\x03R-1\0\0\0\0\0\0\0\x08Ana Ruiz\0"));
        assert!(bytes.ends_with(b"\0\0\0\0\0\0\0\x06poster\0\0\0\0\0\0\0\x017\0\0\0\0\0\0\0\0"));
        assert_eq!(bytes.len(), 149);
    }

    #[test]
    fn problems_of_the_address_carry_the_names_of_their_fields() {
        let problems = OrderHead::parse(&RawOrderHead {
            email: "x",
            ..RawOrderHead::default()
        })
        .unwrap_err();
        assert_eq!(problems.get("recipient").unwrap().code, "required");
        assert_eq!(problems.get("email").unwrap().code, "invalid-email");
        assert_eq!(problems.get("reference").unwrap().code, "required");
    }
}
