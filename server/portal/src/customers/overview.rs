//! A customer's orders in numbers.

use domain::id::CustomerId;
use domain::{OrderStatus, Permission, StoreScope};

use crate::access::{Operator, Scope};
use crate::orders::{DayCount, orders_per_day, status_counts};
use crate::{Outcome, Portal};

/// Days the overview looks back.
pub(super) const DAYS: u32 = 30;

/// A customer's orders in numbers, from the kept counters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Orders of each of the last 30 days, today last.
    pub days: Vec<DayCount>,
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
        self.days.iter().map(|day| day.orders).sum()
    }
}

/// What a query may read that is about one customer: all of its stores.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub fn scope_of(operator: &Operator, customer: CustomerId) -> Outcome<Scope> {
    operator.require(Permission::SeeCustomers)?;
    Ok(Scope::Customer {
        customer,
        stores: StoreScope::All,
    })
}

/// A customer's orders in numbers.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub async fn overview(portal: &Portal, operator: &Operator, customer: CustomerId) -> Outcome<Overview> {
    let scope = scope_of(operator, customer)?;
    let mut before = orders_per_day(portal, &scope, 2 * DAYS).await?;
    let days = before.split_off(before.len() / 2);
    let statuses = status_counts(&mut portal.db.read().await?, &scope, None).await?;
    Ok(Overview {
        days,
        orders_before: before.iter().map(|day| day.orders).sum(),
        in_production: statuses.sum(|status| {
            matches!(
                status,
                OrderStatus::InProduction | OrderStatus::Printed | OrderStatus::Packaged
            )
        }),
        needing_attention: statuses.needing_attention(),
        orders: statuses.total(),
    })
}
