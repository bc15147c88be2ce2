//! Views of two people.

use domain::OperatorRole;
use domain::id::{UserId, ViewId};

use super::*;
use crate::access::{Operator, Viewer};
use crate::orders::testing::problem_of;
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};
use crate::{Outcome, Refusal};

const LIST: ViewedList = ViewedList::ConsoleOrders;

async fn operator(portal: &TestPortal, email: &str) -> Viewer {
    let user = UserId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, operator_role,
             created_at, updated_at)
         VALUES ($1, $2, $2, 'Marta', 'Soler', 'es', 'UTC', 'operator', $3, $3)",
    )
    .bind(user)
    .bind(email)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    Viewer::Operator(Operator {
        user,
        name: "Marta Soler".to_owned(),
        role: OperatorRole::Operator,
    })
}

async fn names(portal: &TestPortal, viewer: &Viewer) -> Vec<String> {
    let views = list(portal, viewer, LIST).await.unwrap();
    views.into_iter().map(|view| view.name).collect()
}

async fn saved(portal: &TestPortal, viewer: &Viewer, name: &str) -> Outcome<ViewId> {
    save(portal, viewer, LIST, name, "status=created&q=ana").await
}

#[tokio::test]
async fn a_view_is_saved_renamed_and_deleted_by_its_owner_only() {
    on_both(async |portal| {
        let marta = operator(&portal, "marta@x.example").await;
        let pau = operator(&portal, "pau@x.example").await;
        let today = saved(&portal, &marta, " Para hoy ").await.unwrap();
        saved(&portal, &marta, "Atascados").await.unwrap();
        saved(&portal, &pau, "Para hoy").await.unwrap();
        assert_eq!(names(&portal, &marta).await, ["Atascados", "Para hoy"]);
        let views = list(&portal, &marta, LIST).await.unwrap();
        assert_eq!(views[1].query, "status=created&q=ana");

        for stranger in [
            rename(&portal, &pau, today, "Mía").await,
            delete(&portal, &pau, today).await,
        ] {
            assert!(matches!(stranger, Err(Refusal::NotFound)));
        }
        rename(&portal, &marta, today, "Mañana").await.unwrap();
        assert_eq!(names(&portal, &marta).await, ["Atascados", "Mañana"]);
        delete(&portal, &marta, today).await.unwrap();
        assert!(matches!(
            delete(&portal, &marta, today).await,
            Err(Refusal::NotFound)
        ));
        assert_eq!(names(&portal, &marta).await, ["Atascados"]);
        assert_eq!(names(&portal, &pau).await, ["Para hoy"]);
    })
    .await;
}

#[tokio::test]
async fn names_are_unique_short_and_few() {
    on_both(async |portal| {
        let marta = operator(&portal, "marta@x.example").await;
        saved(&portal, &marta, "Atascados").await.unwrap();
        let other = saved(&portal, &marta, "Otros").await.unwrap();
        let refused = saved(&portal, &marta, "ATÁSCADOS").await.unwrap_err();
        assert_eq!(problem_of(&refused, "name"), "view-name-taken");
        let refused = rename(&portal, &marta, other, "atascados").await.unwrap_err();
        assert_eq!(problem_of(&refused, "name"), "view-name-taken");
        let refused = saved(&portal, &marta, &"x".repeat(61)).await.unwrap_err();
        assert_eq!(problem_of(&refused, "name"), "too-long");
        let refused = saved(&portal, &marta, " ").await.unwrap_err();
        assert_eq!(problem_of(&refused, "name"), "required");
        for number in 2..MOST_VIEWS {
            saved(&portal, &marta, &format!("Vista {number}")).await.unwrap();
        }
        let refused = saved(&portal, &marta, "Una más").await.unwrap_err();
        assert_eq!(problem_of(&refused, "name"), "too-many-views");
    })
    .await;
}
