//! Whether a shop can be used with its keys, and exactly what is wrong when it cannot.

use domain::Currency;
use domain::source::ExternalId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::Ask;
use super::connection::Connection;
use super::find::find;
use crate::lenient;
use crate::store::{Capabilities, ConnectionError, Result, StoreFacts};

/// What every shop of the platform can do. `WooCommerce` has no word for *delivered*.
pub(super) const CAPABILITIES: Capabilities = Capabilities {
    reads_addresses: true,
    writes_progress: true,
    writes_shipments: true,
    writes_delivery: false,
    cancels_orders: true,
    creates_products: true,
    sets_up_webhooks: true,
};

impl Connection {
    pub(super) async fn examine(&self) -> Result<StoreFacts> {
        let found = find(&self.api.wire, &self.api.shop, self.api.credentials().plain_http).await?;
        if found.shop != self.api.shop {
            return Err(ConnectionError::Moved {
                to: found.shop.into(),
            });
        }
        self.try_reading().await?;
        self.try_writing().await?;
        Ok(StoreFacts {
            external_id: ExternalId::new(found.shop.identity()),
            name: found.name,
            url: Some(found.shop.into()),
            currency: self.currency().await?,
            version: self.version().await,
            capabilities: CAPABILITIES,
            locations: Vec::new(),
        })
    }

    /// Reads an order and a product: whether the keys are this shop's and may read, and whether the person they were
    /// made for may see both.
    async fn try_reading(&self) -> Result<()> {
        let orders = match self.api.send(&Ask::trial()).await {
            Err(ConnectionError::Unauthorized { message }) => return Err(self.refused_key(message).await),
            Err(ConnectionError::PermissionMissing { message }) => {
                return Err(ConnectionError::OrdersHidden { message });
            }
            answer => answer?,
        };
        orders.json::<Vec<Value>>()?;
        let products = Ask::get("verify.products", "/products")
            .with("per_page", 1)
            .with("_fields", "id");
        match self.api.send(&products).await {
            Err(ConnectionError::PermissionMissing { message }) => {
                Err(ConnectionError::ProductsHidden { message })
            }
            answer => answer?.json::<Vec<Value>>().map(drop),
        }
    }

    /// What is wrong with a key that may not read. The sentence that says so is in the shop's language: what tells is
    /// whether the key may write, where only a known one may. Nothing is written.
    async fn refused_key(&self, message: String) -> ConnectionError {
        let nothing = Ask::put("verify.write", "/orders/batch", json!({}));
        match self.api.send(&nothing).await {
            Ok(_) => ConnectionError::WriteOnly,
            Err(_) => ConnectionError::Unauthorized { message },
        }
    }

    /// Changes an order that cannot exist: whether a key may write is looked at before the order is.
    async fn try_writing(&self) -> Result<()> {
        match self
            .api
            .send(&Ask::put("verify.write", "/orders/0", json!({})))
            .await
        {
            Ok(_) | Err(ConnectionError::Refused { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The currency of the shop, asked for once.
    pub(super) async fn currency(&self) -> Result<Option<Currency>> {
        #[derive(Deserialize)]
        struct Current {
            #[serde(default, deserialize_with = "lenient::text")]
            code: Option<String>,
        }
        let ask = Ask::get("currency.get", "/data/currencies/current").with("_fields", "code");
        let asked = self.currency.get_or_try_init(|| async {
            match self.api.find(&ask).await {
                Ok(Some(answer)) => {
                    let code = answer.json::<Current>()?.code;
                    Ok(code.and_then(|code| code.parse().ok()))
                }
                // Amounts are shown where they are known; nothing depends on them.
                Ok(None) | Err(ConnectionError::PermissionMissing { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        });
        asked.await.copied()
    }

    /// The version of the shop software, where the key may know.
    async fn version(&self) -> Option<String> {
        let ask = Ask::get("version.get", "/system_status").with("_fields", "environment.version");
        let status: Value = self.api.send(&ask).await.ok()?.json().ok()?;
        status["environment"]["version"].as_str().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Fake, answer, connection, error};
    use crate::store::StoreConnection;

    /// A shop that is fine but for `operation` answering `refusal`.
    async fn diagnosis(
        method: &'static str,
        path: &'static str,
        status: u16,
        refusal: &'static str,
    ) -> &'static str {
        let shop = Fake::shop()
            .on(method, path, move |_| answer(status, refusal))
            .serve()
            .await;
        connection(&shop).verify().await.unwrap_err().code()
    }

    #[tokio::test]
    async fn a_shop_that_is_fine_says_who_it_is() {
        let shop = Fake::shop().serve().await;
        let facts = connection(&shop).verify().await.unwrap();
        assert_eq!(facts.name, "Print Shop Testbed");
        assert_eq!(facts.url.as_deref(), Some(shop.url.as_str()));
        assert_eq!(facts.external_id.as_str(), shop.url.trim_start_matches("http://"));
        assert_eq!(facts.currency.unwrap().as_str(), "GBP");
        assert_eq!(facts.version.as_deref(), Some("11.0.1"));
        assert!(facts.capabilities.writes_shipments && !facts.capabilities.writes_delivery);
    }

    #[tokio::test]
    async fn what_is_wrong_with_keys_has_its_name() {
        let wrong_secret = error(
            "woocommerce_rest_authentication_error",
            "Consumer secret is invalid.",
        );
        let unknown_key = error(
            "woocommerce_rest_authentication_error",
            "Consumer key is invalid.",
        );
        let unsigned = error(
            "woocommerce_rest_authentication_error",
            "Invalid signature - provided signature does not match.",
        );
        let no_read = error(
            "woocommerce_rest_authentication_error",
            "The API key provided does not have read permissions.",
        );
        let no_read_in_spanish = error(
            "woocommerce_rest_authentication_error",
            "La clave de API proporcionada no tiene permisos de lectura.",
        );
        let no_write = error(
            "woocommerce_rest_authentication_error",
            "The API key provided does not have write permissions.",
        );
        let no_write_in_spanish = error(
            "woocommerce_rest_authentication_error",
            "La clave de API proporcionada no tiene permisos de escritura.",
        );
        let no_rights = error(
            "woocommerce_rest_cannot_view",
            "Sorry, you cannot list resources.",
        );
        for (method, path, status, body, code) in [
            ("GET", "/orders", 401, wrong_secret, "store-wrong-secret"),
            ("GET", "/orders", 401, unsigned, "store-wrong-secret"),
            ("GET", "/orders", 401, unknown_key, "store-unknown-key"),
            ("GET", "/orders", 401, no_rights, "store-unknown-key"),
            ("GET", "/orders", 403, no_rights, "store-orders-hidden"),
            ("GET", "/products", 403, no_rights, "store-products-hidden"),
            ("GET", "/orders", 401, no_read, "store-write-only"),
            ("GET", "/orders", 401, no_read_in_spanish, "store-unauthorized"),
            ("PUT", "/orders/0", 401, no_write, "store-read-only"),
            ("PUT", "/orders/0", 401, no_write_in_spanish, "store-read-only"),
            (
                "GET",
                "/orders",
                401,
                error("rest_login_required", "Log in."),
                "store-api-closed",
            ),
            ("GET", "/orders", 403, "<!DOCTYPE html>", "store-firewall"),
            ("GET", "/orders", 200, "<!DOCTYPE html>", "store-firewall"),
        ] {
            assert_eq!(
                diagnosis(method, path, status, body).await,
                code,
                "{method} {path} {body}"
            );
        }
    }

    #[tokio::test]
    async fn a_key_that_only_writes_is_told_from_a_wrong_one_in_every_language() {
        let no_read = error(
            "woocommerce_rest_authentication_error",
            "La clave de API proporcionada no tiene permisos de lectura.",
        );
        let shop = Fake::shop()
            .on("GET", "/orders", move |_| answer(401, no_read))
            .on("PUT", "/orders/batch", |_| answer(200, "{}"))
            .serve()
            .await;
        let refused = connection(&shop).verify().await.unwrap_err();
        assert_eq!(refused.code(), "store-write-only");
    }

    #[tokio::test]
    async fn nothing_is_written_while_verifying() {
        let shop = Fake::shop().serve().await;
        connection(&shop).verify().await.unwrap();
        let writes: Vec<String> = shop
            .asked()
            .into_iter()
            .filter(|asked| !asked.starts_with("GET"))
            .collect();
        assert_eq!(writes, ["PUT /orders/0"]);
    }
}
