//! The place *Buyers' data*, for administrators.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;

use crate::buyers::buyers_page;
use crate::page::operator_page;

/// The page.
#[component]
pub fn AllBuyersPage() -> impl IntoView {
    operator_page(Permission::AnswerBuyers, |page| async move {
        let viewer = Viewer::Operator(page.operator.clone());
        buyers_page(&page, &viewer, Vec::new()).await
    })
}
