//! What the browser is asked to remember of whoever sent a form.

use domain::Language;
use domain::id::UserId;
use http::{HeaderValue, header};

use super::Action;
use crate::visitor::{device_cookie, last_person_cookie};

/// How long a browser keeps the token it is known by: the longest that browsers allow, 400 days.
const DEVICE_SECONDS: u32 = 400 * 24 * 3600;

impl Action {
    /// Keeps the language of somebody who is not logged in, for a year.
    pub fn remember_language(&self, language: Option<Language>) {
        let cookie =
            language.map(|language| format!("language={language}; Path=/; Max-Age=31536000; SameSite=Lax"));
        if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
            self.response.append_header(header::SET_COOKIE, value);
        }
    }

    /// Has the browser remember who is logged in, until it is closed: a form that is sent after the session has ended,
    /// also because they logged out in another tab, is then known to be theirs.
    pub(crate) fn remember_person(&self, person: UserId) {
        let secure = self.portal.settings.secure_cookies();
        let name = last_person_cookie(secure);
        let secure = if secure { "; Secure" } else { "" };
        let cookie = format!("{name}={person}; Path=/; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            self.response.append_header(header::SET_COOKIE, cookie);
        }
    }

    /// Has the browser keep the token by which it is known the next time somebody logs in.
    pub(crate) fn remember_device(&self, token: &str) {
        let secure = self.portal.settings.secure_cookies();
        let name = device_cookie(secure);
        let secure = if secure { "; Secure" } else { "" };
        let cookie =
            format!("{name}={token}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            self.response.append_header(header::SET_COOKIE, cookie);
        }
    }
}
