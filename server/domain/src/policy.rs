//! The one policy: what each role may do. Menus, buttons, pages and server functions all ask it.

use crate::id::StoreId;
pub use crate::role::{ClientRole, OperatorRole, Role, StoreScope};
use crate::word::words;

words! {
    /// One thing somebody may be allowed to do.
    pub enum Permission {
        /// See stores and their health.
        SeeStores = "see_stores", "see-stores";
        /// See store products and their mappings.
        SeeProducts = "see_products", "see-products";
        /// See orders.
        SeeOrders = "see_orders", "see-orders";
        /// Connect, add, reconnect and disconnect stores.
        ConnectStores = "connect_stores", "connect-stores";
        /// Change a store's settings, pause it.
        ConfigureStores = "configure_stores", "configure-stores";
        /// Start a sync of a store.
        SyncStores = "sync_stores", "sync-stores";
        /// Connect store products to the catalogue, ignore them.
        ConnectProducts = "connect_products", "connect-products";
        /// Add products and publish them to a store.
        AddProducts = "add_products", "add-products";
        /// Export and import products of a store.
        BulkProducts = "bulk_products", "bulk-products";
        /// Place orders by form.
        PlaceOrders = "place_orders", "place-orders";
        /// Import orders by CSV.
        ImportOrders = "import_orders", "import-orders";
        /// Edit and resubmit orders.
        EditOrders = "edit_orders", "edit-orders";
        /// Approve orders.
        ApproveOrders = "approve_orders", "approve-orders";
        /// Hold and release orders.
        HoldOrders = "hold_orders", "hold-orders";
        /// Cancel orders.
        CancelOrders = "cancel_orders", "cancel-orders";
        /// Customer settings and notifications of the account.
        ChangeAccount = "change_account", "change-account";
        /// Add, change, block and remove the users of a customer.
        ManageUsers = "manage_users", "manage-users";
        /// Tell buyers what is kept about them, and erase it.
        AnswerBuyers = "answer_buyers", "answer-buyers";
        /// See customers and their profiles.
        SeeCustomers = "see_customers", "see-customers";
        /// Create, edit, archive customers; switch their access; invite their account admin.
        ManageCustomers = "manage_customers", "manage-customers";
        /// Open a customer's Storefronts read-only.
        ViewAsCustomer = "view_as_customer", "view-as-customer";
        /// Move lines through production, ship them, take print files and job tickets.
        RunProduction = "run_production", "run-production";
        /// Define production steps and rules on order events.
        ManageWorkflows = "manage_workflows", "manage-workflows";
        /// Change the catalogue and template products.
        ManageCatalogue = "manage_catalogue", "manage-catalogue";
        /// Change shipping methods and their prices.
        ManageShipping = "manage_shipping", "manage-shipping";
        /// Set up Infigo and Pressero for a customer.
        ManageIntegrations = "manage_integrations", "manage-integrations";
        /// Define postback triggers, resend deliveries.
        ManagePostbacks = "manage_postbacks", "manage-postbacks";
        /// See jobs, sync runs and the event inspector.
        SeeActivity = "see_activity", "see-activity";
        /// Cancel and retry jobs and messages.
        ControlActivity = "control_activity", "control-activity";
        /// See and export the audit log: operators all of it, account admins their customer's.
        SeeAuditLog = "see_audit_log", "see-audit-log";
        /// Invite, block and archive operators.
        ManageTeam = "manage_team", "manage-team";
        /// Brand, mail sender, retention, security policy, API keys.
        ChangeSettings = "change_settings", "change-settings";
    }
}

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// For everything the person can see at all.
    Everywhere,
    /// In the stores of the person's [`StoreScope`] only.
    InChosenStores,
    /// Not at all.
    No,
}

impl Allowance {
    /// Whether there is anything the person may do it with: what menus ask.
    pub const fn is_some(self) -> bool {
        !matches!(self, Self::No)
    }

    /// Whether the person, whose role reaches `scope`, may do it in `store`.
    pub fn covers(self, scope: &StoreScope, store: StoreId) -> bool {
        match self {
            Self::Everywhere => true,
            Self::InChosenStores => scope.contains(store),
            Self::No => false,
        }
    }
}

/// Whether `role` gives `permission`, and how far it reaches.
pub fn allows(role: impl Into<Role>, permission: Permission) -> Allowance {
    let row = row(permission);
    match role.into() {
        Role::Operator(OperatorRole::Administrator) => row.operators[0],
        Role::Operator(OperatorRole::Operator) => row.operators[1],
        Role::Operator(OperatorRole::Production) => row.operators[2],
        Role::Client(ClientRole::AccountAdmin) => row.clients[0],
        Role::Client(ClientRole::Admin) => row.clients[1],
        Role::Client(ClientRole::StoreManager) => row.clients[2],
        Role::Client(ClientRole::OrderManager) => row.clients[3],
        Role::Client(ClientRole::ViewOnly) => row.clients[4],
    }
}

/// Administrator, operator, production; account admin, admin, store manager, order manager, view only.
struct Row {
    operators: [Allowance; 3],
    clients: [Allowance; 5],
}

/// The permission table.
const fn row(permission: Permission) -> Row {
    use Allowance::{Everywhere as E, InChosenStores as S, No as N};
    use Permission as P;
    let (operators, clients) = match permission {
        P::SeeStores | P::SeeProducts => ([E, E, N], [E, E, S, N, S]),
        P::SeeOrders => ([E, E, E], [E, E, S, S, S]),
        P::ConnectStores | P::ChangeAccount => ([E, E, N], [E, E, N, N, N]),
        P::ConfigureStores | P::SyncStores | P::ConnectProducts | P::AddProducts | P::BulkProducts => {
            ([E, E, N], [E, E, S, N, N])
        }
        P::PlaceOrders
        | P::ImportOrders
        | P::EditOrders
        | P::ApproveOrders
        | P::HoldOrders
        | P::CancelOrders => ([E, E, E], [E, E, N, S, N]),
        P::ManageUsers | P::SeeAuditLog => ([E, E, N], [E, N, N, N, N]),
        P::AnswerBuyers => ([E, N, N], [E, N, N, N, N]),
        P::RunProduction => ([E, E, E], [N, N, N, N, N]),
        P::SeeCustomers
        | P::ManageCustomers
        | P::ViewAsCustomer
        | P::ManageWorkflows
        | P::ManageCatalogue
        | P::ManageShipping
        | P::ManageIntegrations
        | P::ManagePostbacks
        | P::SeeActivity
        | P::ControlActivity => ([E, E, N], [N, N, N, N, N]),
        P::ManageTeam | P::ChangeSettings => ([E, N, N], [N, N, N, N, N]),
    };
    Row { operators, clients }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;

    /// all: everywhere; chosen: in the stores of the scope; -: no.
    const TABLE: &str = "
                        administrator operator production | account_admin admin store_manager order_manager view_only
    see_stores          all           all      -          | all           all   chosen        -             chosen
    see_products        all           all      -          | all           all   chosen        -             chosen
    see_orders          all           all      all        | all           all   chosen        chosen        chosen
    connect_stores      all           all      -          | all           all   -             -             -
    configure_stores    all           all      -          | all           all   chosen        -             -
    sync_stores         all           all      -          | all           all   chosen        -             -
    connect_products    all           all      -          | all           all   chosen        -             -
    add_products        all           all      -          | all           all   chosen        -             -
    bulk_products       all           all      -          | all           all   chosen        -             -
    place_orders        all           all      all        | all           all   -             chosen        -
    import_orders       all           all      all        | all           all   -             chosen        -
    edit_orders         all           all      all        | all           all   -             chosen        -
    approve_orders      all           all      all        | all           all   -             chosen        -
    hold_orders         all           all      all        | all           all   -             chosen        -
    cancel_orders       all           all      all        | all           all   -             chosen        -
    change_account      all           all      -          | all           all   -             -             -
    manage_users        all           all      -          | all           -     -             -             -
    answer_buyers       all           -        -          | all           -     -             -             -
    see_customers       all           all      -          | -             -     -             -             -
    manage_customers    all           all      -          | -             -     -             -             -
    view_as_customer    all           all      -          | -             -     -             -             -
    run_production      all           all      all        | -             -     -             -             -
    manage_workflows    all           all      -          | -             -     -             -             -
    manage_catalogue    all           all      -          | -             -     -             -             -
    manage_shipping     all           all      -          | -             -     -             -             -
    manage_integrations all           all      -          | -             -     -             -             -
    manage_postbacks    all           all      -          | -             -     -             -             -
    see_activity        all           all      -          | -             -     -             -             -
    control_activity    all           all      -          | -             -     -             -             -
    see_audit_log       all           all      -          | all           -     -             -             -
    manage_team         all           -        -          | -             -     -             -             -
    change_settings     all           -        -          | -             -     -             -             -
    ";

    #[test]
    fn the_policy_is_the_table() {
        let mut lines = TABLE
            .trim()
            .lines()
            .map(|line| line.split_whitespace().filter(|cell| *cell != "|"));
        let roles: Vec<&str> = lines.next().unwrap().collect();
        let known: Vec<&str> = Role::all()
            .map(|role| match role {
                Role::Operator(role) => role.as_str(),
                Role::Client(role) => role.as_str(),
            })
            .collect();
        assert_eq!(roles, known);
        let mut seen = Vec::new();
        for mut line in lines {
            let permission: Permission = line.next().unwrap().parse().unwrap();
            for (role, cell) in Role::all().zip(line) {
                let expected = match cell {
                    "all" => Allowance::Everywhere,
                    "chosen" => Allowance::InChosenStores,
                    "-" => Allowance::No,
                    other => panic!("{other}"),
                };
                assert_eq!(allows(role, permission), expected, "{role:?} {permission}");
            }
            seen.push(permission);
        }
        assert_eq!(seen, Permission::ALL);
    }

    #[test]
    fn every_word_reads_back() {
        assert_words!(Permission);
    }

    #[test]
    fn chosen_stores_end_where_the_scope_ends() {
        let (mine, other) = (
            StoreId(uuid::Uuid::from_u128(1)),
            StoreId(uuid::Uuid::from_u128(2)),
        );
        let scope = StoreScope::Chosen(vec![mine]);
        let sync = allows(ClientRole::StoreManager, Permission::SyncStores);
        assert!(sync.covers(&scope, mine));
        assert!(!sync.covers(&scope, other));
        assert!(sync.covers(&StoreScope::All, other));
        assert!(!allows(ClientRole::ViewOnly, Permission::SyncStores).covers(&StoreScope::All, mine));
    }
}
