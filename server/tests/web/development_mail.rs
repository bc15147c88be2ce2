//! The pages that show caught mails, and that only a development portal has them.

use http::StatusCode;
use portal::Portal;
use portal::mail::{SmtpSettings, SmtpTransport};
use portal::testing::{TestPortal, on_both};
use sandbox::mail::{MailCatcher, Options};
use server::router::router;
use std::sync::Arc;
use tower::ServiceExt as _;

use crate::browser::Browser;
use crate::people;

/// A portal whose mails go to a catcher, as a development portal starts.
async fn catching(test: &TestPortal) -> (Portal, MailCatcher) {
    let catcher = MailCatcher::start(([127, 0, 0, 1], 0).into(), Options::default())
        .await
        .unwrap();
    let smtp = SmtpSettings::plain("127.0.0.1", catcher.address().port());
    let settings = &test.settings;
    let transport = SmtpTransport::new(&smtp, &settings.mail, &settings.brand).unwrap();
    let portal = Portal {
        mail: Arc::new(transport),
        ..Portal::clone(test)
    };
    (portal, catcher)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caught_mail_can_be_read_and_its_link_followed() {
    on_both(async |test| {
        let (portal, catcher) = catching(&test).await;
        let email = people::operator(&portal, domain::OperatorRole::Operator).await;
        let mut browser = Browser::of(router(&portal, Some(catcher.mailbox().clone())));
        browser
            .open("/dev/mail")
            .await
            .says(&["Development only", "No mail has been sent yet"]);

        browser
            .submit("/do/account/request-reset", &[("email", &email)])
            .await;
        portal::jobs::Worker::new(&portal, portal::jobs::registry())
            .run_until_idle()
            .await
            .unwrap();
        browser.open("/dev/mail").await.says(&[&email, "/dev/mail/1"]);
        let page = browser.open("/dev/mail/1").await;
        page.says(&["Development only", "sandbox=\"allow-popups", "/dev/mail/1/html"]);
        let (_, rest) = page
            .body
            .split_once("href=\"http://127.0.0.1:3000/reset/")
            .unwrap();
        let token = rest.split('"').next().unwrap();
        browser.open(&format!("/reset/{token}")).await.says(&[&email]);

        let time = |page: &str| {
            let (machine, rest) = page
                .split_once("<time datetime=\"")
                .unwrap()
                .1
                .split_once("\">")
                .unwrap();
            let (words, _) = rest.split_once("</time>").unwrap();
            (machine.to_owned(), words.to_owned())
        };
        for path in ["/dev/mail", "/dev/mail/1"] {
            // As the server sends it: the browser of the tests drops marks that only hydration needs.
            let request = http::Request::get(path).header("accept-language", "en");
            let request = request.body(axum::body::Body::empty()).unwrap();
            let router = router(&portal, Some(catcher.mailbox().clone()));
            let response = router.oneshot(request).await.unwrap();
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
                .await
                .unwrap();
            let page = String::from_utf8(bytes.to_vec()).unwrap();
            assert!(!page.contains("<!>"), "{page}");
            let (machine, words) = time(&page);
            assert!(machine.ends_with('Z') && machine.contains('T'), "{machine}");
            assert!(
                !words.contains(&machine[..10]),
                "a date as people write it: {words}"
            );
        }

        let html = browser.get("/dev/mail/1/html").await;
        assert!(
            html.header("content-security-policy")
                .contains("sandbox allow-popups")
        );
        assert!(
            html.header("content-security-policy")
                .contains("default-src 'none'")
        );
        browser.get("/dev/mail/1/source").await.says(&["Subject:"]);
        assert_eq!(browser.get("/dev/mail/2").await.status, StatusCode::NOT_FOUND);
        catcher.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_a_mail_server_has_no_such_page() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for path in ["/dev/mail", "/dev/mail/1", "/dev/mail/1/html"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}
