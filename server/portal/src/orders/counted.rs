//! Pieces here, and pieces as a store counts them.
//!
//! They are the same unless the shop sells packs, boxes where the catalogue makes cards, or somebody corrects how many
//! pieces a line takes. What the store is told then is its own count: as much of it as corresponds to what was shipped,
//! and all of it with the last piece only.

use domain::source::SourceOrder;

/// How a line is counted on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Pieces here, those that were cancelled later included.
    here: i64,
    /// Pieces the store wants.
    there: i64,
}

impl Counted {
    /// The line `id` of the store, of which `ordered` pieces are made here.
    pub(super) fn of(order: &SourceOrder, id: &str, ordered: i64) -> Self {
        let line = order.lines.iter().find(|line| line.external_id.as_str() == id);
        let there = line.map_or(0, |line| i64::from(line.quantity));
        Self {
            here: ordered,
            // What the store has no more is counted as it was made.
            there: if there == 0 { ordered } else { there },
        }
    }

    /// How many of the store's pieces `shipped` of ours are.
    pub(super) fn units(self, shipped: i64) -> u32 {
        let units = if shipped >= self.here {
            self.there
        } else {
            let begun = (shipped * self.there + self.here - 1) / self.here;
            begun.min(self.there - 1)
        };
        u32::try_from(units).unwrap_or_default()
    }

    /// How many of the store's pieces are left once `shipped` of ours have gone: the part of a pack counts as gone,
    /// unless nothing else is left.
    pub(super) fn rest(self, shipped: i64) -> i64 {
        self.there - i64::from(self.units(shipped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(here: i64, there: i64, parcels: &[i64]) -> Vec<u32> {
        let counted = Counted { here, there };
        let mut shipped = 0;
        parcels
            .iter()
            .map(|parcel| {
                let before = counted.units(shipped);
                shipped += parcel;
                counted.units(shipped) - before
            })
            .collect()
    }

    #[test]
    fn pieces_are_told_as_they_are_where_both_count_alike() {
        assert_eq!(told(5, 5, &[2, 1, 2]), [2, 1, 2]);
        assert_eq!(told(1, 1, &[1]), [1]);
    }

    #[test]
    fn the_last_piece_completes_what_the_store_counts_otherwise() {
        assert_eq!(told(500, 2, &[100, 400]), [1, 1]);
        assert_eq!(told(500, 1, &[100, 300, 100]), [0, 0, 1]);
        assert_eq!(told(500, 5, &[100, 100, 300]), [1, 1, 3]);
        assert_eq!(told(2, 500, &[1, 1]), [250, 250]);
    }

    #[test]
    fn what_is_left_is_counted_as_the_store_does() {
        let rest = |here, there, shipped| Counted { here, there }.rest(shipped);
        assert_eq!(rest(30, 3, 0), 3);
        assert_eq!(rest(30, 3, 10), 2);
        assert_eq!(rest(30, 3, 25), 1, "a part of the last pack");
        assert_eq!(rest(2, 3, 0), 3, "somebody corrected how many pieces it takes");
    }
}
