//! The lines of a store's order, as far as the store says what they are.

use std::collections::{HashMap, HashSet};

use domain::id::{LineId, OrderId, StoreVariantId};
use domain::source::SourceLine;
use domain::{LineKind, OrderStatus, ReasonCode};

use super::flag;
use super::head::{clean, filled};
use crate::orders::load::LockedLine;
use crate::storage::{StorageError, Tx, Value, sql};
use crate::stores::Store;
use crate::{Portal, store_products};

/// The most characters of a title.
const TITLE: usize = 200;

/// A line that is there.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Written {
    pub(super) id: LineId,
    pub(super) external_id: String,
    store_variant_id: Option<StoreVariantId>,
    kind: LineKind,
    position: i64,
    quantity: i64,
    pieces_per_unit: i64,
    shipped_quantity: i64,
    status: OrderStatus,
    reason: Option<ReasonCode>,
    held_from: Option<OrderStatus>,
}

impl Written {
    fn begun(&self) -> bool {
        flag::has_begun(&self.locked())
    }

    fn locked(&self) -> LockedLine {
        LockedLine {
            id: self.id,
            quantity: self.quantity,
            shipped_quantity: self.shipped_quantity,
            status: self.status,
            reason: self.reason,
            held_from: self.held_from,
        }
    }

    /// Status, reason and where it was held from, once it is of another product: it is settled anew, at the latest when
    /// the person lets it go on who has stopped it.
    fn of_another_product(&self) -> (OrderStatus, Option<ReasonCode>, Option<OrderStatus>) {
        let locked = self.locked();
        if locked.waits_for_a_person() {
            (self.status, self.reason, Some(OrderStatus::NotConnected))
        } else if flag::cancelled_here(&locked, self.kind) {
            (self.status, self.reason, self.held_from)
        } else {
            (OrderStatus::Received, None, None)
        }
    }
}

/// The lines of an order that a store gave, by their ids there.
pub(super) async fn written(tx: &mut Tx, order: OrderId) -> Result<Vec<Written>, StorageError> {
    sql("SELECT id, external_id, store_variant_id, kind, position, quantity, pieces_per_unit, shipped_quantity, status,
             reason, held_from
         FROM order_lines WHERE order_id = $1 AND external_id IS NOT NULL ORDER BY position")
    .bind(order)
    .fetch_all(tx)
    .await
}

/// Brings the lines of an order up to date with its store: new ones are added, those production has not begun with
/// follow, those the store has no more have nothing left. What people corrected here stays until the store says
/// something else than `before`.
pub(super) async fn write(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    order: OrderId,
    before: &[SourceLine],
    lines: &[SourceLine],
) -> Result<(), StorageError> {
    let written = written(tx, order).await?;
    let mut there: HashMap<&str, &Written> = written
        .iter()
        .map(|line| (line.external_id.as_str(), line))
        .collect();
    let mut last = written.iter().map(|line| line.position).max().unwrap_or_default();
    let mut seen = HashSet::new();
    for line in lines {
        // Two lines of one id would be one: what a platform never sends is not worth more.
        if !seen.insert(&line.external_id) {
            continue;
        }
        match there.remove(line.external_id.as_str()) {
            Some(known) if known.begun() => {}
            Some(known) => {
                let same =
                    |old: &SourceLine| old.external_id == line.external_id && old.quantity == line.quantity;
                update(portal, tx, store, known, line, before.iter().any(same)).await?;
            }
            None => {
                last += 1;
                insert(portal, tx, store, order, last, line).await?;
            }
        }
    }
    for gone in there.values().filter(|line| !line.begun() && line.quantity > 0) {
        sql("UPDATE order_lines SET quantity = 0 WHERE id = $1")
            .bind(gone.id)
            .execute(tx)
            .await?;
    }
    Ok(())
}

async fn insert(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    order: OrderId,
    position: i64,
    line: &SourceLine,
) -> Result<(), StorageError> {
    let variant = store_products::known_from_line(portal, tx, store, line).await?;
    sql("INSERT INTO order_lines (id, order_id, position, title, external_id, store_variant_id, variant_title, sku,
             unit_price_minor, properties, quantity, store_quantity, status)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)")
    .bind(LineId(portal.entropy.id()))
    .bind(order)
    .bind(position)
    .bind(title(line))
    .bind(line.external_id.as_str())
    .bind(variant)
    .bind(filled(&clean(&line.variant_title, TITLE)))
    .bind(line.sku.as_deref().map(|sku| clean(sku, TITLE)))
    .bind(line.unit_price.map(|price| price.minor))
    .bind(Value::json(&line.properties))
    .bind(line.quantity)
    .bind(OrderStatus::Received.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

async fn update(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    known: &Written,
    line: &SourceLine,
    same_quantity: bool,
) -> Result<(), StorageError> {
    let variant = store_products::known_from_line(portal, tx, store, line).await?;
    let other_product = variant != known.store_variant_id;
    let quantity = match (other_product, same_quantity) {
        (true, _) => i64::from(line.quantity),
        (false, true) => known.quantity,
        (false, false) => i64::from(line.quantity) * known.pieces_per_unit,
    };
    if other_product {
        // Another product: what was known about how to make it holds no more.
        sql("DELETE FROM order_line_files WHERE line_id = $1")
            .bind(known.id)
            .execute(tx)
            .await?;
        let (status, reason, held_from) = known.of_another_product();
        sql("UPDATE order_lines SET variant_id = NULL, product_uid = NULL, pieces_per_unit = 1, kind = 'print',
                 missing_let_pass = FALSE, ignored_because = NULL, status = $2, reason = $3, held_from = $4
             WHERE id = $1")
        .bind(known.id)
        .bind(status.as_str())
        .bind(reason.map(ReasonCode::as_str))
        .bind(held_from.map(OrderStatus::as_str))
        .execute(tx)
        .await?;
    }
    sql("UPDATE order_lines SET title = $2, store_variant_id = $3, variant_title = $4, sku = $5, unit_price_minor = $6,
             properties = $7, quantity = $8, store_quantity = $9,
             personal_looked_at = CASE WHEN properties = $7 THEN personal_looked_at END WHERE id = $1")
    .bind(known.id)
    .bind(title(line))
    .bind(variant)
    .bind(filled(&clean(&line.variant_title, TITLE)))
    .bind(line.sku.as_deref().map(|sku| clean(sku, TITLE)))
    .bind(line.unit_price.map(|price| price.minor))
    .bind(Value::json(&line.properties))
    .bind(quantity)
    .bind(line.quantity)
    .execute(tx)
    .await?;
    Ok(())
}

/// What the line is called; its id where it has no title at all.
fn title(line: &SourceLine) -> String {
    let title = clean(&line.title, TITLE);
    if title.is_empty() {
        line.external_id.to_string()
    } else {
        title
    }
}
