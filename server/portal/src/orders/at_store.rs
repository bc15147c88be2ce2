//! An order as its store has it, beside what became of it here.

use domain::id::{LineId, OrderId};
use domain::source::{SourceLine, SourceOrder, SourceOrderState};
use domain::{OrderStatus, Timestamp};
use sqlx::types::Json;

use super::intake::late_quantities;
use super::{LineDetail, OrderDetail, push_scope};
use crate::access::Scope;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// An order as its store had it when it was read last.
#[derive(Clone, Debug)]
pub struct AtStore {
    /// What the store says.
    pub order: SourceOrder,
    /// When it was read.
    pub read_at: Timestamp,
    /// Whether it wants more or fewer pieces since production began, which somebody can [take over](super::take_over).
    pub takes_over: bool,
    lines: Vec<(LineId, String)>,
}

impl AtStore {
    /// What the store wants of a line now; nothing when it has that line no more.
    pub fn line(&self, id: LineId) -> Option<&SourceLine> {
        let (_, external) = self.lines.iter().find(|(line, _)| *line == id)?;
        self.order
            .lines
            .iter()
            .find(|line| line.external_id.as_str() == external)
    }

    /// Whether the store says that all of the order was sent, while pieces of it are still here: by somebody else, then.
    pub fn sent_by_others(&self, order: &OrderDetail) -> bool {
        let is_left = |line: &LineDetail| line.status != OrderStatus::Cancelled && line.remaining() > 0;
        self.order.state == SourceOrderState::Fulfilled && order.lines.iter().any(is_left)
    }
}

/// The order `id` as its store has it; nothing for one that no store gave, or outside of `scope`.
///
/// # Errors
/// Only unexpected ones.
pub async fn at_store(portal: &Portal, scope: &Scope, id: OrderId) -> Outcome<Option<AtStore>> {
    let mut conn = portal.db.read().await?;
    let mut query = sql("SELECT s.snapshot, s.read_at FROM order_sources s
         JOIN orders ON orders.id = s.order_id WHERE orders.id = ");
    query.push_bind(id);
    push_scope(&mut query, scope);
    let found: Option<(Json<SourceOrder>, Timestamp)> = query.fetch_optional(&mut conn).await?;
    let Some((order, read_at)) = found else {
        return Ok(None);
    };
    let lines =
        sql("SELECT id, external_id FROM order_lines WHERE order_id = $1 AND external_id IS NOT NULL")
            .bind(id)
            .fetch_all(&mut conn)
            .await?;
    let takes_over = !late_quantities(&mut conn, id, &order).await?.is_empty();
    Ok(Some(AtStore {
        order: order.0,
        read_at,
        takes_over,
        lines,
    }))
}
