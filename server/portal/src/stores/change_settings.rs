//! Changing what was chosen for a store.

use connectors::store::StoreFacts;
use domain::id::StoreId;
use domain::{AuditAction, AuditField, Permission, Problem, StoreState};
use sqlx::types::Json;

use super::{StoreSettings, find_in};
use crate::access::Client;
use crate::audit::{self, Entry};
use crate::orders::ReconsiderOrders;
use crate::storage::{Value, sql};
use crate::syncs::{read_waiting_again, read_waiting_later};
use crate::{Outcome, Portal, Refusal};

/// Changes the settings of an online store. Its orders with which production has not begun are read again where these
/// settings say which of them, and what of them, is made here; those that waited for somebody to look at what buyers
/// added go on when nobody has to.
///
/// # Errors
/// [`Refusal::Invalid`] in `location` for one that the store does not have; [`Refusal::Conflict`] with
/// `store-not-online` for a manual store; [`Refusal::NotFound`] outside of the client's
/// scope; [`Refusal::Forbidden`] without [`Permission::ConfigureStores`].
pub async fn change_settings(
    portal: &Portal,
    client: &Client,
    id: StoreId,
    settings: &StoreSettings,
) -> Outcome<()> {
    client.require(Permission::ConfigureStores)?;
    let mut tx = portal.db.begin().await?;
    let store = find_in(&mut tx, &client.scope(), id).await?;
    let known: Option<(Json<StoreFacts>, Json<StoreSettings>)> =
        sql("SELECT facts, settings FROM store_connections WHERE store_id = $1")
            .bind(store.id)
            .fetch_optional(&mut tx)
            .await?;
    let Some((Json(facts), Json(was))) = known else {
        return Err(Refusal::conflict("store-not-online"));
    };
    if let Some(location) = &settings.location
        && !facts.locations.iter().any(|known| known.id == *location)
    {
        return Err(Refusal::field("location", Problem::new("unknown-choice")));
    }
    sql("UPDATE store_connections SET settings = $2, updated_at = $3 WHERE store_id = $1")
        .bind(store.id)
        .bind(Value::json(settings))
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    if (&was.location, &was.ready_statuses) != (&settings.location, &settings.ready_statuses) {
        if matches!(store.state, StoreState::Connected | StoreState::NeedsAttention) {
            read_waiting_again(portal, &mut tx, store.id, store.customer_id).await?;
        } else {
            read_waiting_later(&mut tx, store.id).await?;
        }
    }
    if was.hold_personalised && !settings.hold_personalised {
        ReconsiderOrders::of_personalised(portal, &mut tx, store.id, store.customer_id).await?;
    }
    let called = |settings: &StoreSettings| {
        let location = facts
            .locations
            .iter()
            .find(|known| Some(&known.id) == settings.location.as_ref());
        location.map(|location| location.name.clone())
    };
    let entry = Entry::new(AuditAction::StoreSettingsChanged)
        .of(store.customer_id)
        .about(store.id, store.name)
        .changed(
            AuditField::ImportUnconnected,
            was.import_unconnected,
            settings.import_unconnected,
        )
        .changed(
            AuditField::HoldPersonalised,
            was.hold_personalised,
            settings.hold_personalised,
        )
        .changed(
            AuditField::NotifyBuyers,
            was.notify_buyers,
            settings.notify_buyers,
        )
        .changed(
            AuditField::ReadyStatuses,
            was.ready_statuses.clone(),
            settings.ready_statuses.clone(),
        )
        .changed(AuditField::Location, called(&was), called(settings));
    if !entry.is_without_change() {
        audit::record(&mut tx, portal, &client.into(), entry).await?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use domain::source::SourceOrderState;
    use domain::{OrderStatus, Platform};

    use super::*;
    use crate::access::{Scope, Viewer};
    use crate::jobs::{Job as _, NewJob, Registry, Worker, enqueue, registry};
    use crate::orders::intake::testing::{at, order};
    use crate::orders::{self, testing};
    use crate::stores::{pause, resume};
    use crate::syncs::{FetchOrder, ScheduleStores, sync_orders};
    use crate::testing::{TestPortal, connect_store, on_both};

    #[tokio::test]
    async fn orders_that_wait_are_read_again_by_what_is_chosen_now() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let (store, shop) = connect_store(
                &portal,
                client.customer,
                Platform::WooCommerce,
                "https://a.example",
            )
            .await;
            let work = async || Worker::new(&portal, registry()).run_until_idle().await.unwrap();
            let mut bought = order("1", 1);
            bought.state = SourceOrderState::Waiting;
            shop.put_order(bought.clone());
            let viewer = Viewer::Client(client.clone());
            sync_orders(&portal, &viewer, store, Some(at(0))).await.unwrap();
            work().await;
            let status = async || {
                let mut conn = portal.db.read().await.unwrap();
                let scope = Scope::AllCustomers;
                let counts = orders::status_counts(&mut conn, &scope, None).await.unwrap();
                (
                    counts.of(OrderStatus::Draft),
                    counts.of(OrderStatus::NotConnected),
                )
            };
            assert_eq!(status().await, (1, 0));

            // The shop has not changed the order: it is the setting by which it is ready now.
            bought.state = SourceOrderState::Ready;
            shop.put_order(bought);
            let same = StoreSettings::default();
            change_settings(&portal, &client, store, &same).await.unwrap();
            work().await;
            assert_eq!(status().await, (1, 0), "nothing else was chosen");
            let other = StoreSettings {
                ready_statuses: vec!["processing".to_owned(), "on-hold".to_owned()],
                ..same
            };
            change_settings(&portal, &client, store, &other).await.unwrap();
            work().await;
            assert_eq!(status().await, (0, 1));
        })
        .await;
    }

    /// Has the schedule look at what is due; gives how many orders were fetched one by one for it.
    async fn look(portal: &TestPortal) -> u64 {
        let fetched = async || {
            let (fetched,): (i64,) = sql("SELECT COUNT(*) FROM jobs WHERE kind = $1")
                .bind(FetchOrder::KIND)
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
            fetched.cast_unsigned()
        };
        let before = fetched().await;
        let mut tx = portal.db.begin().await.unwrap();
        enqueue(&mut tx, portal, NewJob::of(&ScheduleStores {}))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let kinds = Registry::new()
            .register::<ScheduleStores>()
            .register::<FetchOrder>();
        Worker::new(portal, kinds).run_until_idle().await.unwrap();
        fetched().await - before
    }

    #[tokio::test]
    async fn what_is_chosen_while_a_store_is_paused_holds_for_orders_that_wait_once_it_goes_on() {
        on_both(async |portal| {
            let (client, _) = testing::shop(&portal, "Estudio Garabato").await;
            let address = "https://a.example";
            let (store, shop) = connect_store(&portal, client.customer, Platform::WooCommerce, address).await;
            let mut bought = order("1", 1);
            bought.state = SourceOrderState::Waiting;
            shop.put_order(bought.clone());
            let viewer = Viewer::Client(client.clone());
            sync_orders(&portal, &viewer, store, Some(at(0))).await.unwrap();
            Worker::new(&portal, registry()).run_until_idle().await.unwrap();
            pause(&portal, &client, store).await.unwrap();
            resume(&portal, &client, store).await.unwrap();
            assert_eq!(look(&portal).await, 0, "nothing else was chosen");

            pause(&portal, &client, store).await.unwrap();
            bought.state = SourceOrderState::Ready;
            shop.put_order(bought);
            let other = StoreSettings {
                ready_statuses: vec!["on-hold".to_owned()],
                ..StoreSettings::default()
            };
            change_settings(&portal, &client, store, &other).await.unwrap();
            assert_eq!(look(&portal).await, 0, "nothing is read while it is paused");

            resume(&portal, &client, store).await.unwrap();
            assert_eq!(look(&portal).await, 1);
            let mut conn = portal.db.read().await.unwrap();
            let counts = orders::status_counts(&mut conn, &Scope::AllCustomers, None)
                .await
                .unwrap();
            assert_eq!(counts.of(OrderStatus::NotConnected), 1);
            drop(conn);
            pause(&portal, &client, store).await.unwrap();
            resume(&portal, &client, store).await.unwrap();
            assert_eq!(look(&portal).await, 0, "they are read once");
        })
        .await;
    }

    #[tokio::test]
    async fn orders_about_to_be_read_again_when_a_store_is_paused_are_read_once_it_goes_on() {
        on_both(async |portal| {
            let (client, _) = testing::shop(&portal, "Estudio Garabato").await;
            let address = "https://a.example";
            let (store, shop) = connect_store(&portal, client.customer, Platform::WooCommerce, address).await;
            let mut bought = order("1", 1);
            bought.state = SourceOrderState::Waiting;
            shop.put_order(bought);
            let viewer = Viewer::Client(client.clone());
            sync_orders(&portal, &viewer, store, Some(at(0))).await.unwrap();
            Worker::new(&portal, registry()).run_until_idle().await.unwrap();
            let other = StoreSettings {
                ready_statuses: vec!["on-hold".to_owned()],
                ..StoreSettings::default()
            };
            change_settings(&portal, &client, store, &other).await.unwrap();
            pause(&portal, &client, store).await.unwrap();
            assert_eq!(look(&portal).await, 0, "the store is not read");
            resume(&portal, &client, store).await.unwrap();
            assert_eq!(look(&portal).await, 1);
        })
        .await;
    }
}
