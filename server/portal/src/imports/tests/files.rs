//! Files that are no orders.

use super::*;
use crate::testing::on_both;
use domain::{ReasonCode, StoreState};

#[tokio::test]
async fn wrong_files_are_refused_at_their_field() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        for (text, code) in [
            (" \n", "file-empty"),
            (HEADER, "file-only-header"),
            ("order,city\n1,Madrid\n", "header-missing-columns"),
            ("order,order\n1,2\n", "header-duplicate-column"),
        ] {
            let refusal = send(&portal, &client, store, text).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "csv"), code);
        }
        let design = testing::upload(&portal, &client, &testing::png(1, 1)).await;
        let stranger = testing::client(&portal, "Nordlys Hotels").await;
        let strangers = form(&portal, &stranger, store, &orders_file(1)).await;
        for (csv, code) in [
            (String::new(), "required"),
            (strangers.csv, "required"),
            (design.to_string(), "file-not-text"),
        ] {
            let form = UploadForm {
                store: store.to_string(),
                csv,
            };
            let refusal = upload(&portal, &client, &form).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "csv"), code);
        }
        let imports = list(&portal, &client.scope(), Turn::First, 10).await.unwrap();
        assert!(imports.rows.is_empty(), "none of them became an import");
    })
    .await;
}

#[tokio::test]
async fn the_store_must_be_a_manual_one_of_the_client() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let (other, others_store) = shop(&portal).await;
        let right = form(&portal, &client, store, &orders_file(1)).await;
        let refused = async |store: &str| {
            let form = UploadForm {
                store: store.to_owned(),
                ..right.clone()
            };
            let refusal = upload(&portal, &client, &form).await.unwrap_err();
            testing::problem_of(&refusal, "store")
        };
        assert_eq!(refused("").await, "required");
        assert_eq!(refused("x").await, "unknown-choice");
        assert_eq!(refused(&others_store.to_string()).await, "unknown-choice");
        set_store(&portal, store, "platform", "shopify").await;
        assert_eq!(refused(&store.to_string()).await, "unknown-choice");
        send(&portal, &other, others_store, &orders_file(1))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_further_down_ends_the_import_with_a_sentence() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let open_quote = csv(&[good("A"), "B,\"Ana".to_owned(), good("C")]);
        let id = checked(&portal, &client, store, &open_quote).await;
        let import = get(&portal, &client, id).await;
        assert_eq!(
            (import.state, import.reason),
            (ImportState::Failed, Some(ReasonCode::ImportFileUnusable))
        );
        assert_eq!(import.problem.as_ref().unwrap().code, "quote-not-closed");
        assert!(!may_retry(&import));

        let example = csv(&[good("EXAMPLE-1")]);
        let id = checked(&portal, &client, store, &example).await;
        let problem = get(&portal, &client, id).await.problem.unwrap();
        assert_eq!(problem.code, "file-only-example");
    })
    .await;
}

#[tokio::test]
async fn a_store_that_went_away_takes_no_orders() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = checked(&portal, &client, store, &orders_file(3)).await;
        start(&portal, &client, id).await.unwrap();
        set_store(&portal, store, "state", StoreState::Disconnected.as_str()).await;
        work(&portal).await;
        let import = get(&portal, &client, id).await;
        assert_eq!(
            (import.state, import.reason),
            (ImportState::Failed, Some(ReasonCode::ImportStoreGone))
        );
        assert!(orders_of(&portal, store).await.is_empty());
    })
    .await;
}

async fn set_store(portal: &Portal, store: StoreId, column: &str, value: &str) {
    let mut tx = portal.db.begin().await.unwrap();
    let update = match column {
        "platform" => "UPDATE stores SET platform = $2 WHERE id = $1",
        _ => "UPDATE stores SET state = $2 WHERE id = $1",
    };
    sql(update)
        .bind(store)
        .bind(value)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
