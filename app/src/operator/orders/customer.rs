//! Whose orders the list is narrowed to: its address says an id, or what somebody typed.

use domain::id::CustomerId;
use leptos::prelude::*;
use portal::Outcome;
use portal::orders::{self, OrderingCustomer};

use super::list::PATH;
use crate::orders::query::OrderQuery;
use crate::page::OperatorPage;
use crate::ui::*;

/// The most customers to choose from when it is not clear who is meant.
const MOST_CHOICES: u32 = 12;

/// Whose orders are asked for.
pub(super) enum Whose {
    /// Everybody's.
    Everybody,
    /// One customer's.
    Of(OrderingCustomer),
    /// It is not clear whose: nobody is called so, or several are.
    Unclear(Vec<OrderingCustomer>),
}

/// Finds out who is meant. What was typed and means one customer leads to the list with that customer's id.
pub(super) async fn whose(page: &OperatorPage, query: &OrderQuery) -> Outcome<Whose> {
    let Some(asked) = query.get("customer") else {
        return Ok(Whose::Everybody);
    };
    if let Ok(id) = asked.parse::<CustomerId>() {
        let found = orders::any_ordering_customer(&page.portal, &page.operator, id).await?;
        return Ok(found.map_or_else(|| Whose::Unclear(Vec::new()), Whose::Of));
    }
    let mut found = orders::any_customers_called(&page.portal, &page.operator, asked, MOST_CHOICES).await?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => {
            leptos_axum::redirect(&link(query, &only));
            Ok(Whose::Of(only))
        }
        (last, _) => {
            found.extend(last);
            Ok(Whose::Unclear(found))
        }
    }
}

fn link(query: &OrderQuery, customer: &OrderingCustomer) -> String {
    query.link(PATH, &[("customer", Some(&customer.id.to_string()))])
}

/// What stands in place of the list when it is not clear whose orders are meant.
pub(super) fn choose(page: &OperatorPage, query: &OrderQuery, customers: Vec<OrderingCustomer>) -> AnyView {
    let t = page.t;
    let words = query.get("customer").unwrap_or_default();
    let title = if customers.is_empty() {
        "orders-no-customer-called"
    } else {
        "orders-several-customers-called"
    };
    let title = t.with(title, [("words", words.into())]);
    let everybody = query.link(PATH, &[("customer", None)]);
    let choices = customers.into_iter().map(|customer| {
        let href = link(query, &customer);
        let reference = customer.reference_id.map(|reference| format!(" · {reference}"));
        view! { <ButtonLink href>{customer.name} {reference}</ButtonLink> }
    });
    let choices = choices.collect_view();
    view! {
        <Empty title>
            {choices}
            <ButtonLink href=everybody variant=Variant::Quiet>
                {t.get("orders-all-customers")}
            </ButtonLink>
        </Empty>
    }
    .into_any()
}
