//! Pieces here, and pieces as a store counts them.
//!
//! They are the same unless the shop sells packs, boxes where the catalogue makes cards, or somebody corrects how many
//! pieces a line takes. What the store is told then is its own count: as much of it as is complete with what was
//! shipped, and all of it with the last piece.

/// How a line is counted on both sides. What the store changes once production has begun leaves it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Pieces here, those that were cancelled later included.
    here: i64,
    /// As how many the store counts them.
    there: i64,
}

impl Counted {
    /// `here` pieces that the store counts as `there`.
    pub(super) const fn new(here: i64, there: i64) -> Self {
        Self { here, there }
    }

    /// How many of the store's pieces are complete with `shipped` of ours.
    pub(super) fn units(self, shipped: i64) -> u32 {
        self.of(shipped, 0)
    }

    /// How many of the store's pieces `shipped` of ours are, with the one of which only a part was shipped.
    pub(super) fn begun(self, shipped: i64) -> u32 {
        self.of(shipped, self.here - 1)
    }

    fn of(self, shipped: i64, more: i64) -> u32 {
        let units = if shipped >= self.here {
            self.there
        } else {
            (shipped * self.there + more) / self.here
        };
        u32::try_from(units).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is complete after each of the parcels.
    fn told(here: i64, there: i64, parcels: &[i64]) -> Vec<u32> {
        let counted = Counted::new(here, there);
        let mut shipped = 0;
        parcels
            .iter()
            .map(|parcel| {
                shipped += parcel;
                counted.units(shipped)
            })
            .collect()
    }

    #[test]
    fn pieces_are_told_as_they_are_where_both_count_alike() {
        assert_eq!(told(5, 5, &[2, 1, 2]), [2, 3, 5]);
        assert_eq!(told(1, 1, &[1]), [1]);
    }

    #[test]
    fn a_part_of_what_the_store_counts_is_told_once_it_is_complete() {
        assert_eq!(told(30, 3, &[15, 5, 10]), [1, 2, 3]);
        assert_eq!(told(500, 2, &[100, 400]), [0, 2]);
        assert_eq!(told(500, 1, &[100, 300, 100]), [0, 0, 1]);
        assert_eq!(told(2, 500, &[1, 1]), [250, 500]);
    }

    #[test]
    fn what_was_begun_counts_as_a_whole() {
        let counted = Counted::new(30, 3);
        assert_eq!(
            [0, 5, 10, 25, 30].map(|shipped| counted.begun(shipped)),
            [0, 1, 1, 3, 3]
        );
    }
}
