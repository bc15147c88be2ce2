//! Orders by CSV: the form with the file, the preview, the result, and who may see them.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose surroundings are missing has failed"
)]

use axum::body::Body;
use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::{CustomerId, StoreId};
use domain::{ClientRole, OperatorRole, StoreScope};
use http::{Request, StatusCode, header};
use portal::access::{Client, Operator};
use portal::jobs::{Worker, registry};
use portal::testing::{TestPortal, on_both};
use portal::{Portal, catalogue, stores};

use crate::browser::{Answer, Browser};
use crate::people::{PASSWORD, client, customer};

const FORM: &str = "/storefronts/orders/import";
const HEADER: &str = "orderReferenceId,recipient,addressLine1,city,postcode,country,productUid,quantity";

/// A customer's manual store, and a pen to order.
async fn store(portal: &Portal, customer: CustomerId) -> StoreId {
    let operator = Operator {
        user: domain::id::UserId(portal.entropy.id()),
        name: "Marta".to_owned(),
        role: OperatorRole::Administrator,
    };
    let pen = RawCatalogueProduct {
        uid: "pen",
        name_en: "Pen",
        name_es: "Bolígrafo",
        category: "Things",
        ..RawCatalogueProduct::default()
    };
    let _ = catalogue::create(portal, &operator, &CatalogueProduct::parse(&pen).unwrap()).await;
    let client = Client {
        user: operator.user,
        name: "Lucía".to_owned(),
        customer,
        customer_name: "Garabato".to_owned(),
        role: ClientRole::AccountAdmin,
        stores: StoreScope::All,
    };
    stores::create_manual(portal, &client, "Directos").await.unwrap()
}

/// Somebody logged in, on the form.
async fn at_form(portal: &TestPortal, email: &str) -> Browser {
    let mut browser = Browser::new(portal);
    browser.log_in(email, PASSWORD).await;
    browser.open(FORM).await;
    browser
}

/// Sends a file, as a browser without scripts does; gives the page that follows.
async fn send(browser: &mut Browser, store: StoreId, file: &[u8]) -> Answer {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"store\"\r\n\r\n{store}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"csv\"; filename=\"pedidos.csv\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let origin = "http://127.0.0.1:3000";
    let request = Request::post("/do/imports/upload")
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::REFERER, format!("{origin}{FORM}"))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let answer = browser.send(request, Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser.open(answer.location()).await
}

async fn work(portal: &Portal) {
    Worker::new(portal, registry()).run_until_idle().await.unwrap();
}

fn orders() -> String {
    format!(
        "{HEADER}\nA,Ana,Calle Mayor 1,Madrid,28013,ES,pen,2\nB,Eva,Calle Mayor 1,Madrid,28013,ES,pne,2\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_becomes_orders_without_scripts() {
    on_both(async |portal| {
        let customer = customer(&portal, "Garabato").await;
        let store = store(&portal, customer).await;
        let email = client(&portal, customer, ClientRole::OrderManager).await;
        let mut browser = at_form(&portal, &email).await;
        for (file, sentence) in [
            (&b"\x89PNG\r\n\x1a\n"[..], "This is a picture. Choose a CSV file"),
            (b"PK\x03\x04", "This is a spreadsheet. Save it as CSV"),
            (b"", "The file is empty"),
            (
                HEADER.as_bytes(),
                "The file has no rows: there is nothing below its header",
            ),
        ] {
            send(&mut browser, store, file).await.says(&[sentence]);
        }
        let page = send(&mut browser, store, orders().as_bytes()).await;
        page.says(&["pedidos.csv", "Checking the file"]);
        work(&portal).await;
        let import = page.at;
        browser.open(&import).await.says(&[
            "1 order is ready and 1 row has errors",
            "productUid: The catalogue has no such product UID. Did you mean pen?",
            "Import 1 order",
        ]);
        let errors = browser.get(&format!("{import}/errors.csv")).await;
        errors.says(&["\"What to correct\"", "\"B\",\"Eva\""]);
        assert!(
            errors
                .header("content-disposition")
                .contains("pedidos-errors.csv")
        );
        let template = browser.get(&format!("{FORM}/template.csv")).await;
        template.says(&["\"orderReferenceId\"", "EXAMPLE-1"]);

        browser.open(&import).await;
        let id = import.rsplit('/').next().unwrap().to_owned();
        browser.submit("/do/imports/start", &[("import", &id)]).await;
        work(&portal).await;
        browser
            .open(&import)
            .await
            .says(&["1 order created, 1 row refused", "Download result"]);
        browser
            .open(FORM)
            .await
            .says(&["Earlier imports", "Partly failed"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_seen_by_those_who_import_for_its_customer() {
    on_both(async |portal| {
        let (ours, theirs) = (
            customer(&portal, "Garabato").await,
            customer(&portal, "Nordlys").await,
        );
        let store = store(&portal, ours).await;
        let email = client(&portal, ours, ClientRole::Admin).await;
        let mut browser = at_form(&portal, &email).await;
        let import = send(&mut browser, store, orders().as_bytes()).await.at;
        let id = import.rsplit('/').next().unwrap().to_owned();
        work(&portal).await;
        let stranger = client(&portal, theirs, ClientRole::AccountAdmin).await;
        let looking = client(&portal, ours, ClientRole::ViewOnly).await;
        for (email, status) in [
            (stranger, StatusCode::NOT_FOUND),
            (looking, StatusCode::FORBIDDEN),
        ] {
            let mut other = at_form(&portal, &email).await;
            for path in [
                import.clone(),
                format!("{import}/errors.csv"),
                format!("{import}/result.csv"),
            ] {
                assert_eq!(other.get(&path).await.status, status, "{email} {path}");
            }
            for action in ["start", "cancel", "retry"] {
                let answer = other
                    .post(&format!("/do/imports/{action}"), &[("import", &id)])
                    .await;
                assert_eq!(answer.status, status, "{email} {action}");
            }
        }
    })
    .await;
}
