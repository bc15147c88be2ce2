//! Every page of the route tree and every edge.

use std::collections::BTreeMap;

use app::routes::App;
use http::StatusCode;
use leptos_axum::generate_route_list;
use portal::testing::on_both;

use super::house::House;
use super::{Access, compare, visitors};
use crate::browser::{Answer, Browser};

const TABLE: &str = "
                                             anonymous administrator operator production account_admin admin store_manager order_manager view_only stranger viewing
/                                            log-in    yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/account                                     log-in    yes           yes      yes        yes           yes   yes           yes           yes       yes      403
/account/confirm                             log-in    yes           yes      yes        yes           yes   yes           yes           yes       yes      log-in
/account/security                            log-in    yes           yes      yes        yes           yes   yes           yes           yes       yes      403
/account/two-factor                          log-in    yes           yes      yes        yes           yes   yes           yes           yes       yes      log-in
/api/invitations/{id}/unchanged              log-in    yes           yes      403        yes           403   403           403           403       404      403
/api/jobs/{id}/progress                      log-in    yes           yes      403        yes           yes   yes           yes           yes       404      yes
/api/orders/{id}/progress                    log-in    yes           yes      yes        yes           yes   yes           yes           yes       404      yes
/connect/etsy/callback                       log-in    404           404      404        yes           yes   403           403           403       yes      403
/connect/shopify                             log-in    404           404      404        yes           yes   403           403           403       yes      403
/connect/shopify/callback                    log-in    404           404      404        yes           yes   403           403           403       yes      403
/connect/woocommerce/return                  log-in    404           404      404        yes           yes   403           403           403       yes      403
/choose-customer                             log-in    404           404      404        yes           yes   yes           yes           yes       yes      yes
/console                                     log-in    yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/console/activity                            log-in    yes           yes      403        404           404   404           404           404       404      403
/console/activity/events                     log-in    yes           yes      403        404           404   404           404           404       404      403
/console/activity/events/{message}           log-in    yes           yes      403        404           404   404           404           404       404      403
/console/activity/mails                      log-in    yes           yes      403        404           404   404           404           404       404      403
/console/activity/workers                    log-in    yes           yes      403        404           404   404           404           404       404      403
/console/activity/{id}                       log-in    yes           yes      403        404           404   404           404           404       404      403
/console/audit                               log-in    yes           yes      403        404           404   404           404           404       404      403
/console/audit/export.csv                    log-in    yes           yes      403        404           404   404           404           404       404      404
/console/audit/{id}                          log-in    yes           yes      403        404           404   404           404           404       404      403
/console/buyers                              log-in    yes           403      403        404           404   404           404           404       404      403
/console/buyers/export.json                  log-in    yes           403      403        404           404   404           404           404       404      404
/console/catalogue                           log-in    yes           yes      403        404           404   404           404           404       404      403
/console/catalogue/export.csv                log-in    yes           yes      403        404           404   404           404           404       404      404
/console/catalogue/import                    log-in    yes           yes      403        404           404   404           404           404       404      403
/console/catalogue/import/template.csv       log-in    yes           yes      403        404           404   404           404           404       404      404
/console/catalogue/import/{id}               log-in    yes           yes      403        404           404   404           404           404       404      403
/console/catalogue/import/{id}/errors.csv    log-in    yes           yes      403        404           404   404           404           404       404      404
/console/catalogue/new                       log-in    yes           yes      403        404           404   404           404           404       404      403
/console/catalogue/{id}                      log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers                           log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/export.csv                log-in    yes           yes      403        404           404   404           404           404       404      404
/console/customers/new                       log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}                      log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}/orders               log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}/settings             log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}/stores               log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}/users                log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}/users/new            log-in    yes           yes      403        404           404   404           404           404       404      403
/console/customers/{id}/users/{user}         log-in    yes           yes      403        404           404   404           404           404       404      403
/console/orders                              log-in    yes           yes      yes        404           404   404           404           404       404      403
/console/orders/export.csv                   log-in    yes           yes      yes        404           404   404           404           404       404      404
/console/orders/{id}                         log-in    yes           yes      yes        404           404   404           404           404       404      403
/console/orders/{id}/variants/{variant}      log-in    yes           yes      403        404           404   404           404           404       404      403
/console/styleguide                          yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/console/team                                log-in    yes           403      403        404           404   404           404           404       404      403
/console/team/invite                         log-in    yes           403      403        404           404   404           404           404       404      403
/console/team/{id}                           log-in    yes           403      403        404           404   404           404           404       404      403
/error/{status}                              404       404           404      404        404           404   404           404           404       404      404
/files/{id}                                  log-in    yes           yes      yes        yes           yes   404           yes           404       404      404
/forgot                                      yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/invitation/{token}                          yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/login                                       yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/login/code                                  yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/reset/{token}                               yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/setup/{token}                               yes       yes           yes      yes        yes           yes   yes           yes           yes       yes      yes
/storefronts                                 log-in    404           404      404        yes           yes   yes           yes           yes       yes      yes
/storefronts/imports/{id}                    log-in    404           404      404        yes           yes   403           yes           403       404      403
/storefronts/imports/{id}/errors.csv         log-in    404           404      404        yes           yes   403           yes           403       404      403
/storefronts/imports/{id}/result.csv         log-in    404           404      404        yes           yes   403           yes           403       404      403
/storefronts/orders                          log-in    404           404      404        yes           yes   yes           yes           yes       yes      yes
/storefronts/orders/export.csv               log-in    404           404      404        yes           yes   yes           yes           yes       yes      yes
/storefronts/orders/import                   log-in    404           404      404        yes           yes   403           yes           403       yes      403
/storefronts/orders/import/template.csv      log-in    404           404      404        yes           yes   403           yes           403       yes      403
/storefronts/orders/new                      log-in    404           404      404        yes           yes   403           yes           403       yes      403
/storefronts/orders/{id}                     log-in    404           404      404        yes           yes   yes           yes           yes       404      yes
/storefronts/settings/audit                  log-in    404           404      404        yes           403   403           403           403       yes      403
/storefronts/settings/audit/export.csv       log-in    404           404      404        yes           403   403           403           403       yes      403
/storefronts/settings/audit/{id}             log-in    404           404      404        yes           403   403           403           403       404      403
/storefronts/settings/buyers                 log-in    404           404      404        yes           403   403           403           403       yes      403
/storefronts/settings/buyers/export.json     log-in    404           404      404        yes           403   403           403           403       yes      403
/storefronts/settings/users                  log-in    404           404      404        yes           403   403           403           403       yes      403
/storefronts/settings/users/new              log-in    404           404      404        yes           403   403           403           403       yes      403
/storefronts/settings/users/{user}           log-in    404           404      404        yes           403   403           403           403       404      403
/storefronts/stores                          log-in    404           404      404        yes           yes   yes           403           yes       yes      yes
/storefronts/stores/new                      log-in    404           404      404        yes           yes   403           403           403       yes      403
/storefronts/stores/new/etsy                 log-in    404           404      404        yes           yes   403           403           403       yes      403
/storefronts/stores/new/manual               log-in    404           404      404        yes           yes   403           403           403       yes      403
/storefronts/stores/new/shopify              log-in    404           404      404        yes           yes   403           403           403       yes      403
/storefronts/stores/new/woocommerce          log-in    404           404      404        yes           yes   403           403           403       yes      403
/storefronts/stores/{id}                     log-in    404           404      404        yes           yes   yes           403           yes       404      yes
/storefronts/stores/{id}/match               log-in    404           404      404        yes           yes   yes           403           403       404      403
/storefronts/stores/{id}/orders              log-in    404           404      404        yes           yes   yes           403           yes       404      yes
/storefronts/stores/{id}/products            log-in    404           404      404        yes           yes   yes           403           yes       404      yes
/storefronts/stores/{id}/products/export.csv log-in    404           404      404        yes           yes   yes           403           yes       404      yes
/storefronts/stores/{id}/products/{product}  log-in    404           404      404        yes           yes   yes           403           yes       404      yes
/storefronts/stores/{id}/variants/{variant}  log-in    404           404      404        yes           yes   yes           403           403       404      403
/storefronts/stores/{id}/settings            log-in    404           404      404        yes           yes   yes           403           403       404      403
";

fn access(answer: &Answer) -> Access {
    match answer.status.as_u16() {
        403 => Access::Forbidden,
        404 => Access::Missing,
        401 => Access::LogIn,
        200..=399 if answer.location().starts_with("/login") => Access::LogIn,
        200..=399 => Access::Yes,
        other => panic!("{} answers {other}: {}", answer.at, answer.main()),
    }
}

/// The address of a page about something that is there.
pub(super) fn address(house: &House, route: &str) -> String {
    address_about(route, |area| house.subject(area))
}

/// The address of a page about what `subject` gives for the part of the path before it.
pub(super) fn address_about(route: &str, subject: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = route.trim_start_matches('/').split('/').collect();
    let named: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| match *part {
            "{status}" => "404".to_owned(),
            "{token}" => "none".to_owned(),
            part if part.starts_with('{') => subject(parts[place - 1]),
            part => part.to_owned(),
        })
        .collect();
    format!("/{}", named.join("/"))
        .replace("/unchanged", "/unchanged?refusals=0")
        .replace("/export.json", "/export.json?email=ana@example.com")
}

async fn look(browser: &mut Browser, address: &str) -> Access {
    access(&browser.get(address).await)
}

/// Every route that is looked at, of pages and edges.
pub(super) fn routes() -> Vec<String> {
    generate_route_list(App)
        .iter()
        .map(|route| route.path().to_owned())
        .filter(|path| !path.starts_with("/do/"))
        .chain(server::edges::routes().map(|(path, _)| path.to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_for_those_it_is_for() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for visitor in visitors() {
            let mut browser = visitor.browser(&house).await;
            for route in routes() {
                let access = look(&mut browser, &address(&house, &route)).await;
                found.entry(route).or_default().push(access.word());
            }
        }
        compare(TABLE, &found);
    })
    .await;
}

/// What shops post to: nobody is logged in there.
const POSTED: [&str; 4] = [
    "/hooks/shopify",
    "/hooks/etsy",
    "/hooks/woocommerce/none",
    "/connect/woocommerce/callback",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_shops_post_is_believed_of_nobody_for_who_they_are() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut found: BTreeMap<&str, Vec<StatusCode>> = BTreeMap::new();
        for visitor in visitors() {
            let mut browser = visitor.browser(&house).await;
            for path in POSTED {
                let status = browser.post(path, &[]).await.status;
                found.entry(path).or_default().push(status);
            }
        }
        for (path, answers) in found {
            let refused = answers[0].is_client_error() && answers[0] != StatusCode::METHOD_NOT_ALLOWED;
            let all_alike = answers.iter().all(|answer| *answer == answers[0]);
            assert!(refused && all_alike, "{path} answers {answers:?}");
        }
    })
    .await;
}

/// What addresses are made to say by hand, by scanners and by broken links.
const NONSENSE: [&str; 6] = [
    "%00e%00",
    "%FF%FE",
    "%27%22%3E%3Cscript%3E",
    "-1",
    "999999999999999999999",
    "%F0%9F%92%A9%E2%80%AE",
];

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_means_nothing_is_no_failure_of_ours() {
    const NAMES: [&str; 14] = [
        "q", "status", "customer", "store", "from", "until", "after", "before", "rows", "sort", "view",
        "dialog", "next", "platform",
    ];
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut failures = Vec::new();
        for visitor in visitors()
            .into_iter()
            .filter(|visitor| matches!(visitor.name(), "administrator" | "account_admin"))
        {
            let mut browser = visitor.browser(&house).await;
            for route in routes() {
                for nonsense in NONSENSE {
                    let query: Vec<String> = NAMES.iter().map(|name| format!("{name}={nonsense}")).collect();
                    let address = address(&house, &route);
                    let joint = if address.contains('?') { '&' } else { '?' };
                    let answer = browser.get(&format!("{address}{joint}{}", query.join("&"))).await;
                    if answer.status.is_server_error() {
                        failures.push(format!("{route} with {nonsense} for {}", visitor.name()));
                    }
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edge_whose_address_cannot_be_read_says_nothing_of_what_is_inside() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for (route, _) in server::edges::routes() {
            let parts = route.split('/');
            let parts: Vec<&str> = parts
                .map(|part| if part.starts_with('{') { "none" } else { part })
                .collect();
            let address = parts.join("/");
            if address == route {
                continue;
            }
            let answer = browser.get(&address).await;
            assert_eq!(
                (answer.status.as_u16(), answer.body.as_str()),
                (400, ""),
                "{route}"
            );
        }
    })
    .await;
}
