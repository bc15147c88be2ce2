//! What operators do with the list of orders and with one of them.

use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::{LineFileId, LineId, OrderId, OrderWriteId, ShipmentId, StoreId, UserId};
use domain::{ClientRole, OperatorRole, Platform, StoreScope};
use http::StatusCode;
use portal::access::{Client, Operator, Scope};
use portal::jobs::{self, Worker};
use portal::orders::{AddressForm, LineForm, PlaceOrderForm};
use portal::storage::sql;
use portal::testing::{TestPortal, connect_store, on_both};
use portal::{catalogue, orders, stores};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const LIST: &str = "/console/orders";

/// Somebody of a customer who places orders.
async fn client(portal: &TestPortal, name: &str) -> Client {
    let customer = people::customer(portal, name).await;
    let email = format!("owner@{customer}.example");
    Client {
        user: people::person(portal, &email, None).await,
        name: "Lucía Ferrer".to_owned(),
        customer,
        customer_name: name.to_owned(),
        role: ClientRole::AccountAdmin,
        stores: StoreScope::All,
    }
}

/// An order of a poster that lacks its design.
async fn order(portal: &TestPortal, client: &Client) -> OrderId {
    let administrator = Operator {
        user: UserId(portal.entropy.id()),
        name: "Marta Soler".to_owned(),
        role: OperatorRole::Administrator,
    };
    for (uid, print_areas) in [
        ("poster", "front 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg"),
        ("pen", ""),
    ] {
        let product = CatalogueProduct::parse(&RawCatalogueProduct {
            uid,
            name_en: uid,
            name_es: uid,
            category: "Things",
            print_areas,
            ..RawCatalogueProduct::default()
        });
        // The second order finds them there.
        let _ = catalogue::create(portal, &administrator, &product.unwrap()).await;
    }
    let store = stores::create_manual(portal, client, "Directos").await.unwrap();
    let form = PlaceOrderForm {
        store: store.to_string(),
        address: AddressForm {
            recipient: "Ana Ruiz".to_owned(),
            address_line1: "Calle Mayor 1".to_owned(),
            city: "Madrid".to_owned(),
            postcode: "28013".to_owned(),
            country: "ES".to_owned(),
            ..AddressForm::default()
        },
        lines: vec![LineForm {
            product_uid: "poster".to_owned(),
            quantity: "1".to_owned(),
            ..LineForm::default()
        }],
        ..PlaceOrderForm::default()
    };
    orders::place(portal, client, &form).await.unwrap().order
}

async fn operator(portal: &TestPortal, role: OperatorRole) -> Browser {
    let email = people::operator(portal, role).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_to_a_customer_by_what_people_call_it() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let norte = client(&portal, "Garabato Norte").await;
        order(&portal, &garabato).await;
        order(&portal, &norte).await;
        // Production knows customers by their orders only.
        let mut browser = operator(&portal, OperatorRole::Production).await;
        let page = browser.open(LIST).await;
        page.says(&[
            "list=\"suggestions-",
            "<option value=\"Garabato Norte\"",
            "LP-1",
            "LP-2",
        ]);

        let found = browser
            .open(&format!("{LIST}?customer=garabato+norte&q=ana"))
            .await;
        assert!(
            found.at.contains(&format!("customer={}", norte.customer)),
            "{}",
            found.at
        );
        assert!(found.at.contains("q=ana"), "{}", found.at);
        found.says(&["Customer: Garabato Norte", "LP-2"]);
        assert!(!found.main().contains("LP-1"));

        let several = browser.open(&format!("{LIST}?customer=garabato")).await;
        several.says(&[
            "Several customers match",
            "Estudio Garabato",
            &norte.customer.to_string(),
        ]);
        assert!(!several.main().contains("LP-1"));
        browser
            .open(&format!("{LIST}?customer=nobody"))
            .await
            .says(&["No customer is called “nobody”", "value=\"nobody\""]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_saved_opened_renamed_and_deleted_without_scripts() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        order(&portal, &garabato).await;
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        let list = browser.open(LIST).await;
        assert!(!list.body.contains("Save view"), "there is nothing to save yet");
        let narrowed = browser
            .open(&format!("{LIST}?view=attention&q=ana&rows=50"))
            .await;
        narrowed.says(&["Save view"]);
        browser
            .open(&format!("{LIST}?view=attention&q=ana&dialog=save-view"))
            .await;
        let form = [("q", "ana"), ("view", "attention"), ("nonsense", "1")];
        let refused = browser
            .submit("/do/views/save", &[&form[..], &[("name", " ")]].concat())
            .await;
        refused.says(&["Name of the view", "aria-invalid=\"true\""]);
        let saved = browser
            .submit("/do/views/save", &[&form[..], &[("name", "Atascados")]].concat())
            .await;
        assert_eq!(saved.at, format!("{LIST}?q=ana&view=attention"));
        saved.says(&[
            "View saved",
            "Atascados",
            "aria-current=\"true\"",
            "Delete Atascados",
        ]);
        assert!(!saved.body.contains("Save view"), "it is saved already");

        let list = browser.open(LIST).await;
        list.says(&["href=\"/console/orders?q=ana&amp;view=attention\"", "Atascados"]);
        let (_, rest) = list.body.split_once("name=\"view\" value=\"").unwrap();
        let id = rest.split('"').next().unwrap().to_owned();
        browser
            .submit("/do/views/rename", &[("view", &id), ("name", "Para hoy")])
            .await
            .says(&["View renamed", "Para hoy"]);

        let mut other = operator(&portal, OperatorRole::Administrator).await;
        assert!(
            !other.open(LIST).await.body.contains("Para hoy"),
            "views are one's own"
        );
        let stranger = other.submit("/do/views/delete", &[("view", &id)]).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND);

        browser.open(LIST).await;
        let deleted = browser.submit("/do/views/delete", &[("view", &id)]).await;
        deleted.says(&["View deleted"]);
        assert!(!deleted.body.contains("Para hoy"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_corrects_a_line_and_its_design() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await;
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        let page = format!("{LIST}/{order}");
        browser
            .open(&page)
            .await
            .says(&["Add design", "design-1-front", "edit-line-1"]);
        let (line,): (LineId,) = sql("SELECT id FROM order_lines")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let (order, line) = (order.to_string(), line.to_string());
        let design = [
            ("order", order.as_str()),
            ("line", line.as_str()),
            ("area", "front"),
            ("form", "design-1-front"),
        ];
        let wrong = [("upload", "notes.txt", b"hello".as_slice())];
        browser.open(&format!("{page}?dialog=design-1-front")).await;
        let refused = browser
            .submit_files(
                "/do/orders/give-design",
                &[&design[..], &[("url", "ftp://x")]].concat(),
                &wrong,
            )
            .await;
        refused.says(&[
            "This is a text file, whatever its name says",
            "Or its address on the web: ",
        ]);
        let given = browser
            .submit_files(
                "/do/orders/give-design",
                &[&design[..], &[("url", "https://example.com/a.pdf")]].concat(),
                &[],
            )
            .await;
        assert_eq!(given.at, page);
        let progress = format!("/api/orders/{order}/progress");
        given.says(&[
            "Design saved",
            "Replace",
            &format!("data-progress=\"{progress}\""),
        ]);
        browser.get(&progress).await.says(&["{\"finished\":false}"]);

        let edit = [
            ("order", order.as_str()),
            ("line", line.as_str()),
            ("form", "edit-line-1"),
        ];
        let refused = browser
            .submit(
                "/do/orders/edit-line",
                &[&edit[..], &[("product_uid", "penn"), ("quantity", "0")]].concat(),
            )
            .await;
        refused.says(&[
            "Product: The catalogue has no such product UID. Did you mean pen?",
            "Quantity: Enter 1 at least",
        ]);
        let typed = [("product_uid", "pen (pen)"), ("quantity", "3")];
        let late = browser
            .submit(
                "/do/orders/edit-line",
                &[&edit[..], &typed, &[("seen", "poster 9")]].concat(),
            )
            .await;
        late.says(&[
            "Somebody changed this line in the meantime",
            "value=\"pen (pen)\"",
            "Saved meanwhile: poster (poster)",
            "Saved meanwhile: 1",
        ]);
        let saved = browser
            .submit("/do/orders/edit-line", &[&edit[..], &typed].concat())
            .await;
        saved.says(&[
            "Line saved",
            "product or quantity corrected",
            "Product: poster → pen",
            "Quantity: 1 → 3",
            "data-status=\"created\"",
        ]);
        assert!(!saved.body.contains(&progress), "nothing goes on any more");
        browser.get(&progress).await.says(&["{\"finished\":true}"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_on_the_page_of_its_customer() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let page = format!("/console/customers/{}", garabato.customer);
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        let calm = browser.open(&page).await;
        assert!(!calm.body.contains("href=\"/console/orders/"), "nothing waits");
        let order = order(&portal, &garabato).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE customers SET invitation_state = 'delivery_failed'")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        browser.open(&page).await.says(&[
            &format!("href=\"/console/orders/{order}\""),
            "LP-1",
            "did not arrive",
        ]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_means_nothing_is_told_and_stores_can_be_chosen() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        order(&portal, &garabato).await;
        let mut browser = operator(&portal, OperatorRole::Production).await;
        let page = browser
            .open(&format!("{LIST}?status=lost&platform=fax&from=soon&q=ana"))
            .await;
        page.says(&[
            "Filter Status not understood: “lost”",
            "Filter Platform not understood: “fax”",
            "Filter From not understood: “soon”",
            "LP-1",
            "Directos · Estudio Garabato",
        ]);
        let all = browser.open(LIST).await;
        assert!(!all.main().contains("Infigo"), "nobody has a store there");
        let (store,): (StoreId,) = sql("SELECT id FROM stores")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let of_store = browser.open(&format!("{LIST}?store={store}")).await;
        of_store.says(&["Store: Directos", "LP-1"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_says_beside_what_stops_it_that_it_has_no_address() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE orders SET address_problem = 'address-incomplete'")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        let waiting = browser.open(&format!("{LIST}?view=attention")).await;
        waiting.says(&[
            "LP-1",
            "No address</span>",
            "href=\"/console/orders?view=no-address\"",
        ]);
        let narrowed = browser.open(&format!("{LIST}?view=no-address")).await;
        narrowed.says(&["LP-1", "No address"]);

        let page = browser.open(&format!("{LIST}/{order}")).await;
        page.says(&[
            "A print area has no design file",
            "The address is incomplete. Complete it.",
            "href=\"?dialog=address\"",
            "check the name, the company and the email, too",
        ]);
        let alerts = page.main().matches("class=\"alert\"").count();
        assert_eq!(alerts, 1, "in one box: {}", page.main());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_is_asked_for_and_those_used_before_are_offered() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        let (first, second) = (
            order(&portal, &garabato).await,
            order(&portal, &client(&portal, "Garabato Norte").await).await,
        );
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE order_lines SET status = 'packaged', reason = NULL")
            .execute(&mut tx)
            .await
            .unwrap();
        sql("UPDATE orders SET status = 'packaged', reason = NULL, shipping_method = 'Exprés 24 h'")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let page = browser.open(&format!("{LIST}/{first}?dialog=ship")).await;
        page.says(&["Asked for: Exprés 24 h"]);
        assert!(!page.body.contains("value=\"Exprés 24 h\""), "it is no carrier");
        assert!(
            !page.body.contains("for the whole order"),
            "a store that knows parts"
        );
        let (_, field) = page.body.split_once("name=\"quantity-").unwrap();
        let quantity = format!("quantity-{}", field.split('"').next().unwrap());
        let order = first.to_string();
        let typed = [
            ("order", order.as_str()),
            ("seen", "1"),
            ("carrier", "MRW"),
            (quantity.as_str(), "0"),
        ];
        let late = browser.submit("/do/orders/ship", &typed).await;
        late.says(&["value=\"MRW\""]);
        let (_, field) = late.body.split_once(&format!("name=\"{quantity}\"")).unwrap();
        let field = field.split('>').next().unwrap();
        assert!(field.contains("value=\"0\""), "what was typed is kept: {field}");
        let told = late.body.matches("Somebody changed this order").count();
        assert_eq!(told, 1, "the dialog says it");
        let (_, seen) = page.body.split_once("name=\"seen\" value=\"").unwrap();
        let fields = [
            ("order", first.to_string()),
            ("seen", seen.split('"').next().unwrap().to_owned()),
            ("carrier", "SEUR".to_owned()),
        ];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let shipped = browser.submit("/do/orders/ship", &fields).await;
        shipped.says(&["Shipment saved", "href=\"?dialog=tracking-1\""]);
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE orders SET platform = 'etsy', country = 'US' WHERE id = $1")
            .bind(second)
            .execute(&mut tx)
            .await
            .unwrap();
        sql("UPDATE order_lines SET quantity = 3 WHERE order_id = $1")
            .bind(second)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        browser
            .open(&format!("{LIST}/{second}?dialog=ship"))
            .await
            .says(&[
                "<option value=\"SEUR\"",
                "Directos takes the first parcel for the whole order.",
                "Directos may refuse the parcel without a number.",
            ]);

        let value = |name: &str| {
            let (_, rest) = shipped
                .body
                .split_once(&format!("name=\"{name}\" value=\""))
                .unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let fields = [
            ("order", first.to_string()),
            ("shipment", value("shipment")),
            ("form", "tracking-1".to_owned()),
            ("seen", value("seen")),
            ("carrier", "GLS".to_owned()),
        ];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let corrected = browser.submit("/do/orders/correct-tracking", &fields).await;
        corrected.says(&["Carrier and tracking saved", "Carrier: SEUR → GLS"]);
    })
    .await;
}

/// Makes an order one of this store, with two parcels that it is to be told of.
async fn two_parcels(portal: &TestPortal, order: OrderId, store: StoreId) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE orders SET store_id = $1, platform = 'shopify'")
        .bind(store)
        .execute(&mut tx)
        .await
        .unwrap();
    for number in ["ES-1", "ES-2"] {
        let parcel = ShipmentId(portal.entropy.id());
        sql(
            "INSERT INTO shipments (id, order_id, carrier, tracking_number, shipped_at)
             VALUES ($1, $2, 'SEUR', $3, $4)",
        )
        .bind(parcel)
        .bind(order)
        .bind(number)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
        sql(
            "INSERT INTO order_writes (id, order_id, store_id, shipment_id, kind, state, created_at, updated_at)
             VALUES ($1, $2, $3, $4, 'shipped', 'queued', $5, $5)",
        )
        .bind(OrderWriteId(portal.entropy.id()))
        .bind(order)
        .bind(store)
        .bind(parcel)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_corrects_a_parcel_reads_what_its_store_and_the_buyer_learn() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await;
        let address = "garabato.myshopify.com";
        let (store, _) = connect_store(&portal, garabato.customer, Platform::Shopify, address).await;
        two_parcels(&portal, order, store).await;
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        let page = browser.open(&format!("{LIST}/{order}")).await;
        page.says(&["SEUR ES-1</span>", "SEUR ES-2</span>"]);
        for (change, learns, mailed) in [
            (
                "UPDATE order_writes SET attempts = 0",
                "is still to be told",
                true,
            ),
            ("UPDATE order_writes SET state = 'done'", "learns it, too.", true),
            (
                "UPDATE store_connections SET settings = '{\"notify_buyers\":false}'",
                "learns it, too.",
                false,
            ),
            ("UPDATE orders SET platform = 'etsy'", "does not learn it", false),
            (
                "UPDATE order_writes SET state = 'queued', attempts = 1",
                "only if it does not know the parcel already",
                false,
            ),
            (
                "UPDATE order_writes SET attempts = 0",
                "is still to be told",
                true,
            ),
        ] {
            let mut tx = portal.db.begin().await.unwrap();
            sql(change).execute(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
            let page = browser.open(&format!("{LIST}/{order}")).await;
            page.says(&[learns]);
            let says_mailed = page.body.contains("The buyer is told by mail.");
            assert_eq!(says_mailed, mailed, "{change}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_let_go_on_as_it_is_says_so_in_its_log() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await.to_string();
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        browser.open(&format!("{LIST}/{order}")).await;
        let released = browser
            .submit("/do/orders/release", &[("order", order.as_str())])
            .await;
        released.says(&["Order released", "Released as it is"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_design_that_was_let_pass_alarms_nobody_while_its_order_is_held() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await.to_string();
        let mut tx = portal.db.begin().await.unwrap();
        let (line,): (LineId,) = sql("SELECT id FROM order_lines")
            .fetch_one(&mut tx)
            .await
            .unwrap();
        sql(
            "INSERT INTO order_line_files (id, line_id, area_key, url, state, reason)
             VALUES ($1, $2, 'front', 'https://example.com/a.pdf', 'refused', 'design-low-resolution')",
        )
        .bind(LineFileId(portal.entropy.id()))
        .bind(line)
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        browser.open(&format!("{LIST}/{order}")).await;
        let fields = [("order", order.as_str())];
        let reason = |tone: &str| format!("class=\"sub text-{tone}\">The design has too few pixels");
        let held = browser.open(&format!("{LIST}/{order}")).await;
        held.says(&[&reason("danger")]);
        let released = browser.submit("/do/orders/release", &fields).await;
        released.says(&[&reason("warning"), "Released as it is"]);
        let held = browser.submit("/do/orders/hold", &fields).await;
        held.says(&["Order on hold", &reason("warning")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_late_sees_what_is_so_now() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await.to_string();
        let page = format!("{LIST}/{order}");
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        browser.open(&page).await;
        let fields = [("order", order.as_str())];
        browser
            .submit("/do/orders/cancel", &fields)
            .await
            .says(&["Order cancelled"]);
        let late = browser.submit("/do/orders/cancel", &fields).await;
        assert_eq!(late.at, page);
        late.says(&["This has been done already", "data-status=\"cancelled\""]);
        let late = browser.submit("/do/orders/hold", &fields).await;
        late.says(&["Nothing of this order can be put on hold any more"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_somebody_else_saved_meanwhile_stands_beside_what_was_typed() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let id = order(&portal, &garabato).await;
        let head = orders::find(&portal, &Scope::AllCustomers, id)
            .await
            .unwrap()
            .head;
        let (order, seen) = (id.to_string(), AddressForm::of(&head).version());
        let address = |street: &'static str, city: &'static str| {
            [
                ("order", order.as_str()),
                ("seen", seen.as_str()),
                ("recipient", "Ana Ruiz"),
                ("address_line1", street),
                ("city", city),
                ("postcode", "28013"),
                ("country", "ES"),
            ]
        };
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        browser.open(&format!("{LIST}/{order}?dialog=address")).await;
        browser
            .submit("/do/orders/edit-address", &address("Calle Mayor 1", "Getafe"))
            .await
            .says(&["Address saved"]);
        let late = browser
            .submit("/do/orders/edit-address", &address("Calle Mayor 3", "Madrid"))
            .await;
        late.says(&[
            "value=\"Calle Mayor 3\"",
            "Saved meanwhile: Calle Mayor 1",
            "value=\"Madrid\"",
            "Saved meanwhile: Getafe",
        ]);
        assert_eq!(late.body.matches("Saved meanwhile").count(), 2);
        let told = late.body.matches("Somebody changed this address").count();
        assert_eq!(told, 1, "the dialog says it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_design_that_cannot_be_fetched_says_so_at_its_line_and_is_fetched_again() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await.to_string();
        let page = format!("{LIST}/{order}");
        let (line,): (LineId,) = sql("SELECT id FROM order_lines")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let line = line.to_string();
        let mut browser = operator(&portal, OperatorRole::Operator).await;
        browser.open(&page).await;
        // Nobody listens there any more.
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/design.pdf", gone.local_addr().unwrap());
        drop(gone);
        let fields = [
            ("order", order.as_str()),
            ("line", line.as_str()),
            ("area", "front"),
            ("form", "design-1-front"),
            ("url", url.as_str()),
        ];
        browser.submit("/do/orders/give-design", &fields).await;
        let work = async || {
            Worker::new(&portal, jobs::registry())
                .run_until_idle()
                .await
                .unwrap();
        };
        work().await;
        let told = browser.open(&page).await;
        told.says(&[
            "The address of the design file does not answer",
            "Next attempt: ",
            "Replace",
            "Fetch again",
            "id=\"retry-design-1-front\"",
            &format!("value=\"{url}\""),
        ]);
        let jobs = browser.open("/console/activity").await;
        jobs.says(&[
            "Check design file",
            "The address of the design file does not answer",
        ]);
        let (_, rest) = jobs.body.split_once("/console/activity/0").unwrap();
        let job = format!("/console/activity/0{}", rest.split('"').next().unwrap());
        let job = browser.open(&job).await;
        job.says(&[&format!("href=\"{page}\""), "LP-1", "design-unreachable"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_finds_what_the_role_may_see() {
    on_both(async |portal| {
        let garabato = client(&portal, "Estudio Garabato").await;
        let order = order(&portal, &garabato).await;
        for (role, lines) in [(OperatorRole::Operator, 2), (OperatorRole::Production, 1)] {
            let mut browser = operator(&portal, role).await;
            browser.open(LIST).await.says(&["data-find=\"/do/search/find\""]);
            let found = browser.post("/do/search/find", &[("q", "garabato")]).await;
            let found: serde_json::Value = serde_json::from_str(&found.body).unwrap();
            let found = found["lines"].as_array().unwrap();
            assert_eq!(found.len(), lines, "{role:?}: {found:?}");
            assert_eq!(found[0]["title"], "LP-1");
            assert_eq!(found[0]["href"], format!("{LIST}/{order}"));
        }
    })
    .await;
}
