//! The headers of every kind of answer.

use std::sync::Arc;

use axum::body::Body;
use domain::OperatorRole;
use http::{Method, StatusCode};
use portal::Portal;
use portal::settings::Settings;
use portal::testing::{TestPortal, on_both};
use sandbox::mail::{MailCatcher, Options};
use server::router::router;
use tempfile::TempDir;

use crate::browser::{Answer, Browser, bare_request, request};
use crate::people::{self, PASSWORD};

/// A portal that gives out a built site.
fn with_site(test: &TestPortal, base_url: &str) -> (Portal, TempDir) {
    let site = TempDir::new().unwrap();
    std::fs::create_dir(site.path().join("pkg")).unwrap();
    std::fs::write(site.path().join("pkg/portal.css"), "a{}").unwrap();
    std::fs::write(site.path().join("favicon.svg"), "<svg/>").unwrap();
    let settings = Settings {
        site_dir: site.path().to_owned(),
        base_url: base_url.parse().unwrap(),
        ..Settings::default()
    };
    let portal = Portal {
        settings: Arc::new(settings),
        ..Portal::clone(test)
    };
    (portal, site)
}

/// Status and headers, sorted, without what differs each time.
fn described(name: &str, answer: &Answer) -> String {
    let mut lines: Vec<String> = answer
        .headers
        .iter()
        .filter(|(header, _)| !["content-length", "last-modified", "etag"].contains(&header.as_str()))
        .map(|(header, value)| format!("{header}: {}", steady(header.as_str(), value.to_str().unwrap())))
        .collect();
    lines.sort();
    format!("## {name}\n{}\n{}\n", answer.status, lines.join("\n"))
}

fn steady(header: &str, value: &str) -> String {
    match header {
        "x-request-id" => "<id>".to_owned(),
        "set-cookie" => {
            let (pair, attributes) = value.split_once(';').unwrap();
            let (name, _) = pair.split_once('=').unwrap();
            format!("{name}=<value>;{attributes}")
        }
        _ => match value.split_once("'nonce-") {
            Some((_, rest)) => {
                let nonce = rest.split('\'').next().unwrap();
                assert!(nonce.len() >= 22, "128 bits at least");
                value.replace(nonce, "<nonce>")
            }
            None => value.to_owned(),
        },
    }
}

async fn every_kind(browser: &mut Browser, email: &str) -> Vec<(&'static str, Answer)> {
    let mut kinds = vec![
        ("signed-out page", browser.get("/login").await),
        ("redirect", browser.get("/").await),
        ("page for those logged in", browser.get("/account").await),
        ("no such page", browser.get("/nothing/here").await),
    ];
    browser.open("/login").await;
    let wrong = [("email", email), ("password", "wrong")];
    kinds.push(("refused form", browser.post("/do/account/log-in", &wrong).await));
    let enhanced = bare_request(Method::POST, "/do/account/log-in")
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("x-enhanced", "1")
        .header("content-type", "application/x-www-form-urlencoded");
    kinds.push((
        "refused form, enhanced",
        browser.send(enhanced, Body::from("email=&password=")).await,
    ));
    let right = [("email", email), ("password", PASSWORD)];
    kinds.push((
        "form that logs in",
        browser.post("/do/account/log-in", &right).await,
    ));
    kinds.push(("page of a person", browser.get("/account").await));
    kinds.push(("progress of no job", browser.get("/api/jobs/none/progress").await));
    let elsewhere = request(Method::POST, "/do/account/log-out").header("sec-fetch-site", "cross-site");
    kinds.push((
        "form of another site",
        browser.send(elsewhere, Body::empty()).await,
    ));
    kinds.push(("no such function", browser.post("/do/nonsense", &[]).await));
    kinds.push(("download", browser.get("/console/orders/export.csv").await));
    kinds.push(("style sheet", browser.get("/pkg/portal.css").await));
    kinds.push(("missing style sheet", browser.get("/pkg/gone.css").await));
    kinds.push(("icon of the tab", browser.get("/favicon.svg").await));
    kinds.push(("alive", browser.get("/health/live").await));
    kinds.push(("ready", browser.get("/health/ready").await));
    kinds
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_answer_carries_its_headers() {
    on_both(async |test| {
        let email = people::operator(&test, OperatorRole::Operator).await;
        let (portal, _site) = with_site(&test, "http://127.0.0.1:3000");
        let kinds = every_kind(&mut Browser::new(&portal), &email).await;
        let described: Vec<String> = kinds
            .iter()
            .map(|(name, answer)| described(name, answer))
            .collect();
        insta::assert_snapshot!("http", described.join("\n").replace("postgres", "sqlite"));
        for (name, answer) in &kinds {
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'"), "{name}: {policy}");
            assert!(policy.contains("frame-ancestors 'none'"), "{name}: {policy}");
            for unsafe_word in ["unsafe-inline", "'unsafe-eval'", "http:", "*"] {
                assert!(!policy.contains(unsafe_word), "{name}: {policy}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_https_cookies_and_transport_are_strict() {
    on_both(async |test| {
        let email = people::operator(&test, OperatorRole::Operator).await;
        let (portal, _site) = with_site(&test, "https://portal.example");
        let mut browser = Browser::new(&portal);
        let page = browser.get("/login").await;
        assert_eq!(
            page.header("strict-transport-security"),
            "max-age=63072000; includeSubDomains"
        );
        let fields = [("email", email.as_str()), ("password", PASSWORD)];
        let answer = browser.post("/do/account/log-in", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let cookies = answer.headers.get_all("set-cookie").iter();
        let mut cookies: Vec<&str> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
        cookies.sort_unstable();
        let names: Vec<&str> = cookies
            .iter()
            .filter_map(|cookie| cookie.split('=').next())
            .collect();
        assert_eq!(names, ["__Host-device", "__Host-person", "__Host-session"]);
        for cookie in cookies {
            for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(attribute), "{cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_has_its_own_nonce_and_no_other_inline_code() {
    on_both(async |test| {
        let mut browser = Browser::new(&test);
        let mut nonces = Vec::new();
        for _ in 0..2 {
            let page = browser.get("/login").await;
            let policy = page.header("content-security-policy").to_owned();
            let (_, rest) = policy.split_once("'nonce-").unwrap();
            let nonce = rest.split('\'').next().unwrap().to_owned();
            for tag in page.body.split('<') {
                let inline = tag.starts_with("script") || tag.starts_with("style");
                assert!(!inline || tag.contains(&format!("nonce=\"{nonce}\"")), "<{tag}");
                let attributes = tag.split('>').next().unwrap_or_default();
                assert!(
                    !attributes.contains(" style=") && !attributes.contains(" onclick="),
                    "<{tag}"
                );
            }
            nonces.push(nonce);
        }
        assert_ne!(nonces[0], nonces[1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_caught_mail_may_be_framed_and_only_there() {
    on_both(async |test| {
        let catcher = MailCatcher::start(([127, 0, 0, 1], 0).into(), Options::default())
            .await
            .unwrap();
        let mut browser = Browser::of(router(&test, Some(catcher.mailbox().clone())));
        let page = browser.get("/dev/mail").await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("script-src"), "{policy}");
        catcher.stop().await;
    })
    .await;
}
