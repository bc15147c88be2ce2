//! Putting the lines of a store's order where they belong.

use std::collections::HashMap;

use domain::id::{LineId, ProductId, StoreVariantId, VariantId};
use domain::source::{LineStanding, OrderStanding, SourceLine, SourceOrder, stand};
use domain::{
    CatalogueKey, FileState, IgnoredBecause, LineKind, MappingState, OrderEventKind, OrderStatus, ReasonCode,
};

use super::designs::{self, Design};
use super::take_back::may_take_back;
use super::{flag, head, personal};
use crate::orders::Actor;
use crate::orders::counts::count_items;
use crate::orders::design::is_about_design;
use crate::orders::events::{self, NewEvent};
use crate::orders::load::{LockedLine, LockedOrder};
use crate::orders::status::roll_up;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::Store;
use crate::{Outcome, Portal};

/// A line with what decides about it.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Line {
    id: LineId,
    external_id: String,
    kind: LineKind,
    ignored_because: Option<IgnoredBecause>,
    variant_id: Option<VariantId>,
    store_variant_id: Option<StoreVariantId>,
    /// Pieces; until it has its product, what the store sells.
    quantity: i64,
    /// Whether a person let it go on although a print area has no design.
    missing_let_pass: bool,
    mapping_state: Option<MappingState>,
    mapped_variant: Option<VariantId>,
    /// How many pieces its variant is.
    mapped_pieces: Option<i64>,
    product_ignored: Option<bool>,
    /// Whether a person decided that its variant is made here, although the store may send nothing for it.
    made_printable: Option<bool>,
}

/// What can be ordered of a catalogue product.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Made {
    product_id: ProductId,
    min_quantity: i64,
    max_quantity: Option<i64>,
    retired: bool,
}

/// Puts every line that production has not begun with where `order`, its store's word, and the mappings want it, and
/// the order with them. What a person decided stays: lines they cancelled, holds, designs they gave or let pass.
pub(in crate::orders) async fn settle(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    locked: &mut LockedOrder,
    order: &SourceOrder,
) -> Outcome<()> {
    let standing = order_standing(tx, store, locked, order).await?;
    let by_id: HashMap<&str, &SourceLine> = order
        .lines
        .iter()
        .map(|line| (line.external_id.as_str(), line))
        .collect();
    for mut line in lines(tx, locked).await? {
        let Some(at) = locked.lines.iter().position(|locked| locked.id == line.id) else {
            continue;
        };
        let source = by_id.get(line.external_id.as_str()).copied();
        if flag::has_begun(&locked.lines[at]) || flag::cancelled_here(&locked.lines[at], line.kind) {
            continue;
        }
        let ignored = ignored(&line, source);
        let (kind, line_standing, given) = if ignored.is_some() {
            (LineKind::Ignored, LineStanding::Ignored, Vec::new())
        } else {
            made_of(portal, tx, &mut line).await?
        };
        let held = source.is_some_and(|source| source.held);
        let (to, reason) = stand(standing.of_line(held), line_standing);
        let (to, reason) = respecting_people(&locked.lines[at], to, reason);
        if matches!(to, OrderStatus::Received | OrderStatus::OnHold) {
            designs::check(portal, tx, store, &given).await?;
        }
        if ignored != line.ignored_because && ignored.is_some_and(may_take_back) {
            let event = NewEvent {
                line: Some(line.id),
                ..NewEvent::of(locked.id, OrderEventKind::LineIgnored)
            };
            events::write(portal, tx, &Actor::SYSTEM, event).await?;
        }
        let held_from = (to == OrderStatus::OnHold).then(|| held_from(&locked.lines[at], reason));
        sql(
            "UPDATE order_lines SET status = $2, reason = $3, held_from = $4, kind = $5, ignored_because = $6
             WHERE id = $1",
        )
        .bind(line.id)
        .bind(to.as_str())
        .bind(reason.map(ReasonCode::as_str))
        .bind(held_from.map(OrderStatus::as_str))
        .bind(kind.as_str())
        .bind(ignored.map(IgnoredBecause::as_str))
        .execute(tx)
        .await?;
        let locked = &mut locked.lines[at];
        (locked.status, locked.reason, locked.held_from) = (to, reason, held_from);
        locked.quantity = line.quantity;
    }
    sql("UPDATE orders SET address_problem = $2 WHERE id = $1")
        .bind(locked.id)
        .bind(standing.address.map(ReasonCode::as_str))
        .execute(tx)
        .await?;
    count_items(tx, locked).await?;
    roll_up(portal, tx, locked, &Actor::SYSTEM).await?;
    Ok(())
}

async fn order_standing(
    tx: &mut Tx,
    store: &Store,
    locked: &LockedOrder,
    order: &SourceOrder,
) -> Result<OrderStanding, StorageError> {
    let (access,): (bool,) = sql("SELECT storefronts_access FROM customers WHERE id = $1")
        .bind(store.customer_id)
        .fetch_one(tx)
        .await?;
    Ok(OrderStanding {
        state: order.state,
        test: order.test,
        access,
        address: head::why_not_there(tx, locked.id, order).await?,
    })
}

async fn lines(tx: &mut Tx, order: &LockedOrder) -> Result<Vec<Line>, StorageError> {
    sql(
        "SELECT l.id, l.external_id, l.kind, l.ignored_because, l.variant_id, l.store_variant_id, l.quantity,
             l.missing_let_pass,
             v.mapping_state, v.catalogue_variant_id AS mapped_variant, v.pieces_per_unit AS mapped_pieces,
             p.ignored AS product_ignored,
             v.mapping_state = 'connected' OR (v.mapping_state = 'not_connected' AND v.mapped_at IS NOT NULL)
                 AS made_printable
         FROM order_lines l
         LEFT JOIN store_variants v ON v.id = l.store_variant_id
         LEFT JOIN store_products p ON p.id = v.product_id
         WHERE l.order_id = $1 AND l.external_id IS NOT NULL ORDER BY l.position",
    )
    .bind(order.id)
    .fetch_all(tx)
    .await
}

/// Why a line is not made here. What people ignored stays so; what the store took out may come back.
fn ignored(line: &Line, source: Option<&SourceLine>) -> Option<IgnoredBecause> {
    use IgnoredBecause::{Digital, Line as ThisLine, NothingLeft, Product, Variant};
    match (line.ignored_because, source) {
        (Some(because @ (Variant | Product | ThisLine)), _) => Some(because),
        (_, None) => Some(NothingLeft),
        (_, Some(source)) if source.quantity == 0 => Some(NothingLeft),
        (_, Some(source)) if !source.ships && line.made_printable != Some(true) => Some(Digital),
        _ if line.variant_id.is_none() && line.mapping_state == Some(MappingState::Ignored) => {
            Some(if line.product_ignored == Some(true) {
                Product
            } else {
                Variant
            })
        }
        _ => None,
    }
}

/// What a line is made of, and whether it can be. A line that its mapping says nothing about yet takes what it says
/// now; one that has its product keeps it.
async fn made_of(
    portal: &Portal,
    tx: &mut Tx,
    line: &mut Line,
) -> Result<(LineKind, LineStanding, Vec<Design>), StorageError> {
    let mapped = line
        .mapped_variant
        .filter(|_| line.mapping_state == Some(MappingState::Connected));
    let Some(variant) = line.variant_id.or(mapped) else {
        return Ok((LineKind::Print, LineStanding::NotConnected, Vec::new()));
    };
    let made: Made = sql("SELECT p.id AS product_id, p.min_quantity, p.max_quantity,
             (v.retired_at IS NOT NULL OR p.archived_at IS NOT NULL) AS retired
         FROM catalogue_variants v JOIN catalogue_products p ON p.id = v.product_id WHERE v.id = $1")
    .bind(variant)
    .fetch_one(tx)
    .await?;
    let areas: Vec<(CatalogueKey,)> =
        sql("SELECT area_key FROM print_areas WHERE product_id = $1 ORDER BY position")
            .bind(made.product_id)
            .fetch_all(tx)
            .await?;
    let kind = if areas.is_empty() {
        LineKind::Stock
    } else {
        LineKind::Print
    };
    if let (None, Some(store_variant)) = (line.variant_id, line.store_variant_id) {
        let pieces = line.mapped_pieces.unwrap_or(1);
        designs::bind(portal, tx, line.id, store_variant, (variant, pieces), kind).await?;
        line.quantity *= pieces;
    }
    let given = designs::of_line(tx, line.id).await?;
    let missing = !line.missing_let_pass
        && areas
            .iter()
            .any(|(area,)| !given.iter().any(|design| design.area_key == *area));
    let refused = given.iter().filter(|design| design.stops());
    let refused = refused
        .map(|design| design.reason.unwrap_or(ReasonCode::DesignDamaged))
        .next();
    let standing = if made.retired {
        LineStanding::Retired
    } else if line.quantity < made.min_quantity || made.max_quantity.is_some_and(|max| line.quantity > max) {
        LineStanding::OutOfLimits
    } else if missing {
        LineStanding::DesignMissing
    } else if let Some(reason) = refused {
        LineStanding::DesignRefused(reason)
    } else if given.iter().any(|design| design.state == FileState::Waiting) {
        LineStanding::DesignsWaiting
    } else if kind == LineKind::Print && personal::waits_for_a_look(tx, line.id).await? {
        LineStanding::Personalised
    } else {
        LineStanding::Ready
    };
    Ok((kind, standing, given))
}

/// Where a line on hold was stopped: a hold that lasts was put on it there.
fn held_from(line: &LockedLine, reason: Option<ReasonCode>) -> OrderStatus {
    let lasts = line.status == OrderStatus::OnHold && line.reason == reason;
    line.held_from.filter(|_| lasts).unwrap_or(OrderStatus::Received)
}

/// What a person decided, or is to decide, counts more than the rules: a hold lasts until somebody releases it. What
/// was accepted stays so: a design that they let pass, or that passed, is not asked about again, and a product that is
/// not offered any more is still made for it.
fn respecting_people(
    line: &LockedLine,
    to: OrderStatus,
    reason: Option<ReasonCode>,
) -> (OrderStatus, Option<ReasonCode>) {
    let about_content = to == OrderStatus::Received
        || reason.is_some_and(|reason| {
            is_about_design(reason)
                || matches!(
                    reason,
                    ReasonCode::ProductRetired | ReasonCode::QuantityOutOfLimits
                )
        });
    if line.waits_for_a_person() && to != OrderStatus::Cancelled {
        (line.status, line.reason)
    } else if line.status == OrderStatus::Created && about_content {
        (OrderStatus::Created, None)
    } else {
        (to, reason)
    }
}
