//! The outbound client against servers that answer in every bad way.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use futures::StreamExt;
use futures::future::BoxFuture;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const MAX_BYTES: u64 = 1_000;

/// Answers from a script: each look-up of a name takes the next answer, the last one stays.
#[derive(Default)]
struct Script {
    answers: Mutex<HashMap<&'static str, Vec<Vec<IpAddr>>>>,
    asked: AtomicUsize,
}

impl Script {
    fn of(name: &'static str, answers: &[&[&str]]) -> Arc<Self> {
        let answers = answers
            .iter()
            .map(|set| set.iter().map(|ip| ip.parse().unwrap()).collect())
            .collect();
        Arc::new(Self {
            answers: Mutex::new(HashMap::from([(name, answers)])),
            asked: AtomicUsize::new(0),
        })
    }
}

impl Resolver for Script {
    fn resolve(&self, name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        let answer = answers.get_mut(name).map(|list| {
            if list.len() > 1 {
                list.remove(0)
            } else {
                list[0].clone()
            }
        });
        Box::pin(async move { answer.ok_or_else(|| io::Error::other("no such name")) })
    }
}

fn client(targets: Targets, resolver: Arc<dyn Resolver>) -> Outbound {
    Outbound::new(OutboundSettings {
        targets,
        resolver,
        ..OutboundSettings::default()
    })
    .unwrap()
}

fn developing() -> Outbound {
    client(
        Targets::PublicAndLoopback,
        Script::of("shop.example.com", &[&["127.0.0.1"]]),
    )
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A server that answers every connection with exactly these bytes, then closes it or leaves it open.
async fn serve_raw(answer: &'static str, close: bool) -> SocketAddr {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut request = [0; 4_096];
            let _ = connection.read(&mut request).await;
            let _ = connection.write_all(answer.as_bytes()).await;
            if !close {
                open.push(connection);
            }
        }
    });
    address
}

async fn download(client: &Outbound, address: &str) -> (Result<u64, OutboundError>, Vec<u8>) {
    let mut sink = Vec::new();
    let answer = client.download(address, MAX_BYTES, &mut sink).await;
    (answer.map(|download| download.size), sink)
}

async fn code(client: &Outbound, address: &str) -> &'static str {
    download(client, address)
        .await
        .0
        .map_or_else(|error| error.code(), |_| "fine")
}

mod answers;
mod guard;
