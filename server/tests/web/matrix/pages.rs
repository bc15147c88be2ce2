//! Every page of the route tree and every edge.

use std::collections::BTreeMap;

use app::routes::App;
use leptos_axum::generate_route_list;
use portal::testing::on_both;

use super::house::House;
use super::{Access, compare, visitors};
use crate::browser::{Answer, Browser};

const TABLE: &str = "
                                           anonymous administrator operator production account_admin admin store_manager order_manager view_only stranger
/                                          log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
/account                                   log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
/account/confirm                           log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
/account/security                          log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
/account/two-factor                        log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
/api/invitations/{id}/unchanged            log-in    yes           yes      403        yes           403   403           403           403           404
/api/jobs/{id}/progress                    log-in    yes           yes      403        404           404   404           404           404           404
/connect/etsy/callback                     log-in    404           404      404        yes           yes   403           403           403           yes
/connect/shopify                           log-in    404           404      404        yes           yes   403           403           403           yes
/connect/shopify/callback                  log-in    404           404      404        yes           yes   403           403           403           yes
/connect/woocommerce/return                log-in    404           404      404        yes           yes   403           403           403           yes
/choose-customer                           log-in    404           404      404        yes           yes   yes           yes           yes           yes
/console                                   log-in    yes           yes      yes        yes           yes   yes           yes           yes           yes
/console/activity                          log-in    yes           yes      403        404           404   404           404           404           404
/console/activity/events                   log-in    yes           yes      403        404           404   404           404           404           404
/console/activity/events/{message}         log-in    yes           yes      403        404           404   404           404           404           404
/console/activity/mails                    log-in    yes           yes      403        404           404   404           404           404           404
/console/activity/workers                  log-in    yes           yes      403        404           404   404           404           404           404
/console/activity/{id}                     log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue                         log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/export.csv              log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/import                  log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/import/template.csv     log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/import/{id}             log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/import/{id}/errors.csv  log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/new                     log-in    yes           yes      403        404           404   404           404           404           404
/console/catalogue/{id}                    log-in    yes           yes      403        404           404   404           404           404           404
/console/customers                         log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/export.csv              log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/new                     log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}                    log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}/orders             log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}/settings           log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}/stores             log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}/users              log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}/users/new          log-in    yes           yes      403        404           404   404           404           404           404
/console/customers/{id}/users/{user}       log-in    yes           yes      403        404           404   404           404           404           404
/console/orders                            log-in    yes           yes      yes        404           404   404           404           404           404
/console/orders/export.csv                 log-in    yes           yes      yes        404           404   404           404           404           404
/console/orders/{id}                       log-in    yes           yes      yes        404           404   404           404           404           404
/console/styleguide                        yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/console/team                              log-in    yes           403      403        404           404   404           404           404           404
/console/team/invite                       log-in    yes           403      403        404           404   404           404           404           404
/console/team/{id}                         log-in    yes           403      403        404           404   404           404           404           404
/error/{status}                            404       404           404      404        404           404   404           404           404           404
/files/{id}                                log-in    yes           yes      yes        yes           yes   404           yes           404           404
/forgot                                    yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/invitation/{token}                        yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/login                                     yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/login/code                                yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/reset/{token}                             yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/setup/{token}                             yes       yes           yes      yes        yes           yes   yes           yes           yes           yes
/storefronts                               log-in    404           404      404        yes           yes   yes           yes           yes           yes
/storefronts/imports/{id}                  log-in    404           404      404        yes           yes   403           yes           403           404
/storefronts/imports/{id}/errors.csv       log-in    404           404      404        yes           yes   403           yes           403           404
/storefronts/imports/{id}/result.csv       log-in    404           404      404        yes           yes   403           yes           403           404
/storefronts/orders                        log-in    404           404      404        yes           yes   yes           yes           yes           yes
/storefronts/orders/export.csv             log-in    404           404      404        yes           yes   yes           yes           yes           yes
/storefronts/orders/import                 log-in    404           404      404        yes           yes   403           yes           403           yes
/storefronts/orders/import/template.csv    log-in    404           404      404        yes           yes   403           yes           403           yes
/storefronts/orders/new                    log-in    404           404      404        yes           yes   403           yes           403           yes
/storefronts/orders/{id}                   log-in    404           404      404        yes           yes   yes           yes           yes           404
/storefronts/settings/users                log-in    404           404      404        yes           403   403           403           403           yes
/storefronts/settings/users/new            log-in    404           404      404        yes           403   403           403           403           yes
/storefronts/settings/users/{user}         log-in    404           404      404        yes           403   403           403           403           404
/storefronts/stores                        log-in    404           404      404        yes           yes   yes           403           yes           yes
/storefronts/stores/new                    log-in    404           404      404        yes           yes   403           403           403           yes
/storefronts/stores/new/etsy               log-in    404           404      404        yes           yes   403           403           403           yes
/storefronts/stores/new/manual             log-in    404           404      404        yes           yes   403           403           403           yes
/storefronts/stores/new/shopify            log-in    404           404      404        yes           yes   403           403           403           yes
/storefronts/stores/new/woocommerce        log-in    404           404      404        yes           yes   403           403           403           yes
/storefronts/stores/{id}                   log-in    404           404      404        yes           yes   yes           403           yes           404
/storefronts/stores/{id}/match             log-in    404           404      404        yes           yes   yes           403           403           404
/storefronts/stores/{id}/orders            log-in    404           404      404        yes           yes   yes           403           yes           404
/storefronts/stores/{id}/products          log-in    404           404      404        yes           yes   yes           403           yes           404
/storefronts/stores/{id}/products/export.csv log-in  404           404      404        yes           yes   yes           403           yes           404
/storefronts/stores/{id}/products/{product} log-in   404           404      404        yes           yes   yes           403           yes           404
/storefronts/stores/{id}/variants/{variant} log-in   404           404      404        yes           yes   yes           403           403           404
/storefronts/stores/{id}/settings          log-in    404           404      404        yes           yes   yes           403           403           404
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
fn address(house: &House, route: &str) -> String {
    let parts: Vec<&str> = route.trim_start_matches('/').split('/').collect();
    let named: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| match *part {
            "{status}" => "404".to_owned(),
            "{token}" => "none".to_owned(),
            part if part.starts_with('{') => house.subject(parts[place - 1]),
            part => part.to_owned(),
        })
        .collect();
    format!("/{}", named.join("/")).replace("/unchanged", "/unchanged?refusals=0")
}

async fn look(browser: &mut Browser, address: &str) -> Access {
    access(&browser.get(address).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_for_those_it_is_for() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let routes: Vec<String> = generate_route_list(App)
            .iter()
            .map(|route| route.path().to_owned())
            .filter(|path| !path.starts_with("/do/"))
            .chain(server::edges::routes().map(|(path, _)| path.to_owned()))
            .collect();
        let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for visitor in visitors() {
            let mut browser = visitor.browser(&house).await;
            for route in &routes {
                let access = look(&mut browser, &address(&house, route)).await;
                found.entry(route.clone()).or_default().push(access.word());
            }
        }
        compare(TABLE, &found);
    })
    .await;
}
