//! Giving rights and taking them.

use super::*;

#[tokio::test]
async fn whoever_gives_or_takes_rights_has_just_proved_who_they_are() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::OrderManager).await;
        let desk = Desk::of(&portal, &lucia);
        let invited = desk.add("pau@x.example", role("admin", &[])).await.unwrap();
        let stale = fresh(&portal);
        portal.clock.advance(std::time::Duration::from_mins(10));
        for by in [&viewer(&lucia), &operator(&portal)] {
            for refused in [
                add(
                    &portal,
                    by,
                    stale,
                    lucia.customer,
                    form("b@x.example", role("admin", &[])),
                )
                .await
                .map(|_| ()),
                correct(&portal, by, stale, lucia.customer, invited, pau("b@x.example"))
                    .await
                    .map(|_| ()),
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
        let desk = Desk::of(&portal, &lucia);
        let of_operator = desk.of_operator();
        let (up, down) = (|| role("account-admin", &[]), || role("admin", &[]));
        let last = "users-last-account-admin";
        assert!(desk.find(lucia.user).await.unwrap().is_last_admin);
        assert_eq!(code(desk.change_role(lucia.user, down()).await), last);
        for (desk, refused) in [(&desk, "users-yourself"), (&of_operator, last)] {
            assert_eq!(code(desk.block(lucia.user).await), refused);
            assert_eq!(code(desk.remove(lucia.user).await), refused);
        }
        // Somebody who cannot log in yet is nobody to hand over to.
        let pau = desk.add("pau@x.example", down()).await.unwrap();
        assert_eq!(
            code(desk.change_role(pau, up()).await),
            "role: account-admin-not-active"
        );
        of_operator.change_role(pau, up()).await.unwrap();
        assert_eq!(code(desk.change_role(lucia.user, down()).await), last);

        desk.change_role(ines.user, up()).await.unwrap();
        // Each demotes the other at the same moment: one of them comes too late.
        let ines = Client {
            role: ClientRole::AccountAdmin,
            ..ines
        };
        let of_ines = Desk::of(&portal, &ines);
        let (one, two) = tokio::join!(
            desk.change_role(ines.user, down()),
            of_ines.change_role(lucia.user, down())
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
        let desk = Desk::of(&portal, &lucia);
        desk.change_role(ines.user, role("account-admin", &[]))
            .await
            .unwrap();
        desk.change_role(lucia.user, role("view-only", &[]))
            .await
            .unwrap();
        let now = current(&portal, lucia.user, None).await.unwrap().unwrap();
        assert!(!now.viewer.may(domain::Permission::ManageUsers));
        let profile = customers::find(&portal, &testing::operator(&portal), lucia.customer)
            .await
            .unwrap();
        assert_eq!(profile.admin.unwrap().user_id, ines.user);
        assert_eq!(profile.invitation_state, InvitationState::Active);
    })
    .await;
}

#[tokio::test]
async fn what_is_changed_holds_from_the_next_request_on() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let ines = colleague(&portal, &lucia, "ines", ClientRole::Admin).await;
        let desk = Desk::of(&portal, &lucia);
        let direct = stores::create_manual(&portal, &ines, "Directos").await.unwrap();
        testing::catalogue(&portal).await;
        let order = testing::order(&portal, &ines, direct, "A-1").await;
        let now = async || {
            let viewer = current(&portal, ines.user, None).await.unwrap()?.viewer;
            let stores = viewer.scope().chosen_stores().map(<[StoreId]>::len);
            Some((viewer.role(), stores))
        };
        for (stores, chosen) in [(&[direct][..], Some(1)), (&[], None)] {
            desk.change_role(ines.user, role("order-manager", stores))
                .await
                .unwrap();
            assert_eq!(now().await, Some((ClientRole::OrderManager.into(), chosen)));
        }

        open_session(&portal, ines.user).await;
        desk.block(ines.user).await.unwrap();
        assert!(sessions::load(&portal, b"open").await.unwrap().is_none());
        assert_eq!(now().await, None);
        assert!(desk.find(ines.user).await.unwrap().user.blocked);
        desk.unblock(ines.user).await.unwrap();
        assert!(now().await.is_some());

        open_session(&portal, ines.user).await;
        desk.remove(ines.user).await.unwrap();
        assert!(sessions::load(&portal, b"open").await.unwrap().is_none());
        assert_eq!(now().await, None);
        assert!(matches!(desk.find(ines.user).await, Err(Refusal::NotFound)));
        let told = crate::orders::find(&portal, &lucia.scope(), order).await.unwrap();
        let by_ines = |event: &crate::orders::TimelineEvent| event.actor_name.as_deref() == Some("ines");
        assert!(
            told.timeline.iter().any(by_ines),
            "what they did keeps their name"
        );
    })
    .await;
}
