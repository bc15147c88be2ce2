//! A customer, people, a catalogue and orders for tests.

use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::{CustomerId, FileId, JobId, OrderId, StoreId, UserId};
use domain::{ClientRole, OperatorRole, StoreScope, fold};

use super::{AddressForm, LineForm, PlaceOrderForm, place};
use crate::access::{Client, Operator, Scope};
use crate::files::{NewFile, Purpose, Upload, record};
use crate::jobs::{Registry, Worker};
use crate::storage::search::searchable;
use crate::storage::sql;
use crate::testing::TestPortal;
use crate::{Portal, Refusal, catalogue, jobs, stores};

/// An administrator of the print company.
pub(crate) fn operator(portal: &Portal) -> Operator {
    Operator {
        user: UserId(portal.entropy.id()),
        name: "Marta Soler".to_owned(),
        role: OperatorRole::Administrator,
    }
}

/// A new customer's account admin.
pub(crate) async fn client(portal: &Portal, customer_name: &str) -> Client {
    let customer = CustomerId(portal.entropy.id());
    let mut tx = portal.db.begin().await.expect("a transaction");
    sql("INSERT INTO customers (id, name, sort_name, search, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)")
        .bind(customer)
        .bind(customer_name)
        .bind(fold(customer_name))
        .bind(searchable(customer_name))
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .expect("a customer");
    tx.commit().await.expect("a commit");
    Client {
        user: UserId(portal.entropy.id()),
        name: "Lucía Ferrer".to_owned(),
        customer,
        customer_name: customer_name.to_owned(),
        role: ClientRole::AccountAdmin,
        stores: StoreScope::All,
    }
}

/// A product with options and print areas in their text form.
pub(crate) fn product(uid: &str, options: &str, print_areas: &str) -> CatalogueProduct {
    CatalogueProduct::parse(&RawCatalogueProduct {
        uid,
        name_en: uid,
        name_es: uid,
        category: "Things",
        options,
        print_areas,
        ..RawCatalogueProduct::default()
    })
    .expect("a product")
}

/// A poster in two sizes and two papers.
pub(crate) fn poster() -> CatalogueProduct {
    product(
        "poster",
        "Size=A4|A3; Paper=Silk|Matt",
        "front 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg",
    )
}

/// A poster, and a pen that is not printed.
pub(crate) async fn catalogue(portal: &Portal) {
    let operator = operator(portal);
    for product in [poster(), product("pen", "", "")] {
        match catalogue::create(portal, &operator, &product).await {
            Ok(_) | Err(Refusal::Invalid(_)) => {}
            Err(refusal) => panic!("{refusal}"),
        }
    }
}

/// Somebody in Madrid.
pub(crate) fn address_form() -> AddressForm {
    AddressForm {
        recipient: "Ana Ruiz".to_owned(),
        address_line1: "Calle Mayor 1".to_owned(),
        city: "Madrid".to_owned(),
        postcode: "28013".to_owned(),
        country: "ES".to_owned(),
        email: "ana@example.com".to_owned(),
        ..AddressForm::default()
    }
}

async fn placed(
    portal: &Portal,
    client: &Client,
    store: StoreId,
    reference: &str,
    lines: &[(&str, &str)],
) -> OrderId {
    catalogue(portal).await;
    let line = |(uid, quantity): &(&str, &str)| LineForm {
        product_uid: (*uid).to_owned(),
        quantity: (*quantity).to_owned(),
        ..LineForm::default()
    };
    let form = PlaceOrderForm {
        store: store.to_string(),
        reference: reference.to_owned(),
        address: address_form(),
        lines: lines.iter().map(line).collect(),
        ..PlaceOrderForm::default()
    };
    place(portal, client, &form).await.expect("an order").order
}

/// An order of one pen that goes to production at once.
pub(crate) async fn order(portal: &Portal, client: &Client, store: StoreId, reference: &str) -> OrderId {
    placed(portal, client, store, reference, &[("pen", "1")]).await
}

/// A client with a store and an order of one pen.
pub(crate) async fn stock_order(portal: &TestPortal) -> (Client, Operator, OrderId) {
    with_order(portal, &[("pen", "1")]).await
}

/// A client with a store and an order of three and four pens.
pub(crate) async fn two_line_order(portal: &TestPortal) -> (Client, Operator, OrderId) {
    with_order(portal, &[("pen", "3"), ("pen", "4")]).await
}

/// A client with a store and an order of a poster that lacks its design.
pub(crate) async fn order_without_design(portal: &TestPortal) -> (Client, Operator, OrderId) {
    with_order(portal, &[("poster_a3-silk", "1")]).await
}

async fn with_order(portal: &TestPortal, lines: &[(&str, &str)]) -> (Client, Operator, OrderId) {
    let client = client(portal, "Estudio Garabato").await;
    let store = stores::create_manual(portal, &client, "Directos")
        .await
        .expect("a store");
    let order = placed(portal, &client, store, "A-1", lines).await;
    (client, operator(portal), order)
}

/// A file the client has uploaded.
pub(crate) async fn upload(portal: &Portal, client: &Client, bytes: &[u8]) -> FileId {
    let mut upload = Upload::begin(portal.files.as_ref(), Purpose::Design)
        .await
        .expect("an upload");
    upload.write(bytes).await.expect("a piece");
    let file = upload.finish("design").await.expect("a design");
    let mut tx = portal.db.begin().await.expect("a transaction");
    let new = NewFile {
        file: &file,
        customer: Some(client.customer),
        created_by: Some(client.user),
    };
    let id = record(&mut tx, portal, new).await.expect("a file");
    tx.commit().await.expect("a commit");
    id
}

/// The head of a PNG of this size: what the check reads.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// Does every job that is due.
pub(crate) async fn work(portal: &Portal) {
    let registry = Registry::new()
        .register::<super::CheckDesign>()
        .register::<super::ReconsiderOrders>()
        .register::<crate::mapping::CheckStoreDesign>();
    Worker::new(portal, registry)
        .run_until_idle()
        .await
        .expect("jobs");
}

/// Ends the only job of a kind as one that has used its attempts up.
pub(crate) async fn give_up(portal: &TestPortal, kind: &str) -> JobId {
    let mut tx = portal.db.begin().await.expect("a transaction");
    let (job,): (JobId,) = sql(
        "UPDATE jobs SET attempt = max_attempts, state = 'running', fence = fence + 1,
             lease_until = $2 WHERE kind = $1 RETURNING id",
    )
    .bind(kind)
    .bind(portal.now() - std::time::Duration::from_mins(1))
    .fetch_one(&mut tx)
    .await
    .expect("a job");
    tx.commit().await.expect("a commit");
    work(portal).await;
    job
}

/// Puts a job back into the queue, as an operator does.
pub(crate) async fn retry(portal: &TestPortal, job: JobId) {
    let mut tx = portal.db.begin().await.expect("a transaction");
    jobs::retry(&mut tx, portal, &Scope::AllCustomers, job)
        .await
        .expect("a retry");
    tx.commit().await.expect("a commit");
}

/// The code of the problem of a field.
pub(crate) fn problem_of(refusal: &Refusal, field: &str) -> String {
    match refusal {
        Refusal::Invalid(problems) => problems.get(field).map_or_else(
            || panic!("{field} is fine: {problems:?}"),
            |problem| problem.code.to_string(),
        ),
        other => panic!("not about fields: {other}"),
    }
}

/// The code of a conflict.
pub(crate) fn conflict_of(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Conflict(problem) => problem.code.to_string(),
        other => panic!("no conflict: {other}"),
    }
}

/// A customer with access to Storefronts and an online store.
pub(crate) async fn shop(portal: &Portal, customer_name: &str) -> (Client, stores::Store) {
    let client = client(portal, customer_name).await;
    let id = StoreId(portal.entropy.id());
    let mut tx = portal.db.begin().await.expect("a transaction");
    sql("UPDATE customers SET storefronts_access = TRUE WHERE id = $1")
        .bind(client.customer)
        .execute(&mut tx)
        .await
        .expect("access");
    sql(
        "INSERT INTO stores (id, customer_id, platform, name, name_key, state, created_at, updated_at)
         VALUES ($1, $2, 'shopify', 'Garabato', 'garabato', 'connected', $3, $3)",
    )
    .bind(id)
    .bind(client.customer)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .expect("a store");
    tx.commit().await.expect("a commit");
    let store = stores::find(portal, &client.scope(), id)
        .await
        .expect("the store");
    (client, store)
}

/// Connects the product `product` of a store, whose only variant is `<product>-v`, to a catalogue product.
pub(crate) async fn connect(portal: &Portal, store: &stores::Store, product: &str, uid: &str) {
    let line = super::intake::testing::line("none", product, 1);
    let mut tx = portal.db.begin().await.expect("a transaction");
    let variant = crate::store_products::known_from_line(portal, &mut tx, store, &line)
        .await
        .expect("a variant")
        .expect("a product");
    sql("UPDATE store_variants SET mapping_state = 'connected',
             catalogue_variant_id = (SELECT id FROM catalogue_variants WHERE uid = $2) WHERE id = $1")
    .bind(variant)
    .bind(uid)
    .execute(&mut tx)
    .await
    .expect("a mapping");
    tx.commit().await.expect("a commit");
}
