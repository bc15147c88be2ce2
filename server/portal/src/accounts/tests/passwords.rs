//! Forgotten and changed passwords.

use std::time::Duration;

use domain::Timestamp;

use super::*;
use crate::accounts::log_in::log_in;
use crate::accounts::password_reset::{complete, open, request};
use crate::accounts::profile::change_password;
use crate::accounts::reset_mail::SendResetLink;
use crate::mail::MailKind;
use crate::testing::on_both;

fn kinds(portal: &TestPortal) -> Vec<String> {
    let sent = portal.mailbox.sent();
    sent.iter().map(|mail| mail.content.action.url.clone()).collect()
}

async fn mails(portal: &Portal, kind: MailKind) -> i64 {
    let (count,) = sql("SELECT COUNT(*) FROM mails WHERE kind = $1")
        .bind(kind.as_str())
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    count
}

async fn unblock(portal: &Portal, user: UserId) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE users SET blocked_at = NULL WHERE id = $1")
        .bind(user)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_reset_sets_the_password_ends_every_session_and_tells_the_person() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        session(&portal, operator.user, b"one").await;
        request(&portal, "Marta.Soler@Levante.example", HOME)
            .await
            .unwrap();
        let token = last_token(&portal).await;
        assert_eq!(open(&portal, &token).await.unwrap(), MARTA);
        assert_eq!(open(&portal, &token).await.unwrap(), MARTA);
        assert_eq!(
            code(complete(&portal, &token, "martasoler12".to_owned()).await),
            "password: password-obvious"
        );
        assert!(is_alive(&portal, b"one").await);

        let user = complete(&portal, &token, OTHER_PASSWORD.to_owned())
            .await
            .unwrap();
        assert_eq!(user, operator.user);
        assert!(!is_alive(&portal, b"one").await);
        let home = [192, 0, 2, 1].into();
        log_in(&portal, MARTA, OTHER_PASSWORD, home).await.unwrap();
        assert_eq!(
            code(log_in(&portal, MARTA, PASSWORD, home).await),
            "wrong-name-or-password"
        );
        assert_eq!(code(open(&portal, &token).await), "link-used");
        work(&portal).await;
        assert_eq!(mails(&portal, MailKind::PasswordChanged).await, 1);
        assert!(kinds(&portal)[1].ends_with("/login"));
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_works_for_half_an_hour() {
    on_both(async |portal| {
        administrator(&portal).await;
        request(&portal, MARTA, HOME).await.unwrap();
        let token = last_token(&portal).await;
        portal.clock.advance(Duration::from_secs(30 * 60 - 1));
        open(&portal, &token).await.unwrap();
        portal.clock.advance(Duration::from_secs(1));
        assert_eq!(code(open(&portal, &token).await), "link-expired");
        assert_eq!(
            code(complete(&portal, &token, OTHER_PASSWORD.to_owned()).await),
            "link-expired"
        );
    })
    .await;
}

#[tokio::test]
async fn no_reset_link_is_born_after_the_password_changed_or_the_person_was_blocked() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        for (change, mail_waits) in [
            ("password_changed_at = $2", false),
            ("password_changed_at = $2", true),
            ("blocked_at = $2", false),
            ("blocked_at = $2", true),
        ] {
            portal.clock.advance(Duration::from_hours(1));
            unblock(&portal, operator.user).await;
            request(&portal, MARTA, HOME).await.unwrap();
            if mail_waits {
                let registry = jobs::Registry::new().register::<SendResetLink>();
                Worker::new(&portal, registry).run_until_idle().await.unwrap();
            }
            portal.clock.advance(Duration::from_secs(1));
            let mut tx = portal.db.begin().await.unwrap();
            let mut update = sql("UPDATE users SET ");
            update.push(change).push(" WHERE id = $1");
            update
                .bind(operator.user)
                .bind(portal.now())
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            work(&portal).await;
            assert!(portal.mailbox.sent().is_empty(), "{change}");
        }
        assert_eq!(mails(&portal, MailKind::PasswordReset).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_dies_when_the_password_changes() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        request(&portal, MARTA, HOME).await.unwrap();
        let first = last_token(&portal).await;
        request(&portal, MARTA, HOME).await.unwrap();
        let second = last_token(&portal).await;
        complete(&portal, &second, OTHER_PASSWORD.to_owned())
            .await
            .unwrap();
        assert_eq!(code(open(&portal, &first).await), "link-used");

        request(&portal, MARTA, HOME).await.unwrap();
        let third = last_token(&portal).await;
        let (old, new) = (OTHER_PASSWORD.to_owned(), PASSWORD.to_owned());
        change_password(&portal, operator.user, b"own", old, new, HOME)
            .await
            .unwrap();
        assert_eq!(code(open(&portal, &third).await), "link-used");
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_from_the_form_who_is_a_user_and_nobody_is_flooded() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        invited(&portal, &operator, "Garabato", LUCIA).await;
        for name in ["nobody@x.example", LUCIA] {
            request(&portal, name, HOME).await.unwrap();
        }
        work(&portal).await;
        assert_eq!(mails(&portal, MailKind::PasswordReset).await, 0);
        assert!(code(request(&portal, "no address", HOME).await).starts_with("email: "));
        for _ in 0..10 {
            request(&portal, MARTA, HOME).await.unwrap();
        }
        work(&portal).await;
        assert_eq!(mails(&portal, MailKind::PasswordReset).await, 3);
        portal.clock.advance(Duration::from_mins(30));
        request(&portal, MARTA, HOME).await.unwrap();
        work(&portal).await;
        assert_eq!(mails(&portal, MailKind::PasswordReset).await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        session(&portal, operator.user, b"own").await;
        session(&portal, operator.user, b"other").await;
        let change = async |old: &str, new: &str| {
            change_password(
                &portal,
                operator.user,
                b"own",
                old.to_owned(),
                new.to_owned(),
                HOME,
            )
            .await
        };
        assert_eq!(
            code(change(OTHER_PASSWORD, OTHER_PASSWORD).await),
            "old_password: wrong-password"
        );
        assert_eq!(
            code(change(PASSWORD, PASSWORD).await),
            "new_password: password-unchanged"
        );
        assert_eq!(
            code(change(PASSWORD, "short").await),
            "new_password: password-too-short"
        );
        assert!(is_alive(&portal, b"other").await);
        change(PASSWORD, OTHER_PASSWORD).await.unwrap();
        assert!(is_alive(&portal, b"own").await);
        assert!(!is_alive(&portal, b"other").await);
        let (changed,): (Option<Timestamp>,) = sql("SELECT password_changed_at FROM users")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(changed, Some(portal.now()));
    })
    .await;
}

#[tokio::test]
async fn guessing_at_the_old_password_is_limited_like_logging_in() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let change = async |old: &str, number: u8| {
            let elsewhere = [198, 51, 100, number].into();
            let new = OTHER_PASSWORD.to_owned();
            code(change_password(&portal, operator.user, b"own", old.to_owned(), new, elsewhere).await)
        };
        for number in 0..20 {
            assert_eq!(
                change("", number).await,
                "old_password: required",
                "and not counted"
            );
        }
        for number in 0..3 {
            assert_eq!(change("wrong", number).await, "old_password: wrong-password");
        }
        // Both ways to try a password count together.
        for _ in 0..2 {
            let refused = log_in(&portal, MARTA, "wrong", HOME).await;
            assert_eq!(code(refused), "wrong-name-or-password");
        }
        assert_eq!(change(PASSWORD, 9).await, "too-many-attempts");
        assert_eq!(
            code(log_in(&portal, MARTA, PASSWORD, HOME).await),
            "too-many-attempts"
        );

        portal.clock.advance(Duration::from_secs(30));
        let (old, short) = (PASSWORD.to_owned(), "short".to_owned());
        let refused = change_password(&portal, operator.user, b"own", old, short, HOME).await;
        assert_eq!(code(refused), "new_password: password-too-short");
        // The right password has freed the account, although the new one was refused.
        for number in 0..4 {
            assert_eq!(change("wrong", number).await, "old_password: wrong-password");
        }
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_link_is_the_same_work_whoever_is_asked_for() {
    on_both(async |portal| {
        administrator(&portal).await;
        work(&portal).await;
        let rows = async || -> (i64, i64) {
            sql("SELECT (SELECT COUNT(*) FROM jobs WHERE state = 'queued'), (SELECT COUNT(*) FROM mails)")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap()
        };
        let mut known = rows().await;
        for email in [MARTA, "nobody@levante.example"] {
            request(&portal, email, HOME).await.unwrap();
            let now = rows().await;
            assert_eq!(now, (known.0 + 1, known.1), "{email}");
            known = now;
        }
        work(&portal).await;
        assert_eq!(mails(&portal, MailKind::PasswordReset).await, 1);
    })
    .await;
}

#[tokio::test]
async fn requests_from_one_address_are_limited_whoever_they_are_for() {
    on_both(async |portal| {
        administrator(&portal).await;
        for n in 0..20 {
            request(&portal, &format!("nobody{n}@levante.example"), HOME)
                .await
                .unwrap();
        }
        for email in [MARTA, "nobody@levante.example"] {
            assert_eq!(code(request(&portal, email, HOME).await), "too-many-attempts");
        }
        request(&portal, MARTA, [192, 0, 2, 2].into()).await.unwrap();
        log_in(&portal, MARTA, PASSWORD, HOME).await.unwrap();
    })
    .await;
}
