//! Designs at addresses that give something else: each order says what is wrong, goes nowhere, and goes on once the
//! address gives what it should.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use domain::id::{OrderId, StoreVariantId};
use domain::{CatalogueKey, OrderStatus, Platform, ReasonCode};
use futures::StreamExt as _;
use futures::stream;
use http::StatusCode;
use portal::files::Purpose;
use portal::mapping::{ConnectForm, connect as connect_variant};
use portal::orders;
use portal::orders::DesignForm;
use portal::testing::on_both;
use tokio::net::TcpListener;

use super::Trade;
use super::opening::{PATIENCE, PATIENCE_FOR_FILES, serve};

/// Bytes of one piece of an endless file.
const PIECE: usize = 64 * 1024;

/// Where customers keep their designs.
#[derive(Clone, Default)]
struct Host(Arc<Mood>);

#[derive(Default)]
struct Mood {
    /// Whether it gives what it should.
    mended: AtomicBool,
    /// Bytes of endless files that were asked for.
    given: AtomicU64,
}

impl Host {
    /// Serves designs; gives the address they lie under.
    async fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/{name}", get(design))
            .with_state(self.clone());
        serve(listener, router);
        address
    }
}

async fn design(State(host): State<Host>, Path(name): Path<String>) -> Response {
    if host.0.mended.load(Ordering::Relaxed) {
        return postcard().into_response();
    }
    match name.as_str() {
        "page" => Html("<!DOCTYPE html><html><title>Log in</title></html>").into_response(),
        "huge" => {
            let piece = Bytes::from(vec![b'%'; PIECE]);
            let head = stream::iter([Bytes::from_static(b"%PDF-1.7\n")]);
            let pieces = head.chain(stream::repeat(piece)).map(move |piece| {
                host.0.given.fetch_add(piece.len() as u64, Ordering::Relaxed);
                Ok::<_, std::io::Error>(piece)
            });
            Body::from_stream(pieces).into_response()
        }
        // Never silent for long, and never done.
        "slow" => {
            let drops = stream::repeat(()).then(async |()| {
                tokio::time::sleep(Duration::from_millis(5)).await;
                Ok::<_, std::io::Error>(Bytes::from_static(b"%"))
            });
            Body::from_stream(drops).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The head of a picture that fits the postcard, which is all that is looked at.
fn postcard() -> Vec<u8> {
    let size = [1_819_u32.to_be_bytes(), 1_312_u32.to_be_bytes()].concat();
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &size[..], &[8, 2, 0, 0, 0]].concat()
}

/// What is wrong with a design, and what the order's page says about it.
struct Case {
    name: &'static str,
    reason: ReasonCode,
    sentence: [&'static str; 2],
}

const CASES: [Case; 4] = [
    Case {
        name: "missing",
        reason: ReasonCode::DesignNotFound,
        sentence: [
            "There is no file at the address of the design.",
            "No hay ningún archivo en la dirección del diseño.",
        ],
    },
    Case {
        name: "page",
        reason: ReasonCode::DesignWebPage,
        sentence: [
            "There is a web page at the address of the design, not a file.",
            "En la dirección del diseño hay una página web, no un archivo.",
        ],
    },
    Case {
        name: "slow",
        reason: ReasonCode::DesignTooSlow,
        sentence: [
            "The address of the design file answers too slowly.",
            "La dirección del archivo de diseño responde demasiado despacio.",
        ],
    },
    Case {
        name: "huge",
        reason: ReasonCode::DesignTooLarge,
        sentence: [
            "The design file is too large.",
            "El archivo de diseño es demasiado grande.",
        ],
    },
];

impl Trade {
    /// Connects a variant with the postcard, whose design lies at `url`.
    async fn map_designed(&self, variant: StoreVariantId, url: &str) {
        let form = ConnectForm {
            product_uid: "postcard".to_owned(),
            designs: vec![("front".to_owned(), url.to_owned())],
            ..ConnectForm::default()
        };
        connect_variant(&self.portal, &self.viewer(), variant, &form)
            .await
            .unwrap();
        self.settle().await;
    }

    /// A buyer orders one of something.
    async fn order(&self, platform: Platform, sold: u64) -> OrderId {
        self.place(platform, &[sold]);
        self.settle().await;
        self.poll().await;
        self.orders().await.remove(0).id
    }

    /// Fetches the design of an order's only line again.
    async fn fetch_again(&self, order: OrderId, url: &str) {
        let line = self.detail(order).await.lines[0].id;
        let area = CatalogueKey::parse("front").unwrap();
        let form = DesignForm {
            url: url.to_owned(),
            upload: None,
        };
        orders::replace_design(&self.portal, &self.viewer(), order, line, &area, &form)
            .await
            .unwrap();
        self.settle().await;
    }

    async fn detail(&self, order: OrderId) -> orders::OrderDetail {
        orders::find(&self.portal, &self.scope(), order).await.unwrap()
    }
}

async fn stopped_by_designs(platform: Platform) {
    on_both(async |test| {
        let mut trade = Trade::open(&test, 5).await;
        trade.connect(platform).await;
        trade.poll().await;
        let host = Host::default();
        let address = host.serve().await;
        let sold = trade.for_sale(platform, CASES.len());
        let mut shipped = Vec::new();
        for (case, sold) in CASES.iter().zip(sold) {
            host.0.mended.store(false, Ordering::Relaxed);
            let order = trade.order(platform, sold).await;
            let whole_file = match case.name {
                "slow" => Duration::from_millis(100),
                _ => PATIENCE_FOR_FILES,
            };
            trade.waits(PATIENCE, whole_file);
            let url = format!("{address}/{}", case.name);
            for variant in trade.waited_for(order).await {
                trade.map_designed(variant, &url).await;
            }
            let detail = trade.detail(order).await;
            let found = (detail.head.status, detail.head.reason);
            assert_eq!(found, (OrderStatus::Failed, Some(case.reason)), "{platform}");
            let again = ["Fetch again", "Volver a descargar"];
            trade.told(order, &[case.sentence, again]).await;
            assert_eq!(trade.shipped_at(platform), shipped, "{platform}");
            assert!(detail.writes.is_empty(), "{platform} was told nothing");

            host.0.mended.store(true, Ordering::Relaxed);
            trade.waits(PATIENCE, PATIENCE_FOR_FILES);
            trade.fetch_again(order, &url).await;
            assert_eq!(trade.detail(order).await.head.status, OrderStatus::Created);
            trade.make_and_ship(order, case.name).await;
            shipped.push(case.name.to_owned());
            shipped.sort();
            assert_eq!(trade.shipped_at(platform), shipped, "{platform}");
        }
        let largest = Purpose::Design.max_bytes();
        let given = host.0.given.load(Ordering::Relaxed);
        // Once for the product and once for the order; what the sockets hold comes on top.
        assert!(
            (2 * largest..2 * largest + largest / 8).contains(&given),
            "{given} bytes"
        );
    })
    .await;
}

#[tokio::test]
async fn designs_that_are_not_there_stop_their_orders_and_nothing_else() {
    stopped_by_designs(Platform::WooCommerce).await;
}
