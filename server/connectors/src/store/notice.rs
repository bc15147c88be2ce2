//! What stores tell by themselves, after its signature was verified.

use domain::Timestamp;
use domain::source::ExternalId;
use serde::{Deserialize, Serialize};

/// A webhook as it arrived. Header names are in lower case.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// Its headers.
    pub headers: &'a [(String, String)],
    /// Its body, byte for byte.
    pub body: &'a [u8],
    /// When it arrived.
    pub at: Timestamp,
}

impl<'a> Arrived<'a> {
    /// The value of a header, named in lower case; `None` when it is missing or empty.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.trim().is_empty())
    }
}

/// A webhook whose signature is right: a hint to look, never the truth itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The platform's name of the event: `orders/create`.
    pub topic: String,
    /// The same for the same event delivered again, different for different events.
    pub key: String,
    /// The store at the platform, where the webhook says it: `shop.myshopify.com`, an Etsy shop id.
    pub shop: Option<String>,
    /// What to look at.
    pub subject: Subject,
    /// When it happened, by the platform's clock.
    pub happened_at: Option<Timestamp>,
}

/// What a notice is about. Kept with it, so that work on it needs no signature any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// This order was placed or changed.
    Order(ExternalId),
    /// This order was deleted or put in the bin.
    OrderGone(ExternalId),
    /// This product was created or changed.
    Product(ExternalId),
    /// This product was deleted.
    ProductGone(ExternalId),
    /// The store was taken away from the application.
    Uninstalled,
    /// The permissions given were changed.
    PermissionsChanged,
    /// A prepared list is ready.
    BulkFinished,
    /// A buyer asks for their data: the buyer's e-mail and orders at the platform.
    DataRequest(Buyer),
    /// A buyer's data must be erased.
    EraseBuyer(Buyer),
    /// Everything of the store must be erased.
    EraseStore,
    /// The platform tries whether somebody listens.
    Ping,
    /// Something that needs nothing from us.
    Nothing,
}

/// Whose data a privacy request is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// E-mail address, when the platform says it.
    pub email: Option<String>,
    /// The orders concerned.
    pub orders: Vec<ExternalId>,
}

/// Why a webhook was not accepted. It is not stored as an event and answered with [`status`](Self::status).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeRefused {
    /// There is no secret to verify it with.
    #[error("no secret is configured")]
    NoSecret,
    /// A header that must be there is missing or empty.
    #[error("a header is missing")]
    HeaderMissing,
    /// The signature does not fit the body.
    #[error("the signature is wrong")]
    BadSignature,
    /// It is older than the platform's tolerance.
    #[error("the timestamp is too old or in the future")]
    BadTimestamp,
    /// The body is signed rightly but makes no sense.
    #[error("the body cannot be read")]
    Unreadable,
}

impl NoticeRefused {
    /// The status that answers it.
    pub const fn status(self) -> u16 {
        match self {
            Self::NoSecret | Self::BadSignature | Self::BadTimestamp => 401,
            Self::HeaderMissing | Self::Unreadable => 400,
        }
    }

    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSecret => "webhook-no-secret",
            Self::HeaderMissing => "webhook-header-missing",
            Self::BadSignature => "webhook-bad-signature",
            Self::BadTimestamp => "webhook-bad-timestamp",
            Self::Unreadable => "webhook-unreadable",
        }
    }
}
