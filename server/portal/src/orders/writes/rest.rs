//! What will not come of an order that left in part.

use domain::id::OrderId;
use domain::source::ExternalId;
use domain::{LineKind, OrderStatus};

use crate::orders::tellings::{tellings, told};
use crate::storage::{AsConn, StorageError, sql};

/// The most characters of the lines in a sentence for people of the shop: platforms cut longer ones.
const LINES: usize = 180;

/// What of a line will not come, as the store counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    pub(super) line: ExternalId,
    title: String,
    units: i64,
}

/// What a person cancelled of an order: whole lines, and the rest of those of which some was shipped.
pub(super) async fn of_order(conn: &mut impl AsConn, order: OrderId) -> Result<Vec<Rest>, StorageError> {
    let lines: Vec<(String, String, i64)> = sql(
        "SELECT external_id, title, COALESCE(NULLIF(store_quantity, 0), quantity + cancelled_quantity)
             FROM order_lines
             WHERE order_id = $1 AND external_id IS NOT NULL AND kind <> $2
                 AND (cancelled_quantity > 0 OR (status = $3 AND reason IS NULL))
             ORDER BY position",
    )
    .bind(order)
    .bind(LineKind::Ignored.as_str())
    .bind(OrderStatus::Cancelled.as_str())
    .fetch_all(conn)
    .await?;
    let told = told(tellings(conn, order).await?);
    let rests = lines.into_iter().map(|(line, title, wanted)| Rest {
        units: wanted - i64::from(told.get(&line).copied().unwrap_or_default()),
        line: ExternalId::new(line),
        title,
    });
    Ok(rests.collect())
}

/// `2 × Poster, 1 × Mug`, as far as it fits.
pub(super) fn in_words(rests: &[Rest]) -> String {
    let lines: Vec<String> = rests
        .iter()
        .map(|rest| format!("{} × {}", rest.units, rest.title))
        .collect();
    cut(&lines.join(", "))
}

/// The names of lines, as far as they fit.
pub(super) fn cut(words: &str) -> String {
    if words.chars().count() <= LINES {
        return words.to_owned();
    }
    let cut: String = words.chars().take(LINES - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(title: &str) -> Rest {
        Rest {
            line: ExternalId::new("1"),
            title: title.to_owned(),
            units: 2,
        }
    }

    #[test]
    fn lines_are_named_as_far_as_they_fit() {
        assert_eq!(in_words(&[rest("Poster"), rest("Mug")]), "2 × Poster, 2 × Mug");
        let long = in_words(&[rest(&"ñ".repeat(500))]);
        assert_eq!(long.chars().count(), LINES);
        assert!(long.ends_with('…'));
    }
}
