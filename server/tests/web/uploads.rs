//! How much a form with files may bring.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use domain::id::CustomerId;
use domain::{ClientRole, Timestamp};
use futures::future::BoxFuture;
use http::{Method, StatusCode, header};
use portal::Portal;
use portal::files::{Content, ContentHash, FileReader, FileStore, Incoming};
use portal::settings::{Settings, UploadSettings};
use portal::storage::{Db, sql};
use portal::testing::{TestPortal, on_both};
use sha2::{Digest as _, Sha256};
use tokio::sync::Barrier;

use crate::browser::{Browser, bare_request};
use crate::people::{self, PASSWORD};

const FORM: &str = "/storefronts/orders/import";
const ACTION: &str = "/do/imports/upload";

async fn at_form(portal: &Portal) -> Browser {
    let customer = people::customer(portal, "Estudio Garabato").await;
    at_form_of(portal, customer).await
}

async fn at_form_of(portal: &Portal, customer: CustomerId) -> Browser {
    let email = people::client(portal, customer, ClientRole::AccountAdmin).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    browser.open("/storefronts/stores/new/manual").await;
    browser
        .submit("/do/stores/create-manual", &[("name", "Directos")])
        .await;
    browser.open(FORM).await;
    browser
}

async fn files(portal: &Portal) -> i64 {
    let (files,) = sql("SELECT COUNT(*) FROM files")
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_brings_a_bounded_number_of_parts_files_and_names() {
    on_both(async |portal: TestPortal| {
        let mut browser = at_form(&portal).await;
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice();
        let names: Vec<String> = (0..100).map(|number| format!("file-{number}")).collect();
        let others = names.iter().map(|name| (name.as_str(), "a.png", picture));
        let many: Vec<_> = std::iter::once(("csv", "a.png", picture)).chain(others).collect();
        let refused = browser.submit_files(ACTION, &[], &many).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        refused.says(&["This is too large"]);
        let parts = vec![("", ""); 2_001];
        let refused = browser.submit_files(ACTION, &parts, &[]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let name = "n".repeat(20_000);
        let names = vec![(name.as_str(), ""); 60];
        let refused = browser.submit_files(ACTION, &names, &[]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(files(&portal).await < 100, "the last ones were not even read");
        browser.open(FORM).await;
        let fine = browser.submit_files(ACTION, &[], &many[..100]).await;
        fine.says(&["This is a picture"]);
    })
    .await;
}

/// A portal that takes so much of a customer in a day.
fn taking(portal: &Portal, customer_megabytes_per_day: u32) -> Portal {
    Portal {
        settings: Arc::new(Settings {
            uploads: UploadSettings {
                customer_megabytes_per_day,
            },
            ..Settings::default()
        }),
        ..portal.clone()
    }
}

/// A store that takes two files at once, or none, and during whose work others write.
#[derive(Debug)]
struct InPairs {
    store: Arc<dyn FileStore>,
    both: Barrier,
    others: Db,
}

impl FileStore for InPairs {
    fn receive(&self) -> BoxFuture<'_, io::Result<Incoming>> {
        Box::pin(async {
            self.both.wait().await;
            self.store.receive().await
        })
    }

    fn keep(&self, incoming: Incoming) -> BoxFuture<'_, io::Result<Content>> {
        Box::pin(async move {
            let other = self.others.begin().await.map_err(io::Error::other)?;
            drop(other);
            self.store.keep(incoming).await
        })
    }

    fn open(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<FileReader>>> {
        self.store.open(hash)
    }

    fn local(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<Option<PathBuf>>> {
        self.store.local(hash)
    }

    fn exists(&self, hash: ContentHash) -> BoxFuture<'_, io::Result<bool>> {
        self.store.exists(hash)
    }

    fn delete(&self, hash: ContentHash, since: Timestamp) -> BoxFuture<'_, io::Result<()>> {
        self.store.delete(hash, since)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_sent_at_once_share_what_room_there_is() {
    on_both(async |test| {
        let portal = Portal {
            files: Arc::new(InPairs {
                store: test.files.clone(),
                both: Barrier::new(2),
                others: test.db.clone(),
            }),
            ..taking(&test, 1)
        };
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let mut one = at_form_of(&portal, customer).await;
        let email = people::client(&portal, customer, ClientRole::Admin).await;
        let mut two = Browser::new(&portal);
        two.log_in(&email, PASSWORD).await;
        two.open(FORM).await;
        // Each fits, and both do not.
        let contents = ["a", "b"].map(|letter| format!("orderReferenceId\n{}\n", letter.repeat(600 * 1024)));
        let [first, second] = contents
            .each_ref()
            .map(|content| [("csv", "pedidos.csv", content.as_bytes())]);
        let (first, second) = tokio::join!(
            one.submit_files(ACTION, &[], &first),
            two.submit_files(ACTION, &[], &second)
        );
        let full = "1 MB of files within 24 hours, which is the most";
        let refused = [first, second]
            .iter()
            .filter(|page| page.body.contains(full))
            .count();
        assert_eq!((refused, files(&portal).await), (1, 1));
        let mut kept = 0;
        for content in &contents {
            let hash = ContentHash(Sha256::digest(content).into());
            kept += usize::from(portal.files.exists(hash).await.unwrap());
        }
        assert_eq!(kept, 1, "nothing is left of the other one");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_sends_only_so_much_in_a_day() {
    on_both(async |test| {
        let portal = taking(&test, 0);
        let mut browser = at_form(&portal).await;
        let file = [("csv", "pedidos.csv", b"orderReferenceId\nA-1\n".as_slice())];
        let refused = browser.submit_files(ACTION, &[], &file).await;
        refused.says(&["0 MB of files within 24 hours, which is the most"]);
        assert_eq!(files(&portal).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_that_they_were_logged_in_brings_little() {
    on_both(async |portal: TestPortal| {
        let mut browser = at_form(&portal).await;
        portal.clock.advance(std::time::Duration::from_hours(24 * 365));
        let picture = vec![0_u8; 1024 * 1024];
        let file = |name| (name, "a.png", picture.as_slice());
        let fine = browser
            .submit_files(ACTION, &[("name", "x")], &[file("csv")])
            .await;
        fine.says(&["but for its files"]);
        let names: Vec<String> = (0..17).map(|number| format!("file-{number}")).collect();
        let many: Vec<_> = names.iter().map(|name| file(name.as_str())).collect();
        let refused = browser.submit_files(ACTION, &[], &many).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let text = "x".repeat(70_000);
        let refused = browser.submit_files(ACTION, &[("name", &text)], &[]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let refused = browser.submit(ACTION, &[("name", &text)]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_cut_off_is_refused_without_the_words_of_libraries() {
    on_both(async |portal: TestPortal| {
        let mut browser = at_form(&portal).await;
        let cut_off = "--b\r\nContent-Disposition: form-data; name=\"store\"\r\n\r\n018f";
        for kind in ["multipart/form-data; boundary=b", "multipart/form-data"] {
            let form = bare_request(Method::POST, ACTION)
                .header(header::ACCEPT, "application/json")
                .header("x-enhanced", "1")
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, kind);
            let answer = browser.send(form, cut_off.into()).await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (StatusCode::BAD_REQUEST, ""),
                "{kind}"
            );
        }
    })
    .await;
}
