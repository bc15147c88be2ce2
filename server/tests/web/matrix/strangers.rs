//! What belongs to another customer answers exactly like what does not exist, and so does what belongs to a store that
//! somebody was not given.

use domain::{ClientRole, Role};
use http::StatusCode;
use portal::testing::on_both;
use serde_json::json;

use super::functions::{call, functions};
use super::house::{Company, House, NOTHING};
use crate::browser::Browser;

/// The pages about something of a company, each with the page about nothing that it must be like.
fn pages(company: &Company) -> Vec<(String, String)> {
    let of = |area: &str, id: String| {
        (
            format!("/storefronts/{area}/{id}"),
            format!("/storefronts/{area}/{NOTHING}"),
        )
    };
    let in_store = |page: &str| {
        (
            format!("/storefronts/stores/{}/{page}", company.online),
            format!("/storefronts/stores/{NOTHING}/{page}"),
        )
    };
    vec![
        of("stores", company.store.to_string()),
        of("stores", company.online.to_string()),
        of("orders", company.order.to_string()),
        of("imports", company.import.to_string()),
        of("settings/audit", company.entry.to_string()),
        in_store("orders"),
        in_store("settings"),
        in_store("products"),
        in_store("products/export.csv"),
        in_store("match"),
        in_store(&format!("products/{}", company.store_product)),
        in_store(&format!("variants/{}", company.variant)),
        (
            format!("/storefronts/imports/{}/result.csv", company.import),
            format!("/storefronts/imports/{NOTHING}/result.csv"),
        ),
        (
            format!("/storefronts/imports/{}/errors.csv", company.import),
            format!("/storefronts/imports/{NOTHING}/errors.csv"),
        ),
        (format!("/files/{}", company.file), format!("/files/{NOTHING}")),
    ]
}

/// Whether every page about something of `company` is to this visitor like one about nothing.
async fn assert_like_nothing(browser: &mut Browser, company: &Company, who: &str) {
    for (page, nothing) in pages(company) {
        let (other, nothing) = (browser.get(&page).await, browser.get(&nothing).await);
        // What the role cannot open at all does not even say whether it is there.
        let hidden = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&other.status);
        assert!(hidden, "{who} gets {} from {page}", other.status);
        assert_eq!(
            (other.status, other.main()),
            (nothing.status, nothing.main()),
            "{who}: {page}"
        );
    }
}

/// Sends every form about something of `company`, and again about nothing: the answers must be alike.
async fn assert_forms_like_nothing(house: &House, browser: &mut Browser, company: &Company, who: &str) {
    const SUBJECTS: [&str; 8] = [
        "order",
        "line",
        "write",
        "store",
        "store_product",
        "variant",
        "import",
        "user",
    ];
    for function in functions() {
        let area = function.split('/').next().unwrap();
        if !["stores", "products", "orders", "imports", "users"].contains(&area) {
            continue;
        }
        let mut fields = house.fields(&function, company);
        let other = call(browser, &function, &fields).await;
        for (_, value) in fields.iter_mut().filter(|(name, _)| SUBJECTS.contains(name)) {
            NOTHING.clone_into(value);
        }
        let nothing = call(browser, &function, &fields).await;
        assert_eq!(
            (other.status, other.body),
            (nothing.status, nothing.body),
            "{who}: {function}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_is_like_nothing() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut browser = house.logged_in(Role::Client(ClientRole::AccountAdmin)).await;
        for (page, _) in pages(&house.own) {
            assert_eq!(browser.get(&page).await.status, StatusCode::OK, "{page}");
        }
        assert_like_nothing(&mut browser, &house.other, "another account admin").await;
        let users = "/storefronts/settings/users";
        let theirs = browser.get(&format!("{users}/{}", house.other.user)).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        assert_forms_like_nothing(&house, &mut browser, &house.other, "another account admin").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_somebody_was_not_given_is_like_nothing() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        for role in [
            ClientRole::StoreManager,
            ClientRole::OrderManager,
            ClientRole::ViewOnly,
        ] {
            let mut browser = house.limited(role).await;
            let who = role.as_str();
            assert_like_nothing(&mut browser, &house.own, who).await;
            assert_forms_like_nothing(&house, &mut browser, &house.own, who).await;
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
