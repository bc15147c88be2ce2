//! Addresses of files and pages on the web.

use url::{Host, Url};

use crate::Problem;
use crate::text::{line, text_newtypes};

text_newtypes! {
    /// An `http` or `https` address with a host and without a password, in the URL standard's own spelling.
    ///
    /// Whether it may be fetched is another question: the outbound client refuses private networks.
    WebUrl, web_url, 2048;
}

fn web_url(raw: &str, max: usize) -> Result<String, Problem> {
    let url = Url::parse(&line(raw, max)?).map_err(|_| Problem::new("invalid-url"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Problem::new("url-not-http"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Problem::new("url-with-password"));
    }
    // "http://file.pdf/" is what comes of a file name typed without its site, but single names do exist in
    // local networks and tests; only what cannot be a host at all is refused.
    match url.host() {
        Some(Host::Domain(domain)) if domain.split('.').all(|label| !label.is_empty()) => {}
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => {}
        _ => return Err(Problem::new("invalid-url")),
    }
    line(url.as_str(), max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_normalised() {
        let parse = |text| WebUrl::parse(text).map(String::from);
        assert_eq!(
            parse(" HTTPS://Example.com/a b.pdf ").unwrap(),
            "https://example.com/a%20b.pdf"
        );
        assert_eq!(
            parse("http://127.0.0.1:8080/x").unwrap(),
            "http://127.0.0.1:8080/x"
        );
        for (typed, code) in [
            ("design.pdf", "invalid-url"),
            ("/design.pdf", "invalid-url"),
            ("https://", "invalid-url"),
            ("ftp://example.com/a.pdf", "url-not-http"),
            ("file:///etc/passwd", "url-not-http"),
            ("javascript:alert(1)", "url-not-http"),
            ("https://ana:secret@example.com/a.pdf", "url-with-password"),
            ("", "required"),
        ] {
            assert_eq!(parse(typed).unwrap_err().code, code, "{typed}");
        }
    }
}
