//! Which page of the operator console is where.

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route};
use leptos_router::{SsrMode, path};

use crate::operator::activity::events::detail::EventPage;
use crate::operator::activity::events::list::EventsPage;
use crate::operator::activity::job::JobPage;
use crate::operator::activity::jobs::JobsPage;
use crate::operator::activity::mails::MailsPage;
use crate::operator::activity::workers::WorkersPage;
use crate::operator::audit::{AuditEntryPage, AuditLogPage};
use crate::operator::buyers::AllBuyersPage;
use crate::operator::catalogue::create::CreateProductPage;
use crate::operator::catalogue::import::CatalogueImportPage;
use crate::operator::catalogue::import::file::CatalogueFilePage;
use crate::operator::catalogue::list::CataloguePage;
use crate::operator::catalogue::product::ProductPage;
use crate::operator::customers::create::CreateCustomerPage;
use crate::operator::customers::list::CustomersPage;
use crate::operator::customers::orders::CustomerOrdersPage;
use crate::operator::customers::overview::CustomerOverviewPage;
use crate::operator::customers::settings::CustomerSettingsPage;
use crate::operator::customers::stores::CustomerStoresPage;
use crate::operator::customers::users::{AddCustomerUserPage, CustomerUserPage, CustomerUsersPage};
use crate::operator::orders::detail::OrderPage;
use crate::operator::orders::list::OrdersPage;
use crate::operator::team::invite::InviteOperatorPage;
use crate::operator::team::list::TeamPage;
use crate::operator::team::member::TeamMemberPage;
use crate::storefronts::stores::products::connect::ConnectForOrderPage;
use crate::ui::styleguide::StyleguidePage;

/// Everything below `/console`.
#[component(transparent)]
pub fn OperatorRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/console") view=Outlet ssr=SsrMode::Async>
            <ParentRoute path=path!("/catalogue") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=CataloguePage ssr=SsrMode::Async />
                <Route path=path!("/new") view=CreateProductPage ssr=SsrMode::Async />
                <Route path=path!("/import") view=CatalogueFilePage ssr=SsrMode::Async />
                <Route path=path!("/import/:id") view=CatalogueImportPage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=ProductPage ssr=SsrMode::Async />
            </ParentRoute>
            <ParentRoute path=path!("/activity") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=JobsPage ssr=SsrMode::Async />
                <Route path=path!("/events") view=EventsPage ssr=SsrMode::Async />
                <Route path=path!("/events/:message") view=EventPage ssr=SsrMode::Async />
                <Route path=path!("/mails") view=MailsPage ssr=SsrMode::Async />
                <Route path=path!("/workers") view=WorkersPage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=JobPage ssr=SsrMode::Async />
            </ParentRoute>
            <ParentRoute path=path!("/audit") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=AuditLogPage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=AuditEntryPage ssr=SsrMode::Async />
            </ParentRoute>
            <ParentRoute path=path!("/customers") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=CustomersPage ssr=SsrMode::Async />
                <Route path=path!("/new") view=CreateCustomerPage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=CustomerOverviewPage ssr=SsrMode::Async />
                <Route path=path!("/:id/stores") view=CustomerStoresPage ssr=SsrMode::Async />
                <Route path=path!("/:id/orders") view=CustomerOrdersPage ssr=SsrMode::Async />
                <Route path=path!("/:id/users") view=CustomerUsersPage ssr=SsrMode::Async />
                <Route path=path!("/:id/users/new") view=AddCustomerUserPage ssr=SsrMode::Async />
                <Route path=path!("/:id/users/:user") view=CustomerUserPage ssr=SsrMode::Async />
                <Route path=path!("/:id/settings") view=CustomerSettingsPage ssr=SsrMode::Async />
            </ParentRoute>
            <ParentRoute path=path!("/orders") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=OrdersPage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/:id/variants/:variant") view=ConnectForOrderPage ssr=SsrMode::Async />
            </ParentRoute>
            <ParentRoute path=path!("/team") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=TeamPage ssr=SsrMode::Async />
                <Route path=path!("/invite") view=InviteOperatorPage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=TeamMemberPage ssr=SsrMode::Async />
            </ParentRoute>
            <Route path=path!("/buyers") view=AllBuyersPage ssr=SsrMode::Async />
            <Route path=path!("/styleguide") view=StyleguidePage ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
}
