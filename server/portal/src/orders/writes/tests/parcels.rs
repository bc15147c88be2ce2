//! Every parcel is told with its number: whatever the store changes too late, and however it counts.

use super::*;

/// An order of three and two packs of ten.
async fn packs(portal: &TestPortal) -> Stage {
    let mut stage = stage(portal).await;
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE store_variants SET pieces_per_unit = 10")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut packs = order("2", 1);
    packs.lines.push(line("l2", "pen", 2));
    stage.order = take(portal, &stage.store, &packs).await.order().unwrap();
    stage
}

/// What the shop was told of parcels: their numbers, and how many of each line.
fn told(stage: &Stage) -> Vec<(Vec<String>, Vec<u32>)> {
    let ledger = stage.shop.ledger();
    let parcels = ledger.iter().filter_map(|entry| match entry {
        Ledger::Shipment(shipment) => Some((
            shipment.numbers().into_iter().map(str::to_owned).collect(),
            shipment.items.iter().map(|item| item.quantity).collect(),
        )),
        Ledger::Progress(_) | Ledger::Product(_) => None,
    });
    parcels.collect()
}

fn numbers(of: &[&str]) -> Vec<String> {
    of.iter().map(|number| (*number).to_owned()).collect()
}

/// State and reason of what the store is told of parcels.
async fn parcels(portal: &TestPortal, stage: &Stage) -> Vec<(WriteState, Option<String>)> {
    let detail = find(portal, &Scope::AllCustomers, stage.order).await.unwrap();
    let parcels = detail
        .writes
        .into_iter()
        .filter(|write| write.kind == WriteKind::Shipped);
    parcels.map(|write| (write.state, write.reason)).collect()
}

#[tokio::test]
async fn a_quantity_that_the_store_lowers_too_late_leaves_the_parcel_told() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        advance(&portal, &stage.operator, stage.order, &Advance::default())
            .await
            .unwrap();
        let mut lowered = order("1", 9);
        lowered.lines[0].quantity = 1;
        lowered.lines.push(line("l2", "pen", 2));
        take(&portal, &stage.store, &lowered).await;
        let viewer = Viewer::Operator(stage.operator.clone());
        release(&portal, &viewer, stage.order).await.unwrap();

        stage.ship_as(&portal, "ES-1", &["1", ""]).await;
        work(&portal).await;
        assert_eq!(told(&stage), [(numbers(&["ES-1"]), vec![1])]);
        stage.ship_as(&portal, "ES-2", &["2", ""]).await;
        work(&portal).await;
        assert_eq!(told(&stage).len(), 1, "never more than the store wants");
        assert_eq!(
            parcels(&portal, &stage).await,
            [
                (WriteState::Done, None),
                (WriteState::Failed, Some("shipment-not-wanted".to_owned())),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_parcel_that_completes_no_pack_is_told_with_the_one_that_does() {
    on_both(async |portal| {
        let stage = packs(&portal).await;
        for (number, pieces) in [("ES-1", ["15", ""]), ("ES-2", ["5", ""]), ("ES-3", ["6", ""])] {
            stage.ship_as(&portal, number, &pieces).await;
            work(&portal).await;
        }
        let first = [(numbers(&["ES-1"]), vec![1]), (numbers(&["ES-2"]), vec![1])];
        assert_eq!(told(&stage), first);
        let waits = (WriteState::Queued, Some("shipment-incomplete".to_owned()));
        assert_eq!(parcels(&portal, &stage).await[2], waits);

        stage.ship_as(&portal, "ES-4", &["4", "20"]).await;
        work(&portal).await;
        assert_eq!(told(&stage)[2], (numbers(&["ES-3", "ES-4"]), vec![1, 2]));
        let states: Vec<WriteState> = parcels(&portal, &stage)
            .await
            .into_iter()
            .map(|(state, _)| state)
            .collect();
        assert_eq!(
            states,
            [
                WriteState::Done,
                WriteState::Done,
                WriteState::Superseded,
                WriteState::Done
            ]
        );

        stage.correct_parcel(&portal, 2, "ES-33").await;
        work(&portal).await;
        assert_eq!(told(&stage)[2].0, numbers(&["ES-33", "ES-4"]));
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_pack_is_told_once_nothing_follows_it() {
    on_both(async |portal| {
        let stage = packs(&portal).await;
        stage.ship_as(&portal, "ES-1", &["5", ""]).await;
        work(&portal).await;
        assert!(told(&stage).is_empty());
        cancel(&portal, &Viewer::Client(stage.client.clone()), stage.order)
            .await
            .unwrap();
        for _ in 0..2 {
            work(&portal).await;
            portal.clock.advance(std::time::Duration::from_hours(1));
        }
        assert_eq!(told(&stage), [(numbers(&["ES-1"]), vec![1])]);
        let update = stage.last_update();
        assert!(update.remark.contains("2 × pen, 2 × pen"), "{}", update.remark);
    })
    .await;
}

#[tokio::test]
async fn buyers_read_a_sentence_in_the_language_of_the_customers_people() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, created_at, updated_at)
             VALUES ($1, 'lucia@example.com', 'lucia@example.com', 'Lucía', 'Ferrer', 'es', 'Europe/Madrid', $2, $2)")
        .bind(stage.client.user)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
        sql(
            "INSERT INTO memberships (id, user_id, customer_id, role, accepted_at, created_at)
             VALUES ($1, $2, $3, 'account_admin', $4, $4)",
        )
        .bind(portal.entropy.id())
        .bind(stage.client.user)
        .bind(stage.client.customer)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        stage.ship_as(&portal, "ES-1", &["3", ""]).await;
        stage.ship_as(&portal, "ES-2", &["", "2"]).await;
        work(&portal).await;
        let ledger = stage.shop.ledger();
        let Some(Ledger::Shipment(shipment)) = ledger.first() else {
            panic!("{ledger:?}")
        };
        assert_eq!(
            shipment.note,
            "Una parte de tu pedido está en camino con SEUR: 3 × pen. Seguimiento: ES-1"
        );
    })
    .await;
}
