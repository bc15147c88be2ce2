//! A customer's settings: Storefronts access with its client admin, the profile, archiving.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;
use portal::{customers, invitations};

use super::access_card::access_card;
use super::archive::{archive_card, archived_notice};
use super::edit::profile_card;
use super::history::history_card as invitations_card;
use super::sections::{Section, section};
use crate::audit::history_card;
use crate::page::operator_page;

/// The page.
#[component]
pub fn CustomerSettingsPage() -> impl IntoView {
    operator_page(Permission::ManageCustomers, |page| async move {
        let t = page.t;
        let customer = customers::find(&page.portal, &page.operator, page.param("id")?).await?;
        let history = {
            let mut conn = page.portal.db.read().await?;
            invitations::history(&page.portal, &mut conn, customer.id).await?
        };
        let archived = customer.archived_at.is_some();
        let top = if archived {
            archived_notice(t, &customer)
        } else {
            access_card(&page, &customer)
        };
        let history = (!history.is_empty()).then(|| invitations_card(t, history));
        let viewer = Viewer::Operator(page.operator.clone());
        let decided = history_card(&page, &viewer, customer.id).await?;
        let bottom = (!archived).then(|| archive_card(&page, &customer));
        let content = view! {
            <div class="split" data-aside="sm">
                <div class="stack" data-gap="6">
                    {top}
                    {profile_card(t, &customer)}
                    {bottom}
                    {decided}
                </div>
                {history}
            </div>
        };
        Ok(section(&page, &customer, Section::Settings, content.into_any()))
    })
}
