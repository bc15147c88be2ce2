//! An order's page shows itself anew once what goes on with the order by itself is done.

use domain::id::OrderId;
use leptos::prelude::*;
use portal::Outcome;
use portal::access::Viewer;
use portal::orders;

use crate::page::Page;
use crate::ui::*;

/// What has the page wait; nothing while nothing goes on.
///
/// # Errors
/// Only unexpected ones.
pub async fn awaited(page: &Page, viewer: &Viewer, order: OrderId) -> Outcome<Option<AnyView>> {
    let under_way = orders::is_under_way(&page.portal, viewer, order).await?;
    let endpoint = format!("/api/orders/{order}/progress");
    Ok(under_way.then(|| view! { <Awaited endpoint /> }.into_any()))
}
