//! Adding users, and who may.

use domain::Language;

use super::*;
use crate::audit;

#[tokio::test]
async fn whoever_is_added_accepts_and_reaches_the_chosen_stores() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia);
        let direct = stores::create_manual(&portal, &lucia, "Directos").await.unwrap();
        stores::create_manual(&portal, &lucia, "Ferias").await.unwrap();
        let pau = "pau@garabato.example";
        let asked = || role("store-manager", &[direct, direct]);
        let (one, two) = tokio::join!(desk.add(pau, asked()), desk.add(pau, asked()));
        let user = one.unwrap();
        assert_eq!(two.unwrap(), user, "sent twice, it invites once");
        assert_eq!(desk.state_of(user).await, InvitationState::Sending);
        assert_eq!(accepts(&portal).await.unwrap(), user);
        assert_eq!(portal.mailbox.sent().len(), 1);

        let Viewer::Client(client) = current(&portal, user, None).await.unwrap().unwrap().viewer else {
            panic!("a client user");
        };
        assert_eq!(client.role, ClientRole::StoreManager);
        assert_eq!(client.stores, StoreScope::Chosen(vec![direct]));
        let found = desk.find(user).await.unwrap();
        assert_eq!(found.user.stores, Some(vec![(direct, "Directos".to_owned())]));
        assert!(found.invitation.is_none(), "it is settled");

        assert_eq!(code(desk.add(pau, asked()).await), "email: email-of-user");
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_at_its_field() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let theirs = stores::create_manual(&portal, &other, "Hotel").await.unwrap();
        person(&portal, "marta@levante.example", Some(OperatorRole::Operator)).await;
        let desk = Desk::of(&portal, &lucia);
        let blank = AddForm::default();
        let nobody = add(&portal, &desk.by, fresh(&portal), lucia.customer, blank).await;
        assert_eq!(
            code(nobody),
            "email: required, first_name: required, last_name: required, language: unknown-choice, role: unknown-choice"
        );
        let chosen_without = RoleForm {
            reach: "chosen".to_owned(),
            ..role("order-manager", &[])
        };
        for (email, asked, expected) in [
            (
                "pau@x.example",
                role("store-manager", &[]),
                "stores: role-needs-chosen-stores",
            ),
            (
                "pau@x.example",
                role("view-only", &[theirs]),
                "stores: unknown-choice",
            ),
            (
                "pau@x.example",
                role("account-admin", &[]),
                "role: account-admin-by-operator",
            ),
            (
                "marta@levante.example",
                role("admin", &[]),
                "email: email-not-for-users",
            ),
            (
                "pau@x.example",
                chosen_without,
                "stores: role-needs-chosen-stores",
            ),
        ] {
            assert_eq!(code(desk.add(email, asked).await), expected);
        }

        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE customers SET storefronts_access = FALSE WHERE id = $1")
            .bind(lucia.customer)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let by_operator = desk.of_operator().add("pau@x.example", role("admin", &[])).await;
        assert_eq!(code(by_operator), "users-access-off");
        assert_eq!(desk.count().await, 1, "nobody was added");
    })
    .await;
}

#[tokio::test]
async fn somebody_of_another_customer_accepts_with_the_password_they_have() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let (ours, theirs) = (Desk::of(&portal, &lucia), Desk::of(&portal, &other));
        let user = theirs.add("pau@x.example", role("view-only", &[])).await.unwrap();
        accepts(&portal).await.unwrap();
        let again = AddForm {
            person: PersonForm {
                first_name: "Paulo".to_owned(),
                ..pau("PAU@x.example")
            },
            role: role("order-manager", &[]),
        };
        let added = add(&portal, &ours.by, fresh(&portal), lucia.customer, again).await;
        assert_eq!(added.unwrap(), user);
        let before = current(&portal, user, None).await.unwrap().unwrap();
        assert_eq!(before.customers.len(), 1, "an invitation lets nobody in");
        let wrong = AcceptForm {
            password: "another password altogether".to_owned(),
            language: "es".to_owned(),
        };
        let token = last_token(&portal).await;
        assert_eq!(
            code(accept(&portal, &token, wrong, HOME).await),
            "password: wrong-password"
        );
        accepts(&portal).await.unwrap();
        let after = current(&portal, user, Some(lucia.customer))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (after.customers.len(), after.person.name().as_str()),
            (2, "Pau Giménez")
        );
        assert!(after.viewer.may(domain::Permission::PlaceOrders));

        // What one customer decides about them is nothing to the other.
        open_session(&portal, user).await;
        ours.remove(user).await.unwrap();
        let left = current(&portal, user, None).await.unwrap().unwrap();
        assert_eq!(left.customers[0].id, other.customer);
        assert!(sessions::load(&portal, b"open").await.unwrap().is_some());
        theirs.block(user).await.unwrap();
        assert!(sessions::load(&portal, b"open").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn nobody_renames_whom_another_customer_invited() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let (ours, theirs) = (Desk::of(&portal, &lucia), Desk::of(&portal, &other));
        let user = theirs.add("pau@x.example", role("view-only", &[])).await.unwrap();
        let paulo = || PersonForm {
            first_name: "Paulo".to_owned(),
            language: "en".to_owned(),
            ..pau("pau@x.example")
        };
        let again = AddForm {
            person: paulo(),
            role: role("view-only", &[]),
        };
        let added = add(&portal, &ours.by, fresh(&portal), lucia.customer, again).await;
        assert_eq!(added.unwrap(), user);
        let named = async |desk: &Desk<'_>| {
            let found = desk.find(user).await.unwrap().user;
            (found.name(), found.language)
        };
        let own = async || person_name(&portal, user).await;
        for _ in 0..2 {
            assert_eq!(named(&ours).await, ("Paulo Giménez".to_owned(), Language::En));
            assert_eq!(named(&theirs).await, ("Pau Giménez".to_owned(), Language::Es));
            assert_eq!(own().await, "Pau");
            assert_eq!(ours.correct(user, paulo()).await.unwrap(), user);
        }
        theirs.remove(user).await.unwrap();
        assert_eq!(ours.correct(user, paulo()).await.unwrap(), user);
        assert_eq!(own().await, "Paulo");
    })
    .await;
}

/// What somebody is called by themselves, whatever customers call them.
async fn person_name(portal: &Portal, user: UserId) -> String {
    let (name,): (String,) = sql("SELECT first_name FROM users WHERE id = $1")
        .bind(user)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    name
}

#[tokio::test]
async fn what_somebody_is_called_elsewhere_is_not_told_before_they_accept() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let desk = Desk::of(&portal, &lucia);
        let email = format!("lucia@{}.example", other.customer);
        let user = desk.add(&email, role("view-only", &[])).await.unwrap();
        let named = async || desk.find(user).await.unwrap().user.name();
        let found = async |words: &str| {
            let filter = UserFilter {
                search: words.to_owned(),
                ..UserFilter::default()
            };
            let listed = desk.list(&filter, Turn::First, 9).await.unwrap().rows;
            let found = search(&portal, &desk.by, words, 9).await.unwrap();
            assert_eq!(listed.len(), found.len(), "{words}");
            found.into_iter().map(|user| user.first_name).collect::<Vec<_>>()
        };
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE users SET search = '  lucia  ferrer' WHERE id = $1")
            .bind(user)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(named().await, "Pau Giménez");
        assert_eq!(found("gimenez").await, ["Pau"]);
        assert!(found("ferrer").await.is_empty());
        let history = audit::history(&portal, &desk.by, user, 9).await.unwrap();
        assert_eq!(history[0].object_label.as_deref(), Some(email.as_str()));

        let mut tx = portal.db.begin().await.unwrap();
        let hash = crate::accounts::password::hash(PASSWORD.to_owned(), portal.entropy.salt());
        sql("UPDATE users SET password_hash = $2 WHERE id = $1")
            .bind(user)
            .bind(hash.await.unwrap())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        accepts(&portal).await.unwrap();
        assert_eq!(named().await, "Lucía Ferrer");
        assert_eq!(found("ferrer").await, ["Lucía"]);
        assert!(found("gimenez").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_somebody_does_at_another_customer_is_not_told_where_they_are_only_invited() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE users SET last_login_at = $2 WHERE id = $1")
            .bind(other.user)
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        sql("INSERT INTO two_factors (user_id, secret, confirmed_at, created_at) VALUES ($1, $2, $3, $3)")
            .bind(other.user)
            .bind([1_u8; 8])
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let (ours, theirs) = (Desk::of(&portal, &lucia), Desk::of(&portal, &other));
        let email = format!("lucia@{}.example", other.customer);
        let invited = ours.add(&email, role("view-only", &[])).await.unwrap();
        assert_eq!(invited, other.user);
        let told = async |desk: &Desk<'_>| {
            let user = desk.find(invited).await.unwrap().user;
            (user.last_login_at, user.two_factor)
        };
        assert_eq!(told(&ours).await, (None, false));
        assert_eq!(told(&theirs).await, (Some(portal.now()), true));
    })
    .await;
}

#[tokio::test]
async fn only_account_admins_and_operators_manage_users_and_only_their_own() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let others = ClientRole::ALL.iter().copied();
        for of_role in others.filter(|role| *role != ClientRole::AccountAdmin) {
            let client = Client {
                role: of_role,
                ..lucia.clone()
            };
            let desk = Desk::of(&portal, &client);
            let refused = desk.list(&UserFilter::default(), Turn::First, 9).await;
            assert!(matches!(refused, Err(Refusal::Forbidden)), "{of_role}");
        }
        let production = Viewer::Operator(Operator {
            role: OperatorRole::Production,
            ..testing::operator(&portal)
        });
        let (admin, pau_at) = (|| role("admin", &[]), "pau@x.example");
        let production = Desk::manned(&portal, production, lucia.customer);
        assert!(matches!(
            production.add(pau_at, admin()).await,
            Err(Refusal::Forbidden)
        ));
        let stranger = Desk::manned(&portal, viewer(&other), lucia.customer);
        let at_home = Desk::of(&portal, &other);
        let user = lucia.user;
        let choices = store_choices(&portal, &stranger.by, lucia.customer).await;
        for refused in [
            stranger.add(pau_at, admin()).await.map(|_| ()),
            stranger.find(user).await.map(|_| ()),
            choices.map(|_| ()),
            stranger.change_role(user, admin()).await,
            stranger.block(user).await,
            at_home.block(user).await,
            stranger.unblock(user).await,
            stranger.remove(user).await,
            stranger.resend(user).await,
            stranger.revoke(user).await,
            stranger.correct(user, pau("p@x.example")).await.map(|_| ()),
        ] {
            assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
        }
        let by_operator = Desk::of(&portal, &lucia).of_operator();
        by_operator.add(pau_at, admin()).await.unwrap();
    })
    .await;
}
