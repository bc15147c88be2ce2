//! What is kept about buyers, on both engines.

use domain::{AuditAction, ClientRole, OperatorRole, OrderEventKind};
use serde_json::Value;

use super::*;
use crate::access::{Client, Operator, Scope};
use crate::accounts::confirm::Proof;
use crate::audit::{self, AuditFilter};
use crate::orders::{self, OrderFilter, testing};
use crate::paging::Turn;
use crate::storage::sql;
use crate::testing::on_both;
use crate::{Portal, Refusal};

/// The buyer of [`testing::stock_order`].
async fn buyer(portal: &Portal) -> String {
    let (email,): (String,) = sql("SELECT email FROM orders WHERE email IS NOT NULL ORDER BY number")
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    email
}

async fn settle(portal: &Portal) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE orders SET status = 'delivered'")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_buyer_is_told_everything_and_then_forgotten() {
    on_both(async |portal| {
        let (client, operator, _) = testing::stock_order(&portal).await;
        let administrator = Viewer::Operator(Operator {
            role: OperatorRole::Administrator,
            ..operator
        });
        let owner = Viewer::Client(client);
        let email = buyer(&portal).await;
        let proof = Proof::given(Some(portal.now()));
        for viewer in [&owner, &administrator] {
            let kept = find(&portal, viewer, &email.to_uppercase()).await.unwrap();
            assert_eq!((kept.orders, kept.under_way), (1, 1));
            let [(number, _)] = kept.first_under_way[..] else {
                panic!("one order is named: {kept:?}");
            };
            assert!(kept.first_at.is_some() && kept.first_at == kept.last_at);
            let told: Value = serde_json::from_str(&export(&portal, viewer, &email).await.unwrap()).unwrap();
            let order = &told["orders"][0];
            assert_eq!(order["email"], email.as_str());
            assert!(order["number"].as_str().unwrap().ends_with(&number.to_string()));
            assert!(!order["address"]["recipient"].as_str().unwrap().is_empty());
            assert_eq!(order["lines"].as_array().unwrap().len(), 1);
            assert!(!order["timeline"].as_array().unwrap().is_empty());
        }
        let early = erase(&portal, &owner, proof, &email).await;
        assert!(
            matches!(early, Err(Refusal::Conflict(problem)) if problem.code == "buyer-orders-under-way"),
            "what is still to be sent needs its address"
        );
        settle(&portal).await;
        let unproved = erase(&portal, &owner, Proof::given(None), &email).await;
        assert!(matches!(unproved, Err(Refusal::Unproved)));
        assert_eq!(erase(&portal, &owner, proof, &email).await.unwrap(), 1);
        assert_eq!(find(&portal, &owner, &email).await.unwrap().orders, 0);
        let log = audit::list(&portal, &owner, &AuditFilter::default(), &Turn::First, 1)
            .await
            .unwrap();
        assert_eq!(log.rows[0].action, AuditAction::BuyerErased);
        assert!(!format!("{:?}", log.rows[0]).contains(&email));
        assert_eq!(erase(&portal, &administrator, proof, &email).await.unwrap(), 0);
        let scope = Scope::AllCustomers;
        let listed = orders::list(&portal, &scope, &OrderFilter::default(), Turn::First, 9)
            .await
            .unwrap();
        let row = &listed.rows[0];
        assert!(
            row.recipient.is_empty() && row.buyer_erased,
            "the order stays, and says so"
        );
        let order = orders::find(&portal, &scope, row.id).await.unwrap();
        assert_eq!(order.head.buyer_erased_at, Some(portal.now()));
        let told = order
            .timeline
            .iter()
            .filter(|event| event.kind == OrderEventKind::BuyerErased);
        assert_eq!(told.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_asks_about_the_buyers_of_others() {
    on_both(async |portal| {
        let (client, operator, _) = testing::stock_order(&portal).await;
        settle(&portal).await;
        let email = buyer(&portal).await;
        let proof = Proof::given(Some(portal.now()));
        let stranger = Viewer::Client(testing::client(&portal, "Nordlys Hotels").await);
        assert_eq!(find(&portal, &stranger, &email).await.unwrap().orders, 0);
        assert!(
            !export(&portal, &stranger, &email)
                .await
                .unwrap()
                .contains("address")
        );
        assert_eq!(erase(&portal, &stranger, proof, &email).await.unwrap(), 0);

        let admin = Viewer::Client(Client {
            role: ClientRole::Admin,
            ..client
        });
        let colleague = Viewer::Operator(Operator {
            role: OperatorRole::Operator,
            ..operator
        });
        for viewer in [admin, colleague] {
            assert!(matches!(
                find(&portal, &viewer, &email).await,
                Err(Refusal::Forbidden)
            ));
            assert!(matches!(
                export(&portal, &viewer, &email).await,
                Err(Refusal::Forbidden)
            ));
            assert!(matches!(
                erase(&portal, &viewer, proof, &email).await,
                Err(Refusal::Forbidden)
            ));
        }
        let odd = find(&portal, &stranger, "nobody").await;
        assert!(matches!(odd, Err(Refusal::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn a_buyer_is_found_by_an_index() {
    on_both(async |portal| {
        let email = EmailAddress::parse("ana@example.com").unwrap();
        let viewer = Viewer::Operator(testing::operator(&portal));
        let mut query = sql("SELECT orders.id");
        push_orders(&mut query, &viewer, &email);
        let mut tx = portal.db.begin().await.unwrap();
        let plan = query.plan(&mut tx).await;
        assert!(plan.contains("orders_buyer"), "{plan}");
    })
    .await;
}
