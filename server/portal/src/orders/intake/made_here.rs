//! What somebody else sent of an order is not to be made here.

use std::collections::HashMap;

use domain::source::{SourceLine, SourceOrder, SourceOrderState};

use super::snapshot::Known;
use crate::orders::tellings::{tellings, told};
use crate::storage::{StorageError, Tx};

/// The order without the pieces that somebody else sent: those that its store knows as sent beyond what was shipped
/// here. An order that is over without us stays whole, which says more than lines of nothing, and so does one that was
/// cancelled: Shopify takes every piece out of it then.
pub(super) async fn made_here(
    tx: &mut Tx,
    known: Option<&Known>,
    order: SourceOrder,
) -> Result<SourceOrder, StorageError> {
    let shipped = match known {
        Some(known) if order.lines.iter().any(|line| line.sent > 0) => {
            told(tellings(tx, known.order_id).await?)
        }
        _ => HashMap::new(),
    };
    let ended_without_us = order.state == SourceOrderState::Fulfilled && shipped.is_empty();
    let cancelled = order.state == SourceOrderState::Cancelled;
    let lines = order.lines.into_iter().map(|line| {
        let ours = shipped
            .get(line.external_id.as_str())
            .copied()
            .unwrap_or_default();
        let elsewhere = if ended_without_us {
            0
        } else {
            line.sent.saturating_sub(ours)
        };
        let quantity = match known.filter(|_| cancelled && line.quantity == 0) {
            Some(known) => quantity_before(known, &line),
            None => line.quantity.saturating_sub(elsewhere),
        };
        SourceLine {
            quantity,
            sent: 0,
            ..line
        }
    });
    Ok(SourceOrder {
        lines: lines.collect(),
        ..order
    })
}

/// How much of a line the store wanted when it was read last.
fn quantity_before(known: &Known, line: &SourceLine) -> u32 {
    let mut lines = known.snapshot.lines.iter();
    lines
        .find(|before| before.external_id == line.external_id)
        .map_or(0, |before| before.quantity)
}
