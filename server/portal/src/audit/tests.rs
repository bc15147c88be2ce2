//! What the audit log promises.

use std::time::Duration;

use domain::id::CustomerId;
use domain::{AuditAction, AuditField, ClientRole, OperatorRole};
use futures::TryStreamExt as _;

use super::*;
use crate::access::{Client, Viewer};
use crate::customers::{self, CustomerForm};
use crate::jobs::{Registry, Retention, Worker};
use crate::orders::testing;
use crate::paging::Turn;
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};
use crate::{Actor, Portal, Refusal, stores};

async fn entries(portal: &Portal, viewer: &Viewer) -> Vec<AuditRow> {
    list(portal, viewer, &AuditFilter::default(), &Turn::First, 50)
        .await
        .unwrap()
        .rows
}

fn administrator(portal: &Portal) -> Viewer {
    let mut operator = testing::operator(portal);
    operator.role = OperatorRole::Administrator;
    Viewer::Operator(operator)
}

/// Writes an entry `age` old.
async fn entry_of(portal: &TestPortal, age: Duration) {
    let now = portal.clock.now();
    portal.clock.set(now - age);
    let mut tx = portal.db.begin().await.unwrap();
    record(
        &mut tx,
        portal,
        &Actor::SYSTEM,
        Entry::new(AuditAction::BackupTaken),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    portal.clock.set(now);
}

#[tokio::test]
async fn a_decision_is_recorded_with_what_changed_and_where_it_came_from() {
    on_both(async |portal| {
        let client = testing::client(&portal, "Cafe").await;
        let viewer = administrator(&portal);
        let Viewer::Operator(operator) = &viewer else {
            unreachable!()
        };
        let form = CustomerForm {
            name: "Café Lindner".to_owned(),
            ..CustomerForm::default()
        };
        let origin = Origin {
            request_id: "r-1".to_owned(),
            address: [192, 0, 2, 7].into(),
        };
        within(
            origin,
            customers::edit(&portal, operator, client.customer, form.clone()),
        )
        .await
        .unwrap();
        let found = history(&portal, &viewer, client.customer, 5).await.unwrap();
        let entry = &found[0];
        assert_eq!(entry.action, AuditAction::CustomerEdited);
        assert_eq!(entry.actor_name.as_deref(), Some(operator.name.as_str()));
        assert_eq!(entry.object_label.as_deref(), Some("Café Lindner"));
        assert_eq!(entry.address.as_deref(), Some("192.0.2.7"));
        assert_eq!(entry.request_id.as_deref(), Some("r-1"));
        let (field, before, after) = entry.fields()[0];
        assert_eq!(field, AuditField::Name);
        assert_eq!(before.unwrap(), "Cafe");
        assert_eq!(after.unwrap(), "Café Lindner");
        assert_eq!(entry.fields().len(), 1, "only what changed");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_done_is_not_recorded() {
    on_both(async |portal| {
        let client = testing::client(&portal, "Cafe").await;
        let viewer = administrator(&portal);
        let before = entries(&portal, &viewer).await.len();
        for name in ["", "Directos", "Directos"] {
            let _ = stores::create_manual(&portal, &client, name).await;
        }
        assert_eq!(entries(&portal, &viewer).await.len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_an_entry() {
    on_both(async |portal| {
        let viewer = administrator(&portal);
        entry_of(&portal, Duration::ZERO).await;
        for statement in [
            "UPDATE audit_entries SET actor_name = 'nobody'",
            "DELETE FROM audit_entries",
            "UPDATE audit_retention SET kept_since = $1",
            "DELETE FROM audit_retention",
        ] {
            let mut tx = portal.db.begin().await.unwrap();
            let mut query = sql(statement);
            if statement.contains("$1") {
                query = query.bind(portal.now());
            }
            let refused = query.execute(&mut tx).await.unwrap_err();
            assert!(
                format!("{refused:?}").contains("audit log"),
                "{statement}: {refused:?}"
            );
        }
        let mut tx = portal.db.begin().await.unwrap();
        let emptied = match crate::storage::AsConn::engine(&tx) {
            crate::storage::Engine::Sqlite => "REPLACE INTO audit_entries SELECT * FROM audit_entries",
            crate::storage::Engine::Postgres => "TRUNCATE audit_entries",
        };
        sql(emptied).execute(&mut tx).await.unwrap_err();
        drop(tx);
        assert_eq!(entries(&portal, &viewer).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_older_than_the_deployment_wants_is_let_go() {
    on_both(async |portal| {
        let day = Duration::from_hours(24);
        entry_of(&portal, day * 731).await;
        entry_of(&portal, day * 729).await;
        let mut tx = portal.db.begin().await.unwrap();
        crate::jobs::enqueue(&mut tx, &portal, crate::jobs::NewJob::of(&Retention {}))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Worker::new(&portal, Registry::new().register::<Retention>())
            .run_until_idle()
            .await
            .unwrap();
        let left = entries(&portal, &administrator(&portal)).await;
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].at, portal.now() - day * 729);
    })
    .await;
}

#[tokio::test]
async fn account_admins_see_their_own_customers_entries_and_others_none() {
    on_both(async |portal| {
        let client = testing::client(&portal, "Cafe").await;
        let other = testing::client(&portal, "Otro").await;
        stores::create_manual(&portal, &client, "Directos").await.unwrap();
        stores::create_manual(&portal, &other, "Ajena").await.unwrap();
        let own = Viewer::Client(client.clone());
        let found = entries(&portal, &own).await;
        assert!(!found.is_empty());
        assert!(
            found
                .iter()
                .all(|entry| entry.customer_id == Some(client.customer))
        );
        let all = entries(&portal, &administrator(&portal)).await;
        let foreign = all
            .iter()
            .find(|entry| entry.customer_id == Some(other.customer))
            .unwrap();
        assert!(matches!(
            find(&portal, &own, foreign.id).await,
            Err(Refusal::NotFound)
        ));
        let admin = Viewer::Client(Client {
            role: ClientRole::Admin,
            ..client
        });
        let refused = list(&portal, &admin, &AuditFilter::default(), &Turn::First, 5).await;
        assert!(matches!(refused, Err(Refusal::Forbidden)));
        assert!(
            history(&portal, &admin, other.customer, 5)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn entries_are_found_by_every_filter_and_page_by_page() {
    on_both(async |portal| {
        let client = testing::client(&portal, "Estudio Garabato").await;
        for name in ["Uno", "Dos", "Tres"] {
            portal.clock.advance(Duration::from_hours(1));
            stores::create_manual(&portal, &client, name).await.unwrap();
        }
        let viewer = administrator(&portal);
        let now = portal.now();
        let none = AuditFilter::default();
        let with = |change: &dyn Fn(&mut AuditFilter)| {
            let mut filter = none.clone();
            change(&mut filter);
            filter
        };
        let nobody = CustomerId(portal.entropy.id());
        let name = client.name.clone();
        for (filter, found) in [
            (with(&|filter| filter.customer = Some(client.customer)), 3),
            (with(&|filter| filter.customer = Some(nobody)), 0),
            (with(&|filter| filter.customer_words = "garabato".to_owned()), 3),
            (with(&|filter| filter.person = Some(client.user)), 3),
            (with(&|filter| filter.person_words.clone_from(&name)), 3),
            (with(&|filter| filter.person_words = "zzz".to_owned()), 0),
            (with(&|filter| filter.action = Some(AuditAction::StoreCreated)), 3),
            (
                with(&|filter| filter.object_kind = Some(domain::AuditObject::Store)),
                3,
            ),
            (with(&|filter| filter.since = Some(now)), 1),
            (with(&|filter| filter.until = Some(now)), 2),
        ] {
            let filter = AuditFilter {
                action: filter.action.or(Some(AuditAction::StoreCreated)),
                ..filter
            };
            let page = list(&portal, &viewer, &filter, &Turn::First, 50).await.unwrap();
            assert_eq!(page.rows.len(), found, "{filter:?}");
        }
        let filter = with(&|filter| filter.action = Some(AuditAction::StoreCreated));
        let first = list(&portal, &viewer, &filter, &Turn::First, 2).await.unwrap();
        assert_eq!((first.rows.len(), first.has_next), (2, true));
        let second = list(&portal, &viewer, &filter, &Turn::After(first.rows[1].id), 2)
            .await
            .unwrap();
        assert_eq!(second.rows[0].object_label.as_deref(), Some("Uno"));
        assert!(second.has_previous && !second.has_next);
        let back = list(&portal, &viewer, &filter, &Turn::Before(second.rows[0].id), 2)
            .await
            .unwrap();
        assert_eq!(back.rows[0].id, first.rows[0].id);
    })
    .await;
}

#[tokio::test]
async fn the_file_has_the_entries_of_the_list_and_is_recorded_itself() {
    on_both(async |portal| {
        let client = testing::client(&portal, "=HYPERLINK(1)").await;
        stores::create_manual(&portal, &client, "Directos").await.unwrap();
        let viewer = administrator(&portal);
        let filters = [("action", "store-created"), ("q", "Ana"), ("rows", "50")];
        let filters = filters.map(|(name, value)| (name.to_owned(), value.to_owned()));
        exported(&portal, &viewer, AuditAction::AuditLogExported, &filters)
            .await
            .unwrap();
        let filter = AuditFilter::default();
        let pieces: Vec<bytes::Bytes> = export_csv((*portal).clone(), &viewer, filter)
            .unwrap()
            .try_collect()
            .await
            .unwrap();
        let file = String::from_utf8(pieces.concat()).unwrap();
        assert_eq!(file.lines().count(), 3, "{file}");
        assert!(
            file.contains("\"store_created\"") && file.contains("\"'=HYPERLINK(1)\""),
            "{file}"
        );
        assert!(
            file.contains("action=store-created") && !file.contains("Ana\""),
            "{file}"
        );
        assert!(export_csv((*portal).clone(), &Viewer::Client(client), AuditFilter::default()).is_ok());
    })
    .await;
}
