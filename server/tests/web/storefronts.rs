//! Stores and orders as client users see and make them.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose surroundings are missing has failed"
)]

use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::UserId;
use domain::{ClientRole, OperatorRole};
use http::StatusCode;
use portal::access::Operator;
use portal::catalogue;
use portal::testing::{TestPortal, on_both};

use crate::browser::{Answer, Browser};
use crate::people::{self, PASSWORD};

const PLACE: &str = "/do/orders/place";

async fn browser(portal: &TestPortal, role: ClientRole) -> Browser {
    let customer = people::customer(portal, "Estudio Garabato").await;
    let email = people::client(portal, customer, role).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    browser
}

/// A poster with one print area, and a pen with none.
async fn fill_catalogue(portal: &TestPortal) {
    let operator = Operator {
        user: UserId(portal.entropy.id()),
        name: "Marta Soler".to_owned(),
        role: OperatorRole::Administrator,
    };
    for (uid, print_areas) in [
        ("poster", "front 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg"),
        ("pen", ""),
    ] {
        let raw = RawCatalogueProduct {
            uid,
            name_en: uid,
            name_es: uid,
            category: "Things",
            print_areas,
            ..RawCatalogueProduct::default()
        };
        let product = CatalogueProduct::parse(&raw).unwrap();
        catalogue::create(portal, &operator, &product).await.unwrap();
    }
}

/// The value of the first control of this name on a page.
fn value_of(page: &Answer, name: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\"")).unwrap();
    let control = rest.split_once('>').unwrap().0;
    let value = control.split_once("value=\"").map(|(_, value)| value);
    value
        .and_then(|value| value.split_once('"'))
        .map_or(String::new(), |(value, _)| value.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_added_and_an_order_placed_without_scripts() {
    on_both(async |portal| {
        fill_catalogue(&portal).await;
        let mut browser = browser(&portal, ClientRole::AccountAdmin).await;
        browser.open("/storefronts").await.says(&["Add a store"]);
        browser.open("/storefronts/stores/new/manual").await;
        let store = browser
            .submit("/do/stores/create-manual", &[("name", "Direct orders")])
            .await;
        store.says(&["Store Direct orders created", "No orders in this store yet"]);
        let store = store.at.rsplit('/').next().unwrap().to_owned();

        let page = browser.open("/storefronts/orders/new").await;
        let submission = value_of(&page, "submission");
        let mut form = vec![
            ("submission", submission.as_str()),
            ("revision", "0"),
            ("store", store.as_str()),
            ("reference", ""),
            ("recipient", "Ana Ruiz"),
            ("address_line1", "Calle Mayor 1"),
            ("city", "Madrid"),
            ("postcode", "1"),
            ("country", "ES"),
            ("note", "نص من اليمين"),
        ];
        let add = |product, quantity| {
            [
                ("do", "add-line"),
                ("add-product", product),
                ("add-quantity", quantity),
            ]
        };
        let refused = browser
            .submit_files(PLACE, &[&form[..], &add("postr", "0")].concat(), &[])
            .await;
        refused.says(&[
            "Did you mean poster?",
            "Enter 1 at least",
            "Calle Mayor 1",
            "نص من اليمين",
        ]);
        let nothing = browser
            .submit_files(PLACE, &[&form[..], &add("tall mugs", "1")].concat(), &[])
            .await;
        nothing.says(&[
            "1 field needs a look",
            "No product has this name. Choose one of the list",
        ]);
        let added = browser
            .submit_files(PLACE, &[&form[..], &add("POST", "2")].concat(), &[])
            .await;
        added.says(&["1 · poster", "UID poster", "front: design file", "Calle Mayor 1"]);
        assert_eq!(value_of(&added, "submission"), submission);
        assert_eq!(value_of(&added, "line-0-quantity"), "2");

        form.extend([
            ("do", "place"),
            ("line-0-product_uid", "poster"),
            ("line-0-quantity", "2"),
        ]);
        let png = png(2400, 3370);
        let files = [("line-0-upload:front", "lemons.png", png.as_slice())];
        let refused = browser.submit_files(PLACE, &form, &files).await;
        refused.says(&["lemons.png", "Write a postcode such as"]);
        let kept = value_of(&refused, "line-0-file:front");

        form.retain(|(name, _)| *name != "postcode");
        form.extend([("postcode", "28013"), ("line-0-file:front", kept.as_str())]);
        let placed = browser.submit_files(PLACE, &form, &[]).await;
        placed.says(&["Order placed", "lemons.png", "Ana Ruiz"]);
        let again = browser.submit_files(PLACE, &form, &[]).await;
        assert_eq!(again.at, placed.at, "the same form is one order");
        again.says(&["This order was placed before"]);
        form.retain(|(name, _)| *name != "submission");
        let page = browser.open("/storefronts/orders/new").await;
        let fresh = value_of(&page, "submission");
        form.push(("submission", fresh.as_str()));
        let other = browser.submit_files(PLACE, &form, &[]).await;
        assert_ne!(other.at, placed.at, "another form is another order");
        other.says(&["Order placed"]);
        browser
            .open("/storefronts/orders?q=ruiz")
            .await
            .says(&["Ana Ruiz", "LP-1"]);
        browser
            .open("/storefronts/orders?q=nobody")
            .await
            .says(&["Nothing matches"]);
    })
    .await;
}

/// The head of a PNG of this size: what the check reads.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_design_is_refused_at_its_field() {
    on_both(async |portal| {
        fill_catalogue(&portal).await;
        let mut browser = browser(&portal, ClientRole::AccountAdmin).await;
        browser.open("/storefronts/stores/new/manual").await;
        browser
            .submit("/do/stores/create-manual", &[("name", "Direct orders")])
            .await;
        browser.open("/storefronts/orders/new").await;
        let form = [
            ("do", "place"),
            ("line-0-product_uid", "poster"),
            ("line-0-quantity", "1"),
            ("recipient", "Ana 👩‍🎨"),
        ];
        let text = ("line-0-upload:front", "notes.txt", b"hello".as_slice());
        let refused = browser.submit_files(PLACE, &form, &[text]).await;
        refused.says(&["This is a text file, whatever its name says", "Ana 👩‍🎨"]);
        // Everything else that is wrong is said too, by name.
        refused.says(&["City: ", "Street and number: ", "Postcode: ", "Country: "]);

        let mut stranger = browser.other();
        let answer = stranger.submit_files(PLACE, &form, &[text]).await;
        assert!(answer.at.starts_with("/login"), "{}", answer.at);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_order_is_summed_up_as_its_form_has_it() {
    on_both(async |portal| {
        fill_catalogue(&portal).await;
        let mut browser = browser(&portal, ClientRole::AccountAdmin).await;
        browser.open("/storefronts/stores/new/manual").await;
        let store = browser
            .submit("/do/stores/create-manual", &[("name", "Direct orders")])
            .await;
        let store = store.at.rsplit('/').next().unwrap().to_owned();
        let page = browser.open("/storefronts/orders/new").await;
        page.says(&["data-long", "autocomplete=\"off\""]);
        assert!(!page.body.contains("data-typed"), "nothing is lost by leaving");
        let submission = value_of(&page, "submission");
        let form = [
            ("do", "place"),
            ("submission", submission.as_str()),
            ("store", store.as_str()),
            ("line-0-product_uid", "pen"),
            ("line-0-quantity", "1"),
            ("line-1-product_uid", "pen"),
            ("line-1-quantity", "0"),
            ("address_line1", "Calle Mayor 1"),
            ("city", "Madrid"),
            ("postcode", "28013"),
            ("country", "ES"),
        ];
        let refused = browser.submit_files(PLACE, &form, &[]).await;
        refused.says(&["data-typed"]);
        let summary = refused.body.split_once("2 fields need a look").unwrap().1;
        let line = summary.find("Line 2, Quantity: Enter 1 at least").unwrap();
        assert!(line < summary.find("Recipient: ").unwrap(), "lines come first");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_sees_what_it_may_and_no_more() {
    on_both(async |portal| {
        fill_catalogue(&portal).await;
        let mut viewer = browser(&portal, ClientRole::ViewOnly).await;
        let orders = viewer.open("/storefronts/orders").await;
        orders.says(&["You can only look", "No orders yet"]);
        assert!(
            !orders.body.contains("/storefronts/orders/new"),
            "{}",
            orders.body
        );
        let stores = viewer.open("/storefronts/stores").await;
        assert!(
            !stores.body.contains("/storefronts/stores/new"),
            "{}",
            stores.body
        );
        let page = viewer.open("/storefronts/orders/new").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let answer = viewer
            .submit("/do/stores/create-manual", &[("name", "Mine")])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    })
    .await;
}
