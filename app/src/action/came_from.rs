//! Which page of ours holds the form that was sent.

use http::{HeaderValue, header};

use super::Action;
use crate::account::log_in::own_path;

impl Action {
    /// The page that holds the form, when it is `path` with whatever query; `path` otherwise.
    pub fn came_from(&self, path: &str) -> String {
        let own = self.back.split('?').next() == Some(path);
        if own { self.back.clone() } else { path.to_owned() }
    }

    /// The page that holds the form, when it is `path` or one below it; `path` otherwise.
    pub fn came_from_within(&self, path: &str) -> String {
        let below = self.back.strip_prefix(path);
        let own = below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        if own { self.back.clone() } else { path.to_owned() }
    }
}

/// Path and query of the page that holds the form; the start page when the browser does not say or names
/// another site. The portal is known by the name it is asked for, and by `own_authority`, its public one, which a
/// proxy may have replaced.
pub(super) fn came_from(headers: &http::HeaderMap, own_authority: &str) -> String {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let asked_for = text(header::HOST).unwrap_or_default();
    let is_own = |authority: &str| authority == asked_for || authority == own_authority;
    text(header::REFERER)
        .and_then(|referer| referer.parse::<http::Uri>().ok())
        .filter(|referer| {
            referer
                .authority()
                .is_some_and(|authority| is_own(authority.as_str()))
        })
        .and_then(|referer| referer.path_and_query().map(ToString::to_string))
        .map_or_else(|| "/".to_owned(), |path| own_path(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, referer: &str) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        headers.insert(header::REFERER, HeaderValue::from_str(referer).unwrap());
        headers
    }

    #[test]
    fn a_refused_form_returns_only_to_this_site() {
        let back = |host, referer| came_from(&headers(host, referer), "portal.example");
        assert_eq!(
            back("a.example", "https://a.example/x?dialog=new"),
            "/x?dialog=new"
        );
        assert_eq!(back("127.0.0.1:3000", "https://portal.example/x"), "/x");
        for elsewhere in ["https://evil.example/x", "https://a.example//evil.example"] {
            assert_eq!(back("a.example", elsewhere), "/");
        }
        assert_eq!(came_from(&http::HeaderMap::new(), "portal.example"), "/");
    }
}
