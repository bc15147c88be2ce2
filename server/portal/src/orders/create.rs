//! How an order comes into being.

use domain::id::{LineId, OrderId};
use domain::order::{NewLine, NewOrder, OrderableProduct, OrderableProducts};
use domain::{CatalogueKey, OrderEventKind, OrderSource, OrderStatus, ReasonCode};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Actor;
use super::counts::Counted;
use super::events::{self, EventDetail, NewEvent};
use super::insert::{Head, insert_line, insert_order};
use crate::Portal;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::LockedStore;

/// Where an order comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The store it belongs to, held: its orders come into being one after the other.
    pub store: &'a LockedStore,
    /// How it came in.
    pub source: OrderSource,
    /// Who brought it in.
    pub actor: &'a Actor,
    /// The token of the form it came with, if it is known by that: of each form of a store there is one order.
    pub form_key: Option<Uuid>,
}

/// What became of an order that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// It is new.
    Created(OrderId),
    /// It came with this form before, whatever the form says now: nothing was done.
    Repeated(OrderId),
    /// It is there already, with the same content: nothing was done.
    Unchanged(OrderId),
    /// The store has another order with this reference: nothing was done.
    Conflict(OrderId),
}

impl Creation {
    /// The order that is there now.
    pub const fn order(self) -> OrderId {
        match self {
            Self::Created(id) | Self::Repeated(id) | Self::Unchanged(id) | Self::Conflict(id) => id,
        }
    }
}

/// Creates an order, once for each reference and form of a store, with its designs to be checked, its counters and its
/// timeline. The one place where orders come into being.
///
/// What `products` does not know becomes a line with a reason, not an error: no order is lost. Forms and imports ask
/// `products` before.
///
/// # Errors
/// When the database fails.
pub async fn create_in(
    portal: &Portal,
    tx: &mut Tx,
    origin: Origin<'_>,
    order: &NewOrder,
    products: &OrderableProducts,
) -> Result<Creation, StorageError> {
    let hash = content_hash(order);
    if let Some(there) = existing(tx, origin, order, &hash).await? {
        return Ok(there);
    }
    let id = OrderId(portal.entropy.id());
    let lines: Vec<PlannedLine<'_>> = order
        .lines
        .iter()
        .map(|line| plan(portal, line, products))
        .collect();
    let status = OrderStatus::of_order(lines.iter().map(|line| line.status));
    let reason = lines
        .iter()
        .find(|line| line.status == status)
        .and_then(|line| line.reason);
    let head = Head {
        id,
        order,
        status,
        reason,
        hash: &hash,
    };
    insert_order(portal, tx, origin, head).await?;
    for (position, line) in (1_i64..).zip(&lines) {
        insert_line(portal, tx, origin, id, position, line).await?;
    }
    write_beginning(portal, tx, origin.actor, id, status, reason).await?;
    let counted = Counted {
        customer: origin.store.customer_id,
        store: origin.store.id,
    };
    counted.moved(tx, None, status).await?;
    counted.came_in(tx, portal.now()).await?;
    sql("UPDATE customers SET last_order_at = $2 WHERE id = $1")
        .bind(origin.store.customer_id)
        .bind(portal.now())
        .execute(tx)
        .await?;
    Ok(Creation::Created(id))
}

/// What tells an order that comes again from another one with its reference.
pub(crate) fn content_hash(order: &NewOrder) -> [u8; 32] {
    Sha256::digest(order.canonical_bytes()).into()
}

async fn existing(
    tx: &mut Tx,
    origin: Origin<'_>,
    order: &NewOrder,
    hash: &[u8; 32],
) -> Result<Option<Creation>, StorageError> {
    if origin.form_key.is_some() {
        let repeated: Option<(OrderId,)> = sql("SELECT id FROM orders WHERE store_id = $1 AND form_key = $2")
            .bind(origin.store.id)
            .bind(origin.form_key)
            .fetch_optional(tx)
            .await?;
        if let Some((id,)) = repeated {
            return Ok(Some(Creation::Repeated(id)));
        }
    }
    let there: Option<(OrderId, Vec<u8>)> =
        sql("SELECT id, content_hash FROM orders WHERE store_id = $1 AND external_id = $2")
            .bind(origin.store.id)
            .bind(order.head.reference.as_str())
            .fetch_optional(tx)
            .await?;
    Ok(there.map(|(id, known)| {
        if known == hash {
            Creation::Unchanged(id)
        } else {
            Creation::Conflict(id)
        }
    }))
}

/// A line with where it starts.
pub(super) struct PlannedLine<'a> {
    pub(super) id: LineId,
    pub(super) line: &'a NewLine,
    pub(super) title: String,
    pub(super) product: Option<&'a OrderableProduct>,
    pub(super) status: OrderStatus,
    pub(super) reason: Option<ReasonCode>,
}

/// Decides where a line starts: at production when nothing is missing, at the check of its designs, or stopped.
fn plan<'a>(portal: &Portal, line: &'a NewLine, products: &'a OrderableProducts) -> PlannedLine<'a> {
    let product = products.get(&line.product_uid);
    let given = |area: &CatalogueKey| line.designs.iter().any(|design| design.area == *area);
    let (status, reason) = match product {
        None => (OrderStatus::Failed, Some(ReasonCode::UnknownProduct)),
        Some(product) if product.retired => (OrderStatus::Failed, Some(ReasonCode::ProductRetired)),
        Some(product) if !product.print_areas.iter().all(given) => {
            (OrderStatus::OnHold, Some(ReasonCode::DesignMissing))
        }
        Some(_) if line.designs.is_empty() => (OrderStatus::Created, None),
        Some(_) => (OrderStatus::Received, None),
    };
    let title = match (&line.title, product) {
        (Some(title), _) => title.to_string(),
        (None, Some(product)) => product.name.to_string(),
        (None, None) => line.product_uid.to_string(),
    };
    PlannedLine {
        id: LineId(portal.entropy.id()),
        line,
        title,
        product,
        status,
        reason,
    }
}

/// The timeline's beginning: it came in, and how far it got at once.
async fn write_beginning(
    portal: &Portal,
    tx: &mut Tx,
    actor: &Actor,
    id: OrderId,
    status: OrderStatus,
    reason: Option<ReasonCode>,
) -> Result<(), StorageError> {
    let received = NewEvent {
        to: Some(OrderStatus::Received),
        ..NewEvent::of(id, OrderEventKind::Received)
    };
    events::write(portal, tx, actor, received).await?;
    let steps: &[OrderStatus] = match status {
        OrderStatus::Received => &[],
        OrderStatus::Created => &[OrderStatus::Passed, OrderStatus::Created],
        ref other => std::slice::from_ref(other),
    };
    let mut from = OrderStatus::Received;
    for to in steps.iter().copied() {
        let event = NewEvent::status(id, None, from, to).with(EventDetail::of_reason(reason));
        events::write(portal, tx, &Actor::SYSTEM, event).await?;
        from = to;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::JobState;
    use domain::order::{OrderHead, RawLine, RawOrderHead};

    use super::*;
    use crate::access::{Client, Scope, Viewer};
    use crate::catalogue;
    use crate::jobs::{Registry, Worker};
    use crate::orders::{CheckDesign, DesignForm, find, replace_design, testing};
    use crate::testing::{TestPortal, on_both};

    fn order(reference: &str, product_uid: &str, design: &str, products: &OrderableProducts) -> NewOrder {
        let form = testing::address_form();
        let head = RawOrderHead {
            reference,
            address: form.raw(),
            email: "",
            phone: "",
            shipping_method: "",
            note: "",
        };
        let designs = [("front", design)].into_iter().filter(|(_, url)| !url.is_empty());
        let line = RawLine {
            product_uid,
            quantity: "1",
            design_urls: designs.collect(),
            ..RawLine::default()
        };
        NewOrder {
            head: OrderHead::parse(&head).unwrap(),
            lines: vec![NewLine::parse(&line, products).unwrap()],
        }
    }

    /// An order whose design is due to be checked.
    async fn design_to_check(portal: &TestPortal) -> (Client, OrderId) {
        let (client, _, id) = testing::order_without_design(portal).await;
        let form = DesignForm {
            upload: Some(testing::upload(portal, &client, &testing::png(4000, 6000)).await),
            ..DesignForm::default()
        };
        let order = find(portal, &Scope::AllCustomers, id).await.unwrap();
        let (line, area) = (order.lines[0].id, &order.lines[0].designs[0].area);
        replace_design(portal, &Viewer::Client(client.clone()), id, line, area, &form)
            .await
            .unwrap();
        (client, id)
    }

    #[tokio::test]
    async fn orders_that_come_in_and_one_that_moves_on_do_not_wait_for_each_other() {
        on_both(async |portal| {
            let (client, moving) = design_to_check(&portal).await;
            let store = find(&portal, &Scope::AllCustomers, moving).await.unwrap();
            let store = store.head.store_id;
            let products = catalogue::orderable(&portal).await.unwrap();
            let mut tx = portal.db.begin().await.unwrap();
            let store = LockedStore::load(&mut tx, &client.scope(), store).await.unwrap();
            let origin = Origin {
                store: &store,
                source: OrderSource::Csv,
                actor: &Actor::SYSTEM,
                form_key: None,
            };
            // Counted as *created*, which the design check counts last …
            let first = order("B-1", "pen", "", &products);
            create_in(&portal, &mut tx, origin, &first, &products)
                .await
                .unwrap();
            let coming_in = async {
                portal.somebody_waits().await;
                // … and as *received*, which it counts first.
                let second = order("B-2", "poster_a3-silk", "https://a.example/a.png", &products);
                create_in(&portal, &mut tx, origin, &second, &products)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            };
            let worker = Worker::new(&portal, Registry::new().register::<CheckDesign>());
            let (worked, ()) = futures::join!(worker.run_once(), coming_in);
            assert!(worked.unwrap());
            let jobs: Vec<(JobState,)> = sql("SELECT state FROM jobs ORDER BY id")
                .fetch_all(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
            assert_eq!(jobs[0].0, JobState::Succeeded);
            let moved = find(&portal, &Scope::AllCustomers, moving).await.unwrap();
            assert_eq!(moved.head.status, OrderStatus::Created);
        })
        .await;
    }
}
