//! One request to a site, taken apart.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use serde_json::{Map, Value};

use super::refusal::{Outcome, Refusal};
use super::settings::Settings;
use crate::clock::Moment;
use crate::shop::{Shop, ShopKey};

/// A request to a site.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// Which site.
    pub(super) shop: ShopKey,
    /// What kind of site.
    pub(super) settings: Settings,
    /// How far its clock is ahead of UTC.
    pub(super) utc_offset_seconds: i32,
    /// The site's address, such as `http://127.0.0.1:4000/shops/demo`.
    pub(super) home: String,
    /// The method, after `X-HTTP-Method-Override` and `_method`.
    pub(super) method: Method,
    /// The path below the site, without a slash at either end: `wp-json/wc/v3/orders`.
    pub(super) path: String,
    /// The decoded query.
    pub(super) query: Vec<(String, String)>,
    /// The headers.
    pub(super) headers: HeaderMap,
    /// The body.
    pub(super) body: Bytes,
}

impl Visit {
    /// Nobody's visit: what the shop needs to write about itself.
    pub(super) fn of_the_shop_itself(shop: &Shop, home: &str) -> Self {
        Self {
            shop: shop.key.clone(),
            settings: Settings::of(shop),
            utc_offset_seconds: shop.utc_offset_seconds,
            home: home.to_owned(),
            method: Method::GET,
            path: String::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// WooCommerce looks for credentials only where it sees its API in the path; `?rest_route=` it does not see.
    pub(super) fn is_authenticated_address(&self) -> bool {
        let below = self.path.strip_prefix("wp-json/").unwrap_or_default();
        below.starts_with("wc/") || below.starts_with("wc-")
    }

    /// A parameter of the query, when it is not empty.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter().rev();
        let (_, value) = pairs.find(|(key, _)| key == name)?;
        (!value.is_empty()).then_some(value.as_str())
    }

    /// A list in the query: `name=a,b`, `name[]=a&name[]=b` or `name[0]=a`.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let of_it = |key: &str| {
            key.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        let values = self.query.iter().filter(|(key, _)| of_it(key));
        let values = values.flat_map(|(_, value)| value.split(','));
        values
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// A list of numbers in the query.
    pub(super) fn numbers(&self, name: &str) -> Vec<u64> {
        self.list(name)
            .iter()
            .filter_map(|value| value.parse().ok())
            .collect()
    }

    /// Whether a parameter says yes.
    pub(super) fn says_yes(&self, name: &str) -> bool {
        matches!(self.parameter(name), Some("1" | "true"))
    }

    /// A number in the query within these bounds.
    pub(super) fn number(
        &self,
        name: &str,
        default: usize,
        bounds: std::ops::RangeInclusive<usize>,
    ) -> Outcome<usize> {
        let Some(text) = self.parameter(name) else {
            return Ok(default);
        };
        let Ok(number) = text.parse::<i64>() else {
            let why = format!("{name} is not of type integer.");
            return Err(Refusal::parameter(name, "rest_invalid_type", &why));
        };
        match usize::try_from(number) {
            Ok(number) if bounds.contains(&number) => Ok(number),
            _ if *bounds.end() == usize::MAX => {
                let why = format!("{name} must be greater than or equal to {}", bounds.start());
                Err(Refusal::parameter(name, "rest_out_of_bounds", &why))
            }
            _ => {
                let (least, most) = (bounds.start(), bounds.end());
                let why = format!("{name} must be between {least} (inclusive) and {most} (inclusive)");
                Err(Refusal::parameter(name, "rest_out_of_bounds", &why))
            }
        }
    }

    /// One of these words in the query.
    pub(super) fn one_of(
        &self,
        name: &str,
        default: &'static str,
        words: &[&'static str],
    ) -> Outcome<&'static str> {
        let Some(text) = self.parameter(name) else {
            return Ok(default);
        };
        let found = words.iter().find(|word| **word == text).copied();
        found.ok_or_else(|| {
            let why = format!("{name} is not one of {}.", listed(words));
            Refusal::parameter(name, "rest_not_in_enum", &why)
        })
    }

    /// A date in the query. Without an offset it is the shop's time, unless `dates_are_gmt` says otherwise.
    pub(super) fn date(&self, name: &str) -> Outcome<Option<Moment>> {
        let Some(text) = self.parameter(name) else {
            return Ok(None);
        };
        if let Some(moment) = Moment::parse(text) {
            return Ok(Some(moment));
        }
        let complete = if text.len() == 10 {
            format!("{text}T00:00:00Z")
        } else {
            format!("{text}Z")
        };
        let wrong = || Refusal::parameter(name, "rest_invalid_date", "Invalid date.");
        let moment = Moment::parse(&complete).ok_or_else(wrong)?;
        let ahead = if self.says_yes("dates_are_gmt") {
            0
        } else {
            self.utc_offset_seconds
        };
        Ok(Some(Moment::from_unix_seconds(
            moment.unix_seconds() - i64::from(ahead),
        )))
    }

    /// The body as a JSON object; a form is taken as one too, an empty body is an empty one.
    pub(super) fn object(&self) -> Outcome<Map<String, Value>> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Map::new());
        }
        let kind = self
            .headers
            .get("content-type")
            .and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            let pairs = decoded_pairs(&String::from_utf8_lossy(&self.body));
            return Ok(pairs
                .into_iter()
                .map(|(name, value)| (name, Value::String(value)))
                .collect());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Ok(Map::new()),
            Err(_) => Err(Refusal {
                data: serde_json::json!({ "status": 400, "json_error_code": 4, "json_error_message": "Syntax error" }),
                ..Refusal::new(
                    axum::http::StatusCode::BAD_REQUEST,
                    "rest_invalid_json",
                    "Invalid JSON body passed.",
                )
            }),
        }
    }

    /// `WordPress`' `is_ssl()`.
    pub(super) fn is_tls(&self) -> bool {
        self.settings.https || self.is_forwarded_from_tls()
    }

    fn is_forwarded_from_tls(&self) -> bool {
        let header = self.headers.get("x-forwarded-proto");
        header.is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"))
    }

    /// The site's address as it is signed: with the scheme the request came by.
    pub(super) fn signed_home(&self) -> String {
        match self.home.strip_prefix("http://") {
            Some(rest) if self.is_forwarded_from_tls() => format!("https://{rest}"),
            _ => self.home.clone(),
        }
    }

    /// The address of a route of the API.
    pub(super) fn api(&self, route: &str) -> String {
        format!("{}/wp-json/wc/v3/{route}", self.home)
    }

    /// The query without credentials, for the ledger.
    pub(super) fn query_without_secrets(&self) -> String {
        let secret = [
            "consumer_key",
            "consumer_secret",
            "oauth_signature",
            "oauth_consumer_key",
        ];
        let pairs = self.query.iter().map(|(name, value)| {
            let value = if secret.contains(&name.as_str()) {
                "…"
            } else {
                value
            };
            format!("{name}={value}")
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// The pairs of a query or a form, decoded.
pub(super) fn decoded_pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8_lossy()
        .into_owned()
}

/// `a, b, and c`, as `WordPress` lists words.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}
