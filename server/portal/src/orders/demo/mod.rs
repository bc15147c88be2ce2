//! Believable orders of the last thirty days, to try the portal out.
//!
//! They come into being and move as real ones do, only by a clock that runs through the thirty days.

mod artwork;
mod content;

use std::time::Duration;

use domain::id::{FileId, OrderId, StoreId};
use domain::{OrderStatus, Timestamp};

use super::{Advance, CheckDesign, ShipmentForm, advance, cancel, find, place, ship};
use crate::access::{Client, Operator, Scope, Viewer};
use crate::demo::DemoClock;
use crate::jobs::{Registry, Worker};
use crate::{Outcome, Portal, Refusal};

const DAYS: u64 = 30;

/// A customer's user and one of their manual stores.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Who places the orders.
    pub client: Client,
    /// Where.
    pub store: StoreId,
}

/// What happens to an order, and when.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Place,
    Move(OrderStatus),
    Ship,
    Cancel,
}

/// Places `count` orders in turn on the `shops` and takes them as far as their age suggests. The catalogue must be
/// that of [`crate::catalogue::demo`].
///
/// # Errors
/// [`Refusal::Forbidden`] when the people given may not do this.
pub async fn fill(portal: &Portal, operator: &Operator, shops: &[Shop], count: u32) -> Outcome<()> {
    if shops.is_empty() {
        return Ok(());
    }
    let now = portal.now();
    let (clock, past) = DemoClock::of(portal);
    let designs = artwork::keep(&past, shops).await?;
    let worker = Worker::new(&past, Registry::new().register::<CheckDesign>());
    let mut orders: Vec<Option<OrderId>> = vec![None; usize::try_from(count).unwrap_or_default()];
    for (time, number, deed) in schedule(now, count) {
        clock.set(time);
        let index = usize::try_from(number).unwrap_or_default();
        let shop = &shops[index % shops.len()];
        match (deed, orders[index]) {
            (Deed::Place, _) => {
                let files: &[FileId] = &designs[index % shops.len()];
                // What went wrong long ago has been put right by now.
                let recent = number >= count - count / 6;
                let form = content::form(portal, shop.store, number, recent, files);
                orders[index] = Some(place(&past, &shop.client, &form).await?.order);
                worker.run_until_idle().await?;
            }
            (Deed::Move(to), Some(order)) => {
                let step = Advance {
                    to: Some(to),
                    lines: Vec::new(),
                };
                tolerate(advance(&past, operator, order, &step).await)?;
            }
            (Deed::Ship, Some(order)) => tolerate(send(&past, operator, order, number).await)?,
            (Deed::Cancel, Some(order)) => {
                tolerate(cancel(&past, &Viewer::Client(shop.client.clone()), order).await)?;
            }
            (_, None) => {}
        }
    }
    Ok(())
}

/// Orders that stopped do not move: that is how they are meant to look.
fn tolerate<T>(outcome: Outcome<T>) -> Outcome<()> {
    match outcome {
        Ok(_) | Err(Refusal::Conflict(_)) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

async fn send(portal: &Portal, operator: &Operator, order: OrderId, number: u32) -> Outcome<()> {
    let detail = find(portal, &Scope::AllCustomers, order).await?;
    let form = ShipmentForm {
        carrier: content::carrier(number).to_owned(),
        tracking_number: format!(
            "{}{:08}",
            &content::carrier(number)[..2].to_uppercase(),
            40_211_870 + number * 37
        ),
        seen: detail.head.updated_at.micros(),
        ..ShipmentForm::default()
    };
    ship(portal, operator, order, &form).await.map(|_| ())
}

/// Everything that happens until now, in the order of time: numbers and ids follow it.
fn schedule(now: Timestamp, count: u32) -> Vec<(Timestamp, u32, Deed)> {
    const HOUR: u64 = 3600;
    let start = now - Duration::from_hours(24 * DAYS);
    let span = 24 * DAYS * HOUR;
    let mut deeds = Vec::new();
    for number in 0..count {
        let at = u64::from(number);
        // Evenly spread, but neither to the minute nor as many every day.
        let wobble = (at * 7919) % (9 * HOUR);
        let since = (span * at / u64::from(count.max(1)) + wobble).min(span - HOUR);
        let placed = start + Duration::from_secs(since);
        let pace = 60 + at * 31 % 80;
        let later = |hours: u64| placed + Duration::from_secs(hours * pace * HOUR / 100);
        let mut plan = vec![(placed, Deed::Place)];
        if number % 23 == 11 {
            plan.push((later(1), Deed::Cancel));
        } else {
            plan.extend([
                (later(4), Deed::Move(OrderStatus::InProduction)),
                (later(20), Deed::Move(OrderStatus::Printed)),
                (later(28), Deed::Move(OrderStatus::Packaged)),
                (later(34), Deed::Ship),
                (later(52), Deed::Move(OrderStatus::InTransit)),
                (later(90), Deed::Move(OrderStatus::Delivered)),
            ]);
        }
        deeds.extend(
            plan.into_iter()
                .filter(|(time, _)| *time < now)
                .map(|(time, deed)| (time, number, deed)),
        );
    }
    deeds.sort_by_key(|(time, number, _)| (*time, *number));
    deeds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{orders_per_day, status_counts, testing};
    use crate::testing::on_both;
    use crate::{catalogue, stores};

    #[tokio::test]
    async fn orders_are_in_many_states_and_never_in_the_future() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            catalogue::demo::fill(&portal, &operator).await.unwrap();
            let client = testing::client(&portal, "Estudio Garabato").await;
            let store = stores::create_manual(&portal, &client, "Directos").await.unwrap();
            let shop = Shop {
                client: client.clone(),
                store,
            };
            fill(&portal, &operator, &[shop], 48).await.unwrap();
            let counts = status_counts(&mut portal.db.read().await.unwrap(), &client.scope(), None)
                .await
                .unwrap();
            assert_eq!(counts.total(), 48);
            for status in [
                OrderStatus::Delivered,
                OrderStatus::Cancelled,
                OrderStatus::OnHold,
                OrderStatus::Failed,
            ] {
                assert!(counts.of(status) > 0, "none is {status}: {counts:?}");
            }
            let days = orders_per_day(&portal, &client.scope(), 31).await.unwrap();
            assert_eq!(days.iter().map(|day| day.orders).sum::<i64>(), 48);
        })
        .await;
    }
}
