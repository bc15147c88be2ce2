//! What belongs to another customer answers exactly like what does not exist, and so does what belongs to a store that
//! somebody was not given: on every page and to every form that can be about something.

use domain::id::{StoreId, UserId};
use domain::{ClientRole, StoreReach};
use http::StatusCode;
use portal::testing::on_both;
use serde_json::json;
use uuid::Uuid;

use super::functions::{call, functions};
use super::house::{House, NOTHING};
use super::pages::{address, address_about, routes};

/// Pages about nothing that belongs to anybody, with the reason.
const NOBODYS: [(&str, &str); 4] = [
    ("/error/{status}", "is about a number"),
    ("/invitation/{token}", "opens for whoever has the link"),
    ("/reset/{token}", "opens for whoever has the link"),
    ("/setup/{token}", "opens for whoever has the link"),
];

/// Somebody to whom nothing of the own customer but perhaps a store is there.
struct Stranger {
    who: &'static str,
    user: UserId,
    /// A store of theirs.
    store: StoreId,
    /// Whether the own customer is theirs too.
    is_of_customer: bool,
}

/// The pages that are about something.
fn pages() -> Vec<String> {
    let all = routes();
    for (route, _) in NOBODYS {
        assert!(all.iter().any(|known| known == route), "there is no {route}");
    }
    let is_nobodys = |route: &String| NOBODYS.iter().any(|(nobodys, _)| nobodys == route);
    all.into_iter()
        .filter(|route| route.contains('{') && !is_nobodys(route))
        .collect()
}

/// Addresses of a page about what is there, each with the one about nothing that it must be like. Of a page about
/// something in a store also those in a store that the stranger has.
fn addresses(house: &House, stranger: &Stranger, route: &str) -> Vec<(String, String)> {
    let nothing = |_: &str| NOTHING.to_owned();
    let mut addresses = vec![(address(house, route), address_about(route, nothing))];
    if route.contains("/stores/{id}/") && route.matches('{').count() > 1 {
        let at_home = |subject: &dyn Fn(&str) -> String| {
            address_about(route, |area| match area {
                "stores" => stranger.store.to_string(),
                area => subject(area),
            })
        };
        addresses.push((at_home(&|area| house.subject(area)), at_home(&nothing)));
    }
    addresses
}

/// The pages that tell a stranger whether something is there.
async fn telling_pages(house: &House, stranger: &Stranger) -> Vec<String> {
    let who = stranger.who;
    let mut browser = house.session_of(stranger.user).await;
    let mut telling = Vec::new();
    for route in pages() {
        for (page, nothing) in addresses(house, stranger, &route) {
            let (page, nothing) = (browser.get(&page).await, browser.get(&nothing).await);
            // What the role cannot open at all does not even say whether it is there.
            let is_hidden = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&page.status);
            if !is_hidden || (page.status, page.main()) != (nothing.status, nothing.main()) {
                telling.push(format!(
                    "{who}: {} answers {}, and {} {}",
                    page.at, page.status, nothing.at, nothing.status
                ));
            }
        }
    }
    telling
}

/// The forms that tell a stranger whether something is there: sent about what is, and again about nothing. Each time in a
/// session of its own, which some of them end.
async fn telling_forms(house: &House, stranger: &Stranger) -> Vec<String> {
    let mut telling = Vec::new();
    for function in functions() {
        let fields = house.fields(&function);
        let is_theirs = |name: &str| name == "customer" && stranger.is_of_customer;
        let about_nothing: Vec<(&'static str, String)> = fields
            .iter()
            .map(|(name, value)| match value.parse::<Uuid>() {
                Ok(_) if !is_theirs(name) => (*name, NOTHING.to_owned()),
                _ => (*name, value.clone()),
            })
            .collect();
        let mut browser = house.session_of(stranger.user).await;
        let found = call(&mut browser, &function, &fields).await;
        let mut browser = house.session_of(stranger.user).await;
        let nothing = call(&mut browser, &function, &about_nothing).await;
        if (found.status, &found.body) != (nothing.status, &nothing.body) {
            telling.push(format!(
                "{}: {function} answers {} {}, and {} {} about nothing",
                stranger.who, found.status, found.body, nothing.status, nothing.body
            ));
        }
    }
    telling
}

async fn assert_like_nothing(house: &House, stranger: &Stranger) {
    let mut telling = telling_pages(house, stranger).await;
    telling.extend(telling_forms(house, stranger).await);
    assert!(telling.is_empty(), "{}", telling.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_is_like_nothing() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let stranger = Stranger {
            who: "another account admin",
            user: house.other.admin,
            store: house.other.online,
            is_of_customer: false,
        };
        assert_like_nothing(&house, &stranger).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_somebody_was_not_given_is_like_nothing() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let limited = ClientRole::ALL.iter().copied();
        for role in limited.filter(|role| role.reach() != StoreReach::All) {
            let who = role.as_str();
            let stranger = Stranger {
                who,
                user: house.limited(role).await,
                store: house.own.quiet,
                is_of_customer: true,
            };
            assert_like_nothing(&house, &stranger).await;
            let mut browser = house.session_of(stranger.user).await;
            // Neither do lists, counts, exports and the palette know of it.
            let own = &house.own;
            let traces = [
                own.store.to_string(),
                own.online.to_string(),
                own.order.to_string(),
                "A-1".to_owned(),
            ];
            for page in [
                "/storefronts",
                "/storefronts/stores",
                "/storefronts/orders",
                "/storefronts/orders?attention=true",
                "/storefronts/orders/export.csv",
                "/storefronts/orders/new",
                "/storefronts/orders/import",
            ] {
                let answer = browser.get(page).await;
                for trace in &traces {
                    assert!(!answer.body.contains(trace), "{who}: {page} tells of {trace}");
                }
            }
            for words in ["a-1", "direct", "cat", "ruiz"] {
                let found = call(&mut browser, "search/find", &[("q", words.to_owned())]).await;
                let found: serde_json::Value = serde_json::from_str(&found.body).unwrap();
                assert_eq!(found["lines"], json!([]), "{who} finds {words}");
            }
        }
    })
    .await;
}
