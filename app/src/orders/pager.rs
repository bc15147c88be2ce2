//! Below a list of orders: how many are shown, and the way to the others.

use leptos::prelude::*;
use portal::orders::OrderRow;
use portal::paging::Slice;

use super::query::OrderQuery;
use crate::text::Text;
use crate::ui::*;

/// The pager of a list of orders.
pub fn pager(t: Text, path: &str, query: &OrderQuery, found: &Slice<OrderRow>) -> AnyView {
    let (previous, next) = query.turns(path, found, |row| row.number);
    let count = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    view! {
        <Pager
            shown=t.with("orders-shown", [("count", count.into())])
            previous
            next
            rows=query.rows()
            kept=query.kept(&["rows"])
        />
    }
    .into_any()
}

/// What is shown when no order matches.
pub fn no_results(t: Text, path: &'static str, query: &OrderQuery) -> AnyView {
    let title = match query.get("q") {
        Some(words) => t.with("orders-none-match", [("q", words.into())]),
        None => t.get("orders-none-here"),
    };
    view! {
        <Empty title text=t.get("orders-none-text")>
            <ButtonLink href=path>{t.get("orders-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}
