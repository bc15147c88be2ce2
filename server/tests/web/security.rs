//! Two steps at log-in, sensitive actions, and what somebody sees and is told of their sessions.

use std::sync::Arc;
use std::time::Duration;

use domain::id::UserId;
use domain::{ClientRole, OperatorRole};
use http::{Method, header};
use portal::Portal;
use portal::accounts::two_factor::{self, SetUp};
use portal::jobs::{Worker, registry};
use portal::settings::{SecuritySettings, Settings};
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};

use crate::browser::{Answer, Browser, request};
use crate::people::{self, PASSWORD};

const SECURITY: &str = "/account/security";
const SET_UP: &str = "/account/two-factor";
const STEP: Duration = Duration::from_secs(30);

async fn user(portal: &Portal, email: &str) -> UserId {
    let (id,) = sql("SELECT id FROM users WHERE email_key = $1")
        .bind(email)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    id
}

/// Sets two-factor authentication up on the pages; gives the app and the page with the recovery codes.
async fn set_up(portal: &TestPortal, browser: &mut Browser, email: &str) -> (SetUp, Answer) {
    browser.open(SET_UP).await.says(&["You need an app"]);
    browser.submit("/do/account/start-two-factor", &[]).await.says(&[
        "Scan this picture",
        "class=\"qr\"",
        "type this key",
    ]);
    let app = two_factor::pending(portal, user(portal, email).await)
        .await
        .unwrap()
        .unwrap();
    browser.open(SET_UP).await.says(&[&app.key]);
    let wrong = browser
        .submit("/do/account/switch-on-two-factor", &[("secret_code", "000000")])
        .await;
    wrong.says(&["This code is not right"]);
    let code = app.code_at(portal.now());
    let shown = browser
        .submit("/do/account/switch-on-two-factor", &[("secret_code", &code)])
        .await;
    assert_eq!(shown.at, SECURITY);
    (app, shown)
}

/// The recovery codes that a page shows.
fn codes(page: &Answer) -> Vec<String> {
    let pieces = page.main().split("<li class=\"mono\">").skip(1);
    pieces
        .map(|piece| piece.split('<').next().unwrap().to_owned())
        .collect()
}

async fn is_logged_in(browser: &mut Browser) -> bool {
    browser.open("/account").await.at == "/account"
}

async fn work(portal: &TestPortal) {
    Worker::new(portal, registry()).run_until_idle().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_in_two_steps() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.open(SECURITY).await.says(&["Off", "Set up two-factor"]);
        let before = browser.cookie("session").unwrap().to_owned();
        let (app, shown) = set_up(&portal, &mut browser, &email).await;
        assert_ne!(browser.cookie("session"), Some(before.as_str()), "a new id");
        shown.says(&["Two-factor authentication is on", "10 of 10 left"]);
        let recovery = codes(&shown);
        assert_eq!(recovery.len(), 10);
        assert!(codes(&browser.open(SECURITY).await).is_empty(), "shown once");
        assert_eq!(browser.open(SET_UP).await.at, SECURITY);

        browser.submit("/do/account/log-out", &[]).await;
        let asked = browser.log_in(&email, PASSWORD).await;
        assert_eq!(asked.at, "/login/code?next=/account");
        asked.says(&["Enter your code", "autocomplete=\"one-time-code\""]);
        for page in [
            "/account",
            SECURITY,
            SET_UP,
            "/account/confirm",
            "/console/orders",
            "/",
        ] {
            let answer = browser.open(page).await;
            assert!(answer.at.starts_with("/login"), "{page} opens {}", answer.at);
        }
        let between = browser.cookie("session").unwrap().to_owned();
        browser.open("/login/code").await;
        let wrong = browser
            .submit("/do/account/give-code", &[("secret_code", "12345")])
            .await;
        wrong.says(&["This is neither a code of the app nor a recovery code"]);
        portal.clock.advance(STEP);
        let code = app.code_at(portal.now());
        let entered = browser
            .submit("/do/account/give-code", &[("secret_code", &code)])
            .await;
        assert_eq!(entered.at, "/account", "where they wanted to go");
        assert_ne!(browser.cookie("session"), Some(between.as_str()), "a new id");
        let mut copy = browser.other();
        copy.keep("session", &between);
        assert!(!is_logged_in(&mut copy).await);

        // The same code lets nobody else in, a recovery code does.
        let mut other = browser.other();
        other.log_in(&email, PASSWORD).await;
        other
            .submit("/do/account/give-code", &[("secret_code", &code)])
            .await
            .says(&["This code was used already"]);
        let entered = other
            .submit("/do/account/give-code", &[("secret_code", &recovery[0])])
            .await;
        assert_eq!(entered.at, "/account");
        other.open(SECURITY).await.says(&["9 of 10 left"]);
        let mut third = browser.other();
        third.log_in(&email, PASSWORD).await;
        third
            .submit("/do/account/give-code", &[("secret_code", &recovery[0])])
            .await
            .says(&["This is neither a code of the app nor a recovery code"]);
        portal.clock.advance(Duration::from_mins(10));
        assert_eq!(third.open("/login/code").await.at, "/login", "too slow");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_in_asks_for_the_code() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        set_up(&portal, &mut browser, &email).await;
        let mut stranger = browser.other();
        stranger
            .submit("/do/account/request-reset", &[("email", &email)])
            .await;
        work(&portal).await;
        let mails = portal.mailbox.sent();
        let link = &mails
            .iter()
            .find(|mail| mail.content.action.url.contains("/reset/"))
            .unwrap()
            .content
            .action
            .url;
        let token = link.rsplit('/').next().unwrap();
        let asked = stranger
            .submit(
                "/do/account/complete-reset",
                &[("token", token), ("password", "ocho trenes de madera verde")],
            )
            .await;
        assert_eq!(asked.at, "/login/code");
        assert!(!is_logged_in(&mut stranger).await);
        assert!(
            !is_logged_in(&mut browser).await,
            "a new password ends what there was"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_between_the_steps_loses_that_with_their_other_sessions() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let (app, _) = set_up(&portal, &mut browser, &email).await;
        let mut thief = browser.other();
        assert_eq!(
            thief.log_in(&email, PASSWORD).await.at,
            "/login/code?next=/account"
        );
        let fields = [
            ("old_password", PASSWORD),
            ("new_password", "ocho trenes de madera verde"),
        ];
        let changed = browser.submit("/do/account/change-password", &fields).await;
        changed.says(&["Password changed"]);
        portal.clock.advance(STEP);
        let code = app.code_at(portal.now());
        let refused = thief
            .submit("/do/account/give-code", &[("secret_code", &code)])
            .await;
        assert!(refused.at.starts_with("/login?next="), "{}", refused.at);
        assert!(is_logged_in(&mut browser).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_codes_and_switching_off_on_the_page() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let (app, first) = set_up(&portal, &mut browser, &email).await;
        let renewed = browser.submit("/do/account/new-recovery-codes", &[]).await;
        renewed.says(&["New recovery codes made"]);
        assert_eq!(codes(&renewed).len(), 10);
        assert_ne!(codes(&renewed), codes(&first));
        let (stored,): (String,) = sql("SELECT data FROM sessions WHERE user_id IS NOT NULL")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert!(!stored.contains(&codes(&renewed)[0]));

        portal.clock.advance(STEP);
        let code = app.code_at(portal.now());
        let wrong = [("password", "wrong"), ("secret_code", code.as_str())];
        let refused = browser.submit("/do/account/switch-off-two-factor", &wrong).await;
        refused.says(&["This is not your password", "open"]);
        assert!(!refused.body.contains(&code), "no code is shown again");
        let right = [("password", PASSWORD), ("secret_code", code.as_str())];
        let off = browser.submit("/do/account/switch-off-two-factor", &right).await;
        off.says(&["Two-factor authentication is off", "Set up two-factor"]);
        browser.submit("/do/account/log-out", &[]).await;
        assert_eq!(browser.log_in(&email, PASSWORD).await.at, "/account");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sensitive_asks_for_the_password_again_and_loses_nothing() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Administrator).await;
        let colleague = people::operator(&portal, OperatorRole::Production).await;
        let member = user(&portal, &colleague).await.to_string();
        let page = format!("/console/team/{member}");
        let role = [("member", member.as_str()), ("role", "operator")];
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.open(&page).await;
        portal.clock.advance(Duration::from_secs(599));
        browser
            .submit("/do/team/role", &role)
            .await
            .says(&["Role changed"]);

        portal.clock.advance(Duration::from_secs(1));
        let role = [("member", member.as_str()), ("role", "administrator")];
        let asked = browser.submit("/do/team/role", &role).await;
        assert_eq!(asked.at, format!("/account/confirm?next={page}"));
        asked.says(&["Is it you?", "nothing you typed is lost"]);
        let wrong = [("password", "wrong"), ("next", page.as_str())];
        browser
            .submit("/do/account/confirm", &wrong)
            .await
            .says(&["This is not your password"]);
        let right = [("password", PASSWORD), ("next", page.as_str())];
        let back = browser.submit("/do/account/confirm", &right).await;
        assert_eq!(back.at, page);
        back.says(&["This form was not sent yet"]);
        let administrator = back.main().split("value=\"administrator\"").nth(1).unwrap();
        assert!(
            administrator.split('>').next().unwrap().contains("checked"),
            "what was chosen is still chosen"
        );
        browser
            .submit("/do/team/role", &role)
            .await
            .says(&["Role changed"]);

        portal.clock.advance(Duration::from_mins(10));
        for action in [
            "/do/account/start-two-factor",
            "/do/account/new-recovery-codes",
            "/do/team/invite",
            "/do/team/reset-two-factor",
        ] {
            browser.open(SECURITY).await;
            let asked = browser.submit(action, &[("member", &member)]).await;
            assert_eq!(asked.at, format!("/account/confirm?next={SECURITY}"), "{action}");
        }
        let elsewhere = [("password", PASSWORD), ("next", "//evil.example")];
        let answer = browser.post("/do/account/confirm", &elsewhere).await;
        assert_eq!(answer.location(), "/", "never to another site");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_behind_a_session_is_limited_like_logging_in() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.open("/account/confirm").await;
        for _ in 0..5 {
            let wrong = [("password", "wrong")];
            browser.submit("/do/account/confirm", &wrong).await;
        }
        browser
            .submit("/do/account/confirm", &[("password", PASSWORD)])
            .await
            .says(&["Too many attempts"]);
        let mut other = browser.other();
        other.log_in(&email, PASSWORD).await.says(&["Too many attempts"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_who_need_a_second_step_open_nothing_before_they_have_it() {
    on_both(async |portal| {
        let security = SecuritySettings {
            operators_need_two_factor: true,
        };
        let strict = Portal {
            settings: Arc::new(Settings {
                security,
                ..Settings::clone(&portal.settings)
            }),
            ..Portal::clone(&portal)
        };
        let email = people::operator(&portal, OperatorRole::Administrator).await;
        let mut browser = Browser::new(&strict);
        let asked = browser.log_in(&email, PASSWORD).await;
        assert_eq!(asked.at, "/account/two-factor?next=/account");
        asked.says(&[
            "Levante Press wants operators to log in with a second step",
            "Log out",
        ]);
        for page in [
            "/",
            "/login",
            "/account",
            SECURITY,
            "/console/orders",
            "/console/team",
        ] {
            let answer = browser.open(page).await;
            assert!(answer.at.starts_with(SET_UP), "{page} opens {}", answer.at);
        }
        let refused = browser
            .submit("/do/customers/create", &[("name", "Garabato")])
            .await;
        assert!(refused.at.starts_with(SET_UP));
        portal.clock.advance(Duration::from_mins(10));
        browser.open(SET_UP).await;
        let asked = browser.submit("/do/account/start-two-factor", &[]).await;
        assert_eq!(asked.at, format!("/account/confirm?next={SET_UP}"));
        let confirmed = [("password", PASSWORD), ("next", SET_UP)];
        browser.submit("/do/account/confirm", &confirmed).await;
        let (_, shown) = set_up(&portal, &mut browser, &email).await;
        assert_eq!(codes(&shown).len(), 10);
        shown.says(&["Levante Press wants operators to log in with a second step"]);
        assert_eq!(browser.open("/console/team").await.at, "/console/team");
        let off = [("password", PASSWORD), ("secret_code", "123456")];
        browser.submit("/do/account/switch-off-two-factor", &off).await;
        browser.open(SECURITY).await.says(&["10 of 10 left"]);

        let customer = people::customer(&portal, "Estudio Garabato").await;
        let client = people::client(&portal, customer, ClientRole::Admin).await;
        let mut browser = Browser::new(&strict);
        assert_eq!(browser.log_in(&client, PASSWORD).await.at, "/account");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_a_second_step_comes_before_waits_for_it() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let form = "/console/customers/new";
        browser.open(form).await;
        let session = browser.cookie("session").unwrap().to_owned();

        // The portal is started anew while the page is open, and wants a second step from now on.
        let security = SecuritySettings {
            operators_need_two_factor: true,
        };
        let strict = Portal {
            settings: Arc::new(Settings {
                security,
                ..Settings::clone(&portal.settings)
            }),
            ..Portal::clone(&portal)
        };
        let mut browser = Browser::new(&strict);
        browser.keep("session", &session);
        form.clone_into(&mut browser.at);
        portal.clock.advance(Duration::from_mins(10));
        let asked = browser
            .submit("/do/customers/create", &[("name", "Estudio Garabato")])
            .await;
        assert_eq!(asked.at, format!("{SET_UP}?next={form}"));
        asked.says(&[
            "wants operators to log in with a second step",
            "What you were doing was not done",
        ]);
        browser.submit("/do/account/start-two-factor", &[]).await;
        let confirmed = [("password", PASSWORD), ("next", SET_UP)];
        browser.submit("/do/account/confirm", &confirmed).await;
        let (_, done) = set_up(&portal, &mut browser, &email).await;
        done.says(&["The form you were sending waits", form]);
        browser.post("/do/account/new-recovery-codes", &[]).await;
        let shown = browser.get(&format!("{SECURITY}?next={form}")).await;
        assert_eq!(codes(&shown).len(), 10);
        let ways = shown.main().matches(&format!("href=\"{form}\"")).count();
        assert_eq!(ways, 1, "one way back is enough");
        browser.open(form).await.says(&["Estudio Garabato"]);
        let later = browser.open(SECURITY).await;
        assert!(!later.body.contains("waits"), "it was found again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_resets_a_colleague_who_lost_their_phone() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Administrator).await;
        let colleague = people::operator(&portal, OperatorRole::Production).await;
        let mut theirs = Browser::new(&portal);
        theirs.log_in(&colleague, PASSWORD).await;
        set_up(&portal, &mut theirs, &colleague).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let member = user(&portal, &colleague).await.to_string();
        let page = format!("/console/team/{member}");
        browser
            .open(&format!("{page}?dialog=two-factor"))
            .await
            .says(&["Reset the two-factor authentication of Ana Ibáñez?"]);
        browser
            .submit("/do/team/reset-two-factor", &[("member", &member)])
            .await
            .says(&[
                "Two-factor authentication reset",
                "their password alone lets them in",
            ]);
        assert!(!is_logged_in(&mut theirs).await);
        assert_eq!(theirs.log_in(&colleague, PASSWORD).await.at, "/account");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_sees_where_they_are_logged_in_and_ends_what_is_not_theirs() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let proxy: std::net::IpAddr = [10, 0, 0, 1].into();
        let behind = Portal {
            settings: Arc::new(Settings {
                trusted_proxies: vec![proxy],
                ..Settings::clone(&portal.settings)
            }),
            ..Portal::clone(&portal)
        };
        let mut browser = Browser::new(&behind);
        browser.log_in(&email, PASSWORD).await;
        let page = browser.open(SECURITY).await;
        page.says(&["Firefox on Linux", "192.0.2.7", "This session"]);
        assert!(!page.body.contains("End all others"));

        // Through the proxy; what stands before its hop was written by the caller.
        let mut phone = browser.other();
        phone.address = proxy;
        let body = serde_urlencoded::to_string([("email", email.as_str()), ("password", PASSWORD)]).unwrap();
        let log_in = request(Method::POST, "/do/account/log-in")
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", "203.0.113.66, 198.51.100.9")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        phone.send(log_in, body.into()).await;
        let mut tablet = browser.other();
        tablet.log_in(&email, PASSWORD).await;

        let page = browser.open(SECURITY).await;
        page.says(&[
            "198.51.100.9",
            "End all others",
            "End the session of Firefox on Linux",
        ]);
        assert!(!page.body.contains("203.0.113.66"));
        let others: Vec<&str> = page.main().split("name=\"session\" value=\"").skip(1).collect();
        assert_eq!(others.len(), 2);
        let handle = others[0].split('"').next().unwrap();
        let mut thief = browser.other();
        thief.keep("session", handle);
        assert!(!is_logged_in(&mut thief).await, "a handle lets nobody in");

        let stranger = people::operator(&portal, OperatorRole::Production).await;
        let mut other = browser.other();
        other.log_in(&stranger, PASSWORD).await;
        other
            .submit("/do/account/end-session", &[("session", handle)])
            .await;
        assert_eq!(
            browser
                .open(SECURITY)
                .await
                .main()
                .matches("name=\"session\"")
                .count(),
            2
        );
        let ended = browser
            .submit("/do/account/end-session", &[("session", handle)])
            .await;
        ended.says(&["Session ended"]);
        assert_eq!(ended.main().matches("name=\"session\"").count(), 1);
        browser
            .submit("/do/account/end-other-sessions", &[])
            .await
            .says(&["All your other sessions have ended"]);
        assert!(!is_logged_in(&mut phone).await && !is_logged_in(&mut tablet).await);
        assert!(is_logged_in(&mut browser).await && is_logged_in(&mut other).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_with_another_browser_is_told_once() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let token = browser.cookie("device").unwrap().to_owned();
        browser.submit("/do/account/log-out", &[]).await;
        browser.log_in(&email, PASSWORD).await;
        assert_eq!(
            browser.cookie("device"),
            Some(token.as_str()),
            "outlives the session"
        );
        work(&portal).await;
        assert!(portal.mailbox.sent().is_empty());
        let mut stranger = browser.other();
        stranger.log_in(&email, PASSWORD).await;
        stranger.log_in(&email, PASSWORD).await;
        work(&portal).await;
        let sent = portal.mailbox.sent();
        assert_eq!(sent.len(), 1);
        assert!(sent[0].content.paragraphs[1].contains("Firefox on Linux, from the address 192.0.2.7"));
    })
    .await;
}
