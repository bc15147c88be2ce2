//! A browser without scripts: it keeps cookies, follows redirects and says where its forms stand.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::request::Builder;
use http::{HeaderMap, Method, Request, StatusCode, header};
use portal::Portal;
use server::router::router;
use tower::ServiceExt as _;

/// The host of the default `base_url`.
const ORIGIN: &str = "http://127.0.0.1:3000";

/// What the server answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Path and query of the page, after redirects.
    pub(crate) at: String,
}

impl Answer {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Asserts that the page says all of this.
    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) {
        for word in words {
            assert!(
                self.body.contains(word),
                "{} {} does not say {word:?}: {}",
                self.status,
                self.at,
                self.main()
            );
        }
    }

    /// The page itself, without what surrounds it.
    pub(crate) fn main(&self) -> &str {
        let main = self.body.split_once("<main").map(|(_, rest)| rest);
        let main = main.and_then(|rest| Some(rest.split_once("</main>")?.0));
        main.unwrap_or(&self.body)
    }
}

/// A browser without scripts.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// The machine it runs on.
    pub(crate) address: IpAddr,
    /// Path and query of the page shown: where the next form stands.
    pub(crate) at: String,
}

impl Browser {
    /// A fresh browser in front of a portal.
    pub(crate) fn new(portal: &Portal) -> Self {
        Self::of(router(portal, None))
    }

    /// A fresh browser in front of a router.
    pub(crate) fn of(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            address: [192, 0, 2, 7].into(),
            at: "/".to_owned(),
        }
    }

    /// Another one, of somebody else, in front of the same portal.
    pub(crate) fn other(&self) -> Self {
        Self::of(self.router.clone())
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Takes a cookie as it is.
    pub(crate) fn keep(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page, following redirects.
    pub(crate) async fn open(&mut self, path: &str) -> Answer {
        let answer = self.get(path).await;
        self.follow(answer).await
    }

    /// Sends a form that stands on the page shown, following redirects.
    pub(crate) async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(action, fields).await;
        self.follow(answer).await
    }

    /// Asks for a path; a redirect is not followed.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(
            request(Method::GET, path).header("sec-fetch-site", "none"),
            Body::empty(),
        )
        .await
    }

    /// Posts a form that stands on the page shown; a redirect is not followed.
    pub(crate) async fn post(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let request = request(Method::POST, action);
        self.post_by(request, fields).await
    }

    /// Posts a form that stands on the page shown as scripts do; they are answered in JSON.
    pub(crate) async fn post_enhanced(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let request = bare_request(Method::POST, action)
            .header(header::ACCEPT, "application/json")
            .header("x-enhanced", "1");
        self.post_by(request, fields).await
    }

    async fn post_by(&mut self, request: Builder, fields: &[(&str, &str)]) -> Answer {
        let request = request
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, ORIGIN)
            .header(header::REFERER, format!("{ORIGIN}{}", self.at))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = serde_urlencoded::to_string(fields).expect("fields are text");
        self.send(request, body.into()).await
    }

    /// Sends a form that carries files, following redirects. Files are given by field, name and content.
    pub(crate) async fn submit_files(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const BOUNDARY: &str = "between-the-parts";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (name, file, content) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = request(Method::POST, action)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, ORIGIN)
            .header(header::REFERER, format!("{ORIGIN}{}", self.at))
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            );
        let answer = self.send(request, body.into()).await;
        self.follow(answer).await
    }

    /// Sends what was built, with the cookies of this browser.
    pub(crate) async fn send(&mut self, request: Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = request
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .expect("a request that can be sent");
        let peer = SocketAddr::new(self.address, 40_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        let at = request
            .uri()
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default();
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("the whole answer");
        self.keep_cookies(&parts.headers);
        Answer {
            status: parts.status,
            headers: parts.headers,
            // Marks between texts that only hydration needs.
            body: String::from_utf8_lossy(&body).replace("<!>", ""),
            at,
        }
    }

    async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            if !answer.status.is_redirection() {
                self.at.clone_from(&answer.at);
                return answer;
            }
            let location = answer.location().to_owned();
            assert!(
                location.starts_with('/'),
                "{} leads away to {location}",
                answer.at
            );
            answer = self.get(&location).await;
        }
        panic!("redirected too often, last to {}", answer.at)
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a readable cookie");
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A request for a page, as a browser begins it.
pub(crate) fn request(method: Method, path: &str) -> Builder {
    bare_request(method, path)
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::ACCEPT_LANGUAGE, "en")
}

/// A request, as a browser begins it.
pub(crate) fn bare_request(method: Method, path: &str) -> Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:3000")
        .header(
            header::USER_AGENT,
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        )
}
