//! How a parcel can be followed.

use domain::{Carrier, FieldProblems, TrackingNumber, WebUrl, optional};

use super::events::{Corrected, Correction};

/// Who brings a parcel, and how it can be followed.
#[derive(Debug)]
pub(super) struct Tracking {
    carrier: Carrier,
    number: Option<TrackingNumber>,
    url: Option<WebUrl>,
}

/// The same as a shipment has it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct WrittenTracking {
    carrier: String,
    tracking_number: Option<String>,
    tracking_url: Option<String>,
}

impl Tracking {
    /// Reads the controls `carrier`, `tracking_number` and `tracking_url`; the last two may be empty.
    pub(super) fn parse(
        carrier: &str,
        number: &str,
        url: &str,
        problems: &mut FieldProblems,
    ) -> Option<Self> {
        let carrier = problems.take("carrier", Carrier::parse(carrier));
        let number = problems.take("tracking_number", optional(number, TrackingNumber::parse));
        let url = problems.take("tracking_url", optional(url, WebUrl::parse));
        Some(Self {
            carrier: carrier?,
            number: number?,
            url: url?,
        })
    }

    pub(super) fn carrier(&self) -> &str {
        self.carrier.as_str()
    }

    pub(super) fn number(&self) -> Option<&str> {
        self.number.as_ref().map(TrackingNumber::as_str)
    }

    pub(super) fn url(&self) -> Option<&str> {
        self.url.as_ref().map(WebUrl::as_str)
    }

    /// What it corrects of what was written.
    pub(super) fn corrections(&self, was: &WrittenTracking) -> Vec<Correction> {
        let page = was.tracking_url.as_deref() != self.url();
        let numbers = (
            was.tracking_number.as_deref().unwrap_or_default(),
            self.number().unwrap_or_default(),
        );
        [
            Corrected::Carrier.unless_same(&was.carrier, self.carrier()),
            Corrected::TrackingNumber.unless_same(numbers.0, numbers.1),
            page.then(|| Correction {
                what: Corrected::TrackingPage,
                from: String::new(),
                to: String::new(),
            }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
