//! Taking a decision about variants back.

use domain::id::{StoreProductId, StoreVariantId};
use domain::{AuditAction, MappingState, Permission};

use super::locked::LockedVariant;
use super::{recorded, write};
use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Makes a variant *not connected* again: orders to come wait. Orders that have their product keep it.
///
/// # Errors
/// [`Refusal::NotFound`] outside of the viewer's scope; [`Refusal::Forbidden`] without
/// [`Permission::ConnectProducts`].
pub async fn disconnect(portal: &Portal, viewer: &Viewer, variant: StoreVariantId) -> Outcome<()> {
    viewer.require(Permission::ConnectProducts)?;
    let mut tx = portal.db.begin().await?;
    let variants = LockedVariant::load(&mut tx, &viewer.scope(), &[variant]).await?;
    write::not_connected(
        portal,
        &mut tx,
        &[variant],
        MappingState::NotConnected,
        &viewer.into(),
    )
    .await?;
    write::no_longer_ignored(&mut tx, &variants).await?;
    write::decided(portal, &mut tx, &variants).await?;
    recorded::record(
        portal,
        &mut tx,
        viewer,
        AuditAction::ProductDisconnected,
        &variants,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Ignores a product no more: its ignored variants are *not connected* again, but for those that the store sends
/// nothing for. Where all of them are such, it is about them.
///
/// # Errors
/// As [`disconnect`].
pub async fn take_back(portal: &Portal, viewer: &Viewer, product: StoreProductId) -> Outcome<()> {
    viewer.require(Permission::ConnectProducts)?;
    let mut tx = portal.db.begin().await?;
    let ignored: Vec<(StoreVariantId, bool)> =
        sql("SELECT id, ships FROM store_variants WHERE product_id = $1 AND mapping_state = 'ignored'")
            .bind(product)
            .fetch_all(&mut tx)
            .await?;
    let some_ship = ignored.iter().any(|(_, ships)| *ships);
    let taken = ignored.into_iter().filter(|(_, ships)| *ships || !some_ship);
    let ids: Vec<StoreVariantId> = taken.map(|(id, _)| id).collect();
    if ids.is_empty() {
        return Err(Refusal::NotFound);
    }
    let variants = LockedVariant::load(&mut tx, &viewer.scope(), &ids).await?;
    write::not_connected(portal, &mut tx, &ids, MappingState::NotConnected, &viewer.into()).await?;
    write::no_longer_ignored(&mut tx, &variants).await?;
    write::decided(portal, &mut tx, &variants).await?;
    recorded::record(portal, &mut tx, viewer, AuditAction::ProductTakenBack, &variants).await?;
    Ok(tx.commit().await?)
}
