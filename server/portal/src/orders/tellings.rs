//! With which parcel of an order its store is told of what was shipped, and of how much, as the store counts it.
//!
//! A parcel that completes nothing of what the store counts waits for the one that does, and its tracking number is told
//! with that one's. Where nothing follows, what was begun counts as a whole: every number is told.

use std::collections::{BTreeMap, HashMap};
use std::mem;

use domain::id::{OrderId, ShipmentId};

use super::counted::Counted;
use crate::storage::{AsConn, StorageError, sql};

/// One time that the store is told of parcels. It follows from what was shipped alone, whatever was told already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Telling {
    /// The parcel with which it is told.
    pub(super) parcel: ShipmentId,
    /// Parcels that left before and completed nothing.
    pub(super) along: Vec<ShipmentId>,
    /// What is complete with them, in the order of the lines.
    pub(super) items: Vec<Item>,
}

/// Pieces of a line, as the store counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The line's id at the store.
    pub(super) line: String,
    /// How many are told with parcels before.
    pub(super) before: u32,
    /// How many are told.
    pub(super) units: u32,
}

/// Pieces of a line in a parcel.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Shipped {
    shipment_id: ShipmentId,
    /// The line's place in the order.
    position: i64,
    external_id: String,
    /// Pieces of the line, those that were cancelled later included.
    ordered: i64,
    store_quantity: i64,
    pieces: i64,
    /// Whether more of the line is to be sent.
    open: bool,
}

/// Every time that the store of an order is to be told of parcels that have left, in their order.
pub(super) async fn tellings(conn: &mut impl AsConn, order: OrderId) -> Result<Vec<Telling>, StorageError> {
    let shipped: Vec<Shipped> = sql(
        "SELECT s.shipment_id, l.position, l.external_id, l.quantity + l.cancelled_quantity AS ordered,
             COALESCE(NULLIF(l.store_quantity, 0), l.quantity + l.cancelled_quantity) AS store_quantity,
             s.quantity AS pieces,
             (l.status <> 'cancelled' AND l.shipped_quantity < l.quantity) AS open
         FROM shipments p JOIN shipment_lines s ON s.shipment_id = p.id JOIN order_lines l ON l.id = s.line_id
         WHERE p.order_id = $1 AND l.external_id IS NOT NULL ORDER BY s.shipment_id, l.position",
    )
    .bind(order)
    .fetch_all(conn)
    .await?;
    Ok(follow(&shipped))
}

/// How much of each line is told in all, by the lines' ids at the store; none for lines of which nothing is.
pub(super) fn told(tellings: Vec<Telling>) -> HashMap<String, u32> {
    let mut told = HashMap::new();
    for item in tellings.into_iter().flat_map(|telling| telling.items) {
        *told.entry(item.line).or_default() += item.units;
    }
    told
}

struct Line {
    external_id: String,
    counted: Counted,
    shipped: i64,
    told: u32,
}

impl Line {
    fn of(shipped: &Shipped) -> Self {
        Self {
            external_id: shipped.external_id.clone(),
            counted: Counted::new(shipped.ordered, shipped.store_quantity),
            shipped: 0,
            told: 0,
        }
    }

    /// What is new since it was told last.
    fn item(&mut self, units: fn(Counted, i64) -> u32) -> Option<Item> {
        let before = self.told;
        self.told = units(self.counted, self.shipped).max(before);
        (self.told > before).then(|| Item {
            line: self.external_id.clone(),
            before,
            units: self.told - before,
        })
    }
}

fn follow(shipped: &[Shipped]) -> Vec<Telling> {
    let mut lines: BTreeMap<i64, Line> = BTreeMap::new();
    let mut tellings = Vec::new();
    let mut waiting: Vec<ShipmentId> = Vec::new();
    for parcel in shipped.chunk_by(|one, next| one.shipment_id == next.shipment_id) {
        for content in parcel {
            let line = lines.entry(content.position).or_insert_with(|| Line::of(content));
            line.shipped += content.pieces;
        }
        let items = items(&mut lines, Counted::units);
        let id = parcel[0].shipment_id;
        if items.is_empty() {
            waiting.push(id);
        } else {
            tellings.push(Telling {
                parcel: id,
                along: mem::take(&mut waiting),
                items,
            });
        }
    }
    let untold: Vec<&Shipped> = shipped
        .iter()
        .filter(|content| waiting.contains(&content.shipment_id))
        .collect();
    if untold.iter().any(|content| content.open) {
        return tellings;
    }
    if let Some(last) = waiting.pop() {
        lines.retain(|position, _| untold.iter().any(|content| content.position == *position));
        tellings.push(Telling {
            parcel: last,
            along: waiting,
            items: items(&mut lines, Counted::begun),
        });
    }
    tellings
}

fn items(lines: &mut BTreeMap<i64, Line>, units: fn(Counted, i64) -> u32) -> Vec<Item> {
    lines.values_mut().filter_map(|line| line.item(units)).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn parcel(place: u128) -> ShipmentId {
        ShipmentId(Uuid::from_u128(place))
    }

    /// Three packs of ten that left in parcels of so many pieces.
    fn packs(parcels: &[i64], open: bool) -> Vec<Telling> {
        let shipped: Vec<Shipped> = (1..)
            .zip(parcels)
            .map(|(place, pieces)| Shipped {
                shipment_id: parcel(place),
                position: 1,
                external_id: "l1".to_owned(),
                ordered: 30,
                store_quantity: 3,
                pieces: *pieces,
                open,
            })
            .collect();
        follow(&shipped)
    }

    /// Which parcel tells of how many, and with which others.
    fn said(tellings: &[Telling]) -> Vec<(ShipmentId, Vec<ShipmentId>, u32)> {
        tellings
            .iter()
            .map(|telling| (telling.parcel, telling.along.clone(), telling.items[0].units))
            .collect()
    }

    #[test]
    fn a_parcel_that_completes_nothing_is_told_with_the_one_that_does() {
        assert_eq!(
            said(&packs(&[15, 5, 10], false)),
            [
                (parcel(1), vec![], 1),
                (parcel(2), vec![], 1),
                (parcel(3), vec![], 1)
            ]
        );
        assert_eq!(
            said(&packs(&[4, 4, 4, 3], true)),
            [(parcel(3), vec![parcel(1), parcel(2)], 1)],
            "the last one waits"
        );
    }

    #[test]
    fn what_was_begun_is_told_as_a_whole_once_nothing_follows() {
        assert!(packs(&[5], true).is_empty());
        assert_eq!(said(&packs(&[5], false)), [(parcel(1), vec![], 1)]);
        assert_eq!(
            said(&packs(&[15, 3, 1], false)),
            [(parcel(1), vec![], 1), (parcel(3), vec![parcel(2)], 1)]
        );
        assert_eq!(
            said(&packs(&[15], false)),
            [(parcel(1), vec![], 1)],
            "its number is told"
        );
        assert_eq!(told(packs(&[15, 3, 1], false)).get("l1"), Some(&2));
    }
}
