//! Every server function.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use http::{Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use portal::testing::on_both;
use serde_json::Value;

use super::house::House;
use super::{Access, Visitor, compare, rows, visitors};
use crate::browser::{Answer, Browser, bare_request, request};

const TABLE: &str = "
                              anonymous administrator operator production account_admin admin  store_manager order_manager view_only stranger viewing
account/accept-invitation     yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/change-password       log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/choose-customer       log-in    404           404      404        yes           yes    yes           yes           yes       404      404
account/complete-reset        yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/confirm               log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/create-first-operator yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/end-other-sessions    log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/end-session           log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/give-code             log-in    log-in        log-in   log-in     log-in        log-in log-in        log-in        log-in    log-in   log-in
account/log-in                yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      yes
account/log-out               yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      yes
account/new-recovery-codes    log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/request-reset         yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/save-preferences      yes       yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/save-profile          log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/start-two-factor      log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/switch-off-two-factor log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
account/switch-on-two-factor  log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      view
activity/cancel               log-in    yes           yes      403        403           403    403           403           403       403      view
activity/retry                log-in    yes           yes      403        403           403    403           403           403       403      view
activity/retry-dead           log-in    yes           yes      403        403           403    403           403           403       403      view
activity/retry-event          log-in    yes           yes      403        403           403    403           403           403       403      view
activity/retry-events         log-in    yes           yes      403        403           403    403           403           403       403      view
buyers/erase                  log-in    yes           403      403        yes           403    403           403           403       yes      view
catalogue/archive             log-in    yes           yes      403        403           403    403           403           403       403      view
catalogue/check-file          log-in    yes           yes      403        403           403    403           403           403       403      view
catalogue/restore             log-in    yes           yes      403        403           403    403           403           403       403      view
catalogue/save                log-in    yes           yes      403        403           403    403           403           403       403      view
catalogue/start-import        log-in    yes           yes      403        403           403    403           403           403       403      view
customers/access              log-in    yes           yes      403        403           403    403           403           403       403      view
customers/archive             log-in    yes           yes      403        403           403    403           403           403       403      view
customers/create              log-in    yes           yes      403        403           403    403           403           403       403      view
customers/edit                log-in    yes           yes      403        403           403    403           403           403       403      view
customers/resend              log-in    yes           yes      403        403           403    403           403           403       403      view
customers/restore             log-in    yes           yes      403        403           403    403           403           403       403      view
customers/revoke              log-in    yes           yes      403        403           403    403           403           403       403      view
customers/stop-viewing        log-in    404           404      404        404           404    404           404           404       404      yes
customers/view-as             log-in    yes           yes      403        403           403    403           403           403       403      view
imports/cancel                log-in    403           403      403        yes           yes    403           yes           403       404      view
imports/retry                 log-in    403           403      403        yes           yes    403           yes           403       404      view
imports/start                 log-in    403           403      403        yes           yes    403           yes           403       404      view
imports/upload                log-in    403           403      403        yes           yes    403           yes           403       yes      view
orders/advance                log-in    yes           yes      yes        403           403    403           403           403       403      view
orders/advance-selected       log-in    yes           yes      yes        403           403    403           403           403       403      view
orders/cancel                 log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/correct-tracking       log-in    yes           yes      yes        403           403    403           403           403       403      view
orders/edit-address           log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/edit-line              log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/give-design            log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/hold                   log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/ignore-line            log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/place                  log-in    403           403      403        yes           yes    403           yes           403       yes      view
orders/release                log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/retry-write            log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/ship                   log-in    yes           yes      yes        403           403    403           403           403       403      view
orders/take-back-line         log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
orders/take-over              log-in    yes           yes      yes        yes           yes    403           yes           403       404      view
search/find                   log-in    yes           yes      yes        yes           yes    yes           yes           yes       yes      yes
stores/cancel-sync            log-in    yes           yes      403        yes           yes    yes           403           403       404      view
stores/connect                log-in    403           403      403        yes           yes    403           403           403       yes      view
stores/connect-keys           log-in    403           403      403        yes           yes    403           403           403       404      view
products/connect              log-in    yes           yes      403        yes           yes    yes           403           403       404      view
products/disconnect           log-in    yes           yes      403        yes           yes    yes           403           403       404      view
products/ignore               log-in    yes           yes      403        yes           yes    yes           403           403       404      view
products/ignore-selected      log-in    yes           yes      403        yes           yes    yes           403           403       yes      view
products/ignore-variant       log-in    yes           yes      403        yes           yes    yes           403           403       404      view
products/match                log-in    yes           yes      403        yes           yes    yes           403           403       404      view
products/take-back            log-in    yes           yes      403        yes           yes    yes           403           403       404      view
stores/create-manual          log-in    403           403      403        yes           yes    403           403           403       yes      view
stores/disconnect             log-in    403           403      403        yes           yes    403           403           403       404      view
stores/pause                  log-in    403           403      403        yes           yes    yes           403           403       404      view
stores/reconnect              log-in    403           403      403        yes           yes    403           403           403       404      view
stores/rename                 log-in    403           403      403        yes           yes    yes           403           403       404      view
stores/resume                 log-in    403           403      403        yes           yes    yes           403           403       404      view
stores/save-settings          log-in    403           403      403        yes           yes    yes           403           403       404      view
stores/sync-orders            log-in    yes           yes      403        yes           yes    yes           403           403       404      view
stores/sync-products          log-in    yes           yes      403        yes           yes    yes           403           403       404      view
stores/try-now                log-in    yes           yes      403        yes           yes    yes           403           403       404      view
team/block                    log-in    yes           403      403        403           403    403           403           403       403      view
team/invite                   log-in    yes           403      403        403           403    403           403           403       403      view
team/resend                   log-in    yes           403      403        403           403    403           403           403       403      view
team/reset-two-factor         log-in    yes           403      403        403           403    403           403           403       403      view
team/revoke                   log-in    yes           403      403        403           403    403           403           403       403      view
team/role                     log-in    yes           403      403        403           403    403           403           403       403      view
team/unblock                  log-in    yes           403      403        403           403    403           403           403       403      view
team/remove                   log-in    yes           403      403        403           403    403           403           403       403      view
users/add                     log-in    yes           yes      403        yes           403    403           403           403       404      view
users/block                   log-in    yes           yes      403        yes           403    403           403           403       404      view
users/change-role             log-in    yes           yes      403        yes           403    403           403           403       404      view
users/correct                 log-in    yes           yes      403        yes           403    403           403           403       404      view
users/remove                  log-in    yes           yes      403        yes           403    403           403           403       404      view
users/resend                  log-in    yes           yes      403        yes           403    403           403           403       404      view
users/reset-two-factor        log-in    yes           yes      403        403           403    403           403           403       403      view
users/revoke                  log-in    yes           yes      403        yes           403    403           403           403       404      view
users/unblock                 log-in    yes           yes      403        yes           403    403           403           403       404      view
views/delete                  log-in    yes           yes      yes        403           403    403           403           403       403      view
views/rename                  log-in    yes           yes      yes        403           403    403           403           403       403      view
views/save                    log-in    yes           yes      yes        403           403    403           403           403       403      view
";

/// What somebody is told who only looks at a customer's Storefronts.
const ONLY_LOOKS: &str = "You only look at";

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

/// How a function answers this visitor, as the table says.
pub(super) fn answer_of(function: &str, visitor: Visitor) -> &'static str {
    let column = visitors().iter().position(|known| *known == visitor);
    rows(TABLE)[function][column.unwrap()]
}

fn access(answer: &Answer) -> Access {
    let reply: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let location = reply["location"].as_str().unwrap_or_default();
    match answer.status {
        StatusCode::FORBIDDEN => Access::Forbidden,
        StatusCode::NOT_FOUND => Access::Missing,
        _ if answer.body.contains(ONLY_LOOKS) => Access::OnlyLooks,
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
                let mut fields = house.fields(&function);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_cannot_be_read_is_not_answered_in_the_words_of_libraries() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for function in functions() {
            let path = format!("/do/{function}");
            // Left to themselves, libraries lead a plain form back where it came from, with their words in the address.
            let plain = request(Method::POST, &path).header(header::REFERER, "http://127.0.0.1:3000/login");
            let enhanced = bare_request(Method::POST, &path)
                .header(header::ACCEPT, "application/json")
                .header("x-enhanced", "1");
            for request in [plain, enhanced] {
                let request = request
                    .header("sec-fetch-site", "same-origin")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                let answer = browser.send(request, Body::from(vec![0xff])).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{function}");
                assert_eq!(answer.location(), "", "{function}");
                assert!(
                    !answer.body.contains("invalid utf-8"),
                    "{function}: {}",
                    answer.body
                );
            }
        }
    })
    .await;
}
