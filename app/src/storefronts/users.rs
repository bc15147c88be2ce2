//! *Settings*, *User management*: the people of the customer, for their account admin.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;

use crate::page::{ClientPage, Content, client_page};
use crate::ui::*;
use crate::users::{Place, add_link, add_page, user_page, users_page};

fn place(page: &ClientPage) -> Place {
    Place::new(Viewer::Client(page.client.clone()), page.client.customer)
}

/// The settings, which are no page of their own, and the list of users.
fn crumbs(page: &ClientPage, place: &Place) -> Vec<Crumb> {
    let settings = Crumb {
        text: page.t.get("nav-settings"),
        href: OptionalText::default(),
    };
    vec![
        settings,
        Crumb::link(page.t.get("users-title"), place.home.clone()),
    ]
}

/// The list.
#[component]
pub fn UsersPage() -> impl IntoView {
    client_page(Permission::ManageUsers, |page| async move {
        let t = page.t;
        let place = place(&page);
        let (users, count) = users_page(&page, &place).await?;
        let title = t.get("users-title");
        let mut crumbs = crumbs(&page, &place);
        crumbs.truncate(1);
        let view = view! {
            <PageHead title=title.clone() count=t.number(count) crumbs>
                {add_link(t, &place)}
            </PageHead>
            {users}
        };
        Ok(Content::new(title, view))
    })
}

/// The form that adds a user.
#[component]
pub fn AddUserPage() -> impl IntoView {
    client_page(Permission::ManageUsers, |page| async move {
        let place = place(&page);
        let (title, view) = add_page(&page, &place, crumbs(&page, &place)).await?;
        Ok(Content::new(title, view))
    })
}

/// One user.
#[component]
pub fn UserPage() -> impl IntoView {
    client_page(Permission::ManageUsers, |page| async move {
        let place = place(&page);
        user_page(&page, &place, crumbs(&page, &place)).await
    })
}
