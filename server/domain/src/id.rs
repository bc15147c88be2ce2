//! Identifiers: one type per entity, so that a store's id cannot be passed where an order's is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// A UUID of version 7: ordering by it is ordering by creation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// Identifies a customer.
    CustomerId,
    /// Identifies a person: an operator, a client user, or both.
    UserId,
    /// Identifies a person's place at a customer.
    MembershipId,
    /// Identifies an invitation.
    InvitationId,
    /// Identifies a mail that was queued or sent.
    MailId,
    /// Identifies a use of a stored file.
    FileId,
    /// Identifies a catalogue product.
    ProductId,
    /// Identifies one combination of a catalogue product's options.
    VariantId,
    /// Identifies a print area of a catalogue product.
    PrintAreaId,
    /// Identifies a store.
    StoreId,
    /// Identifies a product of a store.
    StoreProductId,
    /// Identifies what can be bought of a product of a store.
    StoreVariantId,
    /// Identifies an order.
    OrderId,
    /// Identifies a line of an order.
    LineId,
    /// Identifies a message between a store and the portal.
    MessageId,
    /// Identifies the design of one print area of a line.
    LineFileId,
    /// Identifies a shipment.
    ShipmentId,
    /// Identifies something the store of an order is told.
    OrderWriteId,
    /// Identifies an entry of an order's timeline.
    EventId,
    /// Identifies an import.
    ImportId,
    /// Identifies a job.
    JobId,
    /// Identifies a saved view.
    ViewId,
    /// Identifies an operator's look at a customer's Storefronts.
    ViewingId,
    /// Identifies an entry of the audit log.
    AuditEntryId,
    /// Identifies whatever an entry of the audit log is about.
    ObjectId,
}
