//! How fast webhooks are taken in, over real connections: `make bench`. It prints figures and asserts none.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use domain::Platform;
use futures::future::join_all;
use portal::storage::{Engine, sql};
use portal::stores::EtsySettings;
use portal::testing::on_both;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep_until};

use crate::webhooks::{Delivery, connected, shopify, shopify_app, with};

/// Connections that post at the same time.
const CONNECTIONS: u32 = 64;
/// Webhooks that each of them posts, one after the other, as fast as they are answered.
const FLOOD: u32 = 300;
/// Webhooks a second, evenly, whatever the answers take.
const STEADY: u32 = 500;
/// Seconds for which they come evenly.
const SECONDS: u32 = 10;

/// A connection that stays open.
struct Line(TcpStream);

impl Line {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    /// Posts a webhook with an id of its own and waits for 200.
    async fn post(&mut self, delivery: &Delivery, id: &str) {
        let mut request = format!(
            "POST {} HTTP/1.1\r\nhost: portal\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
            delivery.path,
            delivery.body.len()
        );
        for (name, value) in &delivery.with("x-shopify-webhook-id", id).headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.push_str("\r\n");
        request.push_str(&delivery.body);
        self.0.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let read = self.0.read_buf(&mut answer).await.unwrap();
            assert!(read > 0, "the connection was closed");
        }
        assert!(
            answer.starts_with(b"HTTP/1.1 200 "),
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    address
}

/// As many as are taken: webhooks a second.
async fn flood(address: SocketAddr, delivery: &Delivery) -> f64 {
    let lines = join_all((0..CONNECTIONS).map(|_| Line::open(address))).await;
    let began = Instant::now();
    let posting = lines.into_iter().enumerate().map(|(number, mut line)| {
        let delivery = delivery.clone();
        tokio::spawn(async move {
            for count in 0..FLOOD {
                line.post(&delivery, &format!("flood-{number}-{count}")).await;
            }
        })
    });
    for posted in join_all(posting).await {
        posted.unwrap();
    }
    f64::from(CONNECTIONS * FLOOD) / began.elapsed().as_secs_f64()
}

/// How long each of [`STEADY`] webhooks a second took since it was due, in order of size.
async fn steady(address: SocketAddr, delivery: &Delivery) -> Vec<Duration> {
    let lines = join_all((0..CONNECTIONS).map(|_| Line::open(address))).await;
    let began = Instant::now();
    let posting = lines.into_iter().zip(0..).map(|(mut line, number)| {
        let delivery = delivery.clone();
        tokio::spawn(async move {
            let mut took = Vec::new();
            for count in (number..STEADY * SECONDS).step_by(CONNECTIONS as usize) {
                let due = began + Duration::from_secs(1) * count / STEADY;
                sleep_until(due).await;
                line.post(&delivery, &format!("steady-{count}")).await;
                took.push(due.elapsed());
            }
            took
        })
    });
    let took = join_all(posting).await;
    let mut took: Vec<Duration> = took.into_iter().flat_map(Result::unwrap).collect();
    took.sort();
    took
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "prints figures: make bench"]
async fn webhooks_are_taken_in() {
    on_both(async |portal| {
        if portal.db.engine() == Engine::Postgres {
            // The server of the tests does not wait for its disk.
            return;
        }
        connected(&portal, Platform::Shopify, "print-test.myshopify.com").await;
        let app = with(&portal, shopify_app("hush", None), EtsySettings::default());
        let address = serve(app).await;
        let delivery = shopify();
        let per_second = flood(address, &delivery).await;
        println!("webhooks verified, committed (SQLite, synchronous=FULL) and answered: {per_second:.0}/s");
        let took = steady(address, &delivery).await;
        let share = |percent: usize| took[(took.len() - 1) * percent / 100];
        println!(
            "at {STEADY}/s: half within {:.1?}, 99 of 100 within {:.1?}, all within {:.1?}",
            share(50),
            share(99),
            share(100)
        );
        let (stored,): (i64,) = sql("SELECT COUNT(*) FROM messages")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(stored, i64::from(CONNECTIONS * FLOOD + STEADY * SECONDS));
    })
    .await;
}
