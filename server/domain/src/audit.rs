//! The audit log's words: what was done, to what, and which of its fields changed.

use crate::word::words;

words! {
    /// What somebody decided.
    pub enum AuditAction {
        /// A customer was created.
        CustomerCreated = "customer_created", "customer-created";
        /// Its profile was changed.
        CustomerEdited = "customer_edited", "customer-edited";
        /// It was archived.
        CustomerArchived = "customer_archived", "customer-archived";
        /// It was taken back from the archive.
        CustomerRestored = "customer_restored", "customer-restored";
        /// Its Storefronts access was switched on.
        AccessSwitchedOn = "access_switched_on", "access-switched-on";
        /// Its Storefronts access was switched off.
        AccessSwitchedOff = "access_switched_off", "access-switched-off";
        /// Somebody was invited, to a customer or to the team.
        UserInvited = "user_invited", "user-invited";
        /// Their invitation was sent again.
        InvitationResent = "invitation_resent", "invitation-resent";
        /// Their invitation was taken back.
        InvitationRevoked = "invitation_revoked", "invitation-revoked";
        /// They accepted it.
        InvitationAccepted = "invitation_accepted", "invitation-accepted";
        /// What was typed about them was corrected before they accepted.
        UserCorrected = "user_corrected", "user-corrected";
        /// They were given another role or other stores.
        UserRoleChanged = "user_role_changed", "user-role-changed";
        /// They were kept out.
        UserBlocked = "user_blocked", "user-blocked";
        /// They were let in again.
        UserUnblocked = "user_unblocked", "user-unblocked";
        /// They were removed.
        UserRemoved = "user_removed", "user-removed";
        /// The first operator was created with the link that the process prints.
        FirstOperatorCreated = "first_operator_created", "first-operator-created";
        /// They changed their own name or preferences.
        ProfileChanged = "profile_changed", "profile-changed";
        /// They changed their password.
        PasswordChanged = "password_changed", "password-changed";
        /// They set a new password with a link from a mail.
        PasswordReset = "password_reset", "password-reset";
        /// They ended one of their sessions.
        SessionEnded = "session_ended", "session-ended";
        /// They ended all their sessions but one.
        OtherSessionsEnded = "other_sessions_ended", "other-sessions-ended";
        /// They switched the second step of their log-in on.
        TwoFactorOn = "two_factor_on", "two-factor-on";
        /// They switched it off.
        TwoFactorOff = "two_factor_off", "two-factor-off";
        /// Somebody else took it from them.
        TwoFactorReset = "two_factor_reset", "two-factor-reset";
        /// They made new recovery codes.
        RecoveryCodesRenewed = "recovery_codes_renewed", "recovery-codes-renewed";
        /// A manual store was added.
        StoreCreated = "store_created", "store-created";
        /// A shop was connected.
        StoreConnected = "store_connected", "store-connected";
        /// A shop was connected again.
        StoreReconnected = "store_reconnected", "store-reconnected";
        /// A shop was disconnected.
        StoreDisconnected = "store_disconnected", "store-disconnected";
        /// A store was paused.
        StorePaused = "store_paused", "store-paused";
        /// It goes on.
        StoreResumed = "store_resumed", "store-resumed";
        /// It was given another name.
        StoreRenamed = "store_renamed", "store-renamed";
        /// Its settings were changed.
        StoreSettingsChanged = "store_settings_changed", "store-settings-changed";
        /// A store's product was connected to the catalogue.
        ProductConnected = "product_connected", "product-connected";
        /// Products of a store were connected by the auto-match.
        ProductsMatched = "products_matched", "products-matched";
        /// A store's product was disconnected.
        ProductDisconnected = "product_disconnected", "product-disconnected";
        /// A store's product is not made here.
        ProductIgnored = "product_ignored", "product-ignored";
        /// It is not ignored any more.
        ProductTakenBack = "product_taken_back", "product-taken-back";
        /// A product was added to the catalogue.
        CatalogueProductCreated = "catalogue_product_created", "catalogue-product-created";
        /// It was changed.
        CatalogueProductEdited = "catalogue_product_edited", "catalogue-product-edited";
        /// It was archived.
        CatalogueProductArchived = "catalogue_product_archived", "catalogue-product-archived";
        /// It was taken back from the archive.
        CatalogueProductRestored = "catalogue_product_restored", "catalogue-product-restored";
        /// A file of products was written into the catalogue.
        CatalogueImportStarted = "catalogue_import_started", "catalogue-import-started";
        /// Orders were imported from a file.
        OrderImportStarted = "order_import_started", "order-import-started";
        /// An order was cancelled.
        OrderCancelled = "order_cancelled", "order-cancelled";
        /// It was put on hold.
        OrderHeld = "order_held", "order-held";
        /// It was let go on.
        OrderReleased = "order_released", "order-released";
        /// Its address was changed.
        OrderAddressChanged = "order_address_changed", "order-address-changed";
        /// Product or quantity of a line was changed.
        OrderLineChanged = "order_line_changed", "order-line-changed";
        /// A line was given another design.
        OrderDesignChanged = "order_design_changed", "order-design-changed";
        /// A line is not made, in this order only.
        OrderLineIgnored = "order_line_ignored", "order-line-ignored";
        /// It is made after all.
        OrderLineTakenBack = "order_line_taken_back", "order-line-taken-back";
        /// Who a buyer is was erased from their orders.
        BuyerErased = "buyer_erased", "buyer-erased";
        /// What is kept about a buyer was downloaded.
        BuyerExported = "buyer_exported", "buyer-exported";
        /// The list of customers was exported.
        CustomersExported = "customers_exported", "customers-exported";
        /// A list of orders was exported.
        OrdersExported = "orders_exported", "orders-exported";
        /// Rows of an import were downloaded, or the file that they came in.
        ImportDownloaded = "import_downloaded", "import-downloaded";
        /// A list of a store's products was exported.
        StoreProductsExported = "store_products_exported", "store-products-exported";
        /// The catalogue was exported.
        CatalogueExported = "catalogue_exported", "catalogue-exported";
        /// This log was exported.
        AuditLogExported = "audit_log_exported", "audit-log-exported";
        /// An operator opened a customer's Storefronts to look at them.
        ViewStarted = "view_started", "view-started";
        /// They closed them again.
        ViewEnded = "view_ended", "view-ended";
        /// A copy of everything was taken.
        BackupTaken = "backup_taken", "backup-taken";
        /// A copy was put back.
        BackupRestored = "backup_restored", "backup-restored";
        /// Every secret was sealed with the current key.
        KeysRotated = "keys_rotated", "keys-rotated";
    }
}

words! {
    /// What kind of thing it was done to.
    pub enum AuditObject {
        /// A customer.
        Customer = "customer", "customer";
        /// A person: an operator or somebody of a customer.
        User = "user", "user";
        /// A store.
        Store = "store", "store";
        /// A product of a store.
        StoreProduct = "store_product", "store-product";
        /// A product of the catalogue.
        CatalogueProduct = "catalogue_product", "catalogue-product";
        /// An order.
        Order = "order", "order";
    }
}

words! {
    /// What of it changed, or what belongs to the decision. None of them ever holds a secret or what a buyer is called.
    pub enum AuditField {
        /// What it is called.
        Name = "name", "name";
        /// The customer reference ID.
        Reference = "reference", "reference";
        /// Notes.
        Description = "description", "description";
        /// A log-in name of a person of ours or of a customer.
        Email = "email", "email";
        /// A first name.
        FirstName = "first_name", "first-name";
        /// A last name.
        LastName = "last_name", "last-name";
        /// A language.
        Language = "language", "language";
        /// A time zone.
        TimeZone = "time_zone", "time-zone";
        /// Light, dark, or as the system says.
        Theme = "theme", "theme";
        /// A role.
        Role = "role", "role";
        /// The stores somebody works with.
        Stores = "stores", "stores";
        /// Whether Storefronts access is on.
        Access = "access", "access";
        /// Where a store lives.
        Platform = "platform", "platform";
        /// The address of a shop.
        Shop = "shop", "shop";
        /// Whether orders without a connected product come in.
        ImportUnconnected = "import_unconnected", "import-unconnected";
        /// Whether lines with something of the buyer's own wait for somebody to look at them.
        HoldPersonalised = "hold_personalised", "hold-personalised";
        /// Whether the platform mails the buyer.
        NotifyBuyers = "notify_buyers", "notify-buyers";
        /// The statuses by which an order may be made.
        ReadyStatuses = "ready_statuses", "ready-statuses";
        /// The location whose orders are made here.
        Location = "location", "location";
        /// What is made.
        ProductUid = "product_uid", "product-uid";
        /// The catalogue products that variants are connected to.
        MadeOf = "made_of", "made-of";
        /// Which of a product's variants.
        Variant = "variant", "variant";
        /// How many variants.
        Variants = "variants", "variants";
        /// A category.
        Category = "category", "category";
        /// An English name.
        NameEn = "name_en", "name-en";
        /// A Spanish name.
        NameEs = "name_es", "name-es";
        /// Options of a catalogue product.
        Options = "options", "options";
        /// Print areas of a catalogue product.
        PrintAreas = "print_areas", "print-areas";
        /// The least that can be ordered.
        MinQuantity = "min_quantity", "min-quantity";
        /// The most that can be ordered.
        MaxQuantity = "max_quantity", "max-quantity";
        /// A line of an order.
        Line = "line", "line";
        /// Pieces.
        Quantity = "quantity", "quantity";
        /// A print area.
        PrintArea = "print_area", "print-area";
        /// Which parts of an address were changed.
        AddressParts = "address_parts", "address-parts";
        /// How many orders.
        Orders = "orders", "orders";
        /// The name of a file.
        File = "file", "file";
        /// What a list was narrowed to.
        Filters = "filters", "filters";
        /// The browser of a session.
        Device = "device", "device";
        /// A status.
        Status = "status", "status";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;

    #[test]
    fn words_are_read_as_they_are_written() {
        assert_words!(AuditAction, AuditObject, AuditField);
    }
}
