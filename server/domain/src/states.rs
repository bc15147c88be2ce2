//! The states of everything but orders, whose states have rules of their own.

use std::time::Duration;

use crate::word::{Status, Tone, words};

words! {
    /// How far an invitation has come.
    pub enum InvitationState {
        /// Nobody has been invited.
        NotInvited = "not_invited", "not-invited";
        /// The mail is on its way to the mail server.
        Sending = "sending", "sending";
        /// Accepted by the mail server, not yet by the person.
        InvitationSent = "invitation_sent", "invitation-sent";
        /// The person has accepted and set a password.
        Active = "active", "active";
        /// The link was not used in time.
        Expired = "expired", "expired";
        /// Taken back.
        Revoked = "revoked", "revoked";
        /// The mail server refused the mail.
        DeliveryFailed = "delivery_failed", "delivery-failed";
    }
}

words! {
    /// How far a user of a customer has come, as people tell them apart.
    pub enum UserState {
        /// They have accepted and may come in.
        Active = "active", "active";
        /// They are invited and have yet to accept.
        Invited = "invited", "invited";
        /// Their link does not work any more, was taken back, or never reached them.
        Lapsed = "lapsed", "lapsed";
        /// They are kept out.
        Blocked = "blocked", "blocked";
    }
}

words! {
    /// The state of a store's connection.
    pub enum StoreState {
        /// Orders come in.
        Connected = "connected", "connected";
        /// The platform no longer accepts the credentials.
        NeedsReauthorisation = "needs_reauthorisation", "needs-reauthorisation";
        /// Something else stops orders from coming in.
        NeedsAttention = "needs_attention", "needs-attention";
        /// Stopped by a person for a while.
        Paused = "paused", "paused";
        /// Taken away; its history stays.
        Disconnected = "disconnected", "disconnected";
    }
}

words! {
    /// Whether a store variant is connected to a catalogue product.
    pub enum MappingState {
        /// Connected: its orders can be made.
        Connected = "connected", "connected";
        /// Not connected yet: its orders wait.
        NotConnected = "not_connected", "not-connected";
        /// Not made here: its lines are passed over.
        Ignored = "ignored", "ignored";
    }
}

words! {
    /// The state of a job or sync run.
    pub enum JobState {
        /// Waiting for its time and a worker.
        Queued = "queued", "queued";
        /// A worker is at it.
        Running = "running", "running";
        /// Done.
        Succeeded = "succeeded", "succeeded";
        /// Done, but not with everything.
        PartlyFailed = "partly_failed", "partly-failed";
        /// Stopped by something that another attempt would not change.
        Failed = "failed", "failed";
        /// Stopped by a person.
        Cancelled = "cancelled", "cancelled";
        /// All attempts used up.
        Dead = "dead", "dead";
    }
}

words! {
    /// The state of an import.
    pub enum ImportState {
        /// The file is being read for the preview.
        Checking = "checking", "checking";
        /// The preview waits for a person to start the import.
        Ready = "ready", "ready";
        /// Started; waiting for a worker.
        Queued = "queued", "queued";
        /// Orders or products are being created.
        Running = "running", "running";
        /// Every row is in.
        Succeeded = "succeeded", "succeeded";
        /// Some rows were refused.
        PartlyFailed = "partly_failed", "partly-failed";
        /// Nothing could be taken from the file.
        Failed = "failed", "failed";
        /// Stopped by a person.
        Cancelled = "cancelled", "cancelled";
    }
}

words! {
    /// The state of a mail.
    pub enum MailState {
        /// Waiting to be handed to the mail server.
        Queued = "queued", "queued";
        /// Accepted by the mail server.
        Sent = "sent", "sent";
        /// Refused by the mail server.
        Failed = "failed", "failed";
    }
}

words! {
    /// The state of a design file of an order's line.
    pub enum FileState {
        /// Not fetched or not checked yet.
        Waiting = "waiting", "waiting";
        /// Fits its print area.
        Checked = "checked", "checked";
        /// Cannot be printed as it is.
        Refused = "refused", "refused";
    }
}

words! {
    /// What became of a message between a store and the portal.
    pub enum MessageState {
        /// Stored and acknowledged; a job is on its way.
        Received = "received", "received";
        /// Kept back: the customer has no access, or the store is paused or not connected.
        Parked = "parked", "parked";
        /// Everything it called for was done.
        Done = "done", "done";
        /// It called for nothing.
        Ignored = "ignored", "ignored";
        /// It could not be worked with, and another attempt would not change that.
        Failed = "failed", "failed";
        /// All attempts used up.
        Dead = "dead", "dead";
    }
}

words! {
    /// Which way a message went.
    pub enum Direction {
        /// From a store to the portal.
        In = "in", "in";
        /// From the portal to a store.
        Out = "out", "out";
    }
}

words! {
    /// How a message came about.
    pub enum MessageKind {
        /// The store told by itself.
        Webhook = "webhook", "webhook";
        /// The portal asked what changed.
        Poll = "poll", "poll";
        /// Any other request to a store.
        Call = "call", "call";
    }
}

/// Gives a set of words their tones.
macro_rules! statuses {
    ($($name:ident, $set:literal { $($($variant:ident)|+ => $tone:ident),+ $(,)? })+) => {$(
        impl Status for $name {
            const SET: &'static str = $set;

            fn slug(self) -> &'static str {
                Self::slug(self)
            }

            fn tone(self) -> Tone {
                match self { $($(Self::$variant)|+ => Tone::$tone),+ }
            }
        }
    )+};
}

statuses! {
    InvitationState, "invitation" {
        NotInvited | Revoked => Neutral,
        Sending | InvitationSent => Info,
        Active => Success,
        Expired => Warning,
        DeliveryFailed => Danger,
    }
    StoreState, "store" {
        Connected => Success,
        NeedsReauthorisation | NeedsAttention => Warning,
        Paused => Neutral,
        Disconnected => Danger,
    }
    MappingState, "mapping" {
        Connected => Success,
        NotConnected => Warning,
        Ignored => Neutral,
    }
    JobState, "job" {
        Queued | Cancelled => Neutral,
        Running => Info,
        Succeeded => Success,
        PartlyFailed => Warning,
        Failed | Dead => Danger,
    }
    ImportState, "import" {
        Queued | Cancelled => Neutral,
        Checking | Running => Info,
        Succeeded => Success,
        Ready | PartlyFailed => Warning,
        Failed => Danger,
    }
    MailState, "mail" {
        Queued => Neutral,
        Sent => Success,
        Failed => Danger,
    }
    MessageState, "message" {
        Received => Info,
        Parked => Warning,
        Done => Success,
        Ignored => Neutral,
        Failed | Dead => Danger,
    }
    WriteState, "write" {
        Queued => Info,
        Done | AlreadyThere => Success,
        NotSupported | Superseded => Neutral,
        Failed => Danger,
    }
    FileState, "file" {
        Waiting => Neutral,
        Checked => Success,
        Refused => Danger,
    }
}

impl JobState {
    /// Whether nothing more will happen by itself.
    pub const fn is_finished(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

impl ImportState {
    /// Whether a worker has something to do or is doing it.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Checking | Self::Queued | Self::Running)
    }
}

words! {
    /// Where a store lives.
    pub enum Platform {
        /// No platform: orders are placed by form and CSV.
        Manual = "manual", "manual";
        /// Shopify.
        Shopify = "shopify", "shopify";
        /// Etsy.
        Etsy = "etsy", "etsy";
        /// WooCommerce.
        WooCommerce = "woocommerce", "woocommerce";
        /// Pressero.
        Pressero = "pressero", "pressero";
        /// Infigo.
        Infigo = "infigo", "infigo";
    }
}

impl Platform {
    /// Whether it tells an order of which some parcels left from one that was sent as a whole. Etsy does not: the first
    /// tracking number marks the receipt shipped.
    pub const fn knows_parts(self) -> bool {
        !matches!(self, Self::Etsy)
    }

    /// Whether it may refuse to be told of a parcel to that country, by its ISO code, without a tracking number. Etsy
    /// refuses those to India, and of more than 10 dollars in the United States.
    pub fn may_refuse_without_number(self, country: &str) -> bool {
        self == Self::Etsy && matches!(country, "IN" | "US")
    }

    /// How long after it was placed an order is shown to the application; nothing where always. Shopify shows only those
    /// of the last 60 days without the scope `read_all_orders`, and answers for older ones as if they did not exist.
    pub const fn shows_orders_for(self) -> Option<Duration> {
        match self {
            // A day less: what lies on the edge is not believed either.
            Self::Shopify => Some(Duration::from_hours(59 * 24)),
            _ => None,
        }
    }
}

words! {
    /// How an order came in.
    pub enum OrderSource {
        /// The *Place order* form.
        Form = "form", "form";
        /// An imported CSV file.
        Csv = "csv", "csv";
        /// A webhook of the store's platform.
        Webhook = "webhook", "webhook";
        /// A poll of the store's platform.
        Poll = "poll", "poll";
        /// The order API.
        Api = "api", "api";
    }
}

words! {
    /// Who did something.
    pub enum ActorKind {
        /// Somebody of the print service provider.
        Operator = "operator", "operator";
        /// Somebody of the customer.
        Client = "client", "client";
        /// The portal itself.
        System = "system", "system";
    }
}

words! {
    /// What a CSV file brings in.
    pub enum ImportKind {
        /// Orders of a manual store.
        Orders = "orders", "orders";
        /// Catalogue products.
        Catalogue = "catalogue", "catalogue";
    }
}

words! {
    /// What became of a row of an imported file.
    pub enum RowOutcome {
        /// Right, and not imported yet.
        Ready = "ready", "ready";
        /// Wrong, or part of an order with a wrong row.
        Refused = "refused", "refused";
        /// Something new came of it.
        Created = "created", "created";
        /// It changed something that was there.
        Changed = "changed", "changed";
        /// It says what is there already.
        Unchanged = "unchanged", "unchanged";
    }
}

words! {
    /// What a line of an order is to production.
    pub enum LineKind {
        /// Printed from designs.
        Print = "print", "print";
        /// Taken from the shelf.
        Stock = "stock", "stock";
        /// Not made here; shown only.
        Ignored = "ignored", "ignored";
    }
}

words! {
    /// Why a line is not made here.
    pub enum IgnoredBecause {
        /// Nothing is sent: a download, a voucher.
        Digital = "digital", "digital";
        /// Every piece was taken out or refunded.
        NothingLeft = "nothing_left", "nothing-left";
        /// Its variant is ignored.
        Variant = "variant", "variant";
        /// Its product is ignored.
        Product = "product", "product";
        /// A person ignored it in this order.
        Line = "line", "line";
    }
}

words! {
    /// How a variant came to its catalogue product.
    pub enum MappedHow {
        /// A person connected it.
        ByPerson = "by_person", "by-person";
        /// Its SKU is a product UID.
        ExactUid = "exact_uid", "exact-uid";
        /// Its SKU names a product UID, or is that of a connected variant.
        KnownSku = "known_sku", "known-sku";
        /// Its title is that of a catalogue product.
        Title = "title", "title";
    }
}

words! {
    /// What the store of an order is told.
    pub enum WriteKind {
        /// Production has begun.
        InProduction = "in_production", "in-production";
        /// A parcel left.
        Shipped = "shipped", "shipped";
        /// A parcel arrived.
        Delivered = "delivered", "delivered";
        /// It will not be made.
        Cancelled = "cancelled", "cancelled";
        /// What has left was all: the rest will not be made.
        RestCancelled = "rest_cancelled", "rest-cancelled";
    }
}

words! {
    /// Whether the store of an order knows.
    pub enum WriteState {
        /// On its way.
        Queued = "queued", "queued";
        /// The store has it.
        Done = "done", "done";
        /// The store had it already.
        AlreadyThere = "already_there", "already-there";
        /// The platform has no word for it.
        NotSupported = "not_supported", "not-supported";
        /// Something later was told before it, or for both.
        Superseded = "superseded", "superseded";
        /// The store could not be told.
        Failed = "failed", "failed";
    }
}

words! {
    /// What an entry of an order's timeline tells.
    pub enum OrderEventKind {
        /// The order came in.
        Received = "received", "received";
        /// A line or the whole order went to another status.
        StatusChanged = "status_changed", "status-changed";
        /// A parcel left.
        Shipped = "shipped", "shipped";
        /// Who brings a parcel that has left, or its number, was corrected.
        TrackingCorrected = "tracking_corrected", "tracking-corrected";
        /// A design file fits.
        FileChecked = "file_checked", "file-checked";
        /// A design file cannot be printed.
        FileRefused = "file_refused", "file-refused";
        /// A person changed the order.
        Edited = "edited", "edited";
        /// The store changed the order.
        ChangedAtStore = "changed_at_store", "changed-at-store";
        /// A line is not made here: a person ignored it, its variant or its product.
        LineIgnored = "line_ignored", "line-ignored";
        /// A line that was ignored is made after all.
        LineTakenBack = "line_taken_back", "line-taken-back";
        /// What of a line had not been shipped was cancelled.
        RestCancelled = "rest_cancelled", "rest-cancelled";
        /// A person let it go on as it is, though something about it was not right.
        LetPass = "let_pass", "let-pass";
        /// Who it was for was erased.
        BuyerErased = "buyer_erased", "buyer-erased";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;
    use crate::{Language, Theme};

    #[test]
    fn every_word_reads_back() {
        assert_words!(
            InvitationState,
            UserState,
            StoreState,
            MappingState,
            JobState,
            ImportState,
            MailState,
            MessageState,
            FileState,
            LineKind,
            IgnoredBecause,
            MappedHow,
            WriteKind,
            WriteState
        );
        assert_words!(
            Platform,
            OrderSource,
            ActorKind,
            ImportKind,
            RowOutcome,
            OrderEventKind,
            Direction,
            MessageKind,
            Language,
            Theme
        );
    }

    #[test]
    fn the_same_word_of_two_sets_has_two_translations() {
        assert_eq!(StoreState::Connected.text_key(), "status-store-connected");
        assert_eq!(MappingState::Connected.text_key(), "status-mapping-connected");
    }
}
