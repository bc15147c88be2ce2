//! Orders in a CSV file: one row for each line of an order, rows of one order sharing their `orderReferenceId`.
//!
//! The file is read twice. [`check_orders`] tells every problem and makes a plan: which rows belong together and
//! which orders are free of problems. [`read_orders`] then gives those orders one by one, as soon as the last row
//! of each was seen. Rows of one order need not stand next to each other, and yet only the orders that are still
//! open are held in memory.

mod check;
mod columns;
mod glance;
mod read;
mod row;
mod template;

pub use check::{OrdersCheck, OrdersPlan, check_orders};
pub use columns::orders_column;
pub use glance::{RowGlance, RowGlances, glance_at_rows};
pub use read::{ReadyOrder, ReadyOrders, read_orders};
pub use template::orders_template;

#[cfg(test)]
mod tests;
