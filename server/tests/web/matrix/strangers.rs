//! What belongs to another customer answers exactly like what does not exist.

use domain::{ClientRole, Role};
use http::StatusCode;
use portal::testing::on_both;

use super::functions::{call, functions};
use super::house::{House, NOTHING};

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_another_customer_are_like_pages_of_nothing() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut browser = house.logged_in(Role::Client(ClientRole::AccountAdmin)).await;
        for (page, own, other) in [
            (
                "/storefronts/stores/",
                house.own.store.to_string(),
                house.other.store.to_string(),
            ),
            (
                "/storefronts/orders/",
                house.own.order.to_string(),
                house.other.order.to_string(),
            ),
            (
                "/storefronts/settings/users/",
                house.own.user.to_string(),
                house.other.user.to_string(),
            ),
            (
                "/storefronts/imports/",
                house.own.import.to_string(),
                house.other.import.to_string(),
            ),
            (
                "/storefronts/stores/",
                format!("{}/products/{}", house.own.online, house.own.store_product),
                format!("{}/products/{}", house.own.online, house.other.store_product),
            ),
            (
                "/storefronts/stores/",
                format!("{}/variants/{}", house.own.online, house.own.variant),
                format!("{}/variants/{}", house.own.online, house.other.variant),
            ),
            (
                "/storefronts/stores/",
                format!("{}/products", house.own.online),
                format!("{}/products", house.other.online),
            ),
            (
                "/storefronts/stores/",
                format!("{}/match", house.own.online),
                format!("{}/match", house.other.online),
            ),
        ] {
            let own = browser.get(&format!("{page}{own}")).await;
            assert_eq!(own.status, StatusCode::OK, "{page}");
            let other = browser.get(&format!("{page}{other}")).await;
            let nothing = browser.get(&format!("{page}{NOTHING}")).await;
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{page}");
            assert_eq!(
                (other.status, other.main()),
                (nothing.status, nothing.main()),
                "{page}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_about_another_customer_are_like_forms_about_nothing() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let of_an_order = |name: &str| {
            [
                "order",
                "line",
                "write",
                "store",
                "store_product",
                "variant",
                "import",
                "user",
            ]
            .contains(&name)
        };
        for function in functions() {
            if !["stores", "products", "orders", "imports", "users"]
                .contains(&function.split('/').next().unwrap())
            {
                continue;
            }
            let role = Role::Client(ClientRole::AccountAdmin);
            let mut browser = house.logged_in(role).await;
            let mut fields = house.fields(&function, &house.other);
            let other = call(&mut browser, &function, &fields).await;
            for (_, value) in fields.iter_mut().filter(|(name, _)| of_an_order(name)) {
                NOTHING.clone_into(value);
            }
            let nothing = call(&mut browser, &function, &fields).await;
            assert_eq!(
                (other.status, other.body),
                (nothing.status, nothing.body),
                "{function}"
            );
        }
    })
    .await;
}
