//! Everything that writes orders of one customer, at once.

use domain::{JobState, OrderSource, OrderStatus};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::access::Scope;
use crate::orders::intake::{Arrival, take_in};
use crate::orders::{self, LineForm, PlaceOrderForm, intake};
use crate::testing::on_both;

const ORDERS: usize = 60;

/// A server that gives every request the same design. Gives its address.
async fn design_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/design.png", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let body = testing::png(4000, 6000);
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        while let Ok((mut connection, _)) = listener.accept().await {
            let _ = connection.read(&mut [0; 4_096]).await;
            let _ = connection.write_all(head.as_bytes()).await;
            let _ = connection.write_all(&body).await;
        }
    });
    url
}

/// Orders that go to production at once and orders whose design is checked first, in turn.
fn mixed_file(design: &str) -> String {
    let row = |n: usize| match n % 2 {
        0 => format!("{},", good(&format!("R-{n}"))),
        _ => format!("{},{design}", good(&format!("R-{n}"))).replace(",pen,", ",poster_a3-silk,"),
    };
    let rows: Vec<String> = (0..ORDERS).map(row).collect();
    csv(&rows).replace("quantity\n", "quantity,designFileUrl\n")
}

async fn place_some(portal: &Portal, client: &Client, store: StoreId, design: &str) {
    for n in 0..ORDERS / 4 {
        let line = |uid: &str, designs: Vec<(String, String)>| LineForm {
            product_uid: uid.to_owned(),
            quantity: "1".to_owned(),
            designs,
            ..LineForm::default()
        };
        let designs = vec![("front".to_owned(), design.to_owned())];
        let form = PlaceOrderForm {
            store: store.to_string(),
            reference: format!("F-{n}"),
            address: testing::address_form(),
            lines: vec![line("poster_a3-silk", designs), line("pen", Vec::new())],
            ..PlaceOrderForm::default()
        };
        orders::place(portal, client, &form).await.unwrap();
    }
}

async fn take_some_in(portal: &Portal, store: &stores::Store) {
    for n in 0..ORDERS / 4 {
        let arrival = Arrival {
            store,
            source: OrderSource::Poll,
            unconnected: true,
            placed_before: false,
            asked_at: portal.now(),
        };
        let order = intake::testing::order(&format!("S-{n}"), 1);
        let mut tx = portal.db.begin().await.unwrap();
        take_in(portal, &mut tx, arrival, &order).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn imports_checks_forms_and_stores_do_not_wait_for_each_other() {
    on_both(async |portal| {
        testing::catalogue(&portal).await;
        let (client, online) = testing::shop(&portal, "Estudio Garabato").await;
        testing::connect(&portal, &online, "pen", "pen").await;
        let design = design_server().await;
        let mut manual = Vec::new();
        for name in ["Directos", "Ferias"] {
            let store = stores::create_manual(&portal, &client, name).await.unwrap();
            let id = checked(&portal, &client, store, &mixed_file(&design)).await;
            start(&portal, &client, id).await.unwrap();
            manual.push((store, id));
        }
        let other = portal.other_process().await;
        futures::join!(
            Box::pin(work(&portal)),
            Box::pin(work(&other)),
            Box::pin(work(&other)),
            Box::pin(place_some(&portal, &client, manual[0].0, &design)),
            Box::pin(place_some(&other, &client, manual[1].0, &design)),
            Box::pin(take_some_in(&other, &online)),
        );
        // What was placed when the workers had nothing left to do.
        work(&portal).await;
        for (_, id) in manual {
            assert_eq!(get(&portal, &client, id).await.state, ImportState::Succeeded);
        }
        let mut conn = portal.db.read().await.unwrap();
        let again: Vec<(String, JobState, i64, Option<String>)> =
            sql("SELECT kind, state, attempt, error FROM jobs WHERE state <> 'succeeded' OR attempt <> 1")
                .fetch_all(&mut conn)
                .await
                .unwrap();
        assert_eq!(again, [], "nothing was done twice");
        let counts = orders::status_counts(&mut conn, &Scope::AllCustomers, None)
            .await
            .unwrap();
        let placed = i64::try_from(2 * ORDERS + 3 * (ORDERS / 4)).unwrap();
        assert_eq!(
            (counts.total(), counts.of(OrderStatus::Created)),
            (placed, placed)
        );
        let (not_created,): (i64,) = sql("SELECT COUNT(*) FROM orders WHERE status <> 'created'")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!(not_created, 0);
    })
    .await;
}
