//! What people see on the portal's pages.

use std::sync::Arc;

use domain::id::OrderId;
use portal::Portal;
use portal::storage::sql;

use super::Trade;
use crate::browser::Browser;
use crate::people::PASSWORD;

impl Trade {
    /// Asserts that the page of an order says each of these sentences, given in English and in Spanish.
    pub(super) async fn told(&self, order: OrderId, sentences: &[[&str; 2]]) {
        for (place, language) in ["en", "es"].into_iter().enumerate() {
            let mut tx = self.portal.db.begin().await.unwrap();
            sql("UPDATE users SET language = $2 WHERE id = $1")
                .bind(self.client.user)
                .bind(language)
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            // Time goes fast here: whoever logged in before is logged out.
            let mut browser = Browser::new(&Portal {
                settings: Arc::default(),
                ..self.portal.clone()
            });
            browser.log_in(&self.email, PASSWORD).await;
            let page = browser.open(&format!("/storefronts/orders/{order}")).await;
            for sentence in sentences {
                page.says(&[sentence[place]]);
            }
        }
    }
}
