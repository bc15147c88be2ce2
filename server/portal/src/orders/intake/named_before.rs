//! What a line of a store's order is, once the store has deleted what was sold.

use domain::source::{SourceLine, SourceOrder};

use super::snapshot::Known;

/// The order with what its lines named before, where they do not any more: a store that deletes a variant or a product
/// empties the lines of earlier orders, and what was ordered is still that. The product's other variants are not.
pub(super) fn named_before(known: Option<&Known>, order: SourceOrder) -> SourceOrder {
    let Some(known) = known else {
        return order;
    };
    let lines = order.lines.into_iter().map(|line| {
        let before = known
            .snapshot
            .lines
            .iter()
            .find(|before| before.external_id == line.external_id);
        match before {
            Some(before) if has_lost_names(before, &line) => SourceLine {
                product_id: before.product_id.clone(),
                variant_id: before.variant_id.clone(),
                sku: line.sku.or_else(|| before.sku.clone()),
                ships: before.ships,
                ..line
            },
            _ => line,
        }
    });
    SourceOrder {
        lines: lines.collect(),
        ..order
    }
}

/// Whether the line names less than `before`, and nothing else. `WooCommerce` names the product in place of a variation
/// that is gone.
fn has_lost_names(before: &SourceLine, line: &SourceLine) -> bool {
    let same_product = line.product_id.is_none() || line.product_id == before.product_id;
    let same_variant = [&None, &line.product_id, &before.variant_id].contains(&&line.variant_id);
    let as_before = (&line.product_id, &line.variant_id) == (&before.product_id, &before.variant_id);
    same_product && same_variant && !as_before
}

#[cfg(test)]
mod tests {
    use domain::source::ExternalId;

    use super::*;
    use crate::orders::intake::testing::line;

    #[test]
    fn what_is_named_less_than_before_is_told_from_something_else() {
        let named = |product: Option<&str>, variant: Option<&str>| SourceLine {
            product_id: product.map(ExternalId::new),
            variant_id: variant.map(ExternalId::new),
            ..line("l1", "cup", 1)
        };
        let before = named(Some("cup"), Some("blue"));
        for (now, lost) in [
            (named(Some("cup"), None), true),
            (named(Some("cup"), Some("cup")), true),
            (named(None, Some("blue")), true),
            (named(None, None), true),
            (named(Some("cup"), Some("blue")), false),
            (named(Some("cup"), Some("red")), false),
            (named(Some("mug"), None), false),
            (named(Some("mug"), Some("mug")), false),
            (named(None, Some("red")), false),
        ] {
            assert_eq!(has_lost_names(&before, &now), lost, "{now:?}");
        }
        let nothing = named(None, None);
        assert!(!has_lost_names(&nothing, &before), "it is named at last");
    }
}
