//! *Audit log*: who decided what, for operators.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;

use crate::audit;
use crate::page::operator_page;

/// The log.
#[component]
pub fn AuditLogPage() -> impl IntoView {
    operator_page(Permission::SeeAuditLog, |page| async move {
        let viewer = Viewer::Operator(page.operator.clone());
        audit::list(&page, &viewer, Vec::new()).await
    })
}

/// One entry.
#[component]
pub fn AuditEntryPage() -> impl IntoView {
    operator_page(Permission::SeeAuditLog, |page| async move {
        let viewer = Viewer::Operator(page.operator.clone());
        audit::detail(&page, &viewer, Vec::new()).await
    })
}
