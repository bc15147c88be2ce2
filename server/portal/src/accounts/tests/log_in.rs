//! Logging in, and how often one may try.

use std::net::IpAddr;
use std::time::Duration;

use super::*;
use crate::accounts::limits::{LimitKeys, begin_attempt};
use crate::accounts::log_in::{log_in, remember};
use crate::accounts::password;
use crate::testing::on_both;

/// Another address for every attempt: only the account's own limit counts.
fn elsewhere(number: u8) -> IpAddr {
    [198, 51, 100, number].into()
}

#[tokio::test]
async fn name_and_password_let_in_whatever_the_names_capitals() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let user = log_in(&portal, " Marta.SOLER@levante.example ", PASSWORD, HOME)
            .await
            .unwrap();
        assert_eq!(user, operator.user);
    })
    .await;
}

#[tokio::test]
async fn whoever_knows_no_password_gets_the_same_answer() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        invited(&portal, &operator, "Garabato", LUCIA).await;
        let wrong = "wrong-name-or-password";
        for unknown in ["nobody@x.example", "no address", "ñ@", "'; DROP TABLE users --"] {
            assert_eq!(
                code(log_in(&portal, unknown, PASSWORD, elsewhere(3)).await),
                wrong
            );
        }
        let refused = log_in(&portal, MARTA, OTHER_PASSWORD, elsewhere(2)).await;
        assert_eq!(code(refused), wrong);
        let refused = log_in(&portal, LUCIA, PASSWORD, elsewhere(1)).await;
        assert_eq!(code(refused), wrong, "has no password yet");
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_come_in_is_told_why_after_the_right_password() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (customer, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let user = accepted(&portal, &token).await;
        // Neither counts as a failure, and a wrong password learns nothing.
        let answers = async |expected: &str| {
            for _ in 0..6 {
                let refused = log_in(&portal, LUCIA, PASSWORD, HOME).await;
                assert_eq!(code(refused), expected);
            }
            let refused = log_in(&portal, LUCIA, OTHER_PASSWORD, HOME).await;
            assert_eq!(code(refused), "wrong-name-or-password");
        };
        let set = async |statement: &'static str| {
            let mut tx = portal.db.begin().await.unwrap();
            let change = sql(statement).bind(portal.now()).bind(user);
            change.execute(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        };
        log_in(&portal, LUCIA, PASSWORD, HOME).await.unwrap();

        customers::save_access(&portal, &operator, customer, AccessForm::default())
            .await
            .unwrap();
        answers("account-access-off").await;
        let Err(Refusal::Conflict(problem)) = log_in(&portal, LUCIA, PASSWORD, HOME).await else {
            panic!("let in");
        };
        assert_eq!(
            problem.arguments[0],
            ("customer".into(), "Garabato".to_owned().into())
        );
        let on = AccessForm {
            access: true,
            email: LUCIA.to_owned(),
            first_name: "Lucía".to_owned(),
            last_name: "Ferrer".to_owned(),
            language: "es".to_owned(),
        };
        customers::save_access(&portal, &operator, customer, on)
            .await
            .unwrap();
        log_in(&portal, LUCIA, PASSWORD, HOME).await.unwrap();

        set("UPDATE memberships SET blocked_at = $1 WHERE user_id = $2").await;
        answers("account-blocked").await;
        set("UPDATE memberships SET blocked_at = NULL, removed_at = $1 WHERE user_id = $2").await;
        answers("account-without-customer").await;
        set("UPDATE users SET blocked_at = $1 WHERE id = $2").await;
        answers("account-blocked").await;
    })
    .await;
}

#[tokio::test]
async fn empty_fields_are_named_and_not_counted() {
    on_both(async |portal| {
        for _ in 0..30 {
            assert_eq!(
                code(log_in(&portal, " ", "", HOME).await),
                "email: required, password: required"
            );
        }
        let (rows,): (i64,) = sql("SELECT COUNT(*) FROM login_limits")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(rows, 0);
    })
    .await;
}

#[tokio::test]
async fn an_account_waits_longer_after_each_failure_known_or_not() {
    on_both(async |portal| {
        administrator(&portal).await;
        for name in [MARTA, "nobody@x.example"] {
            let mut number = 0;
            let mut fail = async || {
                number += 1;
                code(log_in(&portal, name, "wrong", elsewhere(number)).await)
            };
            for _ in 0..5 {
                assert_eq!(fail().await, "wrong-name-or-password");
            }
            assert_eq!(fail().await, "too-many-attempts");
            portal.clock.advance(Duration::from_secs(30));
            assert_eq!(fail().await, "wrong-name-or-password");
            portal.clock.advance(Duration::from_secs(30));
            assert_eq!(fail().await, "too-many-attempts", "the delay has doubled");
            portal.clock.advance(Duration::from_secs(30));
            assert_eq!(fail().await, "wrong-name-or-password");
        }
        // Meanwhile the right password does not help, not even in another process.
        let other = portal.other_process().await;
        let refused = log_in(&other, MARTA, PASSWORD, elsewhere(99)).await;
        assert_eq!(code(refused), "too-many-attempts");
        portal.clock.advance(Duration::from_mins(2));
        log_in(&other, MARTA, PASSWORD, elsewhere(99)).await.unwrap();
        // A log-in forgets the failures.
        for number in 0..5 {
            let refused = log_in(&portal, MARTA, "wrong", elsewhere(number)).await;
            assert_eq!(code(refused), "wrong-name-or-password");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_is_limited_over_all_accounts_and_a_success_does_not_free_it() {
    on_both(async |portal| {
        administrator(&portal).await;
        for number in 0..19 {
            let name = format!("nobody{number}@x.example");
            assert_eq!(
                code(log_in(&portal, &name, "wrong", HOME).await),
                "wrong-name-or-password"
            );
        }
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
        let last = log_in(&portal, "nobody@x.example", "wrong", HOME).await;
        assert_eq!(code(last), "wrong-name-or-password");
        let refused = log_in(&portal, MARTA, PASSWORD, HOME).await;
        assert_eq!(code(refused), "too-many-attempts");
        // Somebody elsewhere is not concerned.
        log_in(&portal, MARTA, PASSWORD, elsewhere(1)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn failures_from_an_address_are_forgotten_one_by_one() {
    on_both(async |portal| {
        administrator(&portal).await;
        // An office that mistypes once in a while, for weeks, is never made to wait …
        for number in 0..40 {
            let name = format!("nobody{number}@x.example");
            let refused = log_in(&portal, &name, "wrong", HOME).await;
            assert_eq!(code(refused), "wrong-name-or-password");
            log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
            portal.clock.advance(Duration::from_mins(20));
        }
        // … and whoever guesses without end gets a few attempts an hour.
        let mut tried = 0;
        for number in 0..(24 * 12) {
            let name = format!("victim{number}@x.example");
            let refused = log_in(&portal, &name, "wrong", HOME).await;
            tried += u32::from(code(refused) == "wrong-name-or-password");
            portal.clock.advance(Duration::from_mins(5));
        }
        assert!((60..150).contains(&tried), "{tried} attempts in a day");
        // An hour later at the latest, honest people come in again.
        portal.clock.advance(Duration::from_hours(1));
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn people_who_log_in_at_the_same_time_do_not_stand_in_each_others_way() {
    on_both(async |portal| {
        administrator(&portal).await;
        for number in 0..18 {
            let name = format!("nobody{number}@x.example");
            code(log_in(&portal, &name, "wrong", HOME).await);
        }
        // Somebody's attempt is under way; in a moment it would be the nineteenth failure.
        let slow = LimitKeys::new("slow@x.example", HOME);
        begin_attempt(&portal, &slow).await.unwrap();
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
        // Nobody saw its end: it counts as a failure after a while, and blocks nobody for ever.
        portal.clock.advance(Duration::from_mins(1));
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
        let (failures, pending): (i64, i64) =
            sql("SELECT failures, pending FROM login_limits WHERE limit_key = 'address:192.0.2.1'")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
        assert_eq!((failures, pending), (19, 0));
    })
    .await;
}

#[tokio::test]
async fn attempts_at_the_same_time_count_one_after_the_other() {
    on_both(async |portal| {
        let attempts = (0..12).map(|number| log_in(&portal, MARTA, "wrong", elsewhere(number)));
        let answers = futures::future::join_all(attempts).await;
        let tried = answers
            .into_iter()
            .map(code)
            .filter(|code| code == "wrong-name-or-password");
        assert_eq!(tried.count(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_log_in_renews_a_hash_that_was_made_with_other_parameters() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let old = outdated_hash(PASSWORD);
        assert!(password::is_outdated(&old));
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE users SET password_hash = $1")
            .bind(old.as_str())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        code(log_in(&portal, MARTA, "wrong", HOME).await);
        assert_eq!(password_hash(&portal, operator.user).await, Some(old));
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
        let fresh = password_hash(&portal, operator.user).await.unwrap();
        assert!(!password::is_outdated(&fresh), "{fresh}");
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
        assert_eq!(password_hash(&portal, operator.user).await, Some(fresh));
    })
    .await;
}

#[tokio::test]
async fn a_log_in_does_not_bring_back_a_password_that_was_changed_meanwhile() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let changed = password_hash(&portal, operator.user).await;
        let keys = LimitKeys::new(MARTA, HOME);
        let renewed = Some((OTHER_PASSWORD, outdated_hash(OTHER_PASSWORD)));
        remember(&portal, &keys, operator.user, renewed).await.unwrap();
        assert_eq!(password_hash(&portal, operator.user).await, changed);
    })
    .await;
}

/// A hash as another version of the portal might have made it.
fn outdated_hash(password: &str) -> String {
    use argon2::password_hash::PasswordHasher as _;
    use argon2::password_hash::phc::PasswordHash;
    use argon2::{Algorithm, Argon2, Params, Version};

    let params = Params::new(19 * 1024, 2, 1, None).unwrap();
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = hasher
        .hash_password_with_salt(password.as_bytes(), &[3; 16])
        .unwrap();
    hash.to_string()
}
