//! Webhooks on their way: queued, delivered when they fall due, tried again as the platform really does.
//!
//! Only plain HTTP is spoken: what the stand-ins deliver to listens on the same machine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::Notify;

use crate::clock::Moment;
use crate::ledger::Event;
use crate::shop::ShopKey;
use crate::world::World;

/// A request that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Where to.
    pub url: String,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
    /// The platform's id of the delivery, for the ledger.
    pub delivery: String,
}

/// What came of one attempt.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Counts from 1.
    pub number: u32,
    /// The status answered; `None` when there was no answer.
    pub status: Option<u16>,
    /// Whether the platform counts it as delivered.
    pub delivered: bool,
    /// Whether it will be tried again.
    pub will_retry: bool,
}

/// Makes the request at the moment it is sent: some platforms send what is true then. `None`: nothing to send.
pub type Prepare = Arc<dyn Fn(&Arc<World>, u32) -> Option<Prepared> + Send + Sync>;

/// Told after every attempt, to count failures and to disable subscriptions.
pub type Attempted = Arc<dyn Fn(&Arc<World>, &Attempt) + Send + Sync>;

/// A webhook to deliver.
#[derive(Clone)]
pub struct Post {
    /// The shop it is from.
    pub shop: ShopKey,
    /// The subscription's id.
    pub subscription: u64,
    /// The platform's topic.
    pub topic: String,
    /// What it is about, by the platform's id.
    pub resource: String,
    /// Several events before the delivery make one: a post is not queued while one of the same shop,
    /// subscription, topic and resource waits.
    pub collapse: bool,
    /// How long the platform waits for an answer.
    pub timeout: Duration,
    /// How long after each failure it tries again; empty: never.
    pub retries: &'static [Duration],
    /// Which status counts as delivered.
    pub accepts: fn(u16) -> bool,
    /// Makes the request.
    pub prepare: Prepare,
    /// Told after every attempt.
    pub attempted: Attempted,
}

impl Post {
    fn is_same(&self, other: &Self) -> bool {
        self.shop == other.shop
            && self.subscription == other.subscription
            && self.topic == other.topic
            && self.resource == other.resource
    }
}

struct Waiting {
    due: Moment,
    attempt: u32,
    post: Post,
}

/// The webhooks that wait.
pub struct Outbox {
    waiting: Mutex<Vec<Waiting>>,
    changed: Notify,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            changed: Notify::new(),
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }
}

impl Outbox {
    /// Queues a webhook for this moment.
    pub fn queue(&self, post: Post, due: Moment) {
        let mut waiting = self.lock();
        let there = post.collapse
            && waiting
                .iter()
                .any(|other| other.attempt == 1 && other.post.is_same(&post));
        if !there {
            waiting.push(Waiting {
                due,
                attempt: 1,
                post,
            });
        }
        drop(waiting);
        self.changed.notify_one();
    }

    /// How many wait, retries included.
    pub fn waiting(&self) -> usize {
        self.lock().len()
    }

    /// Forgets what waits for this subscription.
    pub fn forget(&self, shop: &ShopKey, subscription: u64) {
        self.lock()
            .retain(|waiting| waiting.post.shop != *shop || waiting.post.subscription != subscription);
    }

    /// The clock was moved: look again for what is due.
    pub fn wake(&self) {
        self.changed.notify_one();
    }

    /// Delivers what is due and gives how many attempts that were. Each shop delivers one after the other,
    /// as its queue does; no shop waits for another.
    pub async fn run_due(world: &Arc<World>) -> usize {
        let mut queues: BTreeMap<ShopKey, Vec<Waiting>> = BTreeMap::new();
        for waiting in world.outbox.take_due(world.clock.now()) {
            queues.entry(waiting.post.shop.clone()).or_default().push(waiting);
        }
        let attempts = queues.values().map(Vec::len).sum();
        let deliver = |queue: Vec<Waiting>| async move {
            for waiting in queue {
                world.outbox.attempt(world, waiting).await;
            }
        };
        futures::future::join_all(queues.into_values().map(deliver)).await;
        attempts
    }

    /// Delivers what is due, each webhook so many times at once and under the same id: platforms promise to deliver at
    /// least once, not only once. Gives what was answered.
    pub async fn run_due_often(world: &Arc<World>, times: usize) -> Vec<Result<u16, String>> {
        let due = world.outbox.take_due(world.clock.now());
        let prepared: Vec<_> = due
            .into_iter()
            .filter_map(|waiting| Some(((waiting.post.prepare)(world, 1)?, waiting.post.timeout)))
            .collect();
        let each = prepared
            .iter()
            .flat_map(|one| std::iter::repeat_n(one, times))
            .map(|(prepared, timeout)| world.outbox.send(prepared, *timeout));
        futures::future::join_all(each).await
    }

    /// Delivers for ever, each webhook when it is due.
    pub async fn run(world: Arc<World>) {
        loop {
            while Self::run_due(&world).await > 0 {}
            let now = world.clock.now();
            let next = world.outbox.lock().iter().map(|waiting| waiting.due).min();
            let pause = next.map_or(Duration::from_hours(1), |due| now.until(due));
            // A notification that came in between is kept by `Notify`, so none is missed.
            let _ = tokio::time::timeout(pause, world.outbox.changed.notified()).await;
        }
    }

    /// Sends one request and gives the status, or why there was none.
    ///
    /// # Errors
    /// In words, for the ledger.
    pub async fn send(&self, prepared: &Prepared, timeout: Duration) -> Result<u16, String> {
        let mut request = Request::builder().method(Method::POST).uri(prepared.url.as_str());
        for (name, value) in &prepared.headers {
            request = request.header(name, value);
        }
        let request = request
            .body(Full::from(prepared.body.clone()))
            .map_err(|error| error.to_string())?;
        match tokio::time::timeout(timeout, self.client.request(request)).await {
            Ok(Ok(response)) => Ok(response.status().as_u16()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("no answer in time".to_owned()),
        }
    }

    async fn attempt(&self, world: &Arc<World>, waiting: Waiting) {
        let Waiting { attempt, post, .. } = waiting;
        let Some(prepared) = (post.prepare)(world, attempt) else {
            return;
        };
        let answer = self.send(&prepared, post.timeout).await;
        let status = answer.as_ref().ok().copied();
        let delivered = status.is_some_and(post.accepts);
        world.note(
            &post.shop,
            Event::Delivery {
                subscription: post.subscription,
                topic: post.topic.clone(),
                resource: post.resource.clone(),
                delivery: prepared.delivery,
                attempt,
                url: prepared.url,
                status,
                error: answer.err(),
            },
        );
        let again = if delivered {
            None
        } else {
            post.retries.get(attempt as usize - 1).copied()
        };
        if let Some(delay) = again {
            let due = world.clock.now().plus(delay);
            let post = post.clone();
            let attempt = attempt + 1;
            self.lock().push(Waiting { due, attempt, post });
        }
        let result = Attempt {
            number: attempt,
            status,
            delivered,
            will_retry: again.is_some(),
        };
        (post.attempted)(world, &result);
    }

    /// Takes what is due, in the order it falls due; of what falls due together, as it was queued.
    fn take_due(&self, now: Moment) -> Vec<Waiting> {
        let mut waiting = self.lock();
        let (mut due, later) = waiting
            .drain(..)
            .partition::<Vec<_>, _>(|waiting| waiting.due <= now);
        *waiting = later;
        due.sort_by_key(|waiting| waiting.due);
        due
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
