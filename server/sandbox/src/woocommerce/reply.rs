//! Answers of the REST API: headers, pages of lists, chosen fields.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::json::encoded;
use super::refusal::{Outcome, Refusal};
use super::visit::Visit;
use crate::exchange::Twist;

/// An answer of the REST API.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    /// The status.
    pub(super) status: StatusCode,
    /// The body.
    pub(super) body: Value,
    /// Headers beside those every answer has.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// 200 with this.
    pub(super) fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body,
            headers: Vec::new(),
        }
    }

    /// 201 with this, which is now at this address.
    pub(super) fn created(body: Value, location: String) -> Self {
        Self {
            status: StatusCode::CREATED,
            body,
            headers: vec![("location", location)],
        }
    }

    /// As it goes out; `_fields` of the query chooses what is told of each thing.
    pub(super) fn respond(mut self, visit: &Visit) -> Response<Body> {
        let fields = visit.list("_fields");
        if !fields.is_empty() && self.status.is_success() {
            choose(&mut self.body, &fields);
        }
        let warning = if visit.settings.php_warning {
            "<br />\n<b>Warning</b>:  Undefined array key \"theme\" in <b>/srv/shop/wp-content/plugins/helper/helper.php</b> on line <b>41</b><br />\n"
        } else {
            ""
        };
        let kind = if visit.settings.php_warning {
            "text/html; charset=UTF-8"
        } else {
            "application/json; charset=UTF-8"
        };
        let mut response = Response::new(Body::from(format!("{warning}{}", encoded(&self.body))));
        *response.status_mut() = self.status;
        let root = format!("<{}/wp-json/>; rel=\"https://api.w.org/\"", visit.home);
        let common = [
            ("content-type", kind.to_owned()),
            ("server", "nginx/1.22.1".to_owned()),
            ("x-powered-by", "PHP/8.2.36".to_owned()),
            ("x-robots-tag", "noindex".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("link", root),
        ];
        for (name, value) in common.into_iter().chain(self.headers) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response
                    .headers_mut()
                    .insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            body: refusal.body(),
            headers: Vec::new(),
        }
    }
}

fn choose(body: &mut Value, fields: &[String]) {
    match body {
        Value::Array(rows) => rows.iter_mut().for_each(|row| choose(row, fields)),
        Value::Object(object) => object.retain(|name, _| {
            let whole = |field: &String| field.split('.').next() == Some(name.as_str());
            fields.iter().any(whole)
        }),
        _ => {}
    }
}

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    number: usize,
    rows: usize,
    offset: Option<usize>,
}

impl Page {
    /// Reads `page`, `per_page` and `offset`.
    ///
    /// # Errors
    /// 400 for a page before the first, or of none or more than 100 rows.
    pub(super) fn of(visit: &Visit) -> Outcome<Self> {
        Ok(Self {
            number: visit.number("page", 1, 1..=usize::MAX)?,
            rows: visit.number("per_page", 10, 1..=100)?,
            offset: visit.parameter("offset").and_then(|offset| offset.parse().ok()),
        })
    }

    /// The rows of this page, and the headers that tell how many there are. Beyond the end it is empty.
    pub(super) fn cut<T>(
        self,
        rows: Vec<T>,
        visit: &Visit,
        twist: Twist,
        render: impl Fn(T) -> Value,
    ) -> Reply {
        let total = rows.len();
        let pages = total.div_ceil(self.rows);
        let number = match twist {
            Twist::RepeatPage if self.number > 1 => self.number - 1,
            _ => self.number,
        };
        let shifted = usize::from(twist == Twist::ShiftPage && self.number > 1);
        let skip = self.offset.unwrap_or((number - 1).saturating_mul(self.rows)) + shifted;
        let body: Vec<Value> = rows.into_iter().skip(skip).take(self.rows).map(render).collect();
        let mut reply = Reply::ok(Value::Array(body));
        reply.headers.push(("x-wp-total", total.to_string()));
        reply.headers.push(("x-wp-totalpages", pages.to_string()));
        let mut neighbours = Vec::new();
        if self.number > 1 {
            neighbours.push(link(visit, self.number.min(pages + 1) - 1, "prev"));
        }
        if self.number < pages {
            neighbours.push(link(visit, self.number + 1, "next"));
        }
        if !neighbours.is_empty() {
            reply.headers.push(("link", neighbours.join(", ")));
        }
        reply
    }
}

fn link(visit: &Visit, page: usize, rel: &str) -> String {
    let secret = ["page", "consumer_key", "consumer_secret"];
    let kept = visit
        .query
        .iter()
        .filter(|(name, _)| !secret.contains(&name.as_str()));
    let mut pairs: Vec<String> = kept
        .map(|(name, value)| format!("{}={}", plain(name), plain(value)))
        .collect();
    pairs.push(format!("page={page}"));
    format!(
        "<{}/{}?{}>; rel=\"{rel}\"",
        visit.home,
        visit.path,
        pairs.join("&")
    )
}

fn plain(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
