//! *Settings*, *Audit log*: who decided what about the customer, for their account admin.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;

use crate::audit;
use crate::page::{ClientPage, client_page};
use crate::ui::{Crumb, OptionalText};

/// The settings, which are no page of their own.
fn crumbs(page: &ClientPage) -> Vec<Crumb> {
    vec![Crumb {
        text: page.t.get("nav-settings"),
        href: OptionalText::default(),
    }]
}

/// The log.
#[component]
pub fn AuditLogPage() -> impl IntoView {
    client_page(Permission::SeeAuditLog, |page| async move {
        let viewer = Viewer::Client(page.client.clone());
        audit::list(&page, &viewer, crumbs(&page)).await
    })
}

/// One entry.
#[component]
pub fn AuditEntryPage() -> impl IntoView {
    client_page(Permission::SeeAuditLog, |page| async move {
        let viewer = Viewer::Client(page.client.clone());
        audit::detail(&page, &viewer, crumbs(&page)).await
    })
}
