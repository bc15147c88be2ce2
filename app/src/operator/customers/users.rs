//! The people of a customer, for operators to manage as their account admin does.

use domain::Permission;
use leptos::prelude::*;
use portal::Outcome;
use portal::access::Viewer;
use portal::customers::{self, CustomerProfile};

use super::sections::{Section, section};
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;
use crate::users::{Place, add_link, add_page, user_page, users_page};

/// The customer whom the page's address names, and where its users are.
async fn place(page: &OperatorPage) -> Outcome<(CustomerProfile, Place)> {
    let customer = customers::find(&page.portal, &page.operator, page.param("id")?).await?;
    let place = Place {
        closed: !customer.storefronts_access || customer.archived_at.is_some(),
        ..Place::new(Viewer::Operator(page.operator.clone()), customer.id)
    };
    Ok((customer, place))
}

fn crumbs(page: &OperatorPage, customer: &CustomerProfile) -> Vec<Crumb> {
    vec![
        Crumb::link(page.t.get("customers-title"), "/console/customers"),
        Crumb::link(customer.name.clone(), Section::Overview.href(customer)),
        Crumb::link(page.t.get("customers-users"), Section::Users.href(customer)),
    ]
}

/// The list.
#[component]
pub fn CustomerUsersPage() -> impl IntoView {
    operator_page(Permission::ManageUsers, |page| async move {
        let t = page.t;
        let (customer, place) = place(&page).await?;
        let (users, _) = users_page(&page, &place).await?;
        let closed = place.closed.then(|| {
            let href = Section::Settings.href(&customer);
            view! {
                <Alert tone=Tone::Warning title=t.get("users-closed")>
                    <ButtonLink href size=Size::Small>{t.get("customers-settings")}</ButtonLink>
                </Alert>
            }
        });
        let content = view! {
            {closed}
            <div class="spread">
                <p class="muted flow">{t.get("users-lede")}</p>
                {add_link(t, &place)}
            </div>
            {users}
        };
        Ok(section(&page, &customer, Section::Users, content.into_any()))
    })
}

/// The form that adds a user.
#[component]
pub fn AddCustomerUserPage() -> impl IntoView {
    operator_page(Permission::ManageUsers, |page| async move {
        let (customer, place) = place(&page).await?;
        let (title, view) = add_page(&page, &place, crumbs(&page, &customer)).await?;
        Ok(Content::new(title, view))
    })
}

/// One user.
#[component]
pub fn CustomerUserPage() -> impl IntoView {
    operator_page(Permission::ManageUsers, |page| async move {
        let (customer, place) = place(&page).await?;
        user_page(&page, &place, crumbs(&page, &customer)).await
    })
}
