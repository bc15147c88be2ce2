//! The first reading: every problem, and a plan for the second.

use std::collections::HashMap;
use std::io::Read;

use super::super::records::Record;
use super::super::table::Table;
use super::super::{CsvError, Dialect, ORDER_HAS_BAD_ROW, RowProblem};
use super::columns::COLUMNS;
use super::row::{HeadHashes, Row};
use crate::order::OrderableProducts;
use crate::{OrderReference, Problem};

/// What the first reading found.
pub struct OrdersCheck {
    /// How the file is written.
    pub dialect: Dialect,
    /// Headings that mean nothing here; their columns are not read.
    pub ignored_columns: Vec<String>,
    /// Rows below the header, without blank ones and the template's example.
    pub rows: u64,
    /// Rows that are wrong themselves. The others of their orders are marked, but not counted here.
    pub bad_rows: u64,
    /// Orders that can be created.
    pub ready_orders: u64,
    /// Orders that cannot, because a row of theirs is wrong.
    pub refused_orders: u64,
    /// What [`super::read_orders`] needs.
    pub plan: OrdersPlan,
}

/// Which rows belong together, and which orders are free of problems.
#[derive(Default)]
pub struct OrdersPlan {
    pub(super) groups: HashMap<String, Group>,
}

/// The rows of one order.
#[derive(Default)]
pub(super) struct Group {
    /// Its place among the orders.
    number: usize,
    pub(super) last_line: u64,
    pub(super) is_bad: bool,
    /// Of the first row that said where the order goes.
    head: Option<HeadHashes>,
}

/// A row that is right, in case another one of its order is not.
struct GoodRow {
    line: u64,
    group: usize,
}

/// Reads a file and tells every problem to `tell`: those of rows in the order of the file, then
/// [`ORDER_HAS_BAD_ROW`] for the good rows of orders that cannot be created.
///
/// # Errors
///
/// When the file is no CSV, lacks columns or rows, or cannot be read.
pub fn check_orders<R: Read>(
    source: R,
    products: &OrderableProducts,
    mut tell: impl FnMut(RowProblem),
) -> Result<OrdersCheck, CsvError> {
    let mut table = Table::open(source, COLUMNS)?;
    let mut record = Record::default();
    let mut plan = OrdersPlan::default();
    let mut good_rows = Vec::new();
    let (mut rows, mut bad_rows) = (0, 0);
    while table.read(&mut record)? {
        let row = Row {
            header: &table.header,
            record: &record,
        };
        if row.is_example() {
            continue;
        }
        rows += 1;
        let surplus = table.surplus(&record).map(|problem| row.problem(problem));
        let problems: Vec<RowProblem> = surplus
            .into_iter()
            .chain(check_row(row, products, &mut plan))
            .collect();
        let group = plan.groups.get_mut(row.reference());
        bad_rows += u64::from(!problems.is_empty());
        match group {
            Some(group) if problems.is_empty() => good_rows.push(GoodRow {
                line: record.line,
                group: group.number,
            }),
            Some(group) => group.is_bad = true,
            None => {}
        }
        problems.into_iter().for_each(&mut tell);
    }
    tell_good_rows_of_bad_orders(&plan, &good_rows, tell);
    let refused_orders = plan.groups.values().filter(|group| group.is_bad).count();
    let ready_orders = plan.groups.len() - refused_orders;
    Ok(OrdersCheck {
        dialect: table.dialect(),
        ignored_columns: std::mem::take(&mut table.header.ignored),
        rows,
        bad_rows,
        ready_orders: ready_orders as u64,
        refused_orders: refused_orders as u64,
        plan,
    })
}

/// The problems of a row, which joins the group of its order.
fn check_row(row: Row<'_>, products: &OrderableProducts, plan: &mut OrdersPlan) -> Vec<RowProblem> {
    let mut problems = Vec::new();
    let line = row.line(products).err();
    let number = plan.groups.len();
    let Ok(reference) = OrderReference::parse(row.reference()) else {
        problems.extend(
            row.head()
                .err()
                .map(|found| row.problems(found))
                .unwrap_or_default(),
        );
        problems.extend(line.map(|found| row.problems(found)).unwrap_or_default());
        return problems;
    };
    let is_first = !plan.groups.contains_key(reference.as_str());
    let group = plan.groups.entry(reference.into()).or_insert_with(|| Group {
        number,
        ..Group::default()
    });
    group.last_line = row.record.line;
    // Many people fill in the address in the first row of an order only.
    if is_first || !row.has_no_head() {
        if let Err(found) = row.head() {
            problems.extend(row.problems(found));
        } else {
            let hashes = row.head_hashes();
            let differs = group
                .head
                .as_ref()
                .and_then(|first| first.first_difference(&hashes));
            problems.extend(
                differs.map(|column| row.problem_at(column, "", Problem::new("differs-within-order"))),
            );
            group.head.get_or_insert(hashes);
        }
    }
    problems.extend(line.map(|found| row.problems(found)).unwrap_or_default());
    problems
}

fn tell_good_rows_of_bad_orders(plan: &OrdersPlan, good_rows: &[GoodRow], mut tell: impl FnMut(RowProblem)) {
    let bad: HashMap<usize, &str> = plan
        .groups
        .iter()
        .filter(|(_, group)| group.is_bad)
        .map(|(name, group)| (group.number, name.as_str()))
        .collect();
    for row in good_rows {
        if let Some(reference) = bad.get(&row.group) {
            let problem = Problem::new(ORDER_HAS_BAD_ROW);
            let reference = Some((*reference).to_owned());
            tell(RowProblem {
                line: row.line,
                reference,
                column: None,
                value: None,
                problem,
            });
        }
    }
}
