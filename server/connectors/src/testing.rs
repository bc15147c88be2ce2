//! What tests of connectors share: a platform on loopback and surroundings that only pretend to wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use domain::Timestamp;
use tokio::net::TcpListener;

use crate::outbound::Targets;
use crate::store::{Exchange, Limits, Surroundings, Wire};
use crate::{Outbound, OutboundSettings};

/// Surroundings whose clock moves only by waiting.
pub(crate) struct Still {
    now: Mutex<Timestamp>,
    waits: Mutex<Vec<Duration>>,
    exchanges: Mutex<Vec<Exchange>>,
}

impl Still {
    pub(crate) fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(now),
            waits: Mutex::default(),
            exchanges: Mutex::default(),
        })
    }

    /// Every wait so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    /// Everything recorded so far.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap().clone()
    }

    /// The names of the operations recorded so far.
    pub(crate) fn operations(&self) -> Vec<&'static str> {
        self.exchanges()
            .iter()
            .map(|exchange| exchange.operation)
            .collect()
    }
}

#[async_trait]
impl Surroundings for Still {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0x7f);
    }

    async fn wait(&self, duration: Duration) {
        self.waits.lock().unwrap().push(duration);
        let mut now = self.now.lock().unwrap();
        *now = *now + duration;
    }

    async fn record(&self, exchange: Exchange) {
        self.exchanges.lock().unwrap().push(exchange);
    }
}

/// A line to loopback.
pub(crate) fn wire(surroundings: &Arc<Still>, limits: Arc<dyn Limits>) -> Wire {
    let settings = OutboundSettings {
        targets: Targets::PublicAndLoopback,
        ..OutboundSettings::default()
    };
    Wire::new(
        Outbound::new(settings).unwrap(),
        Arc::clone(surroundings) as _,
        limits,
    )
}

/// Serves `router` on loopback until the test ends; gives its address without a slash at the end.
pub(crate) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("http://{address}")
}
