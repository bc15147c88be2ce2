//! The second reading: orders that can be created, one by one.

use std::collections::HashMap;
use std::io::Read;

use super::super::CsvError;
use super::super::records::Record;
use super::super::table::Table;
use super::check::OrdersPlan;
use super::columns::COLUMNS;
use super::row::Row;
use crate::order::{NewOrder, OrderableProducts};

/// An order that can be created.
#[derive(Clone, Debug)]
pub struct ReadyOrder {
    /// The lines of the file where its rows start, ascending.
    pub rows: Vec<u64>,
    /// The order.
    pub order: NewOrder,
}

impl ReadyOrder {
    /// The line of its last row. Orders come by ascending last row, so an import that was interrupted can go on
    /// behind it.
    pub fn last_row(&self) -> u64 {
        self.rows.last().copied().unwrap_or(0)
    }
}

/// The orders of a file.
pub struct ReadyOrders<'a, R> {
    table: Table<R>,
    record: Record,
    products: &'a OrderableProducts,
    plan: &'a OrdersPlan,
    /// Orders whose last row is still to come.
    open: HashMap<String, ReadyOrder>,
}

/// Reads the orders that the check found free of problems, by ascending last row.
///
/// # Errors
///
/// When the file is no CSV, lacks columns, or cannot be read.
pub fn read_orders<'a, R: Read>(
    source: R,
    products: &'a OrderableProducts,
    plan: &'a OrdersPlan,
) -> Result<ReadyOrders<'a, R>, CsvError> {
    let table = Table::open(source, COLUMNS)?;
    Ok(ReadyOrders {
        table,
        record: Record::default(),
        products,
        plan,
        open: HashMap::new(),
    })
}

impl<R: Read> ReadyOrders<'_, R> {
    fn next_order(&mut self) -> Result<Option<ReadyOrder>, CsvError> {
        while self.table.read(&mut self.record)? {
            let row = Row {
                header: &self.table.header,
                record: &self.record,
            };
            if row.is_example() {
                continue;
            }
            let Some(group) = self
                .plan
                .groups
                .get(row.reference())
                .filter(|group| !group.is_bad)
            else {
                continue;
            };
            // The plan says that the row is fine. It is not: file or catalogue have changed since.
            let changed = |_| CsvError::refused("file-changed-since-check");
            let line = row.line(self.products).map_err(changed)?;
            if let Some(order) = self.open.get_mut(row.reference()) {
                order.rows.push(self.record.line);
                order.order.lines.push(line);
            } else {
                let order = NewOrder {
                    head: row.head().map_err(changed)?,
                    lines: vec![line],
                };
                let order = ReadyOrder {
                    rows: vec![self.record.line],
                    order,
                };
                self.open.insert(row.reference().to_owned(), order);
            }
            if group.last_line == self.record.line {
                return Ok(self.open.remove(row.reference()));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for ReadyOrders<'_, R> {
    type Item = Result<ReadyOrder, CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_order().transpose()
    }
}
