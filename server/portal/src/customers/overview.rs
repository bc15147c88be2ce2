//! A customer's orders in numbers.

use domain::id::CustomerId;
use domain::{OrderStatus, Permission, Timestamp};

use crate::access::Operator;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// Days the overview looks back.
const DAYS: u32 = 30;

/// A customer's orders in numbers, from the kept counters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Orders of each of the last 30 days (UTC), today last, with the day's start.
    pub days: Vec<(Timestamp, i64)>,
    /// Orders of the 30 days before.
    pub orders_before: i64,
    /// Orders that are being printed, are printed or packaged.
    pub in_production: i64,
    /// Orders that somebody must look at.
    pub needing_attention: i64,
    /// All orders there ever were.
    pub orders: i64,
}

impl Overview {
    /// Orders of the last 30 days.
    pub fn recent_orders(&self) -> i64 {
        self.days.iter().map(|(_, orders)| orders).sum()
    }
}

/// A customer's orders in numbers.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub async fn overview(portal: &Portal, operator: &Operator, customer: CustomerId) -> Outcome<Overview> {
    operator.require(Permission::SeeCustomers)?;
    let mut conn = portal.db.read().await?;
    let now = portal.now();
    let counted: Vec<(String, i64)> =
        sql("SELECT day, orders FROM order_day_counts WHERE customer_id = $1 AND day > $2")
            .bind(customer)
            .bind(days_ago(now, 2 * DAYS))
            .fetch_all(&mut conn)
            .await?;
    let statuses: Vec<(OrderStatus, i64)> =
        sql("SELECT status, orders FROM order_status_counts WHERE customer_id = $1")
            .bind(customer)
            .fetch_all(&mut conn)
            .await?;
    let on = |day: &str| {
        counted
            .iter()
            .filter(|(known, _)| known == day)
            .map(|(_, orders)| orders)
            .sum()
    };
    let days = (0..DAYS)
        .rev()
        .map(|ago| (start_of_day(now, ago), on(&days_ago(now, ago))))
        .collect();
    let sum = |counts: fn(OrderStatus) -> bool| {
        statuses
            .iter()
            .filter(|(status, _)| counts(*status))
            .map(|(_, orders)| orders)
            .sum()
    };
    Ok(Overview {
        days,
        orders_before: (DAYS..2 * DAYS).map(|ago| on(&days_ago(now, ago))).sum::<i64>(),
        in_production: sum(|status| {
            matches!(
                status,
                OrderStatus::InProduction | OrderStatus::Printed | OrderStatus::Packaged
            )
        }),
        needing_attention: sum(OrderStatus::needs_attention),
        orders: sum(|_| true),
    })
}

/// The start of a day (UTC) so many days ago.
fn start_of_day(now: Timestamp, days: u32) -> Timestamp {
    const DAY: i64 = 24 * 3600;
    Timestamp::from_seconds((now.seconds().div_euclid(DAY) - i64::from(days)) * DAY)
}

/// The day (UTC) so many days ago, as the counters name it: `2026-11-21`.
pub(super) fn days_ago(now: Timestamp, days: u32) -> String {
    jiff::Timestamp::from_second(start_of_day(now, days).seconds())
        .unwrap_or_default()
        .strftime("%Y-%m-%d")
        .to_string()
}
