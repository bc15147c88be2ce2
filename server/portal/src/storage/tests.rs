//! What every use case relies on, on both engines.

use domain::id::CustomerId;
use domain::{Problem, Timestamp};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use super::{IntoValue, StorageError, Tx, Value, sql};
use crate::testing::{TestPortal, on_both};

async fn add_customer(
    tx: &mut Tx,
    portal: &TestPortal,
    reference: Option<&str>,
) -> Result<Uuid, StorageError> {
    let id = portal.entropy.id();
    sql("INSERT INTO customers (id, name, sort_name, reference_id, reference_key, search, created_at, updated_at)
         VALUES ($1, $2, $2, $3, $3, $2, $4, $4)")
    .bind(id)
    .bind("Ana")
    .bind(reference)
    .bind(portal.clock.now())
    .execute(tx)
    .await?;
    Ok(id)
}

#[derive(Debug, PartialEq, sqlx::FromRow)]
struct CustomerRow {
    id: CustomerId,
    name: String,
    reference_id: Option<String>,
    storefronts_access: bool,
    archived_at: Option<Timestamp>,
    created_at: Timestamp,
}

#[tokio::test]
async fn one_text_reads_and_writes_every_type_on_both_engines() {
    on_both(async |portal| {
        let mut tx = portal.db.begin().await.unwrap();
        let id = add_customer(&mut tx, &portal, None).await.unwrap();
        let hash = [7_u8; 32];
        sql("INSERT INTO jobs (id, kind, payload, state, max_attempts, run_at, cancel_requested, created_at, error)
             VALUES ($1, $2, $3, 'queued', $4, $5, $6, $5, $7)")
        .bind(id)
        .bind("kind")
        .bind(Value::json(&Problem::new("too-long").with("limit", 3)))
        .bind(5_u32)
        .bind(Timestamp::from_micros(1_234_567))
        .bind(true)
        .bind(None::<String>)
        .execute(&mut tx)
        .await
        .unwrap();
        sql("INSERT INTO link_tokens (token_hash, purpose, expires_at, created_at) VALUES ($1, 'x', $2, $2)")
            .bind(hash)
            .bind(portal.clock.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let mut conn = portal.db.read().await.unwrap();
        let mut customers = sql("SELECT * FROM customers WHERE created_at <= ");
        customers.push_bind(portal.clock.now()).push(" AND id IN ").push_list([id, Uuid::nil()]);
        let rows: Vec<CustomerRow> = customers.fetch_all(&mut conn).await.unwrap();
        assert_eq!(
            rows,
            [CustomerRow {
                id: CustomerId(id),
                name: "Ana".to_owned(),
                reference_id: None,
                storefronts_access: false,
                archived_at: None,
                created_at: portal.clock.now(),
            }]
        );
        let (Json(payload), attempts, run_at, cancel): (Json<Problem>, i64, Timestamp, bool) =
            sql("SELECT payload, max_attempts, run_at, cancel_requested FROM jobs WHERE id = $1 AND error IS NULL")
                .bind(id)
                .fetch_one(&mut conn)
                .await
                .unwrap();
        assert_eq!(payload, Problem::new("too-long").with("limit", 3));
        assert_eq!((attempts, run_at, cancel), (5, Timestamp::from_micros(1_234_567), true));
        let found: Option<(Vec<u8>,)> = sql("SELECT token_hash FROM link_tokens WHERE token_hash = $1")
            .bind(hash)
            .fetch_optional(&mut conn)
            .await
            .unwrap();
        assert_eq!(found, Some((hash.to_vec(),)));
        let mut none = sql("SELECT id FROM customers WHERE id IN ");
        none.push_list([] as [Uuid; 0]);
        assert_eq!(none.fetch_all::<(Uuid,)>(&mut conn).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_no_database_keeps_is_left_out_of_texts() {
    on_both(async |portal| {
        let mut tx = portal.db.begin().await.unwrap();
        let id = add_customer(&mut tx, &portal, Some("R\0ef")).await.unwrap();
        sql(
            "INSERT INTO jobs (id, kind, payload, state, max_attempts, run_at, cancel_requested, created_at)
             VALUES ($1, $2, $3, 'queued', 1, $4, $5, $4)",
        )
        .bind(id)
        .bind("kind".to_owned() + "\0")
        .bind(Value::json(
            &serde_json::json!({ "a\0b": ["\0x", { "c": "y\0" }] }),
        ))
        .bind(portal.clock.now())
        .bind(false)
        .execute(&mut tx)
        .await
        .unwrap();
        let found: (String, String, Json<serde_json::Value>) = sql(
            "SELECT customers.reference_id, jobs.kind, jobs.payload FROM customers
             JOIN jobs ON jobs.id = customers.id WHERE customers.reference_key = $1",
        )
        .bind("Ref\0")
        .fetch_one(&mut tx)
        .await
        .unwrap();
        let payload = serde_json::json!({ "ab": ["x", { "c": "y" }] });
        assert_eq!(found, ("Ref".to_owned(), "kind".to_owned(), Json(payload)));
    })
    .await;
}

#[tokio::test]
async fn a_dropped_transaction_never_happened() {
    on_both(async |portal| {
        let mut tx = portal.db.begin().await.unwrap();
        add_customer(&mut tx, &portal, None).await.unwrap();
        drop(tx);
        let mut tx = portal.db.begin().await.unwrap();
        let (customers,): (i64,) = sql("SELECT COUNT(*) FROM customers")
            .fetch_one(&mut tx)
            .await
            .unwrap();
        assert_eq!(customers, 0);
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_is_named_by_its_columns() {
    on_both(async |portal| {
        let mut tx = portal.db.begin().await.unwrap();
        let customer = add_customer(&mut tx, &portal, Some("ref-1")).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = portal.db.begin().await.unwrap();
        let error = add_customer(&mut tx, &portal, Some("ref-1")).await.unwrap_err();
        assert_eq!(
            error.unique_violation().as_deref(),
            Some("customers.reference_key")
        );
        drop(tx);

        let add_store = async |customer: Uuid| {
            let mut tx = portal.db.begin().await.unwrap();
            sql("INSERT INTO stores (id, customer_id, platform, name, name_key, state, created_at, updated_at)
                 VALUES ($1, $2, 'manual', 'Shop', 'shop', 'connected', $3, $3)")
            .bind(portal.entropy.id())
            .bind(customer)
            .bind(portal.clock.now())
            .execute(&mut tx)
            .await?;
            tx.commit().await
        };
        add_store(customer).await.unwrap();
        let error = add_store(customer).await.unwrap_err();
        assert_eq!(
            error.unique_violation().as_deref(),
            Some("stores.customer_id,name_key")
        );
        let error = add_store(portal.entropy.id()).await.unwrap_err();
        assert_eq!(error.unique_violation(), None);
        assert!(error.is_foreign_key_violation());
    })
    .await;
}

#[tokio::test]
async fn readers_of_sqlite_cannot_write() {
    on_both(async |portal| {
        if portal.db.engine() == super::Engine::Sqlite {
            let mut conn = portal.db.read().await.unwrap();
            sql("DELETE FROM customers").execute(&mut conn).await.unwrap_err();
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_json_fails_the_statement() {
    #[derive(Debug, Deserialize, Eq, Hash, PartialEq, serde::Serialize)]
    struct Key(u8, u8);
    on_both(async |portal| {
        let value = Value::json(&std::collections::HashMap::from([(Key(1, 2), 3)]));
        let mut conn = portal.db.read().await.unwrap();
        let failed = sql("SELECT CAST($1 AS TEXT)")
            .bind(value)
            .fetch_one::<(String,)>(&mut conn)
            .await;
        assert!(failed.unwrap_err().to_string().contains("key must be a string"));
        assert_eq!(None::<&CustomerId>.into_value(), Value::Uuid(None));
    })
    .await;
}
