//! Orders of stores for tests.

use domain::Timestamp;
use domain::source::{ExternalId, SourceAddress, SourceLine, SourceOrder, SourceOrderState};

/// So many seconds after the moment at which the clocks of tests start.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_251_600 + second)
}

/// Somewhere in Madrid.
pub(crate) fn madrid() -> SourceAddress {
    SourceAddress {
        recipient: "Ana Ruiz".to_owned(),
        line1: "Calle Mayor 1".to_owned(),
        city: "Madrid".to_owned(),
        postcode: "28013".to_owned(),
        country: "ES".to_owned(),
        ..SourceAddress::default()
    }
}

/// A line of the only variant of a product.
pub(crate) fn line(id: &str, product: &str, quantity: u32) -> SourceLine {
    SourceLine {
        external_id: ExternalId::new(id),
        product_id: Some(ExternalId::new(product)),
        variant_id: Some(ExternalId::new(format!("{product}-v"))),
        sku: None,
        title: product.to_owned(),
        variant_title: String::new(),
        quantity,
        sent: 0,
        held: false,
        unit_price: None,
        properties: Vec::new(),
        ships: true,
    }
}

/// An order of three pens.
pub(crate) fn order(id: &str, second: i64) -> SourceOrder {
    SourceOrder {
        external_id: ExternalId::new(id),
        number: format!("#{id}"),
        state: SourceOrderState::Ready,
        test: false,
        placed_at: at(0),
        updated_at: at(second),
        total: None,
        email: Some("ana@example.com".to_owned()),
        phone: None,
        address: Some(madrid()),
        address_withheld: false,
        shipping_method: Some("Standard".to_owned()),
        note: None,
        lines: vec![line("l1", "pen", 3)],
    }
}
