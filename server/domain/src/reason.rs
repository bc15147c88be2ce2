//! Why something stopped, and what puts it right.

use crate::word::words;

words! {
    /// The kind of button that puts a failing state right.
    pub enum Fix {
        /// Try the same again.
        Retry = "retry", "retry";
        /// Change the order's lines.
        EditOrder = "edit_order", "edit-order";
        /// Correct the address of an order.
        EditAddress = "edit_address", "edit-address";
        /// Give another design file.
        UploadFile = "upload_file", "upload-file";
        /// Connect the store's product to one of the catalogue.
        ConnectProduct = "connect_product", "connect-product";
        /// Pick a shipping method.
        ChooseShippingMethod = "choose_shipping_method", "choose-shipping-method";
        /// Approve the order.
        ApproveOrder = "approve_order", "approve-order";
        /// Let the order go on.
        ReleaseOrder = "release_order", "release-order";
        /// Authorise the store again, with the credentials and permissions it needs.
        ReconnectStore = "reconnect_store", "reconnect-store";
        /// Let a paused store go on.
        ResumeStore = "resume_store", "resume-store";
        /// Sync the store by hand.
        SyncStore = "sync_store", "sync-store";
        /// Look at the plan, the products or the webhooks on the store's own platform.
        OpenStorePlatform = "open_store_platform", "open-store-platform";
        /// Look at the postback triggers.
        CheckPostbacks = "check_postbacks", "check-postbacks";
        /// Look at the settings of an integration.
        CheckIntegration = "check_integration", "check-integration";
        /// Send the invitation again.
        ResendInvitation = "resend_invitation", "resend-invitation";
        /// Correct the e-mail address.
        CorrectEmail = "correct_email", "correct-email";
        /// Choose another file to import.
        ChooseFile = "choose_file", "choose-file";
        /// Download the rows that were refused, correct them and import them.
        DownloadRejected = "download_rejected", "download-rejected";
        /// Ask the operator's support, naming the orders.
        ContactSupport = "contact_support", "contact-support";
    }
}

/// Declares the reason codes: `Variant = "code" => Fix;`.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal => $fix:ident;)+) => {
        /// Why an order, line, file, mail, import, job or store is in a failing state.
        ///
        /// Translated as `reason-<code>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum ReasonCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
        }

        impl ReasonCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code: kebab case, stored and shown.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What puts it right.
            pub const fn fix(self) -> Fix {
                match self { $(Self::$variant => Fix::$fix),+ }
            }
        }

        impl std::str::FromStr for ReasonCode {
            type Err = crate::Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err(crate::Problem::new("unknown-choice")),
                }
            }
        }
    };
}

reasons! {
    // Orders and their lines.
    /// The line names a product UID that the catalogue does not have.
    UnknownProduct = "unknown-product" => EditOrder;
    /// The product was taken out of the catalogue.
    ProductRetired = "product-retired" => EditOrder;
    /// The quantity is outside of the product's limits.
    QuantityOutOfLimits = "quantity-out-of-limits" => EditOrder;
    /// The store's product is not connected to the catalogue.
    ProductNotConnected = "product-not-connected" => ConnectProduct;
    /// The product's attributes at the store and in the catalogue do not agree.
    SpecificationMismatch = "specification-mismatch" => ConnectProduct;
    /// The specification is outside of what the shop can make.
    NotProducible = "not-producible" => ConnectProduct;
    /// The address lacks something or contradicts itself.
    AddressIncomplete = "address-incomplete" => EditAddress;
    /// The platform keeps the address from the portal: it must be typed.
    AddressWithheld = "address-withheld" => EditAddress;
    /// The customer has no access to Storefronts at present.
    StorefrontsAccessOff = "storefronts-access-off" => ContactSupport;
    /// The store holds it back: not paid, or being checked there.
    WaitingAtStore = "waiting-at-store" => OpenStorePlatform;
    /// Placed at the store to try something out.
    TestOrder = "test-order" => OpenStorePlatform;
    /// Cancelled or refunded at the store.
    CancelledAtStore = "cancelled-at-store" => OpenStorePlatform;
    /// Somebody else has sent it.
    FulfilledElsewhere = "fulfilled-elsewhere" => OpenStorePlatform;
    /// No shipping method reaches the address.
    CountryNotServed = "country-not-served" => ContactSupport;
    /// The order names a shipping method that leads nowhere.
    ShippingMethodUnknown = "shipping-method-unknown" => ChooseShippingMethod;
    /// Somebody of the customer must approve it.
    ApprovalRequired = "approval-required" => ApproveOrder;
    /// A person put it on hold.
    HeldByPerson = "held-by-person" => ReleaseOrder;
    /// The source changed the order after production had taken it.
    ChangedAfterProduction = "changed-after-production" => ContactSupport;
    /// The source cancelled the order after production had taken it.
    CancelledAfterProduction = "cancelled-after-production" => ContactSupport;
    /// Somebody else sent it, as the source says, after production had taken it.
    FulfilledAfterProduction = "fulfilled-after-production" => ContactSupport;
    /// The address was erased, as the law wants, before the parcel left.
    AddressErased = "address-erased" => ReleaseOrder;
    /// The carrier brought it back.
    ReturnedByCarrier = "returned-by-carrier" => ContactSupport;

    // Design files.
    /// A print area has no design.
    DesignMissing = "design-missing" => UploadFile;
    /// The design's address did not answer.
    DesignUnreachable = "design-unreachable" => Retry;
    /// The design's address answers, but too slowly.
    DesignTooSlow = "design-too-slow" => Retry;
    /// There is nothing at the design's address, or it asks for a password.
    DesignNotFound = "design-not-found" => UploadFile;
    /// There is a web page at the design's address, as of a service that shows files instead of giving them.
    DesignWebPage = "design-web-page" => UploadFile;
    /// The design's address lies in a private network.
    DesignAddressRefused = "design-address-refused" => UploadFile;
    /// The file is larger than the portal takes.
    DesignTooLarge = "design-too-large" => UploadFile;
    /// The file's format is none the print area takes.
    DesignWrongFormat = "design-wrong-format" => UploadFile;
    /// The file cannot be opened.
    DesignDamaged = "design-damaged" => UploadFile;
    /// Too few pixels for the print area.
    DesignLowResolution = "design-low-resolution" => UploadFile;
    /// The file's proportions are not those of the print area.
    DesignWrongSize = "design-wrong-size" => UploadFile;
    /// More or fewer pages than the print area has.
    DesignWrongPageCount = "design-wrong-page-count" => UploadFile;
    /// The buyer added a text or a picture, which the design of the connected product does not show.
    DesignPersonalised = "design-personalised" => UploadFile;

    // Mail and invitations.
    /// The mail server does not know the address or refuses it.
    MailRefused = "mail-refused" => CorrectEmail;
    /// The mail server did not answer.
    MailServerUnreachable = "mail-server-unreachable" => Retry;
    /// The mail server refused the portal itself: its name, password or sender.
    MailSenderRefused = "mail-sender-refused" => ContactSupport;
    /// The invitation was not accepted in time; the mail may lie in the spam folder.
    InvitationNotAccepted = "invitation-not-accepted" => ResendInvitation;

    // Imports.
    /// The file cannot be read as CSV, or lacks columns.
    ImportFileUnusable = "import-file-unusable" => ChooseFile;
    /// Not a single row is right.
    ImportNothingValid = "import-nothing-valid" => DownloadRejected;
    /// Some rows were refused.
    ImportRowsRefused = "import-rows-refused" => DownloadRejected;
    /// The store was disconnected or archived before the import ran.
    ImportStoreGone = "import-store-gone" => ChooseFile;

    // Jobs.
    /// Every attempt failed.
    JobAttemptsUsedUp = "job-attempts-used-up" => Retry;
    /// The worker stopped without a word, too often.
    JobWorkerLost = "job-worker-lost" => Retry;
    /// What the job works on is gone.
    JobSubjectGone = "job-subject-gone" => ContactSupport;
    /// Orders are still to be sent to the people whom the job erases.
    OrdersUnderWay = "orders-under-way" => Retry;
    /// Something nobody expected; the log has it.
    JobUnexpected = "job-unexpected" => ContactSupport;

    // Stores: the troubleshooting list of the customers' help page.
    /// The platform refuses the credentials.
    StoreCredentialsRefused = "store-credentials-refused" => ReconnectStore;
    /// The credentials lack permissions.
    StorePermissionsMissing = "store-permissions-missing" => ReconnectStore;
    /// Somebody paused the store: what is to be done with it waits until it is resumed.
    StorePaused = "store-paused" => ResumeStore;
    /// The store was disconnected.
    StoreDisconnected = "store-disconnected" => ReconnectStore;
    /// The last sync did not come through.
    StoreSyncFailed = "store-sync-failed" => SyncStore;
    /// The store could not be told what became of an order.
    StoreNotTold = "store-not-told" => Retry;
    /// The store's list of products lacked more of those that are known than are looked up at once.
    StoreSyncIncomplete = "store-sync-incomplete" => SyncStore;
    /// The store's plan does not allow API integrations.
    StorePlanWithoutApi = "store-plan-without-api" => OpenStorePlatform;
    /// The product is not published or not active at its store.
    StoreProductNotPublished = "store-product-not-published" => OpenStorePlatform;
    /// The store's webhooks are not set up, so its orders do not come in by themselves.
    StoreWebhooksMissing = "store-webhooks-missing" => ReconnectStore;
    /// Status updates do not reach the store or the customer: no postback says them.
    PostbackMissing = "postback-missing" => CheckPostbacks;

    // Infigo: the troubleshooting list of its help page.
    /// The Infigo token is not valid or lacks permissions: orders do not come in.
    InfigoTokenRefused = "infigo-token-refused" => CheckIntegration;
    /// Infigo exports no or wrong print files.
    InfigoPrintFilesMissing = "infigo-print-files-missing" => CheckIntegration;
    /// The SKU at Infigo has not the form that is expected.
    InfigoSkuUnexpected = "infigo-sku-unexpected" => CheckIntegration;
    /// Status updates do not reach Infigo.
    InfigoPostbackFailed = "infigo-postback-failed" => CheckPostbacks;
    /// An item is marked neither as printable (`normal`) nor as inventory (`stock`).
    InfigoItemTypeUnclear = "infigo-item-type-unclear" => CheckIntegration;
    /// The shipping `MegaScript` at Infigo lacks the right URL, currency or token.
    InfigoShippingScript = "infigo-shipping-script" => CheckIntegration;
}

impl std::fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "sqlx")]
crate::stored_as_text!(ReasonCode);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;

    #[test]
    fn codes_are_kebab_case_and_read_back() {
        for reason in ReasonCode::ALL.iter().copied() {
            assert_eq!(reason.as_str().parse(), Ok(reason));
            assert!(
                reason
                    .as_str()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{reason}"
            );
        }
        assert_words!(Fix);
    }
}
