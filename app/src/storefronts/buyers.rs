//! *Settings*, *Buyers' data*, for the account admin.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;

use crate::buyers::buyers_page;
use crate::page::client_page;
use crate::ui::*;

/// The page.
#[component]
pub fn BuyersPage() -> impl IntoView {
    client_page(Permission::AnswerBuyers, |page| async move {
        // The settings are no page of their own.
        let settings = Crumb {
            text: page.t.get("nav-settings"),
            href: OptionalText::default(),
        };
        let viewer = Viewer::Client(page.client.clone());
        buyers_page(&page, &viewer, vec![settings]).await
    })
}
