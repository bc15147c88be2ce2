//! The list of a customer's users.

use domain::UserState;

use super::*;

#[tokio::test]
async fn the_list_turns_page_by_page() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        for name in ["ana", "bea", "cai"] {
            colleague(&portal, &lucia, name, ClientRole::Admin).await;
        }
        let desk = Desk::of(&portal, &lucia);
        let all = UserFilter::default();
        let first = desk.list(&all, Turn::First, 2).await.unwrap();
        assert_eq!((first.rows.len(), first.has_next), (2, true));
        let after = Turn::After(first.rows[1].membership);
        let second = desk.list(&all, after, 2).await.unwrap();
        assert_eq!((second.rows.len(), second.has_next), (2, false));
        let back = Turn::Before(second.rows[0].membership);
        assert_eq!(desk.list(&all, back, 2).await.unwrap().rows, first.rows);
        assert_eq!(desk.count().await, 4);
    })
    .await;
}

/// Users in every state, the first of them the account admin, who was here just now.
async fn everybody(portal: &Portal, lucia: &Client) -> [UserId; 4] {
    let ines = colleague(portal, lucia, "ines", ClientRole::OrderManager)
        .await
        .user;
    let desk = Desk::of(portal, lucia);
    let pau = desk.add("pau@x.example", role("admin", &[])).await.unwrap();
    let late = desk.add("abel@x.example", role("view-only", &[])).await.unwrap();
    desk.block(ines).await.unwrap();
    desk.revoke(late).await.unwrap();
    let mut tx = portal.db.begin().await.unwrap();
    for (user, words) in [
        (lucia.user, "  lucia"),
        (ines, "  ines"),
        (pau, "  pau"),
        (late, "  abel"),
    ] {
        sql("UPDATE users SET search = $2 WHERE id = $1")
            .bind(user)
            .bind(words)
            .execute(&mut tx)
            .await
            .unwrap();
        sql("UPDATE memberships SET invited_search = $2 WHERE user_id = $1 AND accepted_at IS NULL")
            .bind(user)
            .bind(words)
            .execute(&mut tx)
            .await
            .unwrap();
    }
    sql("UPDATE users SET last_login_at = $2 WHERE id = $1")
        .bind(lucia.user)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    [lucia.user, ines, pau, late]
}

async fn ids(desk: &Desk<'_>, filter: &UserFilter, turn: Turn<MembershipId>, limit: u32) -> Vec<UserId> {
    let page = desk.list(filter, turn, limit).await.unwrap();
    page.rows.iter().map(|user| user.id).collect()
}

#[tokio::test]
async fn the_list_is_searched_and_narrowed() {
    on_both(async |portal| {
        let client = house(&portal, "Estudio Garabato").await;
        let [lucia, ines, pau, late] = everybody(&portal, &client).await;
        let desk = Desk::of(&portal, &client);
        let found = async |filter: UserFilter| ids(&desk, &filter, Turn::First, 9).await;
        let words = UserFilter {
            search: "INÉS".to_owned(),
            ..UserFilter::default()
        };
        assert_eq!(found(words).await, [ines]);
        let admins = UserFilter {
            role: Some(ClientRole::Admin),
            ..UserFilter::default()
        };
        assert_eq!(found(admins).await, [pau]);
        for (state, expected) in [
            (UserState::Active, lucia),
            (UserState::Invited, pau),
            (UserState::Lapsed, late),
            (UserState::Blocked, ines),
        ] {
            let filter = UserFilter {
                state: Some(state),
                ..UserFilter::default()
            };
            assert_eq!(found(filter).await, [expected], "{state}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_is_sorted_also_page_by_page() {
    on_both(async |portal| {
        let client = house(&portal, "Estudio Garabato").await;
        let [lucia, ines, pau, late] = everybody(&portal, &client).await;
        let desk = Desk::of(&portal, &client);
        let sorted = |column, descending| UserFilter {
            sort: UserSort { column, descending },
            ..UserFilter::default()
        };
        let last = sorted(UserColumn::LastLogin, true);
        assert_eq!(ids(&desk, &last, Turn::First, 9).await[0], lucia);
        let mut expected = [late, ines, lucia, pau];
        for descending in [false, true] {
            let by_name = sorted(UserColumn::Name, descending);
            assert_eq!(ids(&desk, &by_name, Turn::First, 9).await, expected);
            let first = desk.list(&by_name, Turn::First, 2).await.unwrap();
            let after = Turn::After(first.rows[1].membership);
            assert_eq!(ids(&desk, &by_name, after, 2).await, expected[2..]);
            let second = desk.list(&by_name, after, 2).await.unwrap();
            let before = Turn::Before(second.rows[0].membership);
            assert_eq!(ids(&desk, &by_name, before, 2).await, expected[..2]);
            expected.reverse();
        }
    })
    .await;
}
