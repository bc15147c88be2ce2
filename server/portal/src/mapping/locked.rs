//! Variants about to be decided about.

use domain::id::{CustomerId, ProductId, StoreId, StoreProductId, StoreVariantId, VariantId};

use crate::access::Scope;
use crate::storage::{AsConn as _, Engine, Tx, sql};
use crate::store_products::push_scope;
use crate::{Outcome, Refusal};

/// A variant that nobody else decides about until the transaction ends: its store is
/// [held](crate::stores::LockedStore).
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct LockedVariant {
    pub(super) id: StoreVariantId,
    pub(super) product_id: StoreProductId,
    pub(super) store_id: StoreId,
    pub(super) customer_id: CustomerId,
    pub(super) catalogue_variant_id: Option<VariantId>,
    pub(super) catalogue_product_id: Option<ProductId>,
    /// The uid of what it is made of.
    pub(super) made_of: Option<String>,
    /// How many pieces of it.
    pub(super) pieces_per_unit: i64,
}

impl LockedVariant {
    /// The variants `ids`, all of one store.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when one is not in `scope`, or of another store.
    pub(super) async fn load(tx: &mut Tx, scope: &Scope, ids: &[StoreVariantId]) -> Outcome<Vec<Self>> {
        if tx.engine() == Engine::Postgres {
            let mut of_variants =
                sql("SELECT 1 FROM stores WHERE id IN (SELECT store_id FROM store_variants WHERE id IN ");
            of_variants
                .push_list(ids.iter().copied())
                .push(") ORDER BY id FOR NO KEY UPDATE");
            of_variants.execute(tx).await?;
        }
        let mut query = sql(
            "SELECT v.id, v.product_id, v.store_id, store_products.customer_id, v.catalogue_variant_id,
                 c.product_id AS catalogue_product_id, c.uid AS made_of, v.pieces_per_unit
             FROM store_variants v JOIN store_products ON store_products.id = v.product_id
             LEFT JOIN catalogue_variants c ON c.id = v.catalogue_variant_id WHERE v.id IN ",
        );
        query.push_list(ids.iter().copied());
        push_scope(&mut query, scope);
        query.push(" ORDER BY v.id");
        let found: Vec<Self> = query.fetch_all(tx).await?;
        let all = ids.iter().all(|id| found.iter().any(|variant| variant.id == *id));
        let one_store = found.windows(2).all(|pair| pair[0].store_id == pair[1].store_id);
        if all && one_store && !found.is_empty() {
            Ok(found)
        } else {
            Err(Refusal::NotFound)
        }
    }

    /// The variant `id`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not in `scope`.
    pub(super) async fn one(tx: &mut Tx, scope: &Scope, id: StoreVariantId) -> Outcome<Self> {
        Self::load(tx, scope, &[id]).await?.pop().ok_or(Refusal::NotFound)
    }
}
