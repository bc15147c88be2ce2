//! The second step of a log-in: setting it up, and its codes.

mod recovery;
mod without;

use std::collections::BTreeSet;
use std::time::Duration;

use data_encoding::BASE32_NOPAD;

use super::*;
use crate::accounts::confirm::Proof;
use crate::accounts::two_factor::{self, RecoveryCodes, SetUp, check};
use crate::mail::MailKind;
use crate::secrets::rotate;
use crate::testing::on_both;

const STEP: Duration = Duration::from_secs(30);

fn fresh(portal: &Portal) -> Proof {
    Proof::given(Some(portal.now()))
}

/// The key that waits to be put into an app.
async fn key(portal: &Portal, user: UserId) -> SetUp {
    two_factor::pending(portal, user).await.unwrap().unwrap()
}

/// Switches the second step on; gives the key in the app and the recovery codes.
async fn switched_on(portal: &Portal, user: UserId) -> (SetUp, RecoveryCodes) {
    two_factor::start(portal, user, fresh(portal)).await.unwrap();
    let key = key(portal, user).await;
    let codes = two_factor::switch_on(portal, user, &key.code_at(portal.now()))
        .await
        .unwrap();
    (key, codes)
}

async fn told(portal: &TestPortal, kind: MailKind) -> i64 {
    let (count,) = sql("SELECT COUNT(*) FROM mails WHERE kind = $1")
        .bind(kind.as_str())
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    count
}

#[tokio::test]
async fn setting_up_takes_a_fresh_proof_and_a_code_of_the_app() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let stale = Proof::given(Some(portal.now() - Duration::from_mins(10)));
        let refused = two_factor::start(&portal, user, stale).await;
        assert!(matches!(refused, Err(Refusal::Unproved)));
        let refused = two_factor::switch_on(&portal, user, "123456").await;
        assert_eq!(code(refused), "two-factor-not-begun");

        two_factor::start(&portal, user, fresh(&portal)).await.unwrap();
        let first = key(&portal, user).await;
        two_factor::start(&portal, user, fresh(&portal)).await.unwrap();
        let second = key(&portal, user).await;
        assert_ne!(first.key, second.key, "a new key each time");
        assert!(
            two_factor::find(&portal, user).await.unwrap().is_none(),
            "not on yet"
        );
        for (typed, expected) in [
            (" ".to_owned(), "secret_code: required"),
            ("a code".to_owned(), "secret_code: wrong-code"),
            (first.code_at(portal.now()), "secret_code: wrong-code"),
        ] {
            assert_eq!(code(two_factor::switch_on(&portal, user, &typed).await), expected);
        }
        let address = two_factor::pending(&portal, user).await.unwrap().unwrap().address;
        assert!(
            address.starts_with("otpauth://totp/Levante%20Press:marta%2Esoler%40levante%2Eexample?secret="),
            "{address}"
        );
        portal.clock.advance(Duration::from_hours(1));
        assert!(
            two_factor::pending(&portal, user).await.unwrap().is_none(),
            "too slow"
        );
        let late = two_factor::switch_on(&portal, user, &second.code_at(portal.now())).await;
        assert_eq!(code(late), "two-factor-not-begun");

        let (_, codes) = switched_on(&portal, user).await;
        let distinct: BTreeSet<&str> = codes.iter().collect();
        assert_eq!(distinct.len(), two_factor::CODES);
        let on = two_factor::find(&portal, user).await.unwrap().unwrap();
        assert_eq!((on.since, on.codes_left), (portal.now(), 10));
        assert_eq!(told(&portal, MailKind::TwoFactorOn).await, 1);
        assert!(two_factor::pending(&portal, user).await.unwrap().is_none());
        let again = two_factor::start(&portal, user, fresh(&portal)).await;
        assert_eq!(code(again), "two-factor-is-on");
        let again = two_factor::switch_on(&portal, user, "123456").await;
        assert_eq!(code(again), "two-factor-is-on");
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once_and_not_before_or_after_its_time() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let (key, _) = switched_on(&portal, user).await;
        let now = portal.now();
        let used = check(&portal, user, &key.code_at(now), HOME).await;
        assert_eq!(
            code(used),
            "secret_code: code-used",
            "it switched the second step on"
        );
        check(&portal, user, &key.code_at(now + STEP), HOME)
            .await
            .unwrap();
        let older = check(&portal, user, &key.code_at(now), HOME).await;
        assert_eq!(
            code(older),
            "secret_code: code-used",
            "an older one is over as well"
        );
        let early = check(&portal, user, &key.code_at(now + STEP * 2), HOME).await;
        assert_eq!(code(early), "secret_code: wrong-code");
        portal.clock.advance(STEP * 3);
        let spaced = key.code_at(portal.now() - STEP);
        check(
            &portal,
            user,
            &format!(" {} {} ", &spaced[..3], &spaced[3..]),
            HOME,
        )
        .await
        .unwrap();
        let late = check(&portal, user, &key.code_at(now), HOME).await;
        assert_eq!(code(late), "secret_code: wrong-code");
    })
    .await;
}

#[tokio::test]
async fn of_many_who_give_the_same_code_at_once_one_comes_in() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let (key, codes) = switched_on(&portal, user).await;
        portal.clock.advance(STEP);
        for typed in [key.code_at(portal.now()), codes.iter().next().unwrap().to_owned()] {
            let tries = (0..3).map(|_| check(&portal, user, &typed, HOME));
            let passed = futures::future::join_all(tries).await;
            assert_eq!(passed.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn guessing_codes_gets_slower_and_the_right_password_forgives_nothing() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let (key, _) = switched_on(&portal, user).await;
        for number in 0..5 {
            let elsewhere = [198, 51, 100, number].into();
            let wrong = check(&portal, user, "000000", elsewhere).await;
            assert_eq!(code(wrong), "secret_code: wrong-code");
            super::super::log_in::log_in(&portal, MARTA, PASSWORD, elsewhere)
                .await
                .unwrap();
        }
        portal.clock.advance(Duration::from_secs(29));
        let right = key.code_at(portal.now());
        let waits = check(&portal, user, &right, HOME).await;
        assert_eq!(code(waits), "too-many-attempts");
        portal.clock.advance(Duration::from_secs(1));
        check(&portal, user, &key.code_at(portal.now()), HOME)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_key_is_sealed_and_rotation_seals_it_anew() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let (key, _) = switched_on(&portal, user).await;
        let (sealed,): (Vec<u8>,) = sql("SELECT secret FROM two_factors")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let bare = BASE32_NOPAD.decode(key.key.replace(' ', "").as_bytes()).unwrap();
        assert!(
            !sealed
                .windows(8)
                .any(|window| bare.windows(8).any(|part| part == window))
        );
        let both = portal.with_keys("new", &[("new", 8), ("test", 7)]);
        assert_eq!(rotate(&both).await.unwrap(), 1);
        assert_eq!(rotate(&both).await.unwrap(), 0);
        portal.clock.advance(STEP);
        check(
            &portal.with_keys("new", &[("new", 8)]),
            user,
            &key.code_at(portal.now()),
            HOME,
        )
        .await
        .unwrap();
    })
    .await;
}
