//! What lies around the pages: other sites, sizes, health, ids.

use axum::body::Body;
use domain::OperatorRole;
use http::{Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use portal::Portal;
use portal::storage::sql;
use portal::testing::on_both;

use crate::browser::{Answer, Browser, bare_request, request};
use crate::people::{self, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn no_function_serves_another_site() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        let functions: Vec<_> = server_fn_paths().collect();
        assert!(functions.len() > 20, "the registry is full: {}", functions.len());
        for (path, method) in functions {
            assert_eq!(method, Method::POST, "{path} could be called by a link");
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
                ("origin", "null"),
                ("accept", "text/html"),
            ] {
                let answer = browser
                    .send(request(Method::POST, path).header(name, value), Body::empty())
                    .await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{path} with {name}: {value}"
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_a_page_in_the_readers_language() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for path in ["/nothing", "/console/nothing", "/login/more", "/%F0%9F%8E%A8"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            page.says(&["This page does not exist", "href=\"/\""]);
        }
        let mut spanish = request(Method::GET, "/nothing");
        spanish
            .headers_mut()
            .unwrap()
            .insert(header::ACCEPT_LANGUAGE, "es-MX,es;q=0.9".parse().unwrap());
        let page = browser.send(spanish, Body::empty()).await;
        page.says(&["lang=\"es\""]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_does_not_exist_is_no_fault_of_ours() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for answer in [
            browser.post("/do/nonsense", &[]).await,
            browser.post("/do/account/no-such-thing", &[]).await,
            browser.get("/do/account/log-in").await,
        ] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.at);
            answer.says(&["This page does not exist", "href=\"/\""]);
        }
        // A script gets no page.
        let script = bare_request(Method::POST, "/do/nonsense").header("sec-fetch-site", "same-origin");
        let answer = browser.send(script, Body::empty()).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, ""));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_has_a_largest_size() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let fine = "x".repeat(500_000);
        let answer = browser
            .post("/do/account/save-profile", &[("first_name", &fine)])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let huge = "x".repeat(2_000_000);
        let answer = browser
            .post("/do/account/save-profile", &[("first_name", &huge)])
            .await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        answer.says(&["This is too large"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_leaves_little_behind() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        browser.open("/login").await;
        let huge = "x".repeat(20_000);
        let answer = browser
            .post("/do/account/log-in", &[("email", &huge), ("password", "x")])
            .await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        let long = "x".repeat(10_000);
        let answer = browser
            .submit(
                "/do/account/log-in",
                &[("email", "ana@x.example"), ("next", &long), ("password", "x")],
            )
            .await;
        answer.says(&["Email or password is wrong", "ana@x.example"]);
        let many = vec![("email", "x"); 1_000];
        let answer = browser.post("/do/account/request-reset", &many).await;
        assert!(!answer.status.is_success(), "{}", answer.status);
        let sessions: Vec<(String,)> = sql("SELECT data FROM sessions")
            .fetch_all(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert!(sessions.iter().all(|(data,)| data.len() < 2_000), "{sessions:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_download_leads_a_stranger_to_the_log_in() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for (path, _) in server::edges::routes() {
            if !path.starts_with("/api/") && !path.starts_with("/connect/") {
                let answer = browser
                    .get(&path.replace("{id}", "018f0000-0000-7000-8000-000000000000"))
                    .await;
                assert_eq!(answer.location(), "/login", "{path} answers {}", answer.status);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_answered_and_breaks_nothing() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        for body in ["%", "email=%FF&password=%00", "{\"email\": 1}", "email=a&email=b"] {
            let request = request(Method::POST, "/do/account/log-in")
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let answer = browser.send(request, Body::from(body)).await;
            assert_ne!(answer.status, StatusCode::OK, "{body}");
        }
        browser.keep("session", "not a session id");
        assert_eq!(browser.get("/login").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_whether_the_database_answers() {
    on_both(async |test| {
        let portal: Portal = test.other_process().await;
        let mut browser = Browser::new(&portal);
        assert_eq!(browser.get("/health/live").await.body, "alive");
        let ready = browser.get("/health/ready").await;
        assert_eq!(ready.status, StatusCode::OK);
        ready.says(&["\"ready\":true"]);
        portal.db.close().await;
        let ready = browser.get("/health/ready").await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(ready.body, "{\"ready\":false}");
        assert_eq!(browser.get("/health/live").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_broke_says_what_to_tell_support() {
    on_both(async |test| {
        let email = people::operator(&test, OperatorRole::Operator).await;
        let mut browser = Browser::new(&test);
        browser.log_in(&email, PASSWORD).await;
        let mut tx = test.db.begin().await.unwrap();
        sql("ALTER TABLE workers RENAME TO workers_elsewhere")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let page = browser.get("/console/activity/workers").await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        page.says(&["Reference for support", page.header("x-request-id")]);
        let missing = browser.get("/nothing").await;
        assert!(
            !missing.body.contains("Reference for support"),
            "nothing broke there"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_an_id_of_its_own() {
    on_both(async |portal| {
        let mut browser = Browser::new(&portal);
        let id = |answer: Answer| answer.header("x-request-id").to_owned();
        let mut ids = vec![
            id(browser.get("/login").await),
            id(browser.get("/nothing").await),
            id(browser.get("/health/live").await),
            id(browser.post("/do/account/log-in", &[]).await),
            id(browser
                .send(request(Method::POST, "/do/account/log-in"), Body::empty())
                .await),
        ];
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 5);
        assert!(ids.iter().all(|id| id.len() == 36), "{ids:?}");
    })
    .await;
}
