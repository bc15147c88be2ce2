//! Imports, driven step by step on both engines.

mod control;
mod crash;
mod files;
mod kept;
mod reports;
mod results;
mod scope;
mod together;

use domain::csv_file::RowProblem;
use domain::id::{ImportId, StoreId};
use domain::{ImportState, RowOutcome};
use futures::TryStreamExt as _;

use super::*;
use crate::access::Client;
use crate::files::{NewFile, Purpose, Upload, record};
use crate::jobs::{Worker, registry};
use crate::orders::testing;
use crate::paging::Turn;
use crate::storage::sql;
use crate::testing::TestPortal;
use crate::{Outcome, Portal, stores};

const HEADER: &str = "orderReferenceId,recipient,addressLine1,city,postcode,country,productUid,quantity";

/// A row that is right.
fn good(reference: &str) -> String {
    format!("{reference},Ana Ruiz,Calle Mayor 1,Madrid,28013,ES,pen,2")
}

fn csv(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// A file of right rows, one for each order.
fn orders_file(orders: usize) -> String {
    csv(&(0..orders).map(|n| good(&format!("R-{n}"))).collect::<Vec<_>>())
}

/// A client with a catalogue and a manual store.
async fn shop(portal: &TestPortal) -> (Client, StoreId) {
    testing::catalogue(portal).await;
    let client = testing::client(portal, "Estudio Garabato").await;
    let store = stores::create_manual(portal, &client, "Directos").await.unwrap();
    (client, store)
}

/// The form of somebody whose file has arrived.
async fn form(portal: &Portal, client: &Client, store: StoreId, text: &str) -> UploadForm {
    let mut upload = Upload::begin(portal.files.as_ref(), Purpose::Csv).await.unwrap();
    upload.write(text.as_bytes()).await.unwrap();
    let file = upload.finish("pedidos.csv").await.unwrap();
    let mut tx = portal.db.begin().await.unwrap();
    let new = NewFile {
        file: &file,
        customer: Some(client.customer),
        created_by: Some(client.user),
    };
    let id = record(&mut tx, portal, new).await.unwrap();
    tx.commit().await.unwrap();
    UploadForm {
        store: store.to_string(),
        csv: id.to_string(),
    }
}

async fn send(portal: &Portal, client: &Client, store: StoreId, text: &str) -> Outcome<ImportId> {
    let form = form(portal, client, store, text).await;
    upload(portal, client, &form).await
}

/// Sends a file and has it checked.
async fn checked(portal: &Portal, client: &Client, store: StoreId, text: &str) -> ImportId {
    let id = send(portal, client, store, text).await.unwrap();
    work(portal).await;
    id
}

/// Sends a file, has it checked and imported.
async fn imported(portal: &Portal, client: &Client, store: StoreId, text: &str) -> ImportId {
    let id = checked(portal, client, store, text).await;
    start(portal, client, id).await.unwrap();
    work(portal).await;
    id
}

async fn work(portal: &Portal) {
    Worker::new(portal, registry()).run_until_idle().await.unwrap();
}

async fn get(portal: &Portal, client: &Client, id: ImportId) -> Import {
    find(portal, &client.scope(), id).await.unwrap()
}

async fn listed(portal: &Portal, client: &Client, id: ImportId, filter: RowFilter) -> Vec<ImportRow> {
    rows(portal, &client.scope(), id, filter, Turn::First, 2_000)
        .await
        .unwrap()
        .rows
}

/// Refused rows, as "row column code".
async fn refused(portal: &Portal, client: &Client, id: ImportId) -> Vec<String> {
    let rows = listed(portal, client, id, RowFilter::Only(RowOutcome::Refused)).await;
    let problems = rows.into_iter().flat_map(|row| match row.result {
        RowResult::Refused(problems) => problems,
        other => panic!("{other:?}"),
    });
    let told = |row: RowProblem| {
        let column = row.column.unwrap_or_default();
        format!("{} {column} {}", row.line, row.problem)
    };
    problems.map(told).collect()
}

/// References and content of a store's orders.
async fn orders_of(portal: &Portal, store: StoreId) -> Vec<(String, Vec<u8>)> {
    sql("SELECT external_id, content_hash FROM orders WHERE store_id = $1 ORDER BY external_id")
        .bind(store)
        .fetch_all(&mut portal.db.read().await.unwrap())
        .await
        .unwrap()
}

/// A result file in words that a test can read.
async fn written(portal: &Portal, client: &Client, id: ImportId, kind: ReportKind) -> String {
    let say = |said: Said<'_>| match said {
        Said::OutcomeHeading => "outcome".to_owned(),
        Said::ReasonHeading => "reason".to_owned(),
        Said::NumberHeading => "importedAs".to_owned(),
        Said::Outcome(outcome) => outcome.map_or("waiting", RowOutcome::as_str).to_owned(),
        Said::Reason(column, problem) => format!("{} {problem}", column.unwrap_or("row")),
    };
    let report = report(portal, &client.scope(), id, kind, say).await.unwrap();
    assert_eq!(report.file_name, "pedidos.csv");
    let pieces: Vec<_> = report.body.try_collect().await.unwrap();
    let text = String::from_utf8(pieces.concat()).unwrap();
    text.trim_start_matches('\u{FEFF}').to_owned()
}

fn counters(import: &Import) -> [i64; 6] {
    [
        import.rows_total,
        import.rows_bad,
        import.rows_held,
        import.ready,
        import.created,
        import.unchanged,
    ]
}
