//! What online stores sell, connected in a browser without scripts, and the orders that wait for it.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose surroundings are missing has failed"
)]

use std::sync::Arc;

use connectors::store::ConnectionError;
use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::{StoreId, UserId};
use domain::source::{
    ExternalId, LineProperty, Listing, SourceAddress, SourceLine, SourceOrder, SourceOrderState,
    StoreProduct, StoreVariant, VariantOption,
};
use domain::{ClientRole, OperatorRole, Platform};
use http::StatusCode;
use portal::access::Operator;
use portal::catalogue;
use portal::jobs::{Worker, registry};
use portal::testing::{FakeShop, TestPortal, connect_store, on_both};

use crate::browser::{Answer, Browser};
use crate::people::{self, PASSWORD};

const CONNECT: &str = "/do/products/connect";

/// A shop with its store, and somebody of its customer.
struct Case {
    shop: Arc<FakeShop>,
    store: StoreId,
    browser: Browser,
}

impl Case {
    async fn build(portal: &TestPortal, role: ClientRole) -> Self {
        fill_catalogue(portal).await;
        let customer = people::customer(portal, "Estudio Garabato").await;
        let (store, shop) =
            connect_store(portal, customer, Platform::Shopify, "garabato.myshopify.com").await;
        let email = people::client(portal, customer, role).await;
        let mut browser = Browser::new(portal);
        browser.log_in(&email, PASSWORD).await;
        Self { shop, store, browser }
    }

    fn page(&self, rest: &str) -> String {
        format!("/storefronts/stores/{}{rest}", self.store)
    }

    /// Has the products, or the orders, of the shop read.
    async fn sync(&mut self, portal: &TestPortal, what: &str) {
        let store = self.store.to_string();
        self.browser.open(&self.page("/products")).await;
        self.browser
            .submit(&format!("/do/stores/sync-{what}"), &[("store", &store)])
            .await;
        work(portal).await;
    }
}

async fn work(portal: &TestPortal) {
    Worker::new(portal, registry()).run_until_idle().await.unwrap();
}

/// A poster in two sizes with one print area, and a pen with none.
async fn fill_catalogue(portal: &TestPortal) {
    let operator = Operator {
        user: UserId(portal.entropy.id()),
        name: "Marta Soler".to_owned(),
        role: OperatorRole::Administrator,
    };
    for (uid, name_es, options, print_areas) in [
        (
            "poster",
            "Cartel",
            "Size=A4|A3",
            "front 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg",
        ),
        ("pen", "Bolígrafo", "", ""),
    ] {
        let raw = RawCatalogueProduct {
            uid,
            name_en: uid,
            name_es,
            category: "Things",
            options,
            print_areas,
            ..RawCatalogueProduct::default()
        };
        let product = CatalogueProduct::parse(&raw).unwrap();
        catalogue::create(portal, &operator, &product).await.unwrap();
    }
}

fn product(id: &str, title: &str, variants: &[(&str, &str)]) -> StoreProduct {
    let variants = variants.iter().map(|(size, sku)| StoreVariant {
        external_id: ExternalId::new(format!("{id}-{size}")),
        sku: Some((*sku).to_owned()).filter(|sku| !sku.is_empty()),
        options: vec![VariantOption {
            name: "Size".to_owned(),
            value: (*size).to_owned(),
        }],
        price: None,
        image_url: None,
        ships: true,
    });
    StoreProduct {
        external_id: ExternalId::new(id),
        title: title.to_owned(),
        listing: Listing::Published,
        url: None,
        image_url: None,
        updated_at: None,
        variants: variants.collect(),
    }
}

/// An order of one piece of each variant.
fn order(portal: &TestPortal, id: &str, variants: &[(&str, &str)]) -> SourceOrder {
    let lines = variants.iter().map(|(product, size)| SourceLine {
        external_id: ExternalId::new(format!("{id}-{product}-{size}")),
        product_id: Some(ExternalId::new(*product)),
        variant_id: Some(ExternalId::new(format!("{product}-{size}"))),
        sku: None,
        title: format!("Product {product}"),
        variant_title: (*size).to_owned(),
        quantity: 1,
        sent: 0,
        held: false,
        unit_price: None,
        properties: vec![LineProperty {
            name: "Dedication".to_owned(),
            value: "Para Ana".to_owned(),
        }],
        ships: true,
    });
    SourceOrder {
        external_id: ExternalId::new(id),
        number: format!("#{id}"),
        state: SourceOrderState::Ready,
        test: false,
        placed_at: portal.now(),
        updated_at: portal.now(),
        total: None,
        email: Some("ana@example.com".to_owned()),
        phone: None,
        address: Some(SourceAddress {
            recipient: "Ana Ruiz".to_owned(),
            line1: "Calle Mayor 1".to_owned(),
            city: "Madrid".to_owned(),
            postcode: "28013".to_owned(),
            country: "ES".to_owned(),
            ..SourceAddress::default()
        }),
        address_withheld: false,
        shipping_method: None,
        note: None,
        lines: lines.collect(),
    }
}

/// The first link of a page that begins like this.
fn link(page: &Answer, begins: &str) -> String {
    link_with(page, begins, "")
}

/// The first link of a page that begins like this and names that.
fn link_with(page: &Answer, begins: &str, names: &str) -> String {
    let links = page.body.split("href=\"").skip(1);
    let mut addresses = links.filter_map(|rest| rest.split('"').next());
    let found = addresses.find(|link| link.starts_with(begins) && link.contains(names));
    let found = found.unwrap_or_else(|| panic!("no link to {begins} on {}: {}", page.at, page.main()));
    found.replace("&amp;", "&")
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

/// The head of a PNG of this size: what the check reads.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(width.to_be_bytes());
    png.extend(height.to_be_bytes());
    png.extend([8, 2, 0, 0, 0]);
    png
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_connected_and_the_order_that_waited_goes_on() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::AccountAdmin).await;
        case.shop
            .put_product(product("cat", "Cat at three", &[("A4", ""), ("A3", "")]));
        case.shop.put_order(order(&portal, "1001", &[("cat", "A3")]));
        case.browser
            .open(&case.page("/products"))
            .await
            .says(&["No products yet"]);
        case.sync(&portal, "products").await;
        case.sync(&portal, "orders").await;
        let list = case.browser.open(&case.page("/products?q=cat")).await;
        list.says(&["Cat at three", "data-status=\"not-connected\"", "Connect product"]);
        let product = link(&list, &case.page("/products/0"));
        let page = case.browser.open(&product).await;
        page.says(&["1 order waits for this", "A4", "A3"]);

        let orders = case
            .browser
            .open("/storefronts/orders?status=not-connected")
            .await;
        let order = link(&orders, "/storefronts/orders/0");
        let page = case.browser.open(&order).await;
        page.says(&["Para Ana", "Connect product", "Ignore", "#1001", "To be made"]);
        let connect = link(&page, &case.page("/variants/"));

        // The catalogue, in the viewer's language, then the form of what was picked.
        let page = case.browser.open(&format!("{connect}&q=post")).await;
        page.says(&["poster", "2 combinations"]);
        let pick = link_with(&page, connect.split('?').next().unwrap(), "catalogue=");
        let page = case.browser.open(&pick).await;
        page.says(&[
            "2. Print specification",
            "front: design file",
            "value=\"a3\" selected",
        ]);
        let variant = value_of(&page, "variant");
        let catalogue = value_of(&page, "catalogue");
        let order_id = value_of(&page, "order");
        let form = [
            ("variant", variant.as_str()),
            ("catalogue", &catalogue),
            ("order", &order_id),
            ("do", "connect"),
        ];
        let refused = case.browser.submit_files(CONNECT, &form, &[]).await;
        refused.says(&["aria-invalid=\"true\""]);
        let form = [&form[..], &[("option:size", "a3")]].concat();
        let refused = case.browser.submit_files(CONNECT, &form, &[]).await;
        refused.says(&["Choose a file or write its address"]);
        let png = png(2400, 3370);
        let files = [("upload:front", "lemons.png", png.as_slice())];
        let wrong = [&form[1..4], &[("variant", variant.as_str()), ("option:size", "")]].concat();
        let refused = case.browser.submit_files(CONNECT, &wrong, &files).await;
        refused.says(&["lemons.png", "Remove"]);
        let kept = value_of(&refused, "file:front");
        let form = [
            &form[..],
            &[("file:front", kept.as_str()), ("pieces_per_unit", "10")],
        ]
        .concat();
        let done = case.browser.submit_files(CONNECT, &form, &[]).await;
        assert_eq!(done.at, order, "back at the order");
        done.says(&["Variant connected. 1 order goes on"]);
        work(&portal).await;
        let page = case.browser.open(&order).await;
        assert!(
            !page.main().contains("data-status=\"not-connected\""),
            "{}",
            page.main()
        );
        page.says(&["lemons.png", "10 pieces per unit sold"]);

        let page = case.browser.open(&product).await;
        page.says(&[
            "poster_a3",
            "10 pieces per unit sold",
            "lemons.png",
            "1 of 2 connected",
        ]);
        case.browser.open("/storefronts").await.says(&[
            "1 product of",
            "left to be connected or ignored",
            "/products?connection=not-connected",
        ]);
        let export = case.browser.open(&case.page("/products/export.csv")).await;
        assert_eq!(export.status, StatusCode::OK);
        let row = r#""Cat at three","","not-connected","2","1","published""#;
        assert!(export.body.contains(row), "{}", export.body);
    })
    .await;
}

/// The entry of the orders in the navigation, with what it counts.
fn orders_entry(page: &Answer) -> &str {
    let (_, navigation) = page.body.split_once("class=\"nav\"").unwrap();
    let (_, rest) = navigation.split_once("href=\"/console/orders\"").unwrap();
    rest.split_once("</a>").unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_connect_what_an_order_waits_for() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::AccountAdmin).await;
        case.shop
            .put_product(product("cat", "Cat at three", &[("A4", "")]));
        case.shop.put_order(order(&portal, "1001", &[("cat", "A4")]));
        case.sync(&portal, "products").await;
        case.sync(&portal, "orders").await;
        let log_in = async |role| {
            let email = people::operator(&portal, role).await;
            let mut browser = Browser::new(&portal);
            browser.log_in(&email, PASSWORD).await;
            browser
        };
        let mut production = log_in(OperatorRole::Production).await;
        let list = production.open("/console/orders").await;
        assert!(!orders_entry(&list).contains(">1<"), "{}", orders_entry(&list));
        let order = link(&list, "/console/orders/0");
        let page = production.open(&order).await;
        assert!(!page.main().contains("Connect product"), "{}", page.main());

        let mut operator = log_in(OperatorRole::Operator).await;
        let page = operator.open(&order).await;
        assert!(orders_entry(&page).contains(">1<"), "{}", orders_entry(&page));
        let connect = link(&page, &format!("{order}/variants/"));
        let page = operator.open(&format!("{connect}?q=poster")).await;
        page.says(&["Cat at three, A4", &format!("href=\"{order}\"")]);
        let page = operator.open(&link_with(&page, &connect, "catalogue=")).await;
        let (variant, catalogue) = (value_of(&page, "variant"), value_of(&page, "catalogue"));
        let id = value_of(&page, "order");
        let form = [
            ("variant", variant.as_str()),
            ("catalogue", &catalogue),
            ("order", &id),
            ("option:size", "a4"),
            ("do", "connect"),
        ];
        let refused = operator.submit_files(CONNECT, &form, &[]).await;
        assert!(refused.at.starts_with(&connect), "{}", refused.at);
        refused.says(&["Choose a file or write its address"]);
        let form = [&form[..], &[("design:front", "https://example.com/cat.pdf")]].concat();
        let done = operator.submit_files(CONNECT, &form, &[]).await;
        assert_eq!(done.at, order, "back at the order");
        done.says(&["Variant connected. 1 order goes on"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn variants_are_connected_alike_disconnected_and_ignored() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::StoreManager).await;
        case.shop.put_product(product(
            "cat",
            "Cat at three",
            &[("A4", ""), ("A3", ""), ("50 x 70 cm", "")],
        ));
        case.sync(&portal, "products").await;
        let list = case.browser.open(&case.page("/products")).await;
        let connect = link(&list, &case.page("/variants/"));
        let page = case.browser.open(&format!("{connect}?q=poster")).await;
        let page = case.browser.open(&link_with(&page, &connect, "catalogue=")).await;
        page.says(&[
            "Connect 1 other variant that waits",
            "A3 → A3",
            "match nothing of this product: 50 x 70 cm",
        ]);
        let (variant, catalogue) = (value_of(&page, "variant"), value_of(&page, "catalogue"));
        let form = [
            ("variant", variant.as_str()),
            ("catalogue", &catalogue),
            ("option:size", "a4"),
            ("design:front", "https://example.com/cat.pdf"),
            ("alike", "true"),
            ("do", "connect"),
        ];
        let done = case.browser.submit_files(CONNECT, &form, &[]).await;
        done.says(&[
            "2 variants connected. Left as they are: 50 x 70 cm",
            "2 of 3 connected",
            "poster_a4",
            "poster_a3",
        ]);
        let field = [("variant", variant.as_str())];
        let page = case.browser.submit("/do/products/disconnect", &field).await;
        page.says(&["1 of 3 connected", "The variant is not connected any more"]);
        let page = case.browser.submit("/do/products/ignore-variant", &field).await;
        page.says(&["data-status=\"ignored\"", "Variant ignored"]);
        let product = value_of(&page, "store_product");
        let field = [("store_product", product.as_str())];
        let page = case.browser.submit("/do/products/ignore", &field).await;
        page.says(&[
            "Product ignored",
            "Stop ignoring",
            "0 of 3 connected",
            "The whole product is ignored",
        ]);
        let page = case.browser.submit("/do/products/take-back", &field).await;
        page.says(&["data-status=\"not-connected\""]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_design_that_cannot_be_printed_is_told_wherever_its_product_is_shown() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::StoreManager).await;
        case.shop
            .put_product(product("cat", "Cat at three", &[("A4", "G-4")]));
        case.sync(&portal, "products").await;
        let list = case.browser.open(&case.page("/products")).await;
        let connect = link(&list, &case.page("/variants/"));
        let page = case.browser.open(&format!("{connect}?q=poster")).await;
        let page = case.browser.open(&link_with(&page, &connect, "catalogue=")).await;
        page.says(&[
            "Finished size 297 × 420 mm; file with 3 mm bleed: 303 × 426 mm, 1 page",
            "PDF, PNG, JPEG, up to 200 MB",
            "the same for every combination of this product",
        ]);
        let (variant, catalogue) = (value_of(&page, "variant"), value_of(&page, "catalogue"));
        let form = [
            ("variant", variant.as_str()),
            ("catalogue", &catalogue),
            ("option:size", "a4"),
            ("do", "connect"),
        ];
        let small = png(150, 210);
        let files = [("upload:front", "cat.png", small.as_slice())];
        let product = case.browser.submit_files(CONNECT, &form, &files).await;
        work(&portal).await;
        let list = case.browser.open(&case.page("/products")).await;
        let product = case.browser.open(&product.at).await;
        for page in [&list, &product] {
            page.says(&[
                "Design refused",
                "G-4",
                "too few pixels",
                "Replace design",
                &format!("{connect}#designs"),
            ]);
        }
        let large = png(2400, 3370);
        let files = [("upload:front", "cat.png", large.as_slice())];
        case.browser.submit_files(CONNECT, &form, &files).await;
        work(&portal).await;
        let list = case.browser.open(&case.page("/products")).await;
        assert!(!list.main().contains("Design refused"), "{}", list.main());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_products_are_ignored_at_once_but_for_what_is_connected() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::StoreManager).await;
        for id in ["one", "two", "three"] {
            case.shop.put_product(product(id, id, &[("A4", "")]));
        }
        case.shop.put_order(order(&portal, "1", &[("one", "A4")]));
        case.sync(&portal, "products").await;
        case.sync(&portal, "orders").await;
        let list = case.browser.open(&case.page("/products?sort=title")).await;
        let ids: Vec<String> = list
            .body
            .split("name=\"products[]\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        let [one, three, _]: [String; 3] = ids.try_into().unwrap();
        let store = case.store.to_string();
        let nothing = [("store", store.as_str())];
        let refused = case
            .browser
            .submit("/do/products/ignore-selected", &nothing)
            .await;
        refused.says(&["Select something first"]);
        let selected = [
            ("store", store.as_str()),
            ("products[]", &one),
            ("products[]", &three),
        ];
        let done = case
            .browser
            .submit("/do/products/ignore-selected", &selected)
            .await;
        assert_eq!(done.at, case.page("/products?sort=title"));
        done.says(&["2 products ignored. 1 order goes on without"]);
        let again = case
            .browser
            .submit("/do/products/ignore-selected", &selected)
            .await;
        again.says(&["Select something first"]);
        let left = case
            .browser
            .open(&case.page("/products?connection=not-connected"))
            .await;
        left.says(&["two"]);
        assert!(!left.main().contains(&one), "{}", left.main());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sent_says_so_and_can_be_made_printable() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::StoreManager).await;
        let mut ebook = product("ebook", "Cats to download", &[("PDF", "")]);
        ebook.variants[0].ships = false;
        case.shop.put_product(ebook);
        case.sync(&portal, "products").await;
        let list = case.browser.open(&case.page("/products")).await;
        let page = case.browser.open(&link(&list, &case.page("/products/0"))).await;
        page.says(&[
            "data-status=\"ignored\"",
            "The store sends nothing for it",
            "Make it printable",
        ]);
        let variant = value_of(&page, "variant");
        let page = case
            .browser
            .submit("/do/products/disconnect", &[("variant", &variant)])
            .await;
        page.says(&[
            "The variant waits to be connected",
            "data-status=\"not-connected\"",
        ]);
        case.sync(&portal, "products").await;
        let page = case.browser.open(&page.at).await;
        page.says(&["data-status=\"not-connected\""]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_matches_come_in_pages_and_say_how_many_orders_wait_for_them() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::Admin).await;
        for number in 100..201 {
            let id = format!("p{number}");
            case.shop.put_product(product(&id, &id, &[("One", "pen")]));
        }
        case.shop.put_order(order(&portal, "1", &[("p100", "One")]));
        case.sync(&portal, "products").await;
        case.sync(&portal, "orders").await;
        let list = case.browser.open(&case.page("/products")).await;
        list.says(&["25 products on this page"]);
        let page = case.browser.open(&case.page("/match")).await;
        page.says(&["1–100 of 101", "1 order waits for them", "Connect all 101"]);
        let next = link_with(&page, &case.page("/match"), "page=2");
        let page = case.browser.open(&next).await;
        page.says(&["101–101 of 101", "p200"]);
        assert!(!page.main().contains("p199"), "{}", page.main());
        let store = case.store.to_string();
        let done = case
            .browser
            .submit("/do/products/match", &[("store", &store), ("do", "all")])
            .await;
        done.says(&["101 variants connected. 1 order that waited goes on"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_auto_match_shows_its_reasons_and_connects_what_was_selected() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::Admin).await;
        for (id, sku) in [("p1", "pen"), ("p2", "pen"), ("p3", "poster_a3")] {
            case.shop.put_product(product(id, id, &[("One", sku)]));
        }
        case.sync(&portal, "products").await;
        let list = case.browser.open(&case.page("/products")).await;
        list.says(&["Auto-match"]);
        let page = case.browser.open(&case.page("/match")).await;
        page.says(&["The SKU is the product UID", "Connect all 2"]);
        let page = case.browser.open(&case.page("/match?show=design-needed")).await;
        page.says(&["poster_a3", "uid=poster_a3"]);
        let store = case.store.to_string();
        let nothing = case
            .browser
            .submit("/do/products/match", &[("store", &store), ("do", "selected")])
            .await;
        nothing.says(&["Select something first"]);
        let page = case.browser.open(&case.page("/match")).await;
        let one = value_of(&page, "variants[]");
        let fields = [
            ("store", store.as_str()),
            ("do", "selected"),
            ("variants[]", one.as_str()),
        ];
        let page = case.browser.submit("/do/products/match", &fields).await;
        page.says(&["1 variant connected", "Connect it"]);
        let page = case
            .browser
            .submit("/do/products/match", &[("store", &store), ("do", "all")])
            .await;
        page.says(&["1 variant connected", "poster_a3"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_ignored_in_its_order_or_its_variant_everywhere() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::AccountAdmin).await;
        case.shop
            .put_product(product("cat", "Cat", &[("A4", ""), ("A3", "")]));
        let both = [("cat", "A4"), ("cat", "A3")];
        case.shop.put_order(order(&portal, "1001", &both));
        case.sync(&portal, "products").await;
        case.sync(&portal, "orders").await;
        let orders = case.browser.open("/storefronts/orders").await;
        let page = link(&orders, "/storefronts/orders/0");
        let order = page.rsplit('/').next().unwrap().to_owned();
        let shown = case.browser.open(&format!("{page}?dialog=ignore-line-1")).await;
        shown.says(&["This order only", "This variant, in every order"]);
        let ignore = shown
            .body
            .split_once("action=\"/do/orders/ignore-line\"")
            .unwrap()
            .1;
        let line = ignore.split_once("name=\"line\" value=\"").unwrap().1;
        let line = line.split('"').next().unwrap().to_owned();
        let fields = [
            ("order", order.as_str()),
            ("line", &line),
            ("reach", "variant"),
            ("form", "ignore-line-1"),
        ];
        let done = case.browser.submit("/do/orders/ignore-line", &fields).await;
        done.says(&["Variant ignored. 1 order goes on without it"]);
        work(&portal).await;
        let shown = case.browser.open(&format!("{page}?dialog=ignore-line-2")).await;
        shown.says(&["Not made here: the variant is ignored", "This order only"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_could_not_be_told_is_said_and_told_again() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::OrderManager).await;
        let operator = people::operator(&portal, OperatorRole::Operator).await;
        let mut console = case.browser.other();
        console.log_in(&operator, PASSWORD).await;
        case.shop.put_product(product("pen", "Pen", &[("One", "pen")]));
        case.shop.put_order(order(&portal, "1001", &[("pen", "One")]));
        let admin = people::client(&portal, customer_of(&portal, case.store).await, ClientRole::Admin).await;
        let mut manager = case.browser.other();
        manager.log_in(&admin, PASSWORD).await;
        std::mem::swap(&mut manager, &mut case.browser);
        case.sync(&portal, "products").await;
        let store = case.store.to_string();
        case.browser
            .submit("/do/products/match", &[("store", &store), ("do", "all")])
            .await;
        case.sync(&portal, "orders").await;
        let page = link(&console.open("/console/orders").await, "/console/orders/0");
        let order = page.rsplit('/').next().unwrap().to_owned();
        console
            .open(&page)
            .await
            .says(&["#1001", "To be made", "Para Ana"]);
        case.shop.fail_next(ConnectionError::Refused {
            status: 422,
            message: "fulfilment is locked".to_owned(),
        });
        console
            .submit(
                "/do/orders/advance",
                &[("order", &order), ("to", "in-production")],
            )
            .await;
        work(&portal).await;
        let shown = manager.open(&format!("/storefronts/orders/{order}")).await;
        shown.says(&[
            "Told to the store",
            "The store refuses the request.",
            "fulfilment is locked",
            "Retry",
        ]);
        let untold = "The store could not be told";
        manager.open("/storefronts").await.says(&[untold]);
        console
            .open("/console/orders?view=attention")
            .await
            .says(&[untold]);
        let write = value_of(&shown, "write");
        let again = manager
            .submit("/do/orders/retry-write", &[("order", &order), ("write", &write)])
            .await;
        again.says(&["The store is being told again"]);
        work(&portal).await;
        let shown = console.open(&page).await;
        shown.says(&["data-status=\"done\""]);
        case.browser
            .submit("/do/stores/pause", &[("store", &store)])
            .await;
        let paused = "This store is paused: changes at the shop are not seen";
        console.open(&page).await.says(&[paused]);
        let shown = manager.open(&format!("/storefronts/orders/{order}")).await;
        shown.says(&[paused]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_wants_too_late_heads_the_page_of_an_order() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::AccountAdmin).await;
        let operator = people::operator(&portal, OperatorRole::Operator).await;
        let mut console = case.browser.other();
        console.log_in(&operator, PASSWORD).await;
        case.shop.put_product(product("pen", "Pen", &[("One", "pen")]));
        let placed = order(&portal, "1001", &[("pen", "One")]);
        case.shop.put_order(placed.clone());
        case.sync(&portal, "products").await;
        let store = case.store.to_string();
        case.browser
            .submit("/do/products/match", &[("store", &store), ("do", "all")])
            .await;
        case.sync(&portal, "orders").await;
        let page = link(&console.open("/console/orders").await, "/console/orders/0");
        let id = page.rsplit('/').next().unwrap().to_owned();
        console.open(&page).await;
        console
            .submit("/do/orders/advance", &[("order", &id), ("to", "in-production")])
            .await;
        portal.clock.advance(std::time::Duration::from_mins(1));
        let mut moved = placed;
        moved.updated_at = portal.now();
        moved.lines[0].quantity = 2;
        case.shop.put_order(moved.clone());
        case.sync(&portal, "orders").await;
        console.open(&page).await.says(&["Take over the store’s change"]);
        console
            .submit("/do/orders/take-over", &[("order", &id)])
            .await
            .says(&["As many pieces are made as the store wants", "Quantity: 1 → 2"]);

        portal.clock.advance(std::time::Duration::from_mins(1));
        moved.updated_at = portal.now();
        moved.address.as_mut().unwrap().line1 = "Calle Nueva 2".to_owned();
        case.shop.put_order(moved.clone());
        case.sync(&portal, "orders").await;
        console
            .open(&page)
            .await
            .says(&["It goes to another address there now: Ana Ruiz, Calle Nueva 2, 28013 Madrid, Spain"]);
        console
            .submit("/do/orders/release", &[("order", &id)])
            .await
            .says(&["Order released"]);

        // What somebody holds already tells it too.
        console.submit("/do/orders/hold", &[("order", &id)]).await;
        portal.clock.advance(std::time::Duration::from_mins(1));
        moved.updated_at = portal.now();
        moved.address.as_mut().unwrap().line1 = "Calle Alta 3".to_owned();
        case.shop.put_order(moved.clone());
        case.sync(&portal, "orders").await;
        console
            .open(&page)
            .await
            .says(&["It goes to another address there now: Ana Ruiz, Calle Alta 3, 28013 Madrid, Spain"]);

        // It stays on top once it was released, and whoever ships it is asked.
        portal.clock.advance(std::time::Duration::from_mins(1));
        case.shop.put_order(SourceOrder {
            state: SourceOrderState::Fulfilled,
            updated_at: portal.now(),
            ..moved.clone()
        });
        case.sync(&portal, "orders").await;
        let sent = "The store says that somebody else already sent this order";
        console.open(&page).await.says(&[sent]);
        console.submit("/do/orders/release", &[("order", &id)]).await;
        let dialog = console.open(&format!("{page}?dialog=ship")).await;
        dialog.says(&[sent, "Send it a second time"]);

        portal.clock.advance(std::time::Duration::from_mins(1));
        case.shop.put_order(SourceOrder {
            state: SourceOrderState::Cancelled,
            updated_at: portal.now(),
            ..moved
        });
        case.sync(&portal, "orders").await;
        console.open(&page).await.says(&[
            "Cancelled in the store on",
            "2 pieces are in production already. Cancel the order here, too, or release it",
        ]);
        let row = "The store cancelled the order after production began.";
        console.open("/console/orders").await.says(&[row]);
        let own = case.browser.open("/storefronts/orders").await;
        own.says(&["Cancelled in the store</span>"]);

        console.submit("/do/orders/cancel", &[("order", &id)]).await;
        let settled = console.open(&page).await;
        settled.says(&[
            "Cancelled in the store on",
            "Nothing of it is made or shipped here.",
        ]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_nothing_but_downloads_was_cancelled_by_nobody() {
    on_both(async |portal| {
        let mut case = Case::build(&portal, ClientRole::AccountAdmin).await;
        let operator = people::operator(&portal, OperatorRole::Operator).await;
        let mut console = case.browser.other();
        console.log_in(&operator, PASSWORD).await;
        let fonts = product("font", "Font", &[("One", ""), ("Two", "")]);
        case.shop.put_product(fonts);
        case.sync(&portal, "products").await;
        let mut placed = order(&portal, "1001", &[("font", "One"), ("font", "Two")]);
        for line in &mut placed.lines {
            line.ships = false;
        }
        case.shop.put_order(placed);
        case.sync(&portal, "orders").await;
        let list = console.open("/console/orders").await;
        list.says(&["Nothing to make"]);
        let page = console.open(&link(&list, "/console/orders/0")).await;
        page.says(&["Nothing to make", "Not made here: nothing is sent"]);
        assert!(!page.main().contains("Cancelled"), "{}", page.main());
        assert!(!page.main().contains("name=\"lines[]\""), "it goes nowhere");
    })
    .await;
}

async fn customer_of(portal: &TestPortal, store: StoreId) -> domain::id::CustomerId {
    let (customer,) = portal::storage::sql("SELECT customer_id FROM stores WHERE id = $1")
        .bind(store)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    customer
}
