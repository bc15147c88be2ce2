//! Pages of long lists. A page begins after a key and not at a number: the millionth row costs what the first does.

use domain::Timestamp;
use uuid::Uuid;

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn<K> {
    /// The first.
    #[default]
    First,
    /// The rows that follow this key.
    After(K),
    /// The rows that precede this key.
    Before(K),
}

impl<K> Turn<K> {
    /// Whether the list is read backwards, to be turned round by [`Slice::cut`].
    pub const fn is_backward(&self) -> bool {
        matches!(self, Self::Before(_))
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    /// Its rows, in the order of the list.
    pub rows: Vec<T>,
    /// Whether rows precede it.
    pub has_previous: bool,
    /// Whether rows follow it.
    pub has_next: bool,
}

impl<T> Slice<T> {
    /// Makes a page of `fetched`: up to one row more than `limit`, in the direction of `turn`.
    pub fn cut<K>(mut fetched: Vec<T>, turn: &Turn<K>, limit: u32) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = fetched.len() > limit;
        fetched.truncate(limit);
        if turn.is_backward() {
            fetched.reverse();
        }
        let (has_previous, has_next) = match turn {
            Turn::First => (false, more),
            Turn::After(_) => (true, more),
            Turn::Before(_) => (more, true),
        };
        Self {
            rows: fetched,
            has_previous,
            has_next,
        }
    }
}

/// The lowest UUID of version 7 of a moment: lists ordered by such ids begin there in time.
pub(crate) fn lowest_id(moment: Timestamp) -> Uuid {
    let millis = u64::try_from(moment.micros() / 1000).unwrap_or(0);
    Uuid::from_u64_pair((millis << 16) | 0x7000, 1 << 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_neighbours() {
        let first = Slice::cut(vec![1, 2, 3], &Turn::<i64>::First, 2);
        assert_eq!(
            (first.rows, first.has_previous, first.has_next),
            (vec![1, 2], false, true)
        );
        let last = Slice::cut(vec![3], &Turn::After(2), 2);
        assert_eq!(
            (last.rows, last.has_previous, last.has_next),
            (vec![3], true, false)
        );
        let back = Slice::cut(vec![2, 1], &Turn::Before(3), 2);
        assert_eq!(
            (back.rows, back.has_previous, back.has_next),
            (vec![1, 2], false, true)
        );
    }
}
