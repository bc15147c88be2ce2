//! Bringing an order in, or up to date.

use std::time::Duration;

use domain::id::OrderId;
use domain::source::{ExternalId, SourceOrder, SourceOrderState};
use domain::{MappingState, OrderEventKind, OrderSource, OrderStatus, Timestamp};

use super::difference::difference;
use super::flag::Parcel;
use super::made_here::made_here;
use super::named_before::named_before;
use super::snapshot::{Known, content_hash, keep, seen_again, storable};
use super::{flag, head, lines, settle};
use crate::access::Scope;
use crate::orders::Actor;
use crate::orders::counts::Counted;
use crate::orders::events::{self, EventDetail, NewEvent};
use crate::orders::load::{LockedLine, LockedOrder};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::{self, LockedStore, Store};
use crate::{Outcome, Portal, store_products};

/// By how much the clock of a store may be behind ours.
const CLOCKS_DIFFER: Duration = Duration::from_mins(15);

/// What became of an order that a store told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TakenIn {
    /// It is new.
    Created(OrderId),
    /// It is there, and something about it has changed.
    Changed(OrderId),
    /// It is there, just as it is told.
    Unchanged(OrderId),
    /// Something newer is known.
    Older(OrderId),
    /// Its platform does not show orders of its age: nothing is known about it.
    OutOfSight(OrderId),
    /// None of its products is connected, and such orders are not wanted.
    NotWanted,
    /// It was placed before the store was connected, and nobody asked for such orders.
    PlacedBefore,
    /// It was placed before the store was connected and is over: cancelled, or fulfilled elsewhere.
    OverAlready,
}

impl TakenIn {
    /// The order it became.
    pub(crate) const fn order(self) -> Option<OrderId> {
        match self {
            Self::Created(id)
            | Self::Changed(id)
            | Self::Unchanged(id)
            | Self::Older(id)
            | Self::OutOfSight(id) => Some(id),
            Self::NotWanted | Self::PlacedBefore | Self::OverAlready => None,
        }
    }
}

/// How orders come in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival<'a> {
    pub(crate) store: &'a Store,
    pub(crate) source: OrderSource,
    /// Whether orders come in of which no product is connected.
    pub(crate) unconnected: bool,
    /// Whether orders come in that were placed before the store was connected: a person asked for them. Otherwise
    /// they may have been made elsewhere already, whatever touches them now.
    pub(crate) placed_before: bool,
    /// When the store was asked for what it says.
    pub(crate) asked_at: Timestamp,
}

/// Takes in an order as its store has it now. The state with the newest time of the store counts, whenever it arrives,
/// and of one time the state that was read last; the same state again changes nothing.
///
/// # Errors
/// Only unexpected ones.
pub(crate) async fn take_in(
    portal: &Portal,
    tx: &mut Tx,
    arrival: Arrival<'_>,
    order: &SourceOrder,
) -> Outcome<TakenIn> {
    let store = LockedStore::load(tx, &Scope::AllCustomers, arrival.store.id).await?;
    let arrival = Arrival {
        store: &store,
        ..arrival
    };
    let known = Known::find(tx, arrival.store.id, &order.external_id).await?;
    let order = named_before(known.as_ref(), storable(order));
    let order = &made_here(tx, known.as_ref(), order).await?;
    let Some(known) = known else {
        return create(portal, tx, arrival, order).await;
    };
    let order = &without_echo(tx, arrival.store, &known, order).await?;
    if (order.updated_at, arrival.asked_at) < (known.source_updated_at, known.read_at) {
        return Ok(TakenIn::Older(known.order_id));
    }
    if known.content_hash == content_hash(order) {
        // Often our own words coming back: a time that moved, and nothing else.
        seen_again(tx, known.order_id, order.updated_at, arrival.asked_at).await?;
        return Ok(TakenIn::Unchanged(known.order_id));
    }
    keep(tx, known.order_id, order, arrival.asked_at).await?;
    if is_echo(tx, &known, order).await? {
        return Ok(TakenIn::Unchanged(known.order_id));
    }
    follow(portal, tx, arrival.store, &known, order).await?;
    Ok(TakenIn::Changed(known.order_id))
}

/// Takes in that a store has an order no more: as a state with the time of the one before, so that the order is there
/// again when its store shows it again. Nothing for an order that never came in.
///
/// # Errors
/// Only unexpected ones.
pub(crate) async fn gone(
    portal: &Portal,
    tx: &mut Tx,
    arrival: Arrival<'_>,
    id: &ExternalId,
) -> Outcome<Option<TakenIn>> {
    stores::lock(tx, arrival.store.id).await?;
    let Some(known) = Known::find(tx, arrival.store.id, id).await? else {
        return Ok(None);
    };
    let shown_until = arrival.store.platform.shows_orders_for();
    if shown_until.is_some_and(|age| known.snapshot.placed_at + age < portal.now()) {
        return Ok(Some(TakenIn::OutOfSight(known.order_id)));
    }
    let order = SourceOrder {
        state: SourceOrderState::Cancelled,
        ..known.snapshot.0
    };
    take_in(portal, tx, arrival, &order).await.map(Some)
}

async fn create(portal: &Portal, tx: &mut Tx, arrival: Arrival<'_>, order: &SourceOrder) -> Outcome<TakenIn> {
    let store = arrival.store;
    // Clocks differ: by so much an order may seem to be older than it is.
    let placed_before = order.placed_at < store.created_at - CLOCKS_DIFFER;
    if placed_before && order.state.is_over() {
        return Ok(TakenIn::OverAlready);
    }
    if placed_before && !arrival.placed_before {
        return Ok(TakenIn::PlacedBefore);
    }
    if !arrival.unconnected && !any_connected(portal, tx, store, order).await? {
        return Ok(TakenIn::NotWanted);
    }
    let id = OrderId(portal.entropy.id());
    head::insert(portal, tx, arrival, id, order).await?;
    keep(tx, id, order, arrival.asked_at).await?;
    let received = NewEvent {
        to: Some(OrderStatus::Received),
        ..NewEvent::of(id, OrderEventKind::Received)
    };
    events::write(portal, tx, &Actor::SYSTEM, received).await?;
    let counted = Counted {
        customer: store.customer_id,
        store: store.id,
    };
    counted.moved(tx, None, OrderStatus::Received).await?;
    counted.came_in(tx, portal.now()).await?;
    sql("UPDATE customers SET last_order_at = $2 WHERE id = $1")
        .bind(store.customer_id)
        .bind(portal.now())
        .execute(tx)
        .await?;
    lines::write(portal, tx, store, id, &[], &order.lines).await?;
    let mut locked = LockedOrder::load(tx, &Scope::AllCustomers, id).await?;
    settle(portal, tx, store, &mut locked, order).await?;
    Ok(TakenIn::Created(id))
}

/// The order without what its platform makes of our own words: where it knows no parts of orders, the first parcel that
/// it is told of makes all of the order *fulfilled*, while the rest is still to be made. Also when telling has failed:
/// then the seller is told to do it by hand.
async fn without_echo(
    tx: &mut Tx,
    store: &Store,
    known: &Known,
    order: &SourceOrder,
) -> Result<SourceOrder, StorageError> {
    let mut order = order.clone();
    if order.state != SourceOrderState::Fulfilled || store.platform.knows_parts() {
        return Ok(order);
    }
    let (ours,): (bool,) =
        sql("SELECT EXISTS (SELECT 1 FROM order_writes WHERE order_id = $1 AND kind = 'shipped')")
            .bind(known.order_id)
            .fetch_one(tx)
            .await?;
    if ours {
        order.state = SourceOrderState::Ready;
    }
    Ok(order)
}

/// Whether the store only says what it was told by us: that everything was sent, or nothing will be made.
async fn is_echo(tx: &mut Tx, known: &Known, order: &SourceOrder) -> Outcome<bool> {
    let only_the_state = SourceOrder {
        state: known.snapshot.state,
        ..order.clone()
    };
    if content_hash(&only_the_state).as_slice() != known.content_hash {
        return Ok(false);
    }
    let locked = LockedOrder::load(tx, &Scope::AllCustomers, known.order_id).await?;
    let cancelled = |line: &LockedLine| line.status == OrderStatus::Cancelled;
    Ok(match order.state {
        SourceOrderState::Fulfilled => {
            locked
                .lines
                .iter()
                .all(|line| cancelled(line) || line.remaining() == 0)
                && !locked.lines.iter().all(cancelled)
        }
        SourceOrderState::Cancelled => locked.lines.iter().all(cancelled),
        SourceOrderState::Waiting | SourceOrderState::Ready => false,
    })
}

/// Whether a variant of the order is connected.
async fn any_connected(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    order: &SourceOrder,
) -> Result<bool, StorageError> {
    for line in &order.lines {
        let Some(variant) = store_products::known_from_line(portal, tx, store, line).await? else {
            continue;
        };
        let (state,): (MappingState,) = sql("SELECT mapping_state FROM store_variants WHERE id = $1")
            .bind(variant)
            .fetch_one(tx)
            .await?;
        if state == MappingState::Connected {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Brings an order up to date with its store, as far as production allows.
async fn follow(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    known: &Known,
    order: &SourceOrder,
) -> Outcome<()> {
    let id = known.order_id;
    let mut locked = LockedOrder::load(tx, &Scope::AllCustomers, id).await?;
    let parcel = Parcel::of(&locked);
    head::update(portal, tx, store, id, &known.snapshot, order, parcel).await?;
    lines::write(portal, tx, store, id, &known.snapshot.lines, &order.lines).await?;
    // With the lines that are new.
    locked = LockedOrder::load(tx, &Scope::AllCustomers, id).await?;
    let too_late = flag::too_late(tx, &locked, &known.snapshot, order).await?;
    let why = flag::why(order);
    let event = NewEvent::of(id, OrderEventKind::ChangedAtStore).with(EventDetail {
        reason: (!too_late.is_empty()).then_some(why),
        changes: difference(&known.snapshot, order),
        ..EventDetail::default()
    });
    events::write(portal, tx, &Actor::SYSTEM, event).await?;
    flag::hold(portal, tx, &mut locked, &too_late, why).await?;
    let mut locked = LockedOrder::load(tx, &Scope::AllCustomers, id).await?;
    settle(portal, tx, store, &mut locked, order).await
}
