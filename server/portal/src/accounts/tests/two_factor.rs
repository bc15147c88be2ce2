//! The second step of a log-in, from setting it up to doing without it.

use std::collections::BTreeSet;
use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use domain::{AuditAction, OperatorRole};

use super::*;
use crate::accounts::confirm::Proof;
use crate::accounts::current::{Standing, standing};
use crate::accounts::profile::change_password;
use crate::accounts::sessions::{self, LogIn, SessionRecord};
use crate::accounts::two_factor::{self, RecoveryCodes, SetUp, check};
use crate::audit;
use crate::mail::MailKind;
use crate::secrets::rotate;
use crate::settings::{SecuritySettings, Settings};
use crate::team;
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
async fn recovery_codes_work_once_each_and_their_use_is_told() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let user = operator.user;
        let (_, codes) = switched_on(&portal, user).await;
        let all: Vec<String> = codes.iter().map(str::to_owned).collect();
        let typed = all[0].to_lowercase().replace('-', " ");
        check(&portal, user, &typed, HOME).await.unwrap();
        assert_eq!(
            code(check(&portal, user, &all[0], HOME).await),
            "secret_code: wrong-code"
        );
        assert_eq!(
            two_factor::find(&portal, user).await.unwrap().unwrap().codes_left,
            9
        );
        work(&portal).await;
        let mail = portal.mailbox.sent().pop().unwrap();
        assert!(
            mail.content.paragraphs[1].contains("Te quedan 9"),
            "{:?}",
            mail.content
        );
        assert!(mail.content.action.url.ends_with("/account/security"));

        let rows: Vec<(Vec<u8>,)> = sql("SELECT code_hash FROM recovery_codes")
            .fetch_all(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert!(
            rows.iter().all(|(hash,)| hash.len() == 32),
            "only hashes are kept"
        );

        let refused = two_factor::renew(&portal, user, Proof::given(None)).await;
        assert!(matches!(refused, Err(Refusal::Unproved)));
        let renewed = two_factor::renew(&portal, user, fresh(&portal)).await.unwrap();
        assert_eq!(
            code(check(&portal, user, &all[1], HOME).await),
            "secret_code: wrong-code"
        );
        check(&portal, user, renewed.iter().last().unwrap(), HOME)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn codes_that_wait_to_be_shown_open_for_their_person_only() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let (_, codes) = switched_on(&portal, user).await;
        let sealed = codes.seal(&portal, user).unwrap();
        assert!(!codes.iter().any(|code| sealed.contains(code)));
        assert_eq!(RecoveryCodes::open(&portal, user, &sealed), Some(codes));
        let other = UserId(portal.entropy.id());
        assert_eq!(RecoveryCodes::open(&portal, other, &sealed), None);
        assert_eq!(RecoveryCodes::open(&portal, user, "nonsense"), None);
    })
    .await;
}

#[tokio::test]
async fn switching_off_takes_password_and_code_and_is_told() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let off = async |portal: &Portal, password: &str, typed: &str| {
            two_factor::switch_off(portal, user, password.to_owned(), typed, HOME).await
        };
        assert_eq!(code(off(&portal, PASSWORD, "123456").await), "two-factor-is-off");
        let (key, _) = switched_on(&portal, user).await;
        portal.clock.advance(STEP);
        assert_eq!(
            code(off(&portal, "", "").await),
            "password: required, secret_code: required"
        );
        let right = key.code_at(portal.now());
        assert_eq!(
            code(off(&portal, OTHER_PASSWORD, &right).await),
            "password: wrong-password"
        );
        assert_eq!(
            code(off(&portal, PASSWORD, "000000").await),
            "secret_code: wrong-code"
        );
        let strict = strict(&portal);
        assert_eq!(code(off(&strict, PASSWORD, &right).await), "two-factor-needed");
        off(&portal, PASSWORD, &right).await.unwrap();
        assert!(two_factor::find(&portal, user).await.unwrap().is_none());
        assert_eq!(told(&portal, MailKind::TwoFactorOff).await, 1);
        assert!(matches!(
            check(&portal, user, &right, HOME).await,
            Err(Refusal::NotFound)
        ));
    })
    .await;
}

/// The same portal, whose operators need a second step.
fn strict(portal: &Portal) -> Portal {
    let security = SecuritySettings {
        operators_need_two_factor: true,
    };
    Portal {
        settings: std::sync::Arc::new(Settings {
            security,
            ..Settings::clone(&portal.settings)
        }),
        ..portal.clone()
    }
}

#[tokio::test]
async fn operators_who_need_a_second_step_are_nobody_until_they_have_one() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let strict = strict(&portal);
        let stands = async || standing(&strict, operator.user, None).await.unwrap().unwrap();
        assert!(matches!(stands().await, Standing::Unprotected(person) if person.id == operator.user));
        switched_on(&portal, operator.user).await;
        assert!(matches!(stands().await, Standing::Settled(_)));

        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let form = super::super::invitation::AcceptForm {
            password: PASSWORD.to_owned(),
            language: "es".to_owned(),
        };
        let client = super::super::invitation::accept(&portal, &token, form, HOME)
            .await
            .unwrap();
        let client = standing(&strict, client, None).await.unwrap();
        assert!(
            matches!(client, Some(Standing::Settled(_))),
            "asked of operators only"
        );
    })
    .await;
}

async fn session(portal: &Portal, user: UserId, id: &[u8]) {
    let record = SessionRecord {
        user: Some(user),
        data: "{}".to_owned(),
        expires_at: portal.now() + Duration::from_hours(8),
        log_in: Some(LogIn::new(portal.now(), Some("Mozilla/5.0 Firefox/145.0"), HOME)),
    };
    assert!(sessions::create(portal, id, &record).await.unwrap());
}

async fn is_alive(portal: &Portal, id: &[u8]) -> bool {
    sessions::load(portal, id).await.unwrap().is_some()
}

#[tokio::test]
async fn an_administrator_resets_a_colleague_and_an_operator_somebody_of_a_customer() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (customer, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let form = super::super::invitation::AcceptForm {
            password: PASSWORD.to_owned(),
            language: "es".to_owned(),
        };
        let client = super::super::invitation::accept(&portal, &token, form, HOME)
            .await
            .unwrap();
        switched_on(&portal, client).await;
        session(&portal, client, b"client").await;
        let reset = async |operator: &Operator, proof, customer| {
            two_factor::reset_of_client(&portal, operator, proof, customer, client).await
        };
        let production = Operator {
            role: OperatorRole::Production,
            ..operator.clone()
        };
        let elsewhere = CustomerId(portal.entropy.id());
        assert!(matches!(
            reset(&production, fresh(&portal), customer).await,
            Err(Refusal::Forbidden)
        ));
        assert!(matches!(
            reset(&operator, Proof::given(None), customer).await,
            Err(Refusal::Unproved)
        ));
        assert!(matches!(
            reset(&operator, fresh(&portal), elsewhere).await,
            Err(Refusal::NotFound)
        ));
        assert!(is_alive(&portal, b"client").await);
        reset(&operator, fresh(&portal), customer).await.unwrap();
        assert!(!is_alive(&portal, b"client").await);
        assert_eq!(told(&portal, MailKind::TwoFactorOff).await, 1);
        let viewer = Viewer::Operator(operator.clone());
        let log = audit::history(&portal, &viewer, client, 1).await.unwrap();
        assert_eq!(log[0].action, AuditAction::TwoFactorReset);
        assert_eq!(log[0].customer_id, Some(customer), "their account admin sees it");
        assert_eq!(
            code(reset(&operator, fresh(&portal), customer).await),
            "two-factor-is-off"
        );

        switched_on(&portal, operator.user).await;
        let own = team::reset_two_factor(&portal, &operator, fresh(&portal), operator.user).await;
        assert_eq!(code(own), "team-yourself");
        let client = team::reset_two_factor(&portal, &operator, fresh(&portal), client).await;
        assert!(matches!(client, Err(Refusal::NotFound)));
        let other = Operator {
            user: UserId(portal.entropy.id()),
            ..operator.clone()
        };
        session(&portal, operator.user, b"operator").await;
        let stale = team::reset_two_factor(&portal, &other, Proof::given(None), operator.user).await;
        assert!(matches!(stale, Err(Refusal::Unproved)));
        team::reset_two_factor(&portal, &other, fresh(&portal), operator.user)
            .await
            .unwrap();
        assert!(!is_alive(&portal, b"operator").await);
        assert!(!team::list(&portal, &operator).await.unwrap()[0].two_factor);

        for name in ["nobody@levante.example", "no address"] {
            let nobody = two_factor::reset_by_name(&portal, name).await;
            assert!(matches!(nobody, Err(Refusal::NotFound)));
        }
        let off = two_factor::reset_by_name(&portal, MARTA).await;
        assert_eq!(code(off), "two-factor-is-off");
        switched_on(&portal, operator.user).await;
        two_factor::reset_by_name(&portal, &MARTA.to_uppercase())
            .await
            .unwrap();
        assert!(two_factor::find(&portal, operator.user).await.unwrap().is_none());
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

#[tokio::test]
async fn people_see_their_sessions_and_end_them() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let other = UserId(portal.entropy.id());
        session(&portal, user, b"this").await;
        portal.clock.advance(Duration::from_mins(1));
        session(&portal, user, b"phone").await;
        session(&portal, user, b"office").await;
        let between_the_steps = SessionRecord {
            user: Some(user),
            data: "{}".to_owned(),
            expires_at: portal.now() + Duration::from_mins(10),
            log_in: None,
        };
        sessions::create(&portal, b"half", &between_the_steps)
            .await
            .unwrap();
        let own = sessions::list(&portal, user, b"this").await.unwrap();
        assert_eq!(own.len(), 3, "who has only given a password is not logged in");
        assert!(own[0].is_this && !own[1].is_this && !own[2].is_this);
        assert_eq!(own[0].device.browser, Some("Firefox"));
        assert_eq!(own[0].address.as_deref(), Some("192.0.2.1"));
        assert_eq!(own[1].since, portal.now());

        sessions::end_own(&portal, other, &own[1].handle).await.unwrap();
        sessions::end_own(&portal, user, "nonsense").await.unwrap();
        assert_eq!(sessions::list(&portal, user, b"this").await.unwrap().len(), 3);
        sessions::end_own(&portal, user, &own[1].handle).await.unwrap();
        assert_eq!(sessions::list(&portal, user, b"this").await.unwrap().len(), 2);

        let new = OTHER_PASSWORD.to_owned();
        change_password(&portal, user, b"this", PASSWORD.to_owned(), new, HOME)
            .await
            .unwrap();
        let left = sessions::list(&portal, user, b"this").await.unwrap();
        assert!(left.len() == 1 && left[0].is_this);
        assert!(
            !is_alive(&portal, b"half").await,
            "nor does the old password go on to a code"
        );
        session(&portal, user, b"phone").await;
        sessions::end_others(&portal, user, b"this").await.unwrap();
        assert!(is_alive(&portal, b"this").await && !is_alive(&portal, b"phone").await);
    })
    .await;
}
