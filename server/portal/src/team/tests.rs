//! The team, on both engines.

use domain::id::UserId;
use domain::{InvitationState, OperatorRole};

use super::*;
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::accounts::current::current;
use crate::invitations::PersonForm;
use crate::storage::sql;
use crate::testing::on_both;
use crate::{Portal, Refusal};

/// An administrator who can log in.
async fn administrator(portal: &Portal, name: &str) -> Operator {
    let user = UserId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, password_hash, language, time_zone, \
         operator_role, created_at, updated_at) \
         VALUES ($1, $2, $2, $3, 'Admin', 'x', 'en', 'UTC', 'administrator', $4, $4)",
    )
    .bind(user)
    .bind(format!("{name}@levante.example"))
    .bind(name)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    Operator {
        user,
        name: format!("{name} Admin"),
        role: OperatorRole::Administrator,
    }
}

fn form(email: &str) -> InviteForm {
    InviteForm {
        person: PersonForm {
            email: email.to_owned(),
            first_name: "Pau".to_owned(),
            last_name: "Giménez".to_owned(),
            language: "es".to_owned(),
        },
        role: "production".to_owned(),
    }
}

async fn settle_mail(portal: &Portal) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE invitations SET state = 'invitation_sent', sent_at = created_at WHERE state = 'sending'")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn code(refusal: Refusal) -> String {
    match refusal {
        Refusal::Invalid(problems) => problems.iter().map(|(_, problem)| problem.to_string()).collect(),
        Refusal::Conflict(problem) => problem.to_string(),
        other => other.to_string(),
    }
}

/// Somebody who has just given their password.
fn fresh(portal: &Portal) -> Proof {
    Proof::given(Some(portal.now()))
}

#[tokio::test]
async fn an_operator_is_invited_once_and_shown_with_their_state() {
    on_both(async |portal| {
        let ada = administrator(&portal, "ada").await;
        let (one, two) = tokio::join!(
            invite(&portal, &ada, fresh(&portal), form("pau@x.example")),
            invite(&portal, &ada, fresh(&portal), form("PAU@x.example"))
        );
        let pau = one.unwrap();
        assert_eq!(two.unwrap(), pau);
        settle_mail(&portal).await;
        assert_eq!(
            code(
                invite(&portal, &ada, fresh(&portal), form("pau@x.example"))
                    .await
                    .unwrap_err()
            ),
            "email-of-operator"
        );
        let team = list(&portal, &ada).await.unwrap();
        let states: Vec<(&str, InvitationState)> = team
            .iter()
            .map(|member| (member.name.as_str(), member.state))
            .collect();
        let invited = ("Pau Giménez", InvitationState::InvitationSent);
        assert_eq!(states, [("ada Admin", InvitationState::Active), invited]);

        resend_invitation(&portal, &ada, pau).await.unwrap();
        assert_eq!(
            code(resend_invitation(&portal, &ada, pau).await.unwrap_err()),
            "invitation-sending"
        );
        revoke_invitation(&portal, &ada, pau).await.unwrap();
        assert_eq!(
            list(&portal, &ada).await.unwrap()[1].state,
            InvitationState::Revoked
        );
        resend_invitation(&portal, &ada, pau).await.unwrap();
        assert_eq!(
            code(revoke_invitation(&portal, &ada, ada.user).await.unwrap_err()),
            "invitation-accepted"
        );
    })
    .await;
}

#[tokio::test]
async fn the_portal_keeps_an_administrator_and_nobody_shuts_themself_out() {
    on_both(async |portal| {
        let ada = administrator(&portal, "ada").await;
        let bob = administrator(&portal, "bob").await;
        assert_eq!(
            code(block(&portal, &ada, fresh(&portal), ada.user).await.unwrap_err()),
            "team-yourself"
        );
        assert_eq!(
            code(
                change_role(&portal, &ada, fresh(&portal), ada.user, "operator")
                    .await
                    .unwrap_err()
            ),
            "team-yourself"
        );
        // Each demotes the other at the same moment: one of them comes too late.
        let (one, two) = tokio::join!(
            change_role(&portal, &ada, fresh(&portal), bob.user, "production"),
            change_role(&portal, &bob, fresh(&portal), ada.user, "production")
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
        let refused = one.err().or(two.err()).map(code);
        assert_eq!(refused.as_deref(), Some("team-last-administrator"));
    })
    .await;
}

#[tokio::test]
async fn blocking_ends_what_an_operator_has_open() {
    on_both(async |portal| {
        let ada = administrator(&portal, "ada").await;
        let bob = administrator(&portal, "bob").await;
        let record = crate::accounts::sessions::SessionRecord {
            user: Some(bob.user),
            data: "{}".to_owned(),
            expires_at: portal.now() + std::time::Duration::from_mins(1),
            log_in: None,
        };
        crate::accounts::sessions::create(&portal, b"bob", &record)
            .await
            .unwrap();
        block(&portal, &ada, fresh(&portal), bob.user).await.unwrap();
        assert!(
            crate::accounts::sessions::load(&portal, b"bob")
                .await
                .unwrap()
                .is_none()
        );
        assert!(current(&portal, bob.user, None).await.unwrap().is_none());
        assert_eq!(
            code(block(&portal, &bob, fresh(&portal), ada.user).await.unwrap_err()),
            "team-last-administrator"
        );
        unblock(&portal, &ada, bob.user).await.unwrap();
        assert!(current(&portal, bob.user, None).await.unwrap().is_some());
        let operator = Operator {
            role: OperatorRole::Operator,
            ..bob
        };
        assert!(matches!(list(&portal, &operator).await, Err(Refusal::Forbidden)));
        let nobody = UserId(portal.entropy.id());
        assert!(matches!(
            block(&portal, &ada, fresh(&portal), nobody).await,
            Err(Refusal::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_removed_is_gone_until_they_are_invited_again() {
    on_both(async |portal| {
        let ada = administrator(&portal, "ada").await;
        let bob = administrator(&portal, "bob").await;
        assert_eq!(
            code(remove(&portal, &ada, fresh(&portal), ada.user).await.unwrap_err()),
            "team-yourself"
        );
        remove(&portal, &ada, fresh(&portal), bob.user).await.unwrap();
        assert!(current(&portal, bob.user, None).await.unwrap().is_none());
        assert_eq!(list(&portal, &ada).await.unwrap().len(), 1);
        let again = remove(&portal, &ada, fresh(&portal), bob.user).await;
        assert!(matches!(again, Err(Refusal::NotFound)));
        assert_eq!(
            code(remove(&portal, &bob, fresh(&portal), ada.user).await.unwrap_err()),
            "team-last-administrator"
        );

        let mut back = form("bob@levante.example");
        "operator".clone_into(&mut back.role);
        // His key in these tests is not his address.
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE users SET email_key = email")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            invite(&portal, &ada, fresh(&portal), back).await.unwrap(),
            bob.user
        );
        let team = list(&portal, &ada).await.unwrap();
        assert_eq!(
            (team[1].role, team[1].state),
            (OperatorRole::Operator, InvitationState::Sending),
            "a new password has to be chosen"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_changes_the_team_has_just_proved_who_they_are() {
    on_both(async |portal| {
        let ada = administrator(&portal, "ada").await;
        let bob = administrator(&portal, "bob").await;
        let stale = fresh(&portal);
        portal.clock.advance(std::time::Duration::from_mins(10));
        for refused in [
            invite(&portal, &ada, stale, form("pau@x.example"))
                .await
                .map(|_| ()),
            change_role(&portal, &ada, stale, bob.user, "operator").await,
            block(&portal, &ada, stale, bob.user).await,
            remove(&portal, &ada, stale, bob.user).await,
        ] {
            assert!(matches!(refused, Err(Refusal::Unproved)), "{refused:?}");
        }
    })
    .await;
}
