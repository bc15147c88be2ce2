//! One import: what its file holds, how far it is, what came of it.

use domain::{ImportState, Permission};
use leptos::prelude::*;
use portal::Outcome;
use portal::imports::{self, Import};

use super::{UPLOAD, preview, result, under_way, way};
use crate::page::{ClientPage, Content, client_page};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    client_page(Permission::ImportOrders, |page: ClientPage| async move {
        let id = page.param("id")?;
        let import = imports::find(&page.portal, &page.client.scope(), id).await?;
        let t = page.t;
        let content = content(&page, &import).await?;
        let mut crumbs = way(t);
        crumbs.push(Crumb::link(t.get("imports-title"), UPLOAD));
        let badge = match import.state {
            // A preview says itself what can be imported.
            ImportState::Ready => ().into_any(),
            state => view! { <Badge status=state.slug() text=t.status(state) /> }.into_any(),
        };
        let view = view! {
            <PageHead
                title=import.file_name.clone()
                crumbs=crumbs
                lede=lede(t, &import)
                badge=badge
            />
            {content}
        };
        Ok(Content::new(import.file_name, view))
    })
}

async fn content(page: &ClientPage, import: &Import) -> Outcome<AnyView> {
    match import.state {
        ImportState::Checking | ImportState::Queued | ImportState::Running => {
            under_way::under_way(page, import).await
        }
        ImportState::Ready => preview::preview(page, import).await,
        ImportState::Succeeded | ImportState::PartlyFailed | ImportState::Failed | ImportState::Cancelled => {
            result::result(page, import).await
        }
    }
}

/// The store, and how many rows the file has once that is known.
fn lede(t: Text, import: &Import) -> String {
    let store = import.store_name.clone();
    if import.rows_total == 0 {
        return t.with("imports-store-named", [("store", store.into())]);
    }
    t.with(
        "imports-rows-and-store",
        [("rows", import.rows_total.into()), ("store", store.into())],
    )
}
