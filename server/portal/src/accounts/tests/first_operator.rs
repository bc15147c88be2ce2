//! The one-time link that the process prints.

use std::time::Duration;

use domain::OperatorRole;

use super::*;
use crate::testing::on_both;

#[tokio::test]
async fn the_link_creates_one_administrator() {
    on_both(async |portal| {
        let path = first::issue(&portal).await.unwrap().unwrap();
        assert!(path.starts_with("/setup/"));
        let token = token_of(&path);
        // Opening it uses nothing up.
        first::open(&portal, token).await.unwrap();
        first::open(&portal, token).await.unwrap();
        let user = first::accept(&portal, token, form(MARTA, PASSWORD))
            .await
            .unwrap();
        let current = super::super::current::current(&portal, user, None)
            .await
            .unwrap()
            .unwrap();
        let Viewer::Operator(operator) = current.viewer else {
            panic!()
        };
        assert_eq!(operator.role, OperatorRole::Administrator);
        assert_eq!(current.person.email, MARTA);

        assert_eq!(code(first::open(&portal, token).await), "link-used");
        let again = first::accept(&portal, token, form("other@x.example", PASSWORD)).await;
        assert_eq!(code(again), "link-used");
        assert_eq!(
            first::issue(&portal).await.unwrap(),
            None,
            "operators invite each other"
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_with_the_next_one_and_after_a_day() {
    on_both(async |portal| {
        let former = first::issue(&portal).await.unwrap().unwrap();
        let path = first::issue(&portal).await.unwrap().unwrap();
        assert_eq!(
            code(first::open(&portal, token_of(&former)).await),
            "link-unknown"
        );
        portal.clock.advance(Duration::from_hours(24));
        assert_eq!(code(first::open(&portal, token_of(&path)).await), "link-expired");
        assert_eq!(
            code(first::open(&portal, "no token at all").await),
            "link-unknown"
        );
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    on_both(async |portal| {
        let path = first::issue(&portal).await.unwrap().unwrap();
        let wrong = FirstOperatorForm {
            email: "marta".to_owned(),
            password: "martasoler12".to_owned(),
            ..form("", "")
        };
        let wrong = FirstOperatorForm {
            last_name: " ".to_owned(),
            ..wrong
        };
        let refused = code(first::accept(&portal, token_of(&path), wrong).await);
        for field in ["email: ", "last_name: required", "password: password-"] {
            assert!(refused.contains(field), "{refused}");
        }
        assert!(!refused.contains("first_name"), "{refused}");
        first::open(&portal, token_of(&path)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_at_once_create_one() {
    on_both(async |portal| {
        let path = first::issue(&portal).await.unwrap().unwrap();
        let (one, two) = tokio::join!(
            first::accept(&portal, token_of(&path), form(MARTA, PASSWORD)),
            first::accept(&portal, token_of(&path), form("other@x.example", PASSWORD)),
        );
        assert_eq!([one, two].into_iter().flatten().count(), 1);
        let (operators,): (i64,) = sql("SELECT COUNT(*) FROM users")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(operators, 1);
    })
    .await;
}
