//! Saying that something is not made here.

use domain::id::{LineId, OrderId, StoreProductId, StoreVariantId};
use domain::{AuditAction, MappingState, Permission};

use super::locked::LockedVariant;
use super::{recorded, write};
use crate::access::Viewer;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal, orders};

/// What to ignore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignore {
    /// A line, in this order only.
    Line(OrderId, LineId),
    /// A variant, in all orders that wait and that come.
    Variant(StoreVariantId),
    /// All variants of a product, also those to come.
    Product(StoreProductId),
}

/// Ignores a line, a variant or a whole product. Orders that waited for it go on without it.
///
/// # Errors
/// [`Refusal::Conflict`] `order-in-production` for a line with which production has begun; [`Refusal::NotFound`]
/// outside of the viewer's scope; [`Refusal::Forbidden`] without [`Permission::ConnectProducts`], for a line without
/// [`Permission::EditOrders`].
pub async fn ignore(portal: &Portal, viewer: &Viewer, what: Ignore) -> Outcome<()> {
    let variants = match what {
        Ignore::Line(order, line) => return orders::ignore_line(portal, viewer, order, line).await,
        Ignore::Variant(variant) => vec![variant],
        Ignore::Product(_) => Vec::new(),
    };
    viewer.require(Permission::ConnectProducts)?;
    let mut tx = portal.db.begin().await?;
    let ids = match what {
        Ignore::Product(product) => {
            let all: Vec<(StoreVariantId,)> = sql("SELECT id FROM store_variants WHERE product_id = $1")
                .bind(product)
                .fetch_all(&mut tx)
                .await?;
            all.into_iter().map(|(id,)| id).collect()
        }
        _ => variants,
    };
    if ids.is_empty() {
        return Err(Refusal::NotFound);
    }
    let variants = LockedVariant::load(&mut tx, &viewer.scope(), &ids).await?;
    if let Ignore::Product(product) = what {
        as_a_whole(&mut tx, product).await?;
    }
    decide(portal, &mut tx, viewer, &variants).await?;
    Ok(tx.commit().await?)
}

/// Notes that a product is ignored with all variants it will have.
pub(super) async fn as_a_whole(tx: &mut Tx, product: StoreProductId) -> Result<(), StorageError> {
    sql("UPDATE store_products SET ignored = TRUE WHERE id = $1")
        .bind(product)
        .execute(tx)
        .await?;
    Ok(())
}

/// Ignores variants, with all that follows.
pub(super) async fn decide(
    portal: &Portal,
    tx: &mut Tx,
    viewer: &Viewer,
    variants: &[LockedVariant],
) -> Result<(), StorageError> {
    let ids: Vec<StoreVariantId> = variants.iter().map(|variant| variant.id).collect();
    write::not_connected(portal, tx, &ids, MappingState::Ignored, &viewer.into()).await?;
    write::decided(portal, tx, variants).await?;
    recorded::record(portal, tx, viewer, AuditAction::ProductIgnored, variants).await
}
