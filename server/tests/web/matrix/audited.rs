//! What the audit log tells of every server function and every edge.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AuditAction, ClientRole, OperatorRole, Platform, Role};
use http::StatusCode;
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};
use serde_json::Value;

use super::Visitor;
use super::filled::SHOP;
use super::functions::{answer_of, call, functions};
use super::house::House;
use super::pages::address;
use crate::browser::Browser;

/// The actions a function records, and after a hyphen why it records none, or none here: because the house cannot fill
/// its form in. The tests of its use case look at what it records then.
const TABLE: &str = "
account/accept-invitation      invitation_accepted - its link comes by mail only
account/change-password        password_changed
account/choose-customer        - changes only what the own session shows
account/complete-reset         password_reset - its link comes by mail only
account/confirm                - changes nothing: proves who somebody is
account/create-first-operator  first_operator_created - there is an operator already
account/end-other-sessions     other_sessions_ended
account/end-session            session_ended - what ends a session, only its person's page tells
account/give-code              - a log-in, which the list of sessions tells
account/log-in                 - a log-in, which the list of sessions tells
account/log-out                - ends only the own session
account/new-recovery-codes     recovery_codes_renewed - wants a code, which a phone tells
account/request-reset          - changes nothing yet, and must cost the same for people who do not exist
account/save-preferences       - how the own pages look
account/save-profile           profile_changed
account/start-two-factor       - nothing is on before the first code is given
account/switch-off-two-factor  two_factor_off - wants a code, which a phone tells
account/switch-on-two-factor   two_factor_on - wants a code, which a phone tells
activity/cancel                - the job itself tells it
activity/retry                 - the job itself tells it
activity/retry-dead            - the jobs themselves tell it
activity/retry-event           - the message itself tells it
activity/retry-events          - the messages themselves tell it
buyers/erase                   buyer_erased
catalogue/archive              catalogue_product_archived
catalogue/check-file           - only looks at a file
catalogue/restore              catalogue_product_restored
catalogue/save                 catalogue_product_created catalogue_product_edited
catalogue/start-import         catalogue_import_started - wants an import at which a job has looked
customers/access               access_switched_on access_switched_off user_invited user_corrected user_role_changed
customers/archive              customer_archived
customers/create               customer_created access_switched_on user_invited
customers/edit                 customer_edited
customers/resend               invitation_resent
customers/restore              customer_restored
customers/revoke               invitation_revoked user_removed
customers/stop-viewing         view_ended
customers/view-as              view_started
imports/cancel                 - the import itself tells it
imports/retry                  - goes on with an import whose start is recorded
imports/start                  order_import_started - wants an import at which a job has looked
imports/upload                 - only looks at a file
orders/advance                 - production, which the order's timeline tells
orders/advance-selected        - production, which the orders' timelines tell
orders/cancel                  order_cancelled
orders/correct-tracking        - production, which the order's timeline tells
orders/edit-address            order_address_changed
orders/edit-line               order_line_changed
orders/give-design             order_design_changed
orders/hold                    order_held
orders/ignore-line             order_line_ignored product_ignored
orders/place                   - the order itself tells who placed it
orders/release                 order_released
orders/retry-write             - repeats what the order's timeline tells
orders/ship                    - production, which the order's timeline tells
orders/take-back-line          order_line_taken_back
orders/take-over               order_line_changed - wants a line in production that its store changed
products/connect               product_connected
products/disconnect            product_disconnected
products/ignore                product_ignored
products/ignore-selected       product_ignored
products/ignore-variant        product_ignored
products/match                 products_matched - nothing in the store is called as in the catalogue
products/take-back             product_taken_back
search/find                    - changes nothing
stores/cancel-sync             - the sync itself tells it
stores/connect                 - leads to the shop: what comes back is recorded as store_connected
stores/connect-keys            store_connected store_reconnected
stores/create-manual           store_created
stores/disconnect              store_disconnected
stores/pause                   store_paused
stores/reconnect               - leads to the shop: what comes back is recorded as store_reconnected
stores/rename                  store_renamed
stores/resume                  store_resumed
stores/save-settings           store_settings_changed store_renamed
stores/sync-orders             - the sync itself tells it
stores/sync-products           - the sync itself tells it
stores/try-now                 - the syncs that begin at once tell it themselves
team/block                     user_blocked
team/invite                    user_invited
team/remove                    user_removed
team/resend                    invitation_resent
team/reset-two-factor          two_factor_reset
team/revoke                    invitation_revoked
team/role                      user_role_changed
team/unblock                   user_unblocked
users/add                      user_invited
users/block                    user_blocked
users/change-role              user_role_changed
users/correct                  user_corrected user_invited
users/remove                   user_removed
users/resend                   invitation_resent
users/reset-two-factor         two_factor_reset
users/revoke                   invitation_revoked
users/unblock                  user_unblocked
views/delete                   - how the own list looks
views/rename                   - how the own list looks
views/save                     - how the own list looks
";

/// The same of every edge.
const EDGES: &str = "
/api/jobs/{id}/progress                      - tells how far a job is
/api/orders/{id}/progress                    - tells whether an order's page is still right
/api/invitations/{id}/unchanged              - tells whether a page is still right
/connect/shopify                             - leads to where connecting begins
/connect/shopify/callback                    store_connected store_reconnected
/connect/etsy/callback                       store_connected store_reconnected
/connect/woocommerce/return                  - the shop has sent its keys before, which is recorded with them
/console/customers/export.csv                customers_exported
/console/catalogue/export.csv                catalogue_exported
/console/catalogue/import/template.csv       - an empty form
/console/catalogue/import/{id}/errors.csv    - products of the print company, as it has sent them
/console/audit/export.csv                    audit_log_exported
/storefronts/settings/audit/export.csv       audit_log_exported
/console/buyers/export.json                  buyer_exported
/storefronts/settings/buyers/export.json     buyer_exported
/console/orders/export.csv                   orders_exported
/storefronts/orders/export.csv               orders_exported
/storefronts/stores/{id}/products/export.csv store_products_exported
/files/{id}                                  import_downloaded
/storefronts/orders/import/template.csv      - an empty form
/storefronts/imports/{id}/errors.csv         import_downloaded
/storefronts/imports/{id}/result.csv         import_downloaded
";

/// Actions that are taken on the command line only.
const ELSEWHERE: [AuditAction; 3] = [
    AuditAction::BackupTaken,
    AuditAction::BackupRestored,
    AuditAction::KeysRotated,
];

/// What somebody records.
struct Row {
    actions: BTreeSet<AuditAction>,
    /// Why nothing is recorded here.
    why_not: Option<&'static str>,
}

/// The rows of a table by their first word.
fn rows(table: &'static str) -> BTreeMap<&'static str, Row> {
    let row = |line: &'static str| {
        let (what, rest) = line.split_once(' ').expect("who records, and what");
        let (actions, why_not) = match rest.split_once("- ") {
            Some((actions, why_not)) => (actions, Some(why_not)),
            None => (rest, None),
        };
        let actions: BTreeSet<AuditAction> = actions
            .split_whitespace()
            .map(|word| word.parse().unwrap())
            .collect();
        assert!(
            why_not.map_or(!actions.is_empty(), |why| why.len() > 10),
            "{what}: why not?"
        );
        (what, Row { actions, why_not })
    };
    table.trim().lines().map(row).collect()
}

async fn recorded(portal: &TestPortal) -> Vec<AuditAction> {
    let rows: Vec<(AuditAction,)> = sql("SELECT action FROM audit_entries ORDER BY id")
        .fetch_all(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    rows.into_iter().map(|(action,)| action).collect()
}

#[test]
fn every_function_and_edge_says_what_it_records_and_every_action_is_recorded_by_something() {
    let (functions_told, edges_told) = (rows(TABLE), rows(EDGES));
    let told: BTreeSet<String> = functions_told.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(told, functions(), "decide what a new function records");
    let told: BTreeSet<&str> = edges_told.keys().copied().collect();
    let edges: BTreeSet<&str> = server::edges::routes().iter().map(|(path, _)| *path).collect();
    assert_eq!(told, edges, "decide what a new edge records");
    let both = functions_told.into_values().chain(edges_told.into_values());
    let mut taken: BTreeSet<AuditAction> = both.flat_map(|row| row.actions).collect();
    taken.extend(ELSEWHERE);
    let all: BTreeSet<AuditAction> = AuditAction::ALL.iter().copied().collect();
    assert_eq!(taken, all);
}

/// Somebody whom a function serves.
async fn served(house: &House, function: &str) -> Browser {
    if function == "customers/stop-viewing" {
        return house.viewing().await;
    }
    let operator = Role::Operator(OperatorRole::Administrator);
    let client = Role::Client(ClientRole::AccountAdmin);
    let serves_operator = answer_of(function, Visitor::As(operator)) == "yes";
    house
        .logged_in(if serves_operator { operator } else { client })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_recorded_and_what_is_refused_is_not() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        portal.shops.open_shop(Platform::WooCommerce, SHOP);
        let mut wrong = Vec::new();
        for (function, row) in rows(TABLE) {
            house.ready_for(function).await;
            let mut browser = served(&house, function).await;
            let before = recorded(&portal).await.len();
            let answer = call(&mut browser, function, &house.filled(function).await).await;
            let reply: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            let new: BTreeSet<AuditAction> = recorded(&portal).await.into_iter().skip(before).collect();
            let is_done = reply["outcome"] == "done";
            let is_right = if row.why_not.is_some() {
                new.is_empty()
            } else {
                is_done && !new.is_empty() && new.is_subset(&row.actions)
            };
            if !is_right {
                let (status, body) = (answer.status, answer.body);
                wrong.push(format!(
                    "{function} recorded {new:?}, and answered {status} {body}"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_the_house_is_recorded() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let operator = Role::Operator(OperatorRole::Administrator);
        let client = Role::Client(ClientRole::AccountAdmin);
        let (mut operator, mut client) = (house.logged_in(operator).await, house.logged_in(client).await);
        for (edge, row) in rows(EDGES) {
            let of_clients = edge.starts_with("/storefronts/") || edge.starts_with("/connect/");
            let browser = if of_clients { &mut client } else { &mut operator };
            let before = recorded(&portal).await.len();
            let answer = browser.get(&address(&house, edge)).await;
            let new: BTreeSet<AuditAction> = recorded(&portal).await.into_iter().skip(before).collect();
            if edge.starts_with("/connect/") {
                assert!(
                    new.is_empty(),
                    "{edge} was not called by a shop, and recorded {new:?}"
                );
            } else {
                assert_eq!(answer.status, StatusCode::OK, "{edge}");
                assert_eq!(new, row.actions, "{edge}");
            }
        }
    })
    .await;
}
