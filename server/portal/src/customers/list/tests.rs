//! Searching, filtering, sorting and paging, on both engines.

use std::time::Duration;

use domain::id::{CustomerId, StoreId};
use domain::{InvitationState, Platform};

use super::*;
use crate::customers::list::cursor::Position;
use crate::customers::tests::{customer, operator};
use crate::customers::{archive, edit, overview};
use crate::paging::Turn;
use crate::storage::{IntoValue as _, Value, sql};
use crate::testing::{TestPortal, on_both};

async fn names(
    portal: &Portal,
    operator: &Operator,
    filter: &CustomerFilter,
    request: &PageRequest,
) -> Vec<String> {
    let page = list(portal, operator, filter, request).await.unwrap();
    page.rows.into_iter().map(|row| row.name).collect()
}

fn by(column: SortColumn, descending: bool, rows: u32) -> PageRequest {
    PageRequest {
        sort: CustomerSort { column, descending },
        rows,
        ..PageRequest::default()
    }
}

async fn set(portal: &Portal, statement: &'static str, id: CustomerId, value: Value) {
    let mut tx = portal.db.begin().await.unwrap();
    sql(statement)
        .bind(id)
        .bind(value)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Reads the whole list page by page, forwards and back again.
async fn walk(portal: &Portal, operator: &Operator, mut request: PageRequest) -> (Vec<String>, Vec<String>) {
    let filter = CustomerFilter::default();
    let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
    loop {
        let page = list(portal, operator, &filter, &request).await.unwrap();
        forwards.extend(page.rows.iter().map(|row| row.name.clone()));
        assert_eq!(page.previous.is_some(), request.after.is_some());
        match page.next {
            Some(next) => request.after = Some(next),
            None => break,
        }
    }
    loop {
        let page = list(portal, operator, &filter, &request).await.unwrap();
        let names: Vec<String> = page.rows.iter().map(|row| row.name.clone()).collect();
        backwards.splice(0..0, names);
        request.after = None;
        match page.previous {
            Some(previous) => request.before = Some(previous),
            None => break,
        }
    }
    (forwards, backwards)
}

#[tokio::test]
async fn every_sort_pages_both_ways_without_repeating_or_hiding_anybody() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        for (index, name) in ["Delta", "álamo", "Beta", "Beta", "Élan", "casa", "Zeta"]
            .into_iter()
            .enumerate()
        {
            let id = customer(&portal, &operator, name, "").await;
            portal.clock.advance(Duration::from_secs(1));
            // Three of them never ordered, two at the same moment.
            if index % 2 == 0 {
                let at = portal.now() - Duration::from_secs(u64::try_from(index).unwrap() % 3 * 60);
                set(
                    &portal,
                    "UPDATE customers SET last_order_at = $2 WHERE id = $1",
                    id,
                    at.into_value(),
                )
                .await;
            }
        }
        let expected = ["álamo", "Beta", "Beta", "casa", "Delta", "Élan", "Zeta"];
        assert_eq!(
            names(
                &portal,
                &operator,
                &CustomerFilter::default(),
                &by(SortColumn::Name, false, 25)
            )
            .await,
            expected
        );
        for column in [SortColumn::Name, SortColumn::Created, SortColumn::LastOrder] {
            for descending in [false, true] {
                let all = names(
                    &portal,
                    &operator,
                    &CustomerFilter::default(),
                    &by(column, descending, 25),
                )
                .await;
                for rows in [1, 2, 3, 7] {
                    let (forwards, backwards) = walk(&portal, &operator, by(column, descending, rows)).await;
                    assert_eq!(forwards, all, "{column:?} {descending} {rows}");
                    assert_eq!(backwards, all, "{column:?} {descending} {rows} backwards");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_stays_where_it_is_when_customers_change() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let mut ids = Vec::new();
        for name in ["Alfa", "Beta", "Gamma", "Delta"] {
            ids.push(customer(&portal, &operator, name, "").await);
        }
        let filter = CustomerFilter::default();
        let mut request = by(SortColumn::Name, false, 2);
        let first = list(&portal, &operator, &filter, &request).await.unwrap();
        request.after = first.next;
        // The row the next page comes after moves to the end.
        let renamed = crate::customers::CustomerForm {
            name: "Zulu".to_owned(),
            ..Default::default()
        };
        edit(&portal, &operator, ids[1], renamed).await.unwrap();
        assert_eq!(
            names(&portal, &operator, &filter, &request).await,
            ["Delta", "Gamma"]
        );
        for nonsense in ["", "x", "0.5", "019f0000-0000-7000-8000-000000000000"] {
            let request = PageRequest {
                after: Some(nonsense.to_owned()),
                ..by(SortColumn::Name, false, 25)
            };
            assert_eq!(
                names(&portal, &operator, &filter, &request).await.len(),
                4,
                "{nonsense}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn search_ignores_capitals_and_accents_and_wants_every_word() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        customer(&portal, &operator, "Librería El Faro", "LF-0064").await;
        customer(&portal, &operator, "Papelería Sant Jordi", "").await;
        customer(&portal, &operator, "دار الطباعة", "").await;
        for (search, found) in [
            ("LIBRERIA", vec!["Librería El Faro"]),
            ("faro libr", vec!["Librería El Faro"]),
            ("lf-00", vec!["Librería El Faro"]),
            ("eria", vec!["Librería El Faro", "Papelería Sant Jordi"]),
            ("الطباعة", vec!["دار الطباعة"]),
            ("nothing", vec![]),
            ("%", vec![]),
        ] {
            let filter = CustomerFilter {
                search: search.to_owned(),
                ..CustomerFilter::default()
            };
            assert_eq!(
                names(&portal, &operator, &filter, &by(SortColumn::Name, false, 25)).await,
                found,
                "{search}"
            );
        }
    })
    .await;
}

async fn with_invitation(
    portal: &TestPortal,
    operator: &Operator,
    name: &str,
    state: InvitationState,
    hours: u64,
) {
    let id = customer(portal, operator, name, "").await;
    let expires_at = portal.now() + Duration::from_hours(hours);
    let state = state.as_str().into_value();
    set(
        portal,
        "UPDATE customers SET storefronts_access = TRUE, invitation_state = $2 WHERE id = $1",
        id,
        state,
    )
    .await;
    let statement = "UPDATE customers SET invitation_expires_at = $2 WHERE id = $1";
    set(portal, statement, id, expires_at.into_value()).await;
}

#[tokio::test]
async fn filters_and_counts_see_what_has_expired_meanwhile() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        customer(&portal, &operator, "Nobody", "").await;
        let gone = customer(&portal, &operator, "Gone", "").await;
        archive(&portal, &operator, gone).await.unwrap();
        with_invitation(&portal, &operator, "Accepted", InvitationState::Active, 1).await;
        with_invitation(&portal, &operator, "Under way", InvitationState::Sending, 72).await;
        with_invitation(&portal, &operator, "Open", InvitationState::InvitationSent, 72).await;
        with_invitation(&portal, &operator, "Late", InvitationState::InvitationSent, 1).await;
        portal.clock.advance(Duration::from_hours(1));
        let counts = counts(&portal, &operator).await.unwrap();
        assert_eq!((counts.all(), counts.archived), (5, 1));
        for (state, expected) in [
            (InvitationState::NotInvited, vec!["Nobody"]),
            (InvitationState::Active, vec!["Accepted"]),
            (InvitationState::InvitationSent, vec!["Open", "Under way"]),
            (InvitationState::Expired, vec!["Late"]),
            (InvitationState::Revoked, vec![]),
        ] {
            let filter = CustomerFilter {
                invitation: Some(state),
                ..CustomerFilter::default()
            };
            let found = names(&portal, &operator, &filter, &by(SortColumn::Name, false, 25)).await;
            assert_eq!(found, expected, "{state}");
            assert_eq!(
                counts.of(state),
                i64::try_from(expected.len()).unwrap(),
                "{state}"
            );
        }
        let off = CustomerFilter {
            access: Some(false),
            ..CustomerFilter::default()
        };
        assert_eq!(
            names(&portal, &operator, &off, &PageRequest::default()).await,
            ["Nobody"]
        );
        let archived = CustomerFilter {
            archived: true,
            ..CustomerFilter::default()
        };
        assert_eq!(
            names(&portal, &operator, &archived, &PageRequest::default()).await,
            ["Gone"]
        );
    })
    .await;
}

#[tokio::test]
async fn rows_tell_of_stores_and_orders() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Estudio Garabato", "").await;
        let mut tx = portal.db.begin().await.unwrap();
        let mut stores = Vec::new();
        for (platform, state) in [("shopify", "connected"), ("manual", "paused"), ("etsy", "disconnected")] {
            let store = StoreId(portal.entropy.id());
            sql(
                "INSERT INTO stores (id, customer_id, platform, name, name_key, state, created_at, updated_at) \
                 VALUES ($1, $2, $3, $3, $3, $4, $5, $5)",
            )
            .bind(store)
            .bind(id)
            .bind(platform)
            .bind(state)
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
            stores.push(store);
        }
        // The same day and status in two stores.
        for (store, day, orders) in [
            (stores[0], "2026-11-21", 5),
            (stores[0], "2026-10-23", 4),
            (stores[1], "2026-10-23", 3),
            (stores[0], "2026-10-22", 11),
            (stores[0], "2026-09-01", 13),
        ] {
            sql("INSERT INTO order_day_counts (store_id, day, customer_id, orders) VALUES ($1, $2, $3, $4)")
                .bind(store)
                .bind(day)
                .bind(id)
                .bind(orders)
                .execute(&mut tx)
                .await
                .unwrap();
        }
        for (store, status, orders) in [
            (stores[0], "failed", 2),
            (stores[1], "failed", 1),
            (stores[0], "on_hold", 1),
            (stores[0], "printed", 8),
            (stores[0], "delivered", 24),
        ] {
            sql("INSERT INTO order_status_counts (store_id, status, customer_id, orders) VALUES ($1, $2, $3, $4)")
                .bind(store)
                .bind(status)
                .bind(id)
                .bind(orders)
                .execute(&mut tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let page = list(&portal, &operator, &CustomerFilter::default(), &PageRequest::default()).await.unwrap();
        let row = &page.rows[0];
        assert_eq!(row.platforms, [Platform::Manual, Platform::Shopify]);
        assert_eq!((row.recent_orders, row.orders_needing_attention), (12, 4));
        let overview = overview(&portal, &operator, id).await.unwrap();
        assert_eq!((overview.recent_orders(), overview.orders_before), (12, 11));
        assert_eq!((overview.in_production, overview.needing_attention, overview.orders), (8, 4, 36));
        assert_eq!((overview.days.len(), overview.days[29].orders, overview.days[0].orders), (30, 5, 7));
    })
    .await;
}

#[tokio::test]
async fn every_sort_is_read_from_its_index() {
    on_both(async |portal| {
        let mut tx = portal.db.begin().await.unwrap();
        let id = CustomerId(portal.entropy.id());
        for (column, position, index) in [
            (
                SortColumn::LastOrder,
                Position::LastOrder(portal.now(), id),
                "customers_last_order",
            ),
            (
                SortColumn::Name,
                Position::Name("m".to_owned(), id),
                "customers_sort_name",
            ),
        ] {
            for (turn, descending) in [
                (Turn::First, true),
                (Turn::After(position.clone()), false),
                (Turn::After(position.clone()), true),
                (Turn::Before(position), true),
            ] {
                let sort = CustomerSort { column, descending };
                let query = query::page_query(&portal, &tx, &CustomerFilter::default(), sort, &turn, 25);
                let plan = query.plan(&mut tx).await;
                assert!(plan.contains(index), "{sort:?} {turn:?}: {plan}");
                assert!(
                    !plan.contains("Sort") && !plan.contains("B-TREE"),
                    "{sort:?} {turn:?}: {plan}"
                );
                if !matches!(turn, Turn::First) {
                    let sought = plan.contains("SEARCH") || plan.contains("Index Cond");
                    assert!(sought, "{sort:?} {turn:?}: {plan}");
                }
            }
        }
    })
    .await;
}
