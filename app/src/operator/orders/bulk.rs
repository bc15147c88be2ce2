//! Moving the selected orders together, and what became of each.

use domain::id::OrderId;
use domain::{OrderStatus, Problem};
use leptos::prelude::*;
use portal::Outcome;
use portal::orders::{self, BulkResult};
use serde::{Deserialize, Serialize};

use super::list::PATH;
use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::ui::*;

/// Session key of what became of the last selection.
const RESULTS: &str = "bulk-results";

/// What became of an order that did not move.
#[derive(Serialize, Deserialize)]
struct Stayed {
    order: OrderId,
    problem: Problem,
}

/// Moves the selected orders to a status.
#[server(prefix = "/do", endpoint = "orders/advance-selected")]
pub async fn advance_selected(
    /// The selected orders.
    #[server(default)]
    orders: Vec<String>,
    /// Where to.
    #[server(default)]
    to: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        let ids: Vec<OrderId> = orders.iter().filter_map(|id| id.parse().ok()).collect();
        let to: OrderStatus = action.id(&to)?;
        let results = orders::advance_all(&action.portal, operator, &ids, Some(to)).await?;
        let moved = results.iter().filter(|result| result.result.is_ok()).count();
        let stayed: Vec<Stayed> = results.into_iter().filter_map(stayed).collect();
        let some_stayed = !stayed.is_empty();
        action.remember(RESULTS, &stayed).await?;
        let done = if some_stayed {
            "orders-moved-some"
        } else {
            "orders-moved"
        };
        let done = Problem::new(done).with("count", moved);
        Ok(Done::to(action.came_from(PATH)).saying_with(done))
    }
    .await;
    action.answer("bulk", outcome).await
}

fn stayed(result: BulkResult) -> Option<Stayed> {
    result.result.err().map(|problem| Stayed {
        order: result.order,
        problem,
    })
}

/// The alert that names the orders of the last selection that did not move, and why.
pub(super) async fn bulk_results(page: &OperatorPage) -> Outcome<AnyView> {
    let t = page.t;
    let stayed: Vec<Stayed> = page.take(RESULTS).await;
    if stayed.is_empty() {
        return Ok(().into_any());
    }
    let ids: Vec<OrderId> = stayed.iter().map(|stayed| stayed.order).collect();
    let numbers = orders::any_customers_numbers(&page.portal, &page.operator, &ids).await?;
    let prefix = &page.portal.settings.brand.order_prefix;
    let items = stayed
        .iter()
        .map(|stayed| {
            let number = numbers.get(&stayed.order).copied().unwrap_or_default();
            format!("{prefix}{number}: {}", t.problem(&stayed.problem))
        })
        .collect();
    let title = t.with(
        "orders-stayed",
        [("count", i64::try_from(ids.len()).unwrap_or(i64::MAX).into())],
    );
    Ok(view! { <Alert tone=Tone::Warning title items urgent=true /> }.into_any())
}
