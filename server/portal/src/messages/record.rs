//! Keeping what was said to stores.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use connectors::store::{Exchange, Outcome};
use domain::id::{CustomerId, JobId, MessageId, OrderId, StoreId};
use domain::{Direction, MessageKind, MessageState, Platform};

use crate::Portal;
use crate::storage::{StorageError, Tx, Value, sql};

/// How many exchanges one transaction writes.
const BATCH: usize = 64;
/// How many may wait to be written. The oldest go first when more come than the database takes.
const MOST: usize = 4096;
/// How long the last ones wait for company.
const PATIENCE: Duration = Duration::from_secs(1);

/// An exchange with what it was for.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The store.
    pub store: Option<StoreId>,
    /// Whose it is.
    pub customer: CustomerId,
    /// Where it lives.
    pub platform: Platform,
    /// The job that needed it.
    pub job: Option<JobId>,
    /// The order it was about.
    pub order: Option<OrderId>,
    /// What was said. Secrets are out of it already.
    pub exchange: Exchange,
}

/// Collects what is said to stores, to be written in batches.
#[derive(Debug, Default)]
pub struct Recorder {
    waiting: Mutex<VecDeque<Spoken>>,
}

impl Recorder {
    fn waiting(&self) -> MutexGuard<'_, VecDeque<Spoken>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an exchange. With a whole batch together it is written at once.
    pub async fn keep(&self, portal: &Portal, spoken: Spoken) {
        let full = {
            let mut waiting = self.waiting();
            waiting.push_back(spoken);
            if waiting.len() > MOST {
                waiting.pop_front();
            }
            waiting.len() >= BATCH
        };
        if full {
            self.write_or_log(portal).await;
        }
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// When the database fails; what was to be written is lost then, and nothing else.
    pub async fn write(&self, portal: &Portal) -> Result<(), StorageError> {
        loop {
            let batch: Vec<Spoken> = {
                let mut waiting = self.waiting();
                let size = waiting.len().min(BATCH);
                waiting.drain(..size).collect()
            };
            if batch.is_empty() {
                return Ok(());
            }
            let mut tx = portal.db.begin().await?;
            insert(portal, &mut tx, &batch).await?;
            tx.commit().await?;
        }
    }

    async fn write_or_log(&self, portal: &Portal) {
        if let Err(error) = self.write(portal).await {
            tracing::warn!(%error, "exchanges with stores could not be written down");
        }
    }

    /// Writes what waits once a second, until `told` to stop; then the rest.
    pub async fn run(&self, portal: &Portal, told: impl Future<Output = ()> + Send) {
        let mut told = std::pin::pin!(told);
        loop {
            let stopped = tokio::select! {
                () = &mut told => true,
                () = portal.clock.sleep(PATIENCE) => false,
            };
            self.write_or_log(portal).await;
            if stopped {
                return;
            }
        }
    }
}

async fn insert(portal: &Portal, tx: &mut Tx, batch: &[Spoken]) -> Result<(), StorageError> {
    let mut query = sql(
        "INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, state, \
         reason, method, url, status, body, answer, job_id, order_id, attempt, duration_us, created_at, finished_at) VALUES ",
    );
    for (index, spoken) in batch.iter().enumerate() {
        if index > 0 {
            query.push(", ");
        }
        query.push_list(row(portal, spoken));
    }
    query.execute(tx).await?;
    Ok(())
}

fn row(portal: &Portal, spoken: &Spoken) -> [Value; 20] {
    let exchange = &spoken.exchange;
    let (status, answer, failure) = match &exchange.outcome {
        Outcome::Answered { status, body } => (Some(i64::from(*status)), Some(body), None),
        Outcome::Failed(code) => (None, None, Some(*code)),
    };
    let state = match status {
        Some(200..=399) => MessageState::Done,
        _ => MessageState::Failed,
    };
    let polls = exchange
        .operation
        .rsplit_once('.')
        .is_some_and(|(_, what)| what == "list");
    let kind = if polls {
        MessageKind::Poll
    } else {
        MessageKind::Call
    };
    let text = |text: &str| Value::Text(Some(text.to_owned()));
    let bytes = |body: &String| body.clone().into_bytes();
    [
        Value::Uuid(Some(MessageId(portal.entropy.id()).0)),
        text(Direction::Out.as_str()),
        text(kind.as_str()),
        text(spoken.platform.as_str()),
        Value::Uuid(spoken.store.map(|store| store.0)),
        Value::Uuid(Some(spoken.customer.0)),
        text(exchange.operation),
        text(state.as_str()),
        Value::Text(failure.map(ToOwned::to_owned)),
        text(&exchange.method),
        text(&exchange.url),
        Value::Int(status),
        Value::Bytes(Some(exchange.request.clone().into_bytes()).filter(|body| !body.is_empty())),
        Value::Bytes(answer.map(bytes)),
        Value::Uuid(spoken.job.map(|job| job.0)),
        Value::Uuid(spoken.order.map(|order| order.0)),
        Value::Int(Some(i64::from(exchange.attempt))),
        Value::Int(i64::try_from(exchange.took.as_micros()).ok()),
        Value::Timestamp(Some(exchange.began_at)),
        Value::Timestamp(Some(exchange.began_at + exchange.took)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Scope;
    use crate::messages::{MessageFilter, find, list};
    use crate::orders::testing;
    use crate::paging::Turn;
    use crate::testing::{connect_store, on_both};

    #[tokio::test]
    async fn exchanges_are_written_in_batches_and_shown() {
        on_both(async |portal| {
            let customer = testing::client(&portal, "Estudio Garabato").await.customer;
            let (store, _) = connect_store(&portal, customer, Platform::Shopify, "a.myshopify.com").await;
            let recorder = Recorder::default();
            let spoken = |attempt, outcome| Spoken {
                store: Some(store),
                customer,
                platform: Platform::Shopify,
                job: None,
                order: None,
                exchange: Exchange {
                    operation: "orders.list",
                    method: "POST".to_owned(),
                    url: "https://a.myshopify.com/graphql.json".to_owned(),
                    request: "{}".to_owned(),
                    outcome,
                    began_at: portal.now(),
                    took: Duration::from_millis(120),
                    attempt,
                },
            };
            let answered = |status| Outcome::Answered {
                status,
                body: "ñ".to_owned(),
            };
            recorder
                .keep(&portal, spoken(1, Outcome::Failed("store-timed-out")))
                .await;
            recorder.keep(&portal, spoken(2, answered(200))).await;
            let all = MessageFilter::default();
            let mut conn = portal.db.read().await.unwrap();
            let page = list(&mut conn, &Scope::AllCustomers, &all, &Turn::First, 50)
                .await
                .unwrap();
            assert!(page.rows.is_empty());
            recorder.write(&portal).await.unwrap();
            let page = list(&mut conn, &Scope::AllCustomers, &all, &Turn::First, 50)
                .await
                .unwrap();
            let seen: Vec<_> = page
                .rows
                .iter()
                .map(|row| (row.attempt, row.state, row.status))
                .collect();
            assert_eq!(
                seen,
                [
                    (2, MessageState::Done, Some(200)),
                    (1, MessageState::Failed, None)
                ]
            );
            let message = find(&mut conn, &Scope::AllCustomers, page.rows[0].id)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(message.answer_text().as_deref(), Some("ñ"));
            assert_eq!(message.row.duration_us, Some(120_000));
            drop(conn);
            for _ in 0..BATCH {
                recorder.keep(&portal, spoken(1, answered(200))).await;
            }
            assert!(recorder.waiting().is_empty());
        })
        .await;
    }
}
