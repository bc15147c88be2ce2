//! A shop whose content and moods a test decides.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use connectors::OutboundError;
use connectors::store::{
    Capabilities, ConnectionError, Cursor, NewStoreProduct, OutgoingShipment, Page, ProgressUpdate, Result,
    StoreConnection, StoreFacts, WebhookHealth, WebhookTarget, Written,
};
use domain::Timestamp;
use domain::source::{ExternalId, SourceOrder, StoreProduct};
use tokio::sync::Notify;

use super::TestClock;

/// How many things a page of a list holds.
const PAGE: usize = 100;

/// A shop whose content and moods a test decides. It keeps a ledger of its own of what was written to it.
#[derive(Debug)]
pub struct FakeShop {
    clock: Arc<TestClock>,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    facts: StoreFacts,
    products: BTreeMap<ExternalId, StoreProduct>,
    orders: BTreeMap<ExternalId, SourceOrder>,
    ledger: Vec<Ledger>,
    watched: Vec<String>,
    /// How the next calls fail; those with none succeed.
    failures: VecDeque<Option<ConnectionError>>,
    unreadable: BTreeSet<ExternalId>,
    losing_answers: u32,
    calls: u32,
    tokens: Tokens,
    held_renewal: Option<Held>,
    held_write: Option<Held>,
    hangs: bool,
}

/// A request that waits on its way to the shop.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Says that somebody has asked.
    pub asked: Arc<Notify>,
    /// Lets it arrive.
    pub arrive: Arc<Notify>,
}

/// The pair that is valid, and the one before it: it still renews as long as its successor was not used.
#[derive(Debug)]
struct Tokens {
    generation: u32,
    used: bool,
    expires_at: Option<Timestamp>,
    lives: Option<Duration>,
    revoked: bool,
    renewals: u32,
}

/// Something that was written to the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ledger {
    /// How far an order is.
    Progress(ProgressUpdate),
    /// A parcel left.
    Shipment(OutgoingShipment),
    /// A product was created.
    Product(NewStoreProduct),
}

impl FakeShop {
    /// A shop with tokens that live for `lives`; without, they do not end.
    pub(super) fn new(clock: Arc<TestClock>, facts: StoreFacts, lives: Option<Duration>) -> Self {
        let expires_at = lives.map(|lives| clock.now() + lives);
        Self {
            clock,
            inner: Mutex::new(Inner {
                facts,
                products: BTreeMap::new(),
                orders: BTreeMap::new(),
                ledger: Vec::new(),
                watched: Vec::new(),
                failures: VecDeque::new(),
                unreadable: BTreeSet::new(),
                losing_answers: 0,
                calls: 0,
                tokens: Tokens {
                    generation: 1,
                    used: false,
                    expires_at,
                    lives,
                    revoked: false,
                    renewals: 0,
                },
                held_renewal: None,
                held_write: None,
                hangs: false,
            }),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a product into the shop, or another version of it.
    pub fn put_product(&self, product: StoreProduct) {
        self.inner().products.insert(product.external_id.clone(), product);
    }

    /// Takes a product out of the shop.
    pub fn remove_product(&self, id: &ExternalId) {
        self.inner().products.remove(id);
    }

    /// Places an order, or puts another version of it in its place.
    pub fn put_order(&self, order: SourceOrder) {
        self.inner().orders.insert(order.external_id.clone(), order);
    }

    /// Deletes an order.
    pub fn remove_order(&self, id: &ExternalId) {
        self.inner().orders.remove(id);
    }

    /// Changes what the shop says about itself.
    pub fn change_facts(&self, change: impl FnOnce(&mut StoreFacts)) {
        change(&mut self.inner().facts);
    }

    /// The next call fails in this way; called again, the one after it.
    pub fn fail_next(&self, error: ConnectionError) {
        self.inner().failures.push_back(Some(error));
    }

    /// The next call is answered; called again, the one after it.
    pub fn answer_next(&self) {
        self.inner().failures.push_back(None);
    }

    /// Whether an order is in a shape that nobody can read.
    pub fn garble_order(&self, id: &ExternalId, garbled: bool) {
        let unreadable = &mut self.inner().unreadable;
        if garbled {
            unreadable.insert(id.clone());
        } else {
            unreadable.remove(id);
        }
    }

    /// The next write, or renewal of credentials, is done and its answer lost.
    pub fn lose_next_answer(&self) {
        self.inner().losing_answers += 1;
    }

    /// The next renewal of credentials waits until it is let go.
    pub fn hold_renewal(&self) -> Held {
        self.inner().held_renewal.insert(Held::default()).clone()
    }

    /// The next news of an order waits until it is let go.
    pub fn hold_write(&self) -> Held {
        self.inner().held_write.insert(Held::default()).clone()
    }

    /// Waits when the test wants so.
    pub(super) async fn await_renewal(&self) {
        let held = self.inner().held_renewal.take();
        pass(held).await;
    }

    /// From now on the shop takes requests to be tried or to forget webhooks, and never answers them.
    pub fn hang(&self) {
        self.inner().hangs = true;
    }

    async fn answers(&self) {
        if self.inner().hangs {
            std::future::pending::<()>().await;
        }
    }

    /// The owner takes the application's permission away.
    pub fn revoke(&self) {
        self.inner().tokens.revoked = true;
    }

    /// Valid credentials that are issued to whoever authorises the shop anew.
    pub(super) fn authorise(&self) -> (u32, Option<Timestamp>) {
        let now = self.clock.now();
        let tokens = &mut self.inner().tokens;
        tokens.revoked = false;
        tokens.generation += 1;
        tokens.used = false;
        tokens.expires_at = tokens.lives.map(|lives| now + lives);
        (tokens.generation, tokens.expires_at)
    }

    /// The next pair for whoever brings the valid one, or the one before while its successor is unused.
    pub(super) fn renew(&self, generation: u32) -> Result<(u32, Option<Timestamp>)> {
        let now = self.clock.now();
        let mut inner = self.inner();
        if let Some(Some(failure)) = inner.failures.pop_front() {
            return Err(failure);
        }
        let tokens = &mut inner.tokens;
        let current = generation == tokens.generation;
        let former = generation + 1 == tokens.generation && !tokens.used;
        if tokens.revoked || !(current || former) {
            let message = "invalid_grant".to_owned();
            return Err(ConnectionError::Unauthorized { message });
        }
        tokens.renewals += 1;
        if current {
            tokens.generation += 1;
            tokens.used = false;
        }
        tokens.expires_at = tokens.lives.map(|lives| now + lives);
        let granted = (tokens.generation, tokens.expires_at);
        if inner.losing_answers > 0 {
            inner.losing_answers -= 1;
            return Err(ConnectionError::Unreachable(OutboundError::TimedOut));
        }
        Ok(granted)
    }

    /// What was written to it, in order.
    pub fn ledger(&self) -> Vec<Ledger> {
        self.inner().ledger.clone()
    }

    /// Where its webhooks go.
    pub fn watched(&self) -> Vec<String> {
        self.inner().watched.clone()
    }

    /// How often it was asked for anything, and how often of that for new credentials.
    pub fn calls(&self) -> (u32, u32) {
        let inner = self.inner();
        (inner.calls, inner.tokens.renewals)
    }
}

impl Inner {
    /// A page as far as it can be read.
    fn readable(&self, mut page: Page<SourceOrder>) -> Page<SourceOrder> {
        let garbled = page
            .items
            .extract_if(.., |order| self.unreadable.contains(&order.external_id));
        let garbled: Vec<_> = garbled
            .map(|order| (order.external_id.to_string(), "no status".to_owned()))
            .collect();
        page.unreadable = garbled;
        page
    }
}

/// Waits when the test wants so.
async fn pass(held: Option<Held>) {
    if let Some(held) = held {
        held.asked.notify_one();
        held.arrive.notified().await;
    }
}

/// A line to a fake shop with the credentials of one generation.
pub(super) struct FakeConnection {
    pub(super) shop: Arc<FakeShop>,
    pub(super) generation: u32,
}

impl FakeConnection {
    /// Lets in whoever has valid credentials, unless the test wants a failure.
    fn enter(&self) -> Result<MutexGuard<'_, Inner>> {
        let now = self.shop.clock.now();
        let mut inner = self.shop.inner();
        inner.calls += 1;
        if let Some(Some(failure)) = inner.failures.pop_front() {
            return Err(failure);
        }
        let tokens = &mut inner.tokens;
        let ended = tokens.expires_at.is_some_and(|end| end <= now);
        if tokens.revoked || ended || tokens.generation != self.generation {
            let message = "Invalid API key or access token".to_owned();
            return Err(ConnectionError::Unauthorized { message });
        }
        tokens.used = true;
        Ok(inner)
    }
}

/// The answer to a write that was done, unless it is to get lost.
fn answer<T>(inner: &mut Inner, written: T) -> Result<T> {
    if inner.losing_answers > 0 {
        inner.losing_answers -= 1;
        return Err(ConnectionError::Uncertain(OutboundError::TimedOut));
    }
    Ok(written)
}

/// The parcels that were told, by the names the shop gave them. It keeps none of ours.
fn parcels(ledger: &mut [Ledger]) -> impl Iterator<Item = (ExternalId, &mut OutgoingShipment)> {
    let parcels = ledger.iter_mut().filter_map(|entry| match entry {
        Ledger::Shipment(said) => Some(said),
        _ => None,
    });
    parcels.enumerate().map(|(place, said)| (parcel(place), said))
}

fn parcel(place: usize) -> ExternalId {
    ExternalId::new(format!("shipment-{place}"))
}

fn page<T: Clone>(all: &[T], cursor: Option<&Cursor>) -> Page<T> {
    let from = cursor
        .and_then(|cursor| cursor.0.parse().ok())
        .unwrap_or(0)
        .min(all.len());
    let to = all.len().min(from + PAGE);
    Page {
        next: (to < all.len()).then(|| Cursor(to.to_string())),
        total: u64::try_from(all.len()).ok(),
        ..Page::last(all[from..to].to_vec())
    }
}

#[async_trait]
impl StoreConnection for FakeConnection {
    fn capabilities(&self) -> Capabilities {
        self.shop.inner().facts.capabilities
    }

    async fn verify(&self) -> Result<StoreFacts> {
        self.shop.answers().await;
        Ok(self.enter()?.facts.clone())
    }

    async fn products(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<StoreProduct>> {
        let inner = self.enter()?;
        let mut products: Vec<_> = inner
            .products
            .values()
            .filter(|product| since.is_none_or(|since| product.updated_at.is_none_or(|at| at >= since)))
            .cloned()
            .collect();
        products.sort_by_key(|product| product.updated_at);
        Ok(page(&products, cursor))
    }

    async fn product(&self, id: &ExternalId) -> Result<Option<StoreProduct>> {
        Ok(self.enter()?.products.get(id).cloned())
    }

    async fn orders(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        let inner = self.enter()?;
        let mut orders: Vec<_> = inner
            .orders
            .values()
            .filter(|order| order.updated_at >= since)
            .cloned()
            .collect();
        orders.sort_by_key(|order| order.updated_at);
        Ok(inner.readable(page(&orders, cursor)))
    }

    async fn orders_placed(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        let inner = self.enter()?;
        let mut orders: Vec<_> = inner
            .orders
            .values()
            .filter(|order| order.placed_at >= since)
            .cloned()
            .collect();
        orders.sort_by_key(|order| order.placed_at);
        Ok(inner.readable(page(&orders, cursor)))
    }

    async fn order(&self, id: &ExternalId) -> Result<Option<SourceOrder>> {
        let inner = self.enter()?;
        if inner.unreadable.contains(id) {
            return Err(ConnectionError::Unreadable("no status".to_owned()));
        }
        Ok(inner.orders.get(id).cloned())
    }

    async fn write_progress(&self, update: &ProgressUpdate) -> Result<Written> {
        let held = self.shop.inner().held_write.take();
        pass(held).await;
        let mut inner = self.enter()?;
        let entry = Ledger::Progress(update.clone());
        if inner.ledger.contains(&entry) {
            return Ok(Written::AlreadyThere { external_id: None });
        }
        inner.ledger.push(entry);
        answer(&mut inner, Written::Done { external_id: None })
    }

    async fn sent(&self, _: &ExternalId) -> Result<Vec<ExternalId>> {
        Ok(parcels(&mut self.enter()?.ledger).map(|(id, _)| id).collect())
    }

    async fn write_shipment(&self, shipment: &OutgoingShipment) -> Result<Written> {
        let held = self.shop.inner().held_write.take();
        pass(held).await;
        let mut inner = self.enter()?;
        if !inner.facts.capabilities.writes_shipments {
            return Err(ConnectionError::Withheld);
        }
        let mut said: Vec<(ExternalId, &mut OutgoingShipment)> = parcels(&mut inner.ledger).collect();
        let count = said.len();
        let is_known = |id: &ExternalId| shipment.others.contains(id) || shipment.sent_before.contains(id);
        let same = said.iter_mut().find(|(id, said)| match &shipment.written_as {
            Some(written_as) => id == written_as,
            None => !is_known(id) && said.items == shipment.items,
        });
        let external_id = if let Some((id, said)) = same {
            let external_id = Some(id.clone());
            if shipment.written_as.is_none() || said.numbers() == shipment.numbers() {
                return Ok(Written::AlreadyThere { external_id });
            }
            **said = shipment.clone();
            external_id
        } else {
            inner.ledger.push(Ledger::Shipment(shipment.clone()));
            Some(parcel(count))
        };
        answer(&mut inner, Written::Done { external_id })
    }

    async fn create_product(&self, product: &NewStoreProduct) -> Result<ExternalId> {
        let mut inner = self.enter()?;
        let id = ExternalId::new(format!("product-{}", product.key));
        let entry = Ledger::Product(product.clone());
        if !inner.ledger.contains(&entry) {
            inner.ledger.push(entry);
        }
        answer(&mut inner, id)
    }

    async fn watch(&self, target: &WebhookTarget) -> Result<WebhookHealth> {
        let mut inner = self.enter()?;
        let topics = vec!["orders/create".to_owned(), "orders/updated".to_owned()];
        let there = inner.watched.contains(&target.url);
        if !there {
            inner.watched.push(target.url.clone());
        }
        Ok(WebhookHealth {
            repaired: if there { Vec::new() } else { topics.clone() },
            active: topics,
            failed: Vec::new(),
        })
    }

    async fn unwatch(&self, target: &WebhookTarget) -> Result<()> {
        self.shop.answers().await;
        self.enter()?.watched.retain(|url| *url != target.url);
        Ok(())
    }
}
