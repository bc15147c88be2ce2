//! Who may see and do what.

use super::*;
use crate::Refusal;
use crate::testing::on_both;
use domain::{ClientRole, StoreScope};

#[tokio::test]
async fn what_is_out_of_scope_is_not_there() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = checked(&portal, &client, store, &orders_file(2)).await;
        let (stranger, strangers_store) = shop(&portal).await;
        let narrow = Client {
            stores: StoreScope::Chosen(vec![strangers_store]),
            ..client.clone()
        };
        for other in [stranger, narrow] {
            let scope = other.scope();
            let all = [
                find(&portal, &scope, id).await.map(|_| ()),
                rows(&portal, &scope, id, RowFilter::All, Turn::First, 10)
                    .await
                    .map(|_| ()),
                report(&portal, &scope, id, ReportKind::Everything, |_| String::new())
                    .await
                    .map(|_| ()),
                start(&portal, &other, id).await,
                cancel(&portal, &other, id).await,
                retry(&portal, &other, id).await,
            ];
            assert!(
                all.iter()
                    .all(|outcome| matches!(outcome, Err(Refusal::NotFound))),
                "{all:?}"
            );
            assert!(
                list(&portal, &scope, Turn::First, 10)
                    .await
                    .unwrap()
                    .rows
                    .is_empty()
            );
        }
        let chosen = Client {
            role: ClientRole::OrderManager,
            stores: StoreScope::Chosen(vec![store]),
            ..client.clone()
        };
        start(&portal, &chosen, id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_those_who_import_orders_may() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = checked(&portal, &client, store, &orders_file(2)).await;
        let form = form(&portal, &client, store, &orders_file(1)).await;
        for role in [ClientRole::StoreManager, ClientRole::ViewOnly] {
            let other = Client {
                role,
                ..client.clone()
            };
            let all = [
                upload(&portal, &other, &form).await.map(|_| ()),
                start(&portal, &other, id).await,
                cancel(&portal, &other, id).await,
                retry(&portal, &other, id).await,
            ];
            assert!(
                all.iter()
                    .all(|outcome| matches!(outcome, Err(Refusal::Forbidden))),
                "{all:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn the_newest_import_comes_first() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(send(&portal, &client, store, &orders_file(1)).await.unwrap());
        }
        let page = async |turn| {
            let slice = list(&portal, &client.scope(), turn, 2).await.unwrap();
            slice.rows.iter().map(|import| import.id).collect::<Vec<_>>()
        };
        assert_eq!(page(Turn::First).await, [ids[2], ids[1]]);
        assert_eq!(page(Turn::After(ids[1])).await, [ids[0]]);
        assert_eq!(page(Turn::Before(ids[0])).await, [ids[2], ids[1]]);
    })
    .await;
}
