//! Which page is where.

use http::StatusCode;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::{SsrMode, path};
use portal::access::Viewer;

use crate::account::choose_customer::ChooseCustomerPage;
use crate::account::code::CodePage;
use crate::account::confirm::ConfirmPage;
use crate::account::first_operator::FirstOperatorPage;
use crate::account::forgot::ForgotPage;
use crate::account::invitation::InvitationPage;
use crate::account::log_in::LogInPage;
use crate::account::profile::ProfilePage;
use crate::account::reset::ResetPage;
use crate::account::security::SecurityPage;
use crate::account::two_factor::TwoFactorPage;
use crate::operator::routes::OperatorRoutes;
use crate::page::error_page;
use crate::storefronts::routes::StorefrontsRoutes;
use crate::visitor::{CHOOSE_CUSTOMER, SET_UP_TWO_FACTOR, visitor};

/// The application. Every page is rendered whole before it is sent, so that its status is right and it
/// works without scripts.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| error_page(StatusCode::NOT_FOUND)>
                <Route path=path!("/") view=Start ssr=SsrMode::Async/>
                <Route path=path!("/console") view=Start ssr=SsrMode::Async/>
                <Route path=path!("/error/:status") view=ErrorRoute ssr=SsrMode::Async/>
                <Route path=path!("/login") view=LogInPage ssr=SsrMode::Async/>
                <Route path=path!("/choose-customer") view=ChooseCustomerPage ssr=SsrMode::Async />
                <Route path=path!("/forgot") view=ForgotPage ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view=ResetPage ssr=SsrMode::Async />
                <Route path=path!("/invitation/:token") view=InvitationPage ssr=SsrMode::Async />
                <Route path=path!("/setup/:token") view=FirstOperatorPage ssr=SsrMode::Async />
                <Route path=path!("/login/code") view=CodePage ssr=SsrMode::Async />
                <Route path=path!("/account") view=ProfilePage ssr=SsrMode::Async />
                <Route path=path!("/account/security") view=SecurityPage ssr=SsrMode::Async />
                <Route path=path!("/account/two-factor") view=TwoFactorPage ssr=SsrMode::Async />
                <Route path=path!("/account/confirm") view=ConfirmPage ssr=SsrMode::Async />
                <OperatorRoutes />
                <StorefrontsRoutes />
            </Routes>
        </Router>
    }
}

/// Sends everybody to the start page of their face.
#[component]
fn Start() -> impl IntoView {
    let visitor = visitor();
    let start = match visitor.current.as_ref().map(|current| &current.viewer) {
        Some(Viewer::Operator(_)) => "/console/orders",
        Some(Viewer::Client(_)) => "/storefronts",
        None if visitor.undecided.is_some() => CHOOSE_CUSTOMER,
        None if visitor.unprotected.is_some() => SET_UP_TWO_FACTOR,
        None => "/login",
    };
    leptos_axum::redirect(start);
}

/// What a refused form without script leads to.
#[component]
fn ErrorRoute() -> impl IntoView {
    let status = use_params_map().get_untracked().get("status");
    error_page(
        status
            .and_then(|status| status.parse::<StatusCode>().ok())
            .filter(|status| status.is_client_error() || status.is_server_error())
            .unwrap_or(StatusCode::NOT_FOUND),
    )
}
