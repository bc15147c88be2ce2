//! How many pieces a store sells as one, the same wherever it is shown.

use crate::text::Text;

/// `10 pieces per unit sold`; nothing for what is sold one by one.
pub fn pack(t: Text, pieces: i64) -> Option<String> {
    (pieces > 1).then(|| t.with("orders-pack", [("pieces", t.number(pieces).into())]))
}
