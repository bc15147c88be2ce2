//! The people of a customer, for operators to look at: the account admin manages them in Storefronts.

use domain::Permission;
use leptos::prelude::*;
use portal::customers::{self, CustomerUser};

use super::access_card::access_badge;
use super::sections::{Section, section};
use crate::page::operator_page;
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn CustomerUsersPage() -> impl IntoView {
    operator_page(Permission::SeeCustomers, |page| async move {
        let t = page.t;
        let customer = customers::find(&page.portal, &page.operator, page.param("id")?).await?;
        let users = customers::users(&page.portal, &page.operator, customer.id).await?;
        let content = if users.is_empty() {
            let href = Section::Settings.href(&customer);
            view! {
                <Empty title=t.get("customers-users-empty-title") text=t.get("customers-users-empty-text")>
                    <ButtonLink href variant=Variant::Primary>{t.get("customers-invite-admin")}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Alert tone=Tone::Neutral title=t.get("customers-users-note") />
                {table(t, users, customer.storefronts_access)}
            }
            .into_any()
        };
        Ok(section(&page, &customer, Section::Users, content))
    })
}

fn table(t: Text, users: Vec<CustomerUser>, access: bool) -> AnyView {
    let rows = users.into_iter().map(|user| row(t, user, access)).collect_view();
    view! {
        <DataTable caption=t.get("customers-users") bleed=true>
            <TableHead>
                <HeadCell text=t.get("customers-user-name") />
                <HeadCell text=t.get("customers-user-role") />
                <HeadCell text=t.get("customers-user-state") />
                <HeadCell text=t.get("customers-user-last-login") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn row(t: Text, user: CustomerUser, access: bool) -> AnyView {
    let state = if user.blocked {
        view! { <PlainBadge text=t.get("customers-user-blocked") /> }.into_any()
    } else {
        access_badge(t, user.state, access)
    };
    let last = user
        .last_login_at
        .map_or_else(|| t.get("customers-never"), |at| t.ago(at));
    view! {
        <Row>
            <LeadCell title=user.name sub=user.email monogram=true />
            <Cell label=t.get("customers-user-role")>{t.get(&format!("role-{}", user.role.slug()))}</Cell>
            <Cell>{state}</Cell>
            <Cell label=t.get("customers-user-last-login") align=Align::Time>{last}</Cell>
        </Row>
    }
    .into_any()
}
