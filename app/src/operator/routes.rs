//! Which page of the operator console is where.

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route};
use leptos_router::{SsrMode, path};

use crate::ui::styleguide::StyleguidePage;

/// Everything below `/console`.
#[component(transparent)]
pub fn OperatorRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/console") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("/styleguide") view=StyleguidePage ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
}
