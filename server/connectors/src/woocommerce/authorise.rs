//! Keys by one click: the owner approves on a page of the shop, which posts them here.

use serde::Deserialize;

use super::credentials::Credentials;
use super::shop_url::ShopUrl;
use super::signature;
use crate::lenient;
use crate::store::AuthorisationError;

/// What the shop's page is asked for.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisationRequest<'a> {
    /// What the application is called on the page.
    pub app_name: &'a str,
    /// Comes back with the keys, which come unsigned: unguessable, used once, good for a short time.
    pub token: &'a str,
    /// Where the owner's browser goes afterwards.
    pub return_url: &'a str,
    /// Where the shop posts the keys. It must be `https`, and answer exactly 200, else the shop takes the keys back.
    pub callback_url: &'a str,
}

/// The page of `shop` on which its owner approves keys that read and write.
pub fn authorisation_url(shop: &ShopUrl, request: AuthorisationRequest<'_>) -> String {
    let parameters = [
        ("app_name", request.app_name),
        ("scope", "read_write"),
        ("user_id", request.token),
        ("return_url", request.return_url),
        ("callback_url", request.callback_url),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    shop.join(&format!(
        "/wc-auth/v1/authorize?{}",
        signature::query(&parameters)
    ))
}

/// Keys as a shop posts them. Anybody can post them: the token says which authorisation they are for, and the shop
/// must be asked whether they are its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedKeys {
    /// The token of the [`AuthorisationRequest`].
    pub token: String,
    /// The keys.
    pub credentials: Credentials,
}

#[derive(Deserialize)]
struct Posted {
    #[serde(default, deserialize_with = "lenient::text")]
    user_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    consumer_key: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    consumer_secret: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    key_permissions: Option<String>,
}

/// Reads the body that a shop posts to the callback address.
///
/// # Errors
/// [`AuthorisationError::Forged`] when it is no such body, [`AuthorisationError::PermissionsMissing`] when the keys do
/// not both read and write.
pub fn receive_keys(body: &[u8]) -> Result<ReceivedKeys, AuthorisationError> {
    let posted: Posted =
        serde_json::from_slice(body).map_err(|_| AuthorisationError::Forged("the body is no JSON"))?;
    let filled = |text, what| lenient::filled(text).ok_or(AuthorisationError::Forged(what));
    let token = filled(posted.user_id, "user_id is missing")?;
    let key = filled(posted.consumer_key, "consumer_key is missing")?;
    let secret = filled(posted.consumer_secret, "consumer_secret is missing")?;
    if posted.key_permissions.as_deref() != Some("read_write") {
        return Err(AuthorisationError::PermissionsMissing(vec![
            "read_write".to_owned(),
        ]));
    }
    Ok(ReceivedKeys {
        token,
        credentials: Credentials::new(key, secret),
    })
}

/// Reads the query with which the owner's browser comes back, and gives the token. The keys came on their own way,
/// before.
///
/// # Errors
/// [`AuthorisationError::Denied`] when the owner said no, [`AuthorisationError::Forged`] without a token.
pub fn read_return(query: &str) -> Result<String, AuthorisationError> {
    let value = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.into_owned())
    };
    let token = lenient::filled(value("user_id")).ok_or(AuthorisationError::Forged("user_id is missing"))?;
    if value("success").as_deref() == Some("1") {
        Ok(token)
    } else {
        Err(AuthorisationError::Denied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_shop_gets_all_it_needs() {
        let shop = ShopUrl::parse("https://example.com/prints").unwrap();
        let url = authorisation_url(
            &shop,
            AuthorisationRequest {
                app_name: "Print & Ship",
                token: "t0k3n",
                return_url: "https://portal.example/stores?x=1",
                callback_url: "https://portal.example/keys",
            },
        );
        assert_eq!(
            url,
            "https://example.com/prints/wc-auth/v1/authorize?app_name=Print%20%26%20Ship&scope=read_write\
             &user_id=t0k3n&return_url=https%3A%2F%2Fportal.example%2Fstores%3Fx%3D1\
             &callback_url=https%3A%2F%2Fportal.example%2Fkeys"
        );
    }

    #[test]
    fn keys_are_read_whether_the_token_is_text_or_a_number() {
        let keys = receive_keys(include_bytes!("samples/wc-auth_callback.docs.json")).unwrap();
        assert_eq!(keys.token, "123");
        assert_eq!(
            keys.credentials,
            Credentials::new("ck_xxxxxxxxxxxxxxxx", "cs_xxxxxxxxxxxxxxxx")
        );
        let text = br#"{"key_id":5,"user_id":"shop-17","consumer_key":"ck_1","consumer_secret":"cs_1",
            "key_permissions":"read_write"}"#;
        assert_eq!(receive_keys(text).unwrap().token, "shop-17");
    }

    #[test]
    fn incomplete_and_weak_keys_are_refused() {
        for (body, code) in [
            ("webhook_id=1", "authorisation-forged"),
            ("{}", "authorisation-forged"),
            (
                r#"{"user_id":"t","consumer_key":"","consumer_secret":"cs_1"}"#,
                "authorisation-forged",
            ),
            (
                r#"{"user_id":"t","consumer_key":"ck_1","consumer_secret":"cs_1","key_permissions":"read"}"#,
                "authorisation-permissions-missing",
            ),
        ] {
            assert_eq!(receive_keys(body.as_bytes()).unwrap_err().code(), code, "{body}");
        }
    }

    #[test]
    fn the_owner_comes_back_with_yes_or_no() {
        assert_eq!(read_return("success=1&user_id=t0k3n").unwrap(), "t0k3n");
        for (query, code) in [
            ("success=0&user_id=t0k3n", "authorisation-denied"),
            ("user_id=t0k3n", "authorisation-denied"),
            ("success=1", "authorisation-forged"),
        ] {
            assert_eq!(read_return(query).unwrap_err().code(), code, "{query}");
        }
    }
}
