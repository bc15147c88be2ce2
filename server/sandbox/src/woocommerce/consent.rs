//! `/wc-auth/v1/…`: the owner of a shop logs in and makes keys for an application, or does not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use serde_json::json;

use super::WooCommerce;
use super::keys::Permissions;
use super::site::redirect;
use super::visit::{Visit, decoded_pairs};
use crate::ledger::Event;
use crate::outbox::Prepared;
use crate::world::World;

/// User name and password of who manages the shop.
pub(super) const OWNER: &str = "owner";

/// User name and password of who only buys there.
const BUYER: &str = "buyer";

/// How long the shop waits for the application to take the keys.
const TIMEOUT: Duration = Duration::from_mins(1);

/// What an application asks for.
#[derive(Clone, Debug)]
struct Wish {
    app_name: String,
    permissions: Permissions,
    user_id: String,
    return_url: String,
    callback_url: String,
}

/// Wishes of owners who have logged in and not yet decided, by the token in their form.
#[derive(Default)]
pub(super) struct Consents(Mutex<BTreeMap<String, Wish>>);

impl Consents {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Wish>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers a step: `authorize`, `login`, `access_granted`.
pub(super) async fn answer(
    world: &Arc<World>,
    stand_in: &WooCommerce,
    visit: &Visit,
    step: &str,
) -> Response {
    let form = decoded_pairs(&String::from_utf8_lossy(&visit.body));
    match (step, &visit.method) {
        ("authorize", &Method::GET) => match wish(&visit.query) {
            Ok(wish) => log_in_page(visit, &wish, ""),
            Err(problem) => error_page(StatusCode::UNAUTHORIZED, &problem),
        },
        ("login", &Method::POST) => match wish(&form) {
            Ok(wish) => log_in(world, stand_in, visit, wish, &form),
            Err(problem) => error_page(StatusCode::UNAUTHORIZED, &problem),
        },
        ("access_granted", &Method::POST) => {
            let token = value(&form, "token").unwrap_or_default();
            let wish = stand_in.consents.lock().remove(token);
            match wish {
                Some(wish) => grant(world, stand_in, visit, &wish).await,
                None => error_page(
                    StatusCode::FORBIDDEN,
                    "You do not have permission to access this page",
                ),
            }
        }
        _ => error_page(StatusCode::NOT_FOUND, "Not found"),
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut pairs = pairs.iter();
    let (_, value) = pairs.find(|(key, value)| key == name && !value.is_empty())?;
    Some(value)
}

/// Reads a wish; all five parameters are required and `callback_url` has to be served over TLS, except here on
/// this machine, where there is none.
fn wish(pairs: &[(String, String)]) -> Result<Wish, String> {
    let required = |name: &str| {
        let missing = || format!("Missing parameter {name}");
        value(pairs, name).map(str::to_owned).ok_or_else(missing)
    };
    let wish = Wish {
        app_name: required("app_name")?,
        user_id: required("user_id")?,
        return_url: required("return_url")?,
        callback_url: required("callback_url")?,
        permissions: {
            let scope = required("scope")?;
            Permissions::parse(&scope).ok_or_else(|| format!("Invalid scope {scope}"))?
        },
    };
    for (name, url) in [
        ("return_url", &wish.return_url),
        ("callback_url", &wish.callback_url),
    ] {
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(format!("The {name} is not a valid URL"));
        }
    }
    if !wish.callback_url.starts_with("https://") && !leads_here(&wish.callback_url) {
        return Err("The callback_url needs to be over SSL".to_owned());
    }
    Ok(wish)
}

fn leads_here(url: &str) -> bool {
    let host = url.strip_prefix("http://").unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|here| {
        host.strip_prefix(here)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    })
}

fn log_in(
    world: &World,
    stand_in: &WooCommerce,
    visit: &Visit,
    wish: Wish,
    form: &[(String, String)],
) -> Response {
    let user = value(form, "username").unwrap_or_default();
    if ![OWNER, BUYER].contains(&user) || value(form, "password") != Some(user) {
        return log_in_page(
            visit,
            &wish,
            "<p role=\"alert\">Unknown user name or wrong password.</p>",
        );
    }
    if user == BUYER {
        return error_page(
            StatusCode::FORBIDDEN,
            "You do not have permission to access this page",
        );
    }
    let token = world.fresh_hex(32);
    let page = approve_page(visit, &wish, &token);
    stand_in.consents.lock().insert(token, wish);
    page
}

/// Makes the keys and hands them over. Unless the application answers with exactly 200 they are gone again.
async fn grant(world: &Arc<World>, stand_in: &WooCommerce, visit: &Visit, wish: &Wish) -> Response {
    let shop = &visit.shop;
    let mut chance = world.fresh_chance();
    let key = stand_in
        .keys
        .make(&shop.name, wish.permissions, true, &mut chance);
    let body = json!({
        "key_id": key.id,
        "user_id": wish.user_id,
        "consumer_key": key.consumer_key,
        "consumer_secret": key.consumer_secret,
        "key_permissions": wish.permissions.name(),
    });
    let prepared = Prepared {
        url: wish.callback_url.clone(),
        headers: vec![(
            "content-type".to_owned(),
            "application/json;charset=utf-8".to_owned(),
        )],
        body: body.to_string().into_bytes(),
        delivery: String::new(),
    };
    let answer = world.outbox.send(&prepared, TIMEOUT).await;
    let taken = answer == Ok(200);
    world.note(
        shop,
        Event::Other {
            what: if taken {
                "keys_handed_over"
            } else {
                "keys_not_taken"
            },
            detail: json!({
                "key_id": key.id,
                "app_name": wish.app_name,
                "permissions": wish.permissions,
                "status": answer.as_ref().ok(),
                "error": answer.as_ref().err(),
            }),
        },
    );
    if taken {
        return redirect(&returned(wish, true), StatusCode::FOUND);
    }
    stand_in.keys.revoke(&shop.name, key.id);
    error_page(
        StatusCode::UNAUTHORIZED,
        "An error occurred in the request and at the time were unable to send the consumer data",
    )
}

/// Where the owner goes afterwards.
fn returned(wish: &Wish, success: bool) -> String {
    let url = &wish.return_url;
    let joint = if url.contains('?') { '&' } else { '?' };
    let user = percent_encoding::utf8_percent_encode(&wish.user_id, percent_encoding::NON_ALPHANUMERIC);
    format!("{url}{joint}success={}&user_id={user}", u8::from(success))
}

fn log_in_page(visit: &Visit, wish: &Wish, problem: &str) -> Response {
    let hidden = [
        ("app_name", wish.app_name.as_str()),
        ("scope", wish.permissions.name()),
        ("user_id", &wish.user_id),
        ("return_url", &wish.return_url),
        ("callback_url", &wish.callback_url),
    ];
    let field = |(name, value): &(&str, &str)| {
        let value = escaped(value);
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
    };
    let hidden = hidden.iter().map(field).collect::<Vec<_>>().concat();
    document(
        StatusCode::OK,
        &format!(
            "<h1>{app} would like to connect to your store</h1>{problem}\
             <form method=\"post\" action=\"{home}/wc-auth/v1/login\">{hidden}\
             <label>Username <input name=\"username\" autocomplete=\"off\" required></label>\
             <label>Password <input name=\"password\" type=\"password\" autocomplete=\"off\" required></label>\
             <button>Log in</button></form>\
             <p>This stand-in knows <b>{OWNER}</b> with the password <b>{OWNER}</b>, who manages the shop, and \
             <b>{BUYER}</b> with the password <b>{BUYER}</b>, who does not.</p>\
             <p><a href=\"{deny}\">Cancel and return to {app}</a></p>",
            app = escaped(&wish.app_name),
            home = escaped(&visit.home),
            deny = escaped(&returned(wish, false)),
        ),
    )
}

fn approve_page(visit: &Visit, wish: &Wish, token: &str) -> Response {
    let may = match wish.permissions {
        Permissions::Read => "read",
        Permissions::Write => "write",
        Permissions::ReadWrite => "read and write",
    };
    document(
        StatusCode::OK,
        &format!(
            "<h1>{app} would like to connect to your store</h1>\
             <p>This will give \"{app}\" <b>{may}</b> access which will allow it to view and manage coupons, customers, \
             orders, products and webhooks.</p><p>Logged in as {OWNER}.</p>\
             <form method=\"post\" action=\"{home}/wc-auth/v1/access_granted\">\
             <input type=\"hidden\" name=\"token\" value=\"{token}\"><button>Approve</button></form>\
             <p><a class=\"button\" href=\"{deny}\">Deny</a></p>",
            app = escaped(&wish.app_name),
            home = escaped(&visit.home),
            deny = escaped(&returned(wish, false)),
        ),
    )
}

fn error_page(status: StatusCode, problem: &str) -> Response {
    document(
        status,
        &format!("<h1>Error</h1><p role=\"alert\">Error: {}.</p>", escaped(problem)),
    )
}

fn document(status: StatusCode, body: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Application authentication request</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    (status, Html(html)).into_response()
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;background:#f0f0f1;color:#1d2327;margin:0}\
    main{max-width:34rem;margin:3rem auto;padding:2rem;background:#fff;border:1px solid #c3c4c7}\
    label,button,.button{display:block;margin:1rem 0}input{display:block;width:100%;font:inherit;padding:.4rem}\
    button{font:inherit;padding:.6rem 1.2rem;background:#7f54b3;color:#fff;border:0;cursor:pointer}";

/// Text as it may stand in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
