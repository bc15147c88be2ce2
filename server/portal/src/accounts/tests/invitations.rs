//! Accepting an invitation.

use std::time::Duration;

use domain::{InvitationState, Language};

use super::*;
use crate::accounts::confirm::Proof;
use crate::accounts::current::{CustomerChoice, Standing, current, standing};
use crate::accounts::invitation::{AcceptForm, accept, open};
use crate::accounts::log_in::log_in;
use crate::testing::on_both;

fn choosing(password: &str) -> AcceptForm {
    AcceptForm {
        password: password.to_owned(),
        language: "en".to_owned(),
    }
}

#[tokio::test]
async fn the_link_opens_as_often_as_one_likes_and_works_once() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (customer, token) = invited(&portal, &operator, "Estudio Garabato", LUCIA).await;
        // Mail scanners open links.
        for _ in 0..2 {
            let invitation = open(&portal, &token).await.unwrap();
            assert_eq!(invitation.email, LUCIA);
            assert_eq!(invitation.customer_name.as_deref(), Some("Estudio Garabato"));
            assert!(!invitation.has_password);
        }
        let user = accept(&portal, &token, choosing(PASSWORD), HOME).await.unwrap();
        let current = current(&portal, user, None).await.unwrap().unwrap();
        assert_eq!(current.person.language, Language::En);
        let Viewer::Client(client) = current.viewer else {
            panic!()
        };
        assert_eq!(client.customer, customer);
        let profile = customers::find(&portal, &operator, customer).await.unwrap();
        assert_eq!(profile.invitation_state, InvitationState::Active);

        assert_eq!(code(open(&portal, &token).await), "link-used");
        assert_eq!(
            code(accept(&portal, &token, choosing(OTHER_PASSWORD), HOME).await),
            "link-used"
        );
        log_in(&portal, LUCIA, PASSWORD, [192, 0, 2, 1].into())
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_link_never_replaces_the_password_chosen_behind_another() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, first) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let (_, second) = invited(&portal, &operator, "Nordlys", LUCIA).await;
        // Both forms are open, and sent at once.
        let (first, second) = futures::join!(
            accept(&portal, &first, choosing(PASSWORD), HOME),
            accept(&portal, &second, choosing(OTHER_PASSWORD), HOME),
        );
        let (chosen, refused) = match (first, second) {
            (Ok(_), Err(refused)) => (PASSWORD, refused),
            (Err(refused), Ok(_)) => (OTHER_PASSWORD, refused),
            other => panic!("{other:?}"),
        };
        assert!(matches!(refused, Refusal::Invalid(_)), "{refused:?}");
        log_in(&portal, LUCIA, chosen, [192, 0, 2, 9].into())
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_link_expires_after_three_days() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        portal.clock.advance(Duration::from_secs(72 * 3600 - 1));
        open(&portal, &token).await.unwrap();
        portal.clock.advance(Duration::from_secs(1));
        assert_eq!(code(open(&portal, &token).await), "link-expired");
        assert_eq!(
            code(accept(&portal, &token, choosing(PASSWORD), HOME).await),
            "link-expired"
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_that_was_taken_back_does_not_work() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (customer, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        customers::resend_invitation(&portal, &operator, customer)
            .await
            .unwrap();
        let fresh = last_token(&portal).await;
        assert_eq!(code(open(&portal, &token).await), "link-revoked");
        open(&portal, &fresh).await.unwrap();
        customers::revoke_invitation(&portal, &operator, Proof::given(None), customer)
            .await
            .unwrap();
        assert_eq!(code(open(&portal, &fresh).await), "link-revoked");
        assert_eq!(
            code(accept(&portal, &fresh, choosing(PASSWORD), HOME).await),
            "link-revoked"
        );
    })
    .await;
}

#[tokio::test]
async fn links_that_nobody_made_are_unknown() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let changed = format!("{}A", &token[..token.len() - 1]);
        for wrong in [changed.as_str(), "", "ñ", "a token", &token[1..]] {
            assert_eq!(code(open(&portal, wrong).await), "link-unknown", "{wrong:?}");
        }
        // A link is for one purpose.
        let reset = crate::accounts::password_reset::open(&portal, &token).await;
        assert_eq!(code(reset), "link-unknown");
    })
    .await;
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_as_it_was() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Estudio Garabato", LUCIA).await;
        for (password, problem) in [
            ("short", "password: password-too-short"),
            ("LuciaFerrer1", "password: password-obvious"),
            ("EstudioGarabato", "password: password-too-weak"),
        ] {
            assert_eq!(
                code(accept(&portal, &token, choosing(password), HOME).await),
                problem,
                "{password}"
            );
        }
        accept(&portal, &token, choosing(PASSWORD), HOME).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn somebody_who_has_a_password_confirms_with_it() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let user = accept(&portal, &token, choosing(PASSWORD), HOME).await.unwrap();
        let hash = password_hash(&portal, user).await;

        let (second, token) = invited(&portal, &operator, "Otro Estudio", LUCIA).await;
        assert!(open(&portal, &token).await.unwrap().has_password);
        assert_eq!(
            code(accept(&portal, &token, choosing(OTHER_PASSWORD), HOME).await),
            "password: wrong-password"
        );
        let same = current(&portal, user, Some(second)).await.unwrap();
        assert!(same.is_none(), "nothing is accepted yet");
        assert_eq!(
            accept(&portal, &token, choosing(PASSWORD), HOME).await.unwrap(),
            user
        );
        assert_eq!(password_hash(&portal, user).await, hash, "the password stays");
        assert!(current(&portal, user, Some(second)).await.unwrap().is_some());

        // From now on they belong to two customers, and say for which one they work.
        let names = |choices: &[CustomerChoice]| -> Vec<String> {
            choices.iter().map(|choice| choice.name.clone()).collect()
        };
        let Some(Standing::Undecided(undecided)) = standing(&portal, user, None).await.unwrap() else {
            panic!("nothing is chosen yet");
        };
        assert_eq!(names(&undecided.customers), ["Garabato", "Otro Estudio"]);
        let Some(Standing::Settled(settled)) = standing(&portal, user, Some(second)).await.unwrap() else {
            panic!("the second is chosen");
        };
        assert_eq!(settled.viewer.scope().customer(), Some(second));
        assert_eq!(names(&settled.customers), ["Garabato", "Otro Estudio"]);
        // When that one ends, the other does not take its place by itself.
        customers::save_access(&portal, &operator, second, AccessForm::default())
            .await
            .unwrap();
        let ended = standing(&portal, user, Some(second)).await.unwrap();
        assert!(matches!(ended, Some(Standing::Undecided(left)) if names(&left.customers) == ["Garabato"]));
        let only = standing(&portal, user, None).await.unwrap();
        assert!(
            matches!(only, Some(Standing::Settled(_))),
            "there is nothing to choose"
        );
    })
    .await;
}

#[tokio::test]
async fn two_clicks_at_once_accept_once() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let (one, two) = tokio::join!(
            accept(&portal, &token, choosing(PASSWORD), HOME),
            accept(&portal, &token, choosing(OTHER_PASSWORD), HOME),
        );
        assert_eq!([one, two].into_iter().flatten().count(), 1);
    })
    .await;
}

#[tokio::test]
async fn no_token_is_kept() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let mut conn = portal.db.read().await.unwrap();
        let hashes: Vec<(Vec<u8>,)> = sql("SELECT token_hash FROM link_tokens")
            .fetch_all(&mut conn)
            .await
            .unwrap();
        assert!(hashes.iter().all(|(hash,)| hash.len() == 32));
        let payloads: Vec<(String,)> = sql("SELECT CAST(payload AS TEXT) FROM jobs")
            .fetch_all(&mut conn)
            .await
            .unwrap();
        assert!(payloads.iter().all(|(payload,)| !payload.contains(&token)));
    })
    .await;
}

#[tokio::test]
async fn guessing_at_the_password_behind_an_invitation_is_limited_like_logging_in() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        accept(&portal, &token, choosing(PASSWORD), HOME).await.unwrap();
        let (_, token) = invited(&portal, &operator, "Otro Estudio", LUCIA).await;
        for number in 0..5 {
            let elsewhere = [198, 51, 100, number].into();
            let refused = accept(&portal, &token, choosing(OTHER_PASSWORD), elsewhere).await;
            assert_eq!(code(refused), "password: wrong-password");
        }
        let refused = accept(&portal, &token, choosing(PASSWORD), HOME).await;
        assert_eq!(code(refused), "too-many-attempts");
        // In another process as well: what is counted is written down.
        let other = portal.other_process().await;
        assert_eq!(
            code(log_in(&other, LUCIA, PASSWORD, HOME).await),
            "too-many-attempts"
        );
        portal.clock.advance(Duration::from_secs(30));
        accept(&portal, &token, choosing(PASSWORD), HOME).await.unwrap();
    })
    .await;
}
