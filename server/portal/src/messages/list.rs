//! Messages, page by page.

use std::time::Duration;

use domain::id::{CustomerId, JobId, MessageId, OrderId, StoreId};
use domain::{Direction, MessageKind, MessageState, Platform, Timestamp};

use crate::access::Scope;
use crate::paging::{Slice, Turn, lowest_id};
use crate::storage::{AsConn, Sql, StorageError, sql};

/// A message as the list shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MessageRow {
    /// The message.
    pub id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// How it came about.
    pub kind: MessageKind,
    /// Where its store lives.
    pub platform: Platform,
    /// The store.
    pub store_id: Option<StoreId>,
    /// Its name.
    pub store_name: Option<String>,
    /// Whose it is.
    pub customer_id: Option<CustomerId>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// The event as the platform calls it, or the operation.
    pub topic: String,
    /// What became of it.
    pub state: MessageState,
    /// Why it is not done: a [`domain::ReasonCode`], or the code of a connection or outbound error.
    pub reason: Option<String>,
    /// The status of the answer to an outgoing one.
    pub status: Option<i64>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// That order's number, without its prefix.
    pub order_number: Option<i64>,
    /// The job that worked with it, or that it was sent by.
    pub job_id: Option<JobId>,
    /// Which attempt it was; of a webhook, how often it was worked on.
    pub attempt: i64,
    /// How long the exchange took, in microseconds.
    pub duration_us: Option<i64>,
    /// When it arrived or was sent.
    pub created_at: Timestamp,
    /// When it was done with.
    pub finished_at: Option<Timestamp>,
}

/// Which messages to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// In one of these states; all when empty.
    pub states: Vec<MessageState>,
    /// Which way.
    pub direction: Option<Direction>,
    /// How they came about.
    pub kind: Option<MessageKind>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this store.
    pub store: Option<StoreId>,
    /// Of stores of this platform.
    pub platform: Option<Platform>,
    /// About this order.
    pub order: Option<OrderId>,
    /// Of this event or operation.
    pub topic: Option<String>,
    /// From this moment on.
    pub since: Option<Timestamp>,
}

pub(super) const COLUMNS: &str = "messages.id, messages.direction, messages.kind, messages.platform, \
     messages.store_id, stores.name AS store_name, messages.customer_id, customers.name AS customer_name, \
     messages.topic, messages.state, messages.reason, messages.status, messages.order_id, \
     orders.number AS order_number, messages.job_id, \
     messages.attempt, messages.duration_us, messages.created_at, messages.finished_at";

pub(super) const FROM: &str = " FROM messages LEFT JOIN stores ON stores.id = messages.store_id \
     LEFT JOIN customers ON customers.id = messages.customer_id \
     LEFT JOIN orders ON orders.id = messages.order_id WHERE TRUE";

/// Appends ` AND …`: messages within `scope`.
pub(super) fn push_scope(query: &mut Sql, scope: &Scope) {
    if let Some(customer) = scope.customer() {
        query.push(" AND messages.customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query
            .push(" AND messages.store_id IN ")
            .push_list(stores.iter().copied());
    }
}

/// How much later than a message is sent or arrives its id is drawn, at most.
const APART: Duration = Duration::from_mins(10);

fn push_filter(query: &mut Sql, filter: &MessageFilter) {
    if filter.states == [MessageState::Failed, MessageState::Dead] {
        // As the index says it, or it would not be used.
        query.push(" AND COALESCE(messages.state, '') IN ('failed', 'dead')");
    } else if !filter.states.is_empty() {
        query
            .push(" AND messages.state IN ")
            .push_list(filter.states.iter().map(|state| state.as_str()));
    }
    let words = [
        (
            " AND messages.direction = ",
            filter.direction.map(Direction::as_str),
        ),
        (" AND messages.kind = ", filter.kind.map(MessageKind::as_str)),
        (" AND messages.platform = ", filter.platform.map(Platform::as_str)),
        (" AND messages.topic = ", filter.topic.as_deref()),
    ];
    for (condition, word) in words {
        if let Some(word) = word {
            query.push(condition).push_bind(word);
        }
    }
    if let Some(customer) = filter.customer {
        query.push(" AND messages.customer_id = ").push_bind(customer);
    }
    if let Some(store) = filter.store {
        query.push(" AND messages.store_id = ").push_bind(store);
    }
    if let Some(order) = filter.order {
        query.push(" AND messages.order_id = ").push_bind(order);
    }
    if let Some(since) = filter.since {
        // Ids carry their time: they keep the list to one part of whatever index it is read from.
        query
            .push(" AND messages.id >= ")
            .push_bind(MessageId(lowest_id(since - APART)))
            .push(" AND messages.created_at >= ")
            .push_bind(since);
    }
}

/// The newest messages first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut impl AsConn,
    scope: &Scope,
    filter: &MessageFilter,
    turn: &Turn<MessageId>,
    limit: u32,
) -> Result<Slice<MessageRow>, StorageError> {
    let found = listing(scope, filter, turn, limit).fetch_all(conn).await?;
    Ok(Slice::cut(found, turn, limit))
}

fn listing(scope: &Scope, filter: &MessageFilter, turn: &Turn<MessageId>, limit: u32) -> Sql {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(FROM);
    push_scope(&mut query, scope);
    push_filter(&mut query, filter);
    match turn {
        Turn::First => query.push(" ORDER BY messages.id DESC"),
        Turn::After(id) => query
            .push(" AND messages.id < ")
            .push_bind(*id)
            .push(" ORDER BY messages.id DESC"),
        Turn::Before(id) => query
            .push(" AND messages.id > ")
            .push_bind(*id)
            .push(" ORDER BY messages.id"),
    };
    query.push(" LIMIT ").push_bind(limit.saturating_add(1));
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    #[tokio::test]
    async fn every_filter_is_read_from_an_index_of_its_own() {
        on_both(async |portal| {
            let none = MessageFilter::default();
            let filters = [
                (
                    "messages_state",
                    MessageFilter {
                        states: vec![MessageState::Parked],
                        ..none.clone()
                    },
                ),
                (
                    "messages_stopped",
                    MessageFilter {
                        states: vec![MessageState::Failed, MessageState::Dead],
                        ..none.clone()
                    },
                ),
                (
                    "messages_platform",
                    MessageFilter {
                        platform: Some(Platform::Etsy),
                        ..none.clone()
                    },
                ),
                (
                    "messages_kind",
                    MessageFilter {
                        kind: Some(MessageKind::Webhook),
                        ..none.clone()
                    },
                ),
                (
                    "messages_topic",
                    MessageFilter {
                        topic: Some("orders/paid".to_owned()),
                        ..none
                    },
                ),
            ];
            let mut tx = portal.db.begin().await.unwrap();
            for (index, filter) in filters {
                for turn in [
                    Turn::First,
                    Turn::After(MessageId(portal.entropy.id())),
                    Turn::Before(MessageId(portal.entropy.id())),
                ] {
                    let query = listing(&Scope::AllCustomers, &filter, &turn, 50);
                    let plan = query.plan(&mut tx).await;
                    assert!(plan.contains(index), "{filter:?}, {turn:?}:\n{plan}");
                    for sorted in ["TEMP B-TREE", "Sort"] {
                        assert!(!plan.contains(sorted), "{filter:?}, {turn:?}:\n{plan}");
                    }
                }
            }
        })
        .await;
    }
}
