//! Connecting shops, as a person does in a browser.

use domain::Platform;
use domain::id::StoreId;
use portal::stores::connect;
use portal::stores::connect::{KeysForm, NewAuthorisation};
use sandbox::stores::DEMO;

use super::Trade;

impl Trade {
    /// Connects the shop that a platform has from the start, as a person does.
    pub(super) async fn connect(&self, platform: Platform) -> StoreId {
        let connected = match platform {
            Platform::WooCommerce => {
                let form = self.keys(0);
                connect::woocommerce_keys(&self.portal, &self.client, &form).await
            }
            platform => {
                let shop = if platform == Platform::Shopify { DEMO } else { "" };
                let new = NewAuthorisation {
                    platform,
                    shop,
                    plain_http: false,
                };
                let page = connect::begin(&self.portal, &self.client, &new).await.unwrap();
                let query = self.agree(platform, &page).await;
                connect::finish(&self.portal, &self.client, platform, &query).await
            }
        };
        connected.unwrap().store
    }

    /// Connects the shop of a platform and all that it sells.
    pub(super) async fn connect_and_map(&self, platform: Platform) -> StoreId {
        let store = self.connect(platform).await;
        self.poll().await;
        for variant in self.variants(store).await {
            self.map(variant).await;
        }
        store
    }

    /// The form with one of the keys of the WooCommerce shop: the first reads and writes, the second only reads.
    pub(super) fn keys(&self, number: usize) -> KeysForm {
        let shop = &self.announcement["woocommerce"]["shops"][0];
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        KeysForm {
            shop: text(&shop["url"]),
            consumer_key: text(&shop["keys"][number]["consumer_key"]),
            consumer_secret: text(&shop["keys"][number]["consumer_secret"]),
            plain_http: true,
            store: None,
        }
    }

    /// Presses the button on the platform's page; gives the query of the address it leads back to.
    pub(super) async fn agree(&self, platform: Platform, page: &str) -> Vec<(String, String)> {
        let mut decision: url::Url = page.parse().unwrap();
        let path = format!("{}/decision", decision.path());
        decision.set_path(&path);
        let (name, value) = match platform {
            Platform::Shopify => ("decision", "approve"),
            _ => ("seller", DEMO),
        };
        decision.query_pairs_mut().append_pair(name, value);
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let answer = client.get(decision).send().await.unwrap();
        let back: url::Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
        back.query_pairs().into_owned().collect()
    }
}
