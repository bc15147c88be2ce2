//! Archiving a customer, and taking it back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::customers::{self, CustomerProfile};

use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog that asks.
const DIALOG: &str = "archive";

/// What archiving means, with the button that asks for a confirmation.
pub(super) fn archive_card(page: &OperatorPage, customer: &CustomerProfile) -> AnyView {
    let t = page.t;
    let question = t.with(
        "customers-archive-question",
        [("name", customer.name.as_str().into())],
    );
    view! {
        <ConfirmCard
            id=DIALOG
            title=t.get("customers-archive")
            text=t.get("customers-archive-text")
            ask=t.get("customers-archive-menu")
            question
            confirm=t.get("customers-archive-confirm")
            form="archive-customer"
            action=ArchiveCustomer::PATH
            subject=("customer", customer.id.to_string())
            href=page.link_with(&[("dialog", Some(DIALOG))])
            open=page.shows_dialog(DIALOG)
            close_href=page.link_with(&[("dialog", None)])
        />
    }
    .into_any()
}

/// Says that a customer is archived, with the button that takes it back.
pub(super) fn archived_notice(t: Text, customer: &CustomerProfile) -> AnyView {
    let since = customer.archived_at.map(|at| t.date(at)).unwrap_or_default();
    view! {
        <UndoNotice
            title=t.with("customers-archived-since", [("date", since.into())])
            text=t.get("customers-archived-text")
            undo=t.get("customers-restore")
            form="restore-customer"
            action=RestoreCustomer::PATH
            subject=("customer", customer.id.to_string())
        />
    }
    .into_any()
}

/// Archives a customer and shows the list.
#[server(prefix = "/do", endpoint = "customers/archive")]
pub async fn archive_customer(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        customers::archive(&action.portal, action.operator()?, id).await?;
        Ok(Done::to("/console/customers").saying("customer-archived"))
    }
    .await;
    action.answer("archive-customer", outcome).await
}

/// Takes a customer back into the list.
#[server(prefix = "/do", endpoint = "customers/restore")]
pub async fn restore_customer(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        customers::restore(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/customers/{id}/settings")).saying("customer-restored"))
    }
    .await;
    action.answer("restore-customer", outcome).await
}
