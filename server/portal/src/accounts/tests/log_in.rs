//! Logging in, and how often one may try.

use std::net::IpAddr;
use std::time::Duration;

use super::*;
use crate::accounts::invitation;
use crate::accounts::log_in::log_in;
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
        let (last,): (Option<domain::Timestamp>,) = sql("SELECT last_login_at FROM users")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(last, Some(portal.now()));
    })
    .await;
}

#[tokio::test]
async fn everybody_who_may_not_come_in_gets_the_same_answer() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (customer, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let try_lucia = async || code(log_in(&portal, LUCIA, PASSWORD, elsewhere(1)).await);
        let wrong = "wrong-name-or-password";
        assert_eq!(
            code(log_in(&portal, MARTA, OTHER_PASSWORD, elsewhere(2)).await),
            wrong
        );
        for unknown in ["nobody@x.example", "no address", "ñ@", "'; DROP TABLE users --"] {
            assert_eq!(
                code(log_in(&portal, unknown, PASSWORD, elsewhere(3)).await),
                wrong
            );
        }
        assert_eq!(try_lucia().await, wrong, "has no password yet");
        let accepted = invitation::AcceptForm {
            password: PASSWORD.to_owned(),
            language: "es".to_owned(),
        };
        let user = invitation::accept(&portal, &token, accepted, HOME).await.unwrap();
        log_in(&portal, LUCIA, PASSWORD, elsewhere(1)).await.unwrap();

        customers::save_access(&portal, &operator, customer, AccessForm::default())
            .await
            .unwrap();
        assert_eq!(try_lucia().await, wrong, "the customer has no Storefronts access");
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
        log_in(&portal, LUCIA, PASSWORD, elsewhere(1)).await.unwrap();

        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE users SET blocked_at = $2 WHERE id = $1")
            .bind(user)
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(try_lucia().await, wrong, "blocked");
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
