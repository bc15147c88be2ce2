//! Which lines of orders are sent: orders do not say it, their products do.

use std::collections::{BTreeSet, HashMap};
use std::sync::PoisonError;

use super::api::Ask;
use super::connection::Connection;
use super::json::{Line, Order, Product};
use super::paging::read;
use super::products::MOST_IDS;
use crate::store::Result;

impl Connection {
    /// Finds out which products and variations of `orders` are sent, as far as it is not known yet. `WooCommerce` sends
    /// what is not *virtual*; what can be downloaded may be sent too.
    pub(super) async fn learn_goods(&self, orders: &[Order]) -> Result<()> {
        let lines = || orders.iter().flat_map(|order| &order.line_items);
        let products = lines()
            .filter(|line| line.variation_id.is_none())
            .filter_map(|line| line.product_id);
        let products = self.unknown_goods(products);
        let variations = self.unknown_goods(lines().filter_map(|line| line.variation_id));
        for ids in products.chunks(MOST_IDS) {
            let found = self.goods_of("/products", ids).await?.unwrap_or_default();
            self.remember_goods(ids, found);
        }
        for ids in variations.chunks(MOST_IDS) {
            let found = match self.goods_of("/variations", ids).await? {
                Some(found) => found,
                None => self.goods_one_by_one(ids).await?,
            };
            self.remember_goods(ids, found);
        }
        Ok(())
    }

    /// Whether what this line orders is sent. A product that is gone is taken for one that was.
    pub(super) fn ships(&self, line: &Line) -> bool {
        let id = line.variation_id.or(line.product_id);
        id.and_then(|id| self.known_goods().get(&id).copied())
            .unwrap_or(true)
    }

    fn unknown_goods(&self, ids: impl Iterator<Item = i64>) -> Vec<i64> {
        let known = self.known_goods();
        let unknown: BTreeSet<i64> = ids.filter(|id| !known.contains_key(id)).collect();
        unknown.into_iter().collect()
    }

    fn known_goods(&self) -> std::sync::MutexGuard<'_, HashMap<i64, bool>> {
        self.goods.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember_goods(&self, asked: &[i64], found: Vec<Product>) {
        let mut known = self.known_goods();
        known.extend(asked.iter().map(|id| (*id, true)));
        known.extend(found.into_iter().map(|product| (product.id, !product.is_virtual)));
    }

    /// `None` where the shop's version has no such list.
    async fn goods_of(&self, path: &str, ids: &[i64]) -> Result<Option<Vec<Product>>> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let ask = Ask::get("goods.list", path)
            .with("include", ids.join(","))
            .with("per_page", MOST_IDS)
            .with("_fields", "id,virtual");
        let Some(answer) = self.api.find(&ask).await? else {
            return Ok(None);
        };
        Ok(Some(read(answer.json()?).0))
    }

    async fn goods_one_by_one(&self, ids: &[i64]) -> Result<Vec<Product>> {
        let mut found = Vec::new();
        for id in ids {
            let ask = Ask::get("goods.get", format!("/products/{id}")).with("_fields", "id,virtual");
            if let Some(answer) = self.api.look_up(&ask).await? {
                found.push(answer.json()?);
            }
        }
        Ok(found)
    }
}
