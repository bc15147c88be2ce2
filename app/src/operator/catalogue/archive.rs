//! Taking a product out of the catalogue, and back in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::catalogue::{self, Product};

use super::list::LIST;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::{ConfirmCard, UndoNotice};

/// The `id` of the dialog that asks.
const DIALOG: &str = "archive";

/// What archiving means, with the button that asks for a confirmation.
pub(super) fn archive_card(page: &Page, product: &Product, name: &str) -> AnyView {
    let t = page.t;
    view! {
        <ConfirmCard
            id=DIALOG
            title=t.get("catalogue-archive")
            text=t.get("catalogue-archive-text")
            ask=t.get("catalogue-archive-open")
            question=t.with("catalogue-archive-question", [("name", name.into())])
            confirm=t.get("catalogue-archive-confirm")
            form="archive-product"
            action=ArchiveProduct::PATH
            subject=("product", product.id.to_string())
            href=page.link_with(&[("dialog", Some(DIALOG))])
            open=page.shows_dialog(DIALOG)
            close_href=page.link_with(&[("dialog", None)])
        />
    }
    .into_any()
}

/// Says that a product is archived, with the button that takes it back.
pub(super) fn archived_notice(t: Text, product: &Product) -> AnyView {
    let since = product.archived_at.map(|at| t.date(at)).unwrap_or_default();
    view! {
        <UndoNotice
            title=t.with("catalogue-archived-since", [("date", since.into())])
            text=t.get("catalogue-archived-text")
            undo=t.get("catalogue-restore")
            form="restore-product"
            action=RestoreProduct::PATH
            subject=("product", product.id.to_string())
        />
    }
    .into_any()
}

/// Archives a product and shows the list.
#[server(prefix = "/do", endpoint = "catalogue/archive")]
pub async fn archive_product(
    /// Which product.
    #[server(default)]
    product: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        catalogue::archive(&action.portal, action.operator()?, action.id(&product)?).await?;
        Ok(Done::to(LIST).saying("product-archived"))
    }
    .await;
    action.answer("archive-product", outcome).await
}

/// Takes a product back into the catalogue.
#[server(prefix = "/do", endpoint = "catalogue/restore")]
pub async fn restore_product(
    /// Which product.
    #[server(default)]
    product: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&product)?;
        catalogue::restore(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("{LIST}/{id}")).saying("product-restored"))
    }
    .await;
    action.answer("restore-product", outcome).await
}
