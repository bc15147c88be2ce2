//! What of a customer waits for somebody: orders that stopped, and an invitation that did not arrive.

use domain::{InvitationState, Permission};
use leptos::prelude::*;
use portal::Outcome;
use portal::access::Scope;
use portal::customers::{CustomerProfile, Overview};
use portal::orders::{self, OrderFilter, OrderRow};
use portal::paging::Turn;

use super::sections::Section;
use crate::orders::status_badge::untold_note;
use crate::page::OperatorPage;
use crate::ui::*;

/// How many orders are shown; a link leads to all of them.
const MOST_ORDERS: u32 = 5;

/// The card; nothing while nothing waits.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn attention(
    page: &OperatorPage,
    customer: &CustomerProfile,
    overview: &Overview,
) -> Outcome<AnyView> {
    let t = page.t;
    let orders = waiting(page, customer).await?;
    let undelivered = undelivered(page, customer);
    let waits = overview.needing_attention + i64::from(undelivered.is_some());
    if orders.is_empty() && undelivered.is_none() {
        return Ok(().into_any());
    }
    let all = (overview.needing_attention > i64::from(MOST_ORDERS)).then(|| {
        let href = format!("/console/orders?customer={}&view=attention", customer.id);
        view! { <a href=href>{t.get("customers-attention-all")}</a> }
    });
    let orders = orders.into_iter().map(|row| order(page, row)).collect_view();
    Ok(view! {
        <Card>
            <CardHead title=t.get("customers-attention") count=t.number(waits)>
                {all}
            </CardHead>
            <List>{undelivered} {orders}</List>
        </Card>
    }
    .into_any())
}

async fn waiting(page: &OperatorPage, customer: &CustomerProfile) -> Outcome<Vec<OrderRow>> {
    if page.operator.require(Permission::SeeOrders).is_err() {
        return Ok(Vec::new());
    }
    let filter = OrderFilter {
        customer: Some(customer.id),
        attention: true,
        ..OrderFilter::default()
    };
    let found = orders::list(
        &page.portal,
        &Scope::AllCustomers,
        &filter,
        Turn::First,
        MOST_ORDERS,
    );
    Ok(found.await?.rows)
}

fn order(page: &OperatorPage, row: OrderRow) -> AnyView {
    let t = page.t;
    let title = format!("{}{}", page.portal.settings.brand.order_prefix, row.number);
    let (href, status) = (format!("/console/orders/{}", row.id), row.status);
    let note = untold_note(t, &row).or_else(|| row.reason.map(|reason| t.reason(reason)));
    view! {
        <ListItem title href note>
            <Badge status=status.slug() text=t.status(status) />
        </ListItem>
    }
    .into_any()
}

/// The client admin's invitation, when the mail server refused it.
fn undelivered(page: &OperatorPage, customer: &CustomerProfile) -> Option<AnyView> {
    let t = page.t;
    let state = customer.invitation_state;
    if state != InvitationState::DeliveryFailed {
        return None;
    }
    let email = customer.admin.as_ref().map(|admin| admin.email.clone());
    let title = t.with(
        "customers-attention-invitation",
        [("email", email.unwrap_or_default().into())],
    );
    let note = customer
        .invitation
        .as_ref()
        .and_then(|invitation| invitation.failure.clone());
    let href = Section::Settings.href(customer);
    let item = view! {
        <ListItem title href note>
            <Badge status=state.slug() text=t.status(state) />
        </ListItem>
    };
    Some(item.into_any())
}
