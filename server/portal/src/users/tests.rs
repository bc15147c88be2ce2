//! The users of a customer, on both engines.

use std::net::{IpAddr, Ipv4Addr};

use domain::id::{CustomerId, MembershipId, StoreId, UserId};
use domain::{ClientRole, InvitationState, OperatorRole, StoreScope, UserState};

use super::*;
use crate::access::{Client, Operator, Viewer};
use crate::accounts::confirm::Proof;
use crate::accounts::current::current;
use crate::accounts::invitation::{AcceptForm, accept};
use crate::accounts::sessions::{self, SessionRecord};
use crate::jobs::{self, Worker};
use crate::orders::testing;
use crate::paging::Turn;
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};
use crate::{Outcome, Portal, Refusal, customers, stores};

const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const PASSWORD: &str = "siete barcos de papel azul";

/// A customer with Storefronts access and the account admin who runs it.
async fn house(portal: &Portal, name: &str) -> Client {
    let mut client = testing::client(portal, name).await;
    client.user = person(portal, &format!("lucia@{}.example", client.customer), None).await;
    member(portal, &client).await;
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE customers SET storefronts_access = TRUE, invitation_state = 'active' WHERE id = $1")
        .bind(client.customer)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    client
}

async fn person(portal: &Portal, email: &str, role: Option<OperatorRole>) -> UserId {
    let user = UserId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, password_hash, language, time_zone, \
         operator_role, created_at, updated_at) \
         VALUES ($1, $2, $2, 'Lucía', 'Ferrer', 'x', 'es', 'UTC', $3, $4, $4)",
    )
    .bind(user)
    .bind(email)
    .bind(role.map(OperatorRole::as_str))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    user
}

/// Makes somebody an active user of a customer.
async fn member(portal: &Portal, client: &Client) {
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, accepted_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(MembershipId(portal.entropy.id()))
    .bind(client.user)
    .bind(client.customer)
    .bind(client.role.as_str())
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Somebody else who works for the customer.
async fn colleague(portal: &Portal, of: &Client, name: &str, role: ClientRole) -> Client {
    let client = Client {
        user: person(portal, &format!("{name}@garabato.example"), None).await,
        name: name.to_owned(),
        role,
        ..of.clone()
    };
    member(portal, &client).await;
    client
}

/// A proof just given.
fn fresh(portal: &Portal) -> Proof {
    Proof::given(Some(portal.now()))
}

fn viewer(client: &Client) -> Viewer {
    Viewer::Client(client.clone())
}

fn operator(portal: &Portal) -> Viewer {
    Viewer::Operator(testing::operator(portal))
}

fn pau(email: &str) -> PersonForm {
    PersonForm {
        email: email.to_owned(),
        first_name: "Pau".to_owned(),
        last_name: "Giménez".to_owned(),
        language: "es".to_owned(),
    }
}

fn role(role: &str, stores: &[StoreId]) -> RoleForm {
    RoleForm {
        role: role.to_owned(),
        reach: if stores.is_empty() { "all" } else { "chosen" }.to_owned(),
        stores: stores.iter().map(ToString::to_string).collect(),
    }
}

fn form(email: &str, role: RoleForm) -> AddForm {
    AddForm {
        person: pau(email),
        role,
    }
}

/// What was refused, by its codes.
fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    match outcome.unwrap_err() {
        Refusal::Invalid(problems) => problems
            .iter()
            .map(|(field, problem)| format!("{field}: {}", problem.code))
            .collect::<Vec<_>>()
            .join(", "),
        Refusal::Conflict(problem) => problem.code.into_owned(),
        other => other.to_string(),
    }
}

/// Sends what waits and gives the token of the last mail's link.
async fn last_token(portal: &TestPortal) -> String {
    Worker::new(portal, jobs::registry())
        .run_until_idle()
        .await
        .unwrap();
    let mail = portal.mailbox.sent().pop().expect("a mail");
    let link = mail.content.action.url;
    link.rsplit('/').next().unwrap().to_owned()
}

async fn accepts(portal: &TestPortal) -> Outcome<UserId> {
    let token = last_token(portal).await;
    let form = AcceptForm {
        password: PASSWORD.to_owned(),
        language: "es".to_owned(),
    };
    accept(portal, &token, form, HOME).await
}

async fn open_session(portal: &Portal, user: UserId) -> bool {
    let record = SessionRecord {
        user: Some(user),
        data: "{}".to_owned(),
        expires_at: portal.now() + std::time::Duration::from_mins(1),
        log_in: None,
    };
    sessions::create(portal, b"open", &record).await.unwrap()
}

async fn state_of(portal: &Portal, by: &Viewer, customer: CustomerId, user: UserId) -> InvitationState {
    find(portal, by, customer, user).await.unwrap().user.state
}

#[tokio::test]
async fn whoever_is_added_accepts_and_reaches_the_chosen_stores() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let by = viewer(&lucia);
        let direct = stores::create_manual(&portal, &lucia, "Directos").await.unwrap();
        stores::create_manual(&portal, &lucia, "Ferias").await.unwrap();
        let asked = form("pau@garabato.example", role("store-manager", &[direct, direct]));
        let (one, two) = tokio::join!(
            add(&portal, &by, lucia.customer, asked.clone()),
            add(&portal, &by, lucia.customer, asked.clone()),
        );
        let user = one.unwrap();
        assert_eq!(two.unwrap(), user, "sent twice, it invites once");
        assert_eq!(
            state_of(&portal, &by, lucia.customer, user).await,
            InvitationState::Sending
        );
        assert_eq!(accepts(&portal).await.unwrap(), user);
        assert_eq!(portal.mailbox.sent().len(), 1);

        let Viewer::Client(client) = current(&portal, user, None).await.unwrap().unwrap().viewer else {
            panic!("a client user");
        };
        assert_eq!(client.role, ClientRole::StoreManager);
        assert_eq!(client.stores, StoreScope::Chosen(vec![direct]));
        let UserProfile {
            user: found,
            invitation,
            ..
        } = find(&portal, &by, lucia.customer, user).await.unwrap();
        assert_eq!(found.stores, Some(vec![(direct, "Directos".to_owned())]));
        assert!(invitation.is_none(), "it is settled");

        assert_eq!(
            code(add(&portal, &by, lucia.customer, asked).await),
            "email: email-of-user"
        );
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
        let by = viewer(&lucia);
        let refused = async |by: &Viewer, email: &str, role: RoleForm| {
            code(add(&portal, by, lucia.customer, form(email, role)).await)
        };
        let nobody = AddForm::default();
        assert_eq!(
            code(add(&portal, &by, lucia.customer, nobody).await),
            "email: required, first_name: required, last_name: required, language: unknown-choice, role: unknown-choice"
        );
        for (email, asked, expected) in [
            ("pau@x.example", role("store-manager", &[]), "stores: role-needs-chosen-stores"),
            ("pau@x.example", role("view-only", &[theirs]), "stores: unknown-choice"),
            ("pau@x.example", role("account-admin", &[]), "role: account-admin-by-operator"),
            ("marta@levante.example", role("admin", &[]), "email: email-of-operator"),
        ] {
            assert_eq!(refused(&by, email, asked).await, expected);
        }
        let chosen_without = RoleForm {
            reach: "chosen".to_owned(),
            ..role("order-manager", &[])
        };
        assert_eq!(
            refused(&by, "pau@x.example", chosen_without).await,
            "stores: role-needs-chosen-stores"
        );

        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE customers SET storefronts_access = FALSE WHERE id = $1")
            .bind(lucia.customer)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            refused(&operator(&portal), "pau@x.example", role("admin", &[])).await,
            "users-access-off"
        );
        assert_eq!(count(&portal, &by, lucia.customer).await.unwrap(), 1, "nobody was added");
    })
    .await;
}

#[tokio::test]
async fn somebody_of_another_customer_accepts_with_the_password_they_have() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        let asked = form("pau@x.example", role("view-only", &[]));
        let user = add(&portal, &viewer(&other), other.customer, asked)
            .await
            .unwrap();
        accepts(&portal).await.unwrap();
        let again = AddForm {
            person: PersonForm {
                first_name: "Paulo".to_owned(),
                ..pau("PAU@x.example")
            },
            role: role("order-manager", &[]),
        };
        let added = add(&portal, &viewer(&lucia), lucia.customer, again).await;
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
        remove(&portal, &viewer(&lucia), fresh(&portal), lucia.customer, user)
            .await
            .unwrap();
        let left = current(&portal, user, None).await.unwrap().unwrap();
        assert_eq!(left.customers[0].id, other.customer);
        assert!(sessions::load(&portal, b"open").await.unwrap().is_some());
        block(&portal, &viewer(&other), fresh(&portal), other.customer, user)
            .await
            .unwrap();
        assert!(sessions::load(&portal, b"open").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_rights_has_just_proved_who_they_are() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::OrderManager).await;
        let stale = fresh(&portal);
        portal.clock.advance(std::time::Duration::from_mins(10));
        for by in [&viewer(&lucia), &operator(&portal)] {
            for refused in [
                change_role(&portal, by, stale, lucia.customer, ines.user, role("admin", &[])).await,
                block(&portal, by, stale, lucia.customer, ines.user).await,
                remove(&portal, by, stale, lucia.customer, ines.user).await,
            ] {
                assert!(matches!(refused, Err(Refusal::Unproved)), "{refused:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_access_of_one_account_admin_is_revoked_and_the_others_go_on() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::AccountAdmin).await;
        let by = testing::operator(&portal);
        let shown = async || {
            let profile = customers::find(&portal, &by, lucia.customer).await.unwrap();
            assert!(profile.storefronts_access);
            (profile.admin.map(|admin| admin.user_id), profile.invitation_state)
        };
        let (first, state) = shown().await;
        let (first, left) = if first == Some(lucia.user) {
            (&lucia, &ines)
        } else {
            (&ines, &lucia)
        };
        assert_eq!(state, InvitationState::Active);
        let revoked = customers::revoke_invitation(&portal, &by, Proof::given(None), lucia.customer).await;
        assert!(matches!(revoked, Err(Refusal::Unproved)));
        customers::revoke_invitation(&portal, &by, fresh(&portal), lucia.customer)
            .await
            .unwrap();
        assert!(current(&portal, first.user, None).await.unwrap().is_none());
        assert!(current(&portal, left.user, None).await.unwrap().is_some());
        assert_eq!(shown().await, (Some(left.user), InvitationState::Active));
    })
    .await;
}

#[tokio::test]
async fn the_last_account_admin_stays() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::OrderManager).await;
        let (by, customer) = (viewer(&lucia), lucia.customer);
        let down = || role("admin", &[]);
        assert!(
            find(&portal, &by, customer, lucia.user)
                .await
                .unwrap()
                .is_last_admin
        );
        let last = "users-last-account-admin";
        assert_eq!(
            code(change_role(&portal, &by, fresh(&portal), customer, lucia.user, down()).await),
            last
        );
        for by in [&by, &operator(&portal)] {
            let own = by.user() == lucia.user;
            let refused = if own { "users-yourself" } else { last };
            assert_eq!(
                code(block(&portal, by, fresh(&portal), customer, lucia.user).await),
                refused
            );
            assert_eq!(
                code(remove(&portal, by, fresh(&portal), customer, lucia.user).await),
                refused
            );
        }
        // Somebody who cannot log in yet is nobody to hand over to.
        let pau = add(&portal, &by, customer, form("pau@x.example", down()))
            .await
            .unwrap();
        let up = || role("account-admin", &[]);
        assert_eq!(
            code(change_role(&portal, &by, fresh(&portal), customer, pau, up()).await),
            "role: account-admin-not-active"
        );
        change_role(&portal, &operator(&portal), fresh(&portal), customer, pau, up())
            .await
            .unwrap();
        assert_eq!(
            code(change_role(&portal, &by, fresh(&portal), customer, lucia.user, down()).await),
            last
        );

        change_role(&portal, &by, fresh(&portal), customer, ines.user, up())
            .await
            .unwrap();
        // Each demotes the other at the same moment: one of them comes too late.
        let ines = Client {
            role: ClientRole::AccountAdmin,
            ..ines
        };
        let by_ines = viewer(&ines);
        let (one, two) = tokio::join!(
            change_role(&portal, &by, fresh(&portal), customer, ines.user, down()),
            change_role(&portal, &by_ines, fresh(&portal), customer, lucia.user, down())
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
        assert_eq!(code(one.and(two)), last);
    })
    .await;
}

#[tokio::test]
async fn ownership_is_handed_over() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::ViewOnly).await;
        let (by, customer) = (viewer(&lucia), lucia.customer);
        change_role(
            &portal,
            &by,
            fresh(&portal),
            customer,
            ines.user,
            role("account-admin", &[]),
        )
        .await
        .unwrap();
        change_role(
            &portal,
            &by,
            fresh(&portal),
            customer,
            lucia.user,
            role("view-only", &[]),
        )
        .await
        .unwrap();
        let now = current(&portal, lucia.user, None).await.unwrap().unwrap();
        assert!(!now.viewer.may(domain::Permission::ManageUsers));
        let profile = customers::find(&portal, &testing::operator(&portal), customer)
            .await
            .unwrap();
        assert_eq!(profile.admin.unwrap().user_id, ines.user);
        assert_eq!(profile.invitation_state, InvitationState::Active);
    })
    .await;
}

#[tokio::test]
async fn an_account_admin_who_is_only_invited_does_not_hide_the_one_who_is_there() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let (by, customer) = (operator(&portal), lucia.customer);
        let state = async || {
            let profile = customers::find(&portal, &testing::operator(&portal), customer)
                .await
                .unwrap();
            (profile.admin.map(|admin| admin.user_id), profile.invitation_state)
        };
        let there = (Some(lucia.user), InvitationState::Active);
        let asked = form("pau@x.example", role("account-admin", &[]));
        let pau = add(&portal, &by, customer, asked).await.unwrap();
        assert_eq!(state().await, there);
        last_token(&portal).await;
        assert_eq!(state().await, there, "whatever becomes of the mail");
        remove(&portal, &by, fresh(&portal), customer, pau).await.unwrap();
        assert_eq!(state().await, there);
    })
    .await;
}

#[tokio::test]
async fn what_is_changed_holds_from_the_next_request_on() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::Admin).await;
        let (by, customer) = (viewer(&lucia), lucia.customer);
        let direct = stores::create_manual(&portal, &ines, "Directos").await.unwrap();
        testing::catalogue(&portal).await;
        let order = testing::order(&portal, &ines, direct, "A-1").await;
        let now = async || {
            let now = current(&portal, ines.user, None).await.unwrap();
            now.map(|now| {
                (
                    now.viewer.role(),
                    now.viewer.scope().chosen_stores().map(<[StoreId]>::len),
                )
            })
        };
        change_role(
            &portal,
            &by,
            fresh(&portal),
            customer,
            ines.user,
            role("order-manager", &[direct]),
        )
        .await
        .unwrap();
        assert_eq!(now().await, Some((ClientRole::OrderManager.into(), Some(1))));
        change_role(
            &portal,
            &by,
            fresh(&portal),
            customer,
            ines.user,
            role("order-manager", &[]),
        )
        .await
        .unwrap();
        assert_eq!(now().await, Some((ClientRole::OrderManager.into(), None)));

        open_session(&portal, ines.user).await;
        block(&portal, &by, fresh(&portal), customer, ines.user)
            .await
            .unwrap();
        assert!(sessions::load(&portal, b"open").await.unwrap().is_none());
        assert_eq!(now().await, None);
        assert!(
            find(&portal, &by, customer, ines.user)
                .await
                .unwrap()
                .user
                .blocked
        );
        unblock(&portal, &by, customer, ines.user).await.unwrap();
        assert!(now().await.is_some());

        open_session(&portal, ines.user).await;
        remove(&portal, &by, fresh(&portal), customer, ines.user)
            .await
            .unwrap();
        assert!(sessions::load(&portal, b"open").await.unwrap().is_none());
        assert_eq!(now().await, None);
        assert!(matches!(
            find(&portal, &by, customer, ines.user).await,
            Err(Refusal::NotFound)
        ));
        let told = crate::orders::find(&portal, &lucia.scope(), order).await.unwrap();
        let by_ines = |event: &crate::orders::TimelineEvent| event.actor_name.as_deref() == Some("ines");
        assert!(
            told.timeline.iter().any(by_ines),
            "what they did keeps their name"
        );
    })
    .await;
}

#[tokio::test]
async fn invitations_are_sent_again_taken_back_and_corrected() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let (by, customer) = (viewer(&lucia), lucia.customer);
        let direct = stores::create_manual(&portal, &lucia, "Directos").await.unwrap();
        let asked = form("pua@x.example", role("view-only", &[direct]));
        let wrong = add(&portal, &by, customer, asked).await.unwrap();
        assert_eq!(
            code(resend_invitation(&portal, &by, customer, wrong).await),
            "invitation-sending"
        );
        let first = last_token(&portal).await;
        resend_invitation(&portal, &by, customer, wrong).await.unwrap();
        last_token(&portal).await;
        revoke_invitation(&portal, &by, customer, wrong).await.unwrap();
        assert_eq!(
            state_of(&portal, &by, customer, wrong).await,
            InvitationState::Revoked
        );
        assert_eq!(
            code(crate::accounts::invitation::open(&portal, &first).await),
            "link-revoked"
        );

        let taken = format!("lucia@{customer}.example");
        assert_eq!(
            code(correct(&portal, &by, customer, wrong, pau(&taken)).await),
            "email: email-of-user"
        );
        let named = PersonForm {
            last_name: "Jiménez".to_owned(),
            ..pau("pua@x.example")
        };
        assert_eq!(
            correct(&portal, &by, customer, wrong, named).await.unwrap(),
            wrong
        );
        let right = correct(&portal, &by, customer, wrong, pau("pau@x.example"))
            .await
            .unwrap();
        assert_ne!(right, wrong);
        assert!(matches!(
            find(&portal, &by, customer, wrong).await,
            Err(Refusal::NotFound)
        ));
        assert_eq!(accepts(&portal).await.unwrap(), right);
        let user = find(&portal, &by, customer, right).await.unwrap().user;
        assert_eq!(user.role, ClientRole::ViewOnly);
        assert_eq!(user.stores.unwrap()[0].0, direct, "role and stores stay");
        for refused in [
            code(resend_invitation(&portal, &by, customer, right).await),
            code(revoke_invitation(&portal, &by, customer, right).await),
            code(correct(&portal, &by, customer, right, pau("b@x.example")).await),
        ] {
            assert_eq!(refused, "invitation-accepted");
        }
    })
    .await;
}

#[tokio::test]
async fn blocking_takes_an_open_invitation_back() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let (by, customer) = (viewer(&lucia), lucia.customer);
        let asked = form("pau@x.example", role("admin", &[]));
        let pau = add(&portal, &by, customer, asked).await.unwrap();
        block(&portal, &by, fresh(&portal), customer, pau).await.unwrap();
        assert_eq!(
            state_of(&portal, &by, customer, pau).await,
            InvitationState::Revoked
        );
        assert_eq!(
            code(resend_invitation(&portal, &by, customer, pau).await),
            "users-blocked"
        );
        unblock(&portal, &by, customer, pau).await.unwrap();
        resend_invitation(&portal, &by, customer, pau).await.unwrap();
        assert_eq!(accepts(&portal).await.unwrap(), pau);
    })
    .await;
}

#[tokio::test]
async fn only_account_admins_and_operators_manage_users_and_only_their_own() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let other = house(&portal, "Nordlys Hotels").await;
        for of_role in ClientRole::ALL
            .iter()
            .filter(|role| **role != ClientRole::AccountAdmin)
        {
            let client = Client {
                role: *of_role,
                ..lucia.clone()
            };
            let refused = list(
                &portal,
                &viewer(&client),
                lucia.customer,
                &UserFilter::default(),
                Turn::First,
                9,
            )
            .await;
            assert!(matches!(refused, Err(Refusal::Forbidden)), "{of_role}");
        }
        let production = Viewer::Operator(Operator {
            role: OperatorRole::Production,
            ..testing::operator(&portal)
        });
        let asked = || form("pau@x.example", role("admin", &[]));
        assert!(matches!(
            add(&portal, &production, lucia.customer, asked()).await,
            Err(Refusal::Forbidden)
        ));
        let stranger = viewer(&other);
        let (theirs, user) = (lucia.customer, lucia.user);
        for refused in [
            add(&portal, &stranger, theirs, asked()).await.map(|_| ()),
            find(&portal, &stranger, theirs, user).await.map(|_| ()),
            store_choices(&portal, &stranger, theirs).await.map(|_| ()),
            change_role(
                &portal,
                &stranger,
                fresh(&portal),
                theirs,
                user,
                role("admin", &[]),
            )
            .await,
            block(&portal, &stranger, fresh(&portal), theirs, user).await,
            block(&portal, &stranger, fresh(&portal), other.customer, user).await,
            unblock(&portal, &stranger, theirs, user).await,
            remove(&portal, &stranger, fresh(&portal), theirs, user).await,
            resend_invitation(&portal, &stranger, theirs, user).await,
            revoke_invitation(&portal, &stranger, theirs, user).await,
            correct(&portal, &stranger, theirs, user, pau("p@x.example"))
                .await
                .map(|_| ()),
        ] {
            assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
        }
        add(&portal, &operator(&portal), theirs, asked()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_list_turns_page_by_page() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        for name in ["ana", "bea", "cai"] {
            colleague(&portal, &lucia, name, ClientRole::Admin).await;
        }
        let (by, customer) = (viewer(&lucia), lucia.customer);
        let all = UserFilter::default();
        let first = list(&portal, &by, customer, &all, Turn::First, 2).await.unwrap();
        assert_eq!((first.rows.len(), first.has_next), (2, true));
        let after = Turn::After(first.rows[1].membership);
        let second = list(&portal, &by, customer, &all, after, 2).await.unwrap();
        assert_eq!((second.rows.len(), second.has_next), (2, false));
        let back = Turn::Before(second.rows[0].membership);
        assert_eq!(
            list(&portal, &by, customer, &all, back, 2).await.unwrap().rows,
            first.rows
        );
        assert_eq!(count(&portal, &by, customer).await.unwrap(), 4);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_searched_narrowed_and_sorted() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::OrderManager).await;
        let (by, customer) = (viewer(&lucia), lucia.customer);
        let pau = add(&portal, &by, customer, form("pau@x.example", role("admin", &[])))
            .await
            .unwrap();
        let late = add(
            &portal,
            &by,
            customer,
            form("abel@x.example", role("view-only", &[])),
        )
        .await
        .unwrap();
        block(&portal, &by, fresh(&portal), customer, ines.user)
            .await
            .unwrap();
        revoke_invitation(&portal, &by, customer, late).await.unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        for (user, words) in [
            (lucia.user, "  lucia"),
            (ines.user, "  ines"),
            (pau, "  pau"),
            (late, "  abel"),
        ] {
            sql("UPDATE users SET search = $2 WHERE id = $1")
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
        let ids = async |filter: UserFilter, turn, limit| {
            let page = list(&portal, &by, customer, &filter, turn, limit).await.unwrap();
            page.rows.iter().map(|user| user.id).collect::<Vec<_>>()
        };
        let of = |filter: UserFilter| ids(filter, Turn::First, 9);
        let words = |search: &str| UserFilter {
            search: search.to_owned(),
            ..UserFilter::default()
        };
        assert_eq!(of(words("INÉS")).await, [ines.user]);
        let admins = UserFilter {
            role: Some(ClientRole::Admin),
            ..UserFilter::default()
        };
        assert_eq!(of(admins).await, [pau]);
        for (state, expected) in [
            (UserState::Active, lucia.user),
            (UserState::Invited, pau),
            (UserState::Lapsed, late),
            (UserState::Blocked, ines.user),
        ] {
            let filter = UserFilter {
                state: Some(state),
                ..UserFilter::default()
            };
            assert_eq!(of(filter).await, [expected], "{state}");
        }
        let sorted = |column, descending| UserFilter {
            sort: UserSort { column, descending },
            ..UserFilter::default()
        };
        let by_name = [late, ines.user, lucia.user, pau];
        assert_eq!(of(sorted(UserColumn::Name, false)).await, by_name);
        let last = sorted(UserColumn::LastLogin, true);
        assert_eq!(of(last).await[0], lucia.user);
        // Page by page, forwards and back.
        for descending in [false, true] {
            let filter = sorted(UserColumn::Name, descending);
            let mut expected = by_name;
            if descending {
                expected.reverse();
            }
            let first = list(&portal, &by, customer, &filter, Turn::First, 2)
                .await
                .unwrap();
            let after = Turn::After(first.rows[1].membership);
            assert_eq!(ids(filter.clone(), after, 2).await, expected[2..]);
            let second = list(&portal, &by, customer, &filter, after, 2).await.unwrap();
            let before = Turn::Before(second.rows[0].membership);
            assert_eq!(ids(filter, before, 2).await, expected[..2]);
        }
    })
    .await;
}
