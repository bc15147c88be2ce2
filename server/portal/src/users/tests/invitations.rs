//! What becomes of an invitation that nobody has accepted yet.

use super::*;

#[tokio::test]
async fn invitations_are_sent_again_taken_back_and_corrected() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia);
        let direct = stores::create_manual(&portal, &lucia, "Directos").await.unwrap();
        let wrong = desk
            .add("pua@x.example", role("view-only", &[direct]))
            .await
            .unwrap();
        assert_eq!(code(desk.resend(wrong).await), "invitation-sending");
        let first = last_token(&portal).await;
        desk.resend(wrong).await.unwrap();
        last_token(&portal).await;
        desk.revoke(wrong).await.unwrap();
        assert_eq!(desk.state_of(wrong).await, InvitationState::Revoked);
        assert_eq!(
            code(crate::accounts::invitation::open(&portal, &first).await),
            "link-revoked"
        );

        let taken = format!("lucia@{}.example", lucia.customer);
        assert_eq!(
            code(desk.correct(wrong, pau(&taken)).await),
            "email: email-of-user"
        );
        let named = PersonForm {
            last_name: "Jiménez".to_owned(),
            ..pau("pua@x.example")
        };
        assert_eq!(desk.correct(wrong, named).await.unwrap(), wrong);
        let right = desk.correct(wrong, pau("pau@x.example")).await.unwrap();
        assert_ne!(right, wrong);
        assert!(matches!(desk.find(wrong).await, Err(Refusal::NotFound)));
        assert_eq!(accepts(&portal).await.unwrap(), right);
        let user = desk.find(right).await.unwrap().user;
        assert_eq!(user.role, ClientRole::ViewOnly);
        assert_eq!(user.stores.unwrap()[0].0, direct, "role and stores stay");
        for refused in [
            code(desk.resend(right).await),
            code(desk.revoke(right).await),
            code(desk.correct(right, pau("b@x.example")).await),
        ] {
            assert_eq!(refused, "invitation-accepted");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_flooded_with_invitations() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia);
        let pau = desk.add("pau@x.example", role("admin", &[])).await.unwrap();
        for _ in 1..5 {
            last_token(&portal).await;
            desk.resend(pau).await.unwrap();
        }
        last_token(&portal).await;
        assert_eq!(code(desk.resend(pau).await), "invitations-to-person");
        desk.remove(pau).await.unwrap();
        assert_eq!(
            code(desk.add("pau@x.example", role("admin", &[])).await),
            "invitations-to-person",
            "removed and added, they are the same person"
        );
        assert!(
            desk.of_operator()
                .add("pau@x.example", role("admin", &[]))
                .await
                .is_ok()
        );

        for number in 6..50 {
            desk.add(&format!("p{number}@x.example"), role("admin", &[]))
                .await
                .unwrap();
        }
        let one_more = async || desk.add("one@x.example", role("admin", &[])).await;
        assert_eq!(code(one_more().await), "invitations-to-customer");
        portal.clock.advance(std::time::Duration::from_hours(24));
        one_more().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_operators_send_the_invitation_of_an_account_admin_to_another_address() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia);
        let asked = role("account-admin", &[]);
        let wrong = desk.of_operator().add("pua@x.example", asked).await.unwrap();
        let right = || pau("pau@x.example");
        assert_eq!(
            code(desk.correct(wrong, right()).await),
            "email: account-admin-by-operator"
        );
        let named = desk.correct(wrong, pau("pua@x.example")).await;
        assert_eq!(named.unwrap(), wrong);
        let corrected = desk.of_operator().correct(wrong, right()).await.unwrap();
        assert_eq!(accepts(&portal).await.unwrap(), corrected);
        let role = desk.find(corrected).await.unwrap().user.role;
        assert_eq!(role, ClientRole::AccountAdmin);
    })
    .await;
}

#[tokio::test]
async fn blocking_takes_an_open_invitation_back() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia);
        let pau = desk.add("pau@x.example", role("admin", &[])).await.unwrap();
        desk.block(pau).await.unwrap();
        assert_eq!(desk.state_of(pau).await, InvitationState::Revoked);
        assert_eq!(code(desk.resend(pau).await), "users-blocked");
        desk.unblock(pau).await.unwrap();
        desk.resend(pau).await.unwrap();
        assert_eq!(accepts(&portal).await.unwrap(), pau);
    })
    .await;
}

#[tokio::test]
async fn archiving_takes_every_open_invitation_back() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia);
        let pau = desk.add("pau@x.example", role("admin", &[])).await.unwrap();
        let token = last_token(&portal).await;
        let operator = testing::operator(&portal);
        customers::archive(&portal, &operator, lucia.customer)
            .await
            .unwrap();
        let link = crate::accounts::invitation::open(&portal, &token).await;
        assert_eq!(code(link), "link-revoked");
        customers::restore(&portal, &operator, lucia.customer)
            .await
            .unwrap();
        assert_eq!(desk.state_of(pau).await, InvitationState::Revoked);
    })
    .await;
}

#[tokio::test]
async fn an_account_admin_who_is_only_invited_does_not_hide_the_one_who_is_there() {
    on_both(async |portal| {
        let lucia = house(&portal, "Estudio Garabato").await;
        let desk = Desk::of(&portal, &lucia).of_operator();
        let state = async || {
            let profile = customers::find(&portal, &testing::operator(&portal), lucia.customer)
                .await
                .unwrap();
            (profile.admin.map(|admin| admin.user_id), profile.invitation_state)
        };
        let there = (Some(lucia.user), InvitationState::Active);
        let asked = desk.add("pau@x.example", role("account-admin", &[])).await;
        let pau = asked.unwrap();
        assert_eq!(state().await, there);
        last_token(&portal).await;
        assert_eq!(state().await, there, "whatever becomes of the mail");
        desk.remove(pau).await.unwrap();
        assert_eq!(state().await, there);
    })
    .await;
}
