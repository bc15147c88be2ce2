//! Every server function.

use std::collections::{BTreeMap, BTreeSet};

use domain::Role;
use http::{Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use portal::testing::on_both;
use serde_json::Value;

use super::house::House;
use super::{Access, Visitor, compare, rows, visitors};
use crate::browser::{Answer, Browser, bare_request};

const TABLE: &str = "
                              anonymous administrator operator production account_admin admin store_manager order_manager view_only stranger
account/accept-invitation     yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/change-password       log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/choose-customer       log-in    404           404      404        yes           yes   yes           yes           yes           404
account/complete-reset        yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/confirm               log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/create-first-operator yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/end-other-sessions    log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/end-session           log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/give-code             log-in    log-in        log-in   log-in     log-in        log-in log-in       log-in        log-in        log-in
account/log-in                yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/log-out               yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/new-recovery-codes    log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/request-reset         yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/save-preferences      yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
account/save-profile          log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/start-two-factor      log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/switch-off-two-factor log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
account/switch-on-two-factor  log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
activity/cancel               log-in    yes           yes      403        403           403   403           403           403           403
activity/retry                log-in    yes           yes      403        403           403   403           403           403           403
activity/retry-dead           log-in    yes           yes      403        403           403   403           403           403           403
activity/retry-event          log-in    yes           yes      403        403           403   403           403           403           403
activity/retry-events         log-in    yes           yes      403        403           403   403           403           403           403
catalogue/archive             log-in    yes           yes      403        403           403   403           403           403           403
catalogue/check-file          log-in    yes           yes      403        403           403   403           403           403           403
catalogue/restore             log-in    yes           yes      403        403           403   403           403           403           403
catalogue/save                log-in    yes           yes      403        403           403   403           403           403           403
catalogue/start-import        log-in    yes           yes      403        403           403   403           403           403           403
customers/access              log-in    yes           yes      403        403           403   403           403           403           403
buyers/erase                  log-in    yes           403      403        yes           403   403           403           403           yes
customers/archive             log-in    yes           yes      403        403           403   403           403           403           403
customers/create              log-in    yes           yes      403        403           403   403           403           403           403
customers/edit                log-in    yes           yes      403        403           403   403           403           403           403
customers/resend              log-in    yes           yes      403        403           403   403           403           403           403
customers/restore             log-in    yes           yes      403        403           403   403           403           403           403
customers/revoke              log-in    yes           yes      403        403           403   403           403           403           403
imports/cancel                log-in    403           403      403        yes           yes   403           yes           403           404
imports/retry                 log-in    403           403      403        yes           yes   403           yes           403           404
imports/start                 log-in    403           403      403        yes           yes   403           yes           403           404
imports/upload                log-in    403           403      403        yes           yes   403           yes           403           yes
orders/advance                log-in    yes           yes      yes        403           403   403           403           403           403
orders/advance-selected       log-in    yes           yes      yes        403           403   403           403           403           403
orders/cancel                 log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/edit-address           log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/edit-line              log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/give-design            log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/hold                   log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/ignore-line            log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/place                  log-in    403           403      403        yes           yes   403           yes           403           yes
orders/release                log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/retry-write            log-in    yes           yes      yes        yes           yes   403           yes           403           404
orders/ship                   log-in    yes           yes      yes        403           403   403           403           403           403
orders/take-back-line         log-in    yes           yes      yes        yes           yes   403           yes           403           404
search/find                   log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
stores/cancel-sync            log-in    yes           yes      403        yes           yes   yes           403           403           404
stores/connect                log-in    403           403      403        yes           yes   403           403           403           yes
stores/connect-keys           log-in    403           403      403        yes           yes   403           403           403           404
products/connect              log-in    yes           yes      403        yes           yes   yes           403           403           404
products/disconnect           log-in    yes           yes      403        yes           yes   yes           403           403           404
products/ignore               log-in    yes           yes      403        yes           yes   yes           403           403           404
products/ignore-variant       log-in    yes           yes      403        yes           yes   yes           403           403           404
products/match                log-in    yes           yes      403        yes           yes   yes           403           403           404
products/take-back            log-in    yes           yes      403        yes           yes   yes           403           403           404
stores/create-manual          log-in    403           403      403        yes           yes   403           403           403           yes
stores/disconnect             log-in    403           403      403        yes           yes   403           403           403           404
stores/pause                  log-in    403           403      403        yes           yes   yes           403           403           404
stores/reconnect              log-in    403           403      403        yes           yes   403           403           403           404
stores/rename                 log-in    403           403      403        yes           yes   yes           403           403           404
stores/resume                 log-in    403           403      403        yes           yes   yes           403           403           404
stores/save-settings          log-in    403           403      403        yes           yes   yes           403           403           404
stores/sync-orders            log-in    yes           yes      403        yes           yes   yes           403           403           404
stores/sync-products          log-in    yes           yes      403        yes           yes   yes           403           403           404
stores/try-now                log-in    yes           yes      403        yes           yes   yes           403           403           404
team/block                    log-in    yes           403      403        403           403   403           403           403           403
team/invite                   log-in    yes           403      403        403           403   403           403           403           403
team/resend                   log-in    yes           403      403        403           403   403           403           403           403
team/reset-two-factor         log-in    yes           403      403        403           403   403           403           403           403
team/revoke                   log-in    yes           403      403        403           403   403           403           403           403
team/role                     log-in    yes           403      403        403           403   403           403           403           403
team/unblock                  log-in    yes           403      403        403           403   403           403           403           403
team/remove                   log-in    yes           403      403        403           403   403           403           403           403
users/add                     log-in    yes           yes      403        yes           403   403           403           403           404
users/block                   log-in    yes           yes      403        yes           403   403           403           403           404
users/change-role             log-in    yes           yes      403        yes           403   403           403           403           404
users/correct                 log-in    yes           yes      403        yes           403   403           403           403           404
users/remove                  log-in    yes           yes      403        yes           403   403           403           403           404
users/reset-two-factor        log-in    yes           yes      403        403           403   403           403           403           403
users/resend                  log-in    yes           yes      403        yes           403   403           403           403           404
users/revoke                  log-in    yes           yes      403        yes           403   403           403           403           404
users/unblock                 log-in    yes           yes      403        yes           403   403           403           403           404
views/delete                  log-in    yes           yes      yes        403           403   403           403           403           403
views/rename                  log-in    yes           yes      yes        403           403   403           403           403           403
views/save                    log-in    yes           yes      yes        403           403   403           403           403           403
";

/// Registered functions, without the prefix that all share, in an order that does not hang on how they were linked.
pub(super) fn functions() -> BTreeSet<String> {
    server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/do/").to_owned())
        .collect()
}

/// Calls a function as the form enhancer does.
pub(super) async fn call(browser: &mut Browser, function: &str, fields: &[(&'static str, String)]) -> Answer {
    let request = bare_request(Method::POST, &format!("/do/{function}"))
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("x-enhanced", "1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = serde_urlencoded::to_string(fields).unwrap();
    browser.send(request, body.into()).await
}

/// How a function answers somebody of this role, as the table says.
pub(super) fn answer_of(function: &str, role: Role) -> &'static str {
    let column = visitors()
        .iter()
        .position(|visitor| *visitor == Visitor::As(role));
    rows(TABLE)[function][column.unwrap()]
}

fn access(answer: &Answer) -> Access {
    let reply: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let location = reply["location"].as_str().unwrap_or_default();
    match answer.status {
        StatusCode::FORBIDDEN => Access::Forbidden,
        StatusCode::NOT_FOUND => Access::Missing,
        _ if location.starts_with("/login?next=") => Access::LogIn,
        StatusCode::OK => Access::Yes,
        other => panic!("{} answers {other}: {}", answer.at, answer.body),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_function_serves_those_it_is_for() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for visitor in visitors() {
            for function in functions() {
                let mut browser = visitor.browser(&house).await;
                let mut fields = house.fields(&function, &house.own);
                if function.starts_with("views/") {
                    fields.push(("view", house.view_of(visitor).await));
                }
                if function.starts_with("team/") || function.starts_with("users/") {
                    house.restore_removed().await;
                }
                if function == "orders/take-back-line" {
                    house.ignore_line().await;
                }
                let answer = call(&mut browser, &function, &fields).await;
                found.entry(function).or_default().push(access(&answer).word());
            }
        }
        compare(TABLE, &found);
    })
    .await;
}
