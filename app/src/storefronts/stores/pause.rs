//! Pausing a store, and going on.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores::{self, Store};

use super::store_page;
use crate::action::{Action, Done, Reply};
use crate::text::Text;
use crate::ui::*;

/// The `id` of both forms.
const FORM: &str = "pause-store";

/// The entry of the store's menu.
pub(super) fn pause_entry(t: Text, store: &Store) -> AnyView {
    view! {
        <MenuForm
            action=PauseStore::PATH
            text=t.get("stores-pause")
            note=t.get("stores-pause-note")
            icon="pause"
            values=vec![("store", store.id.to_string())]
        />
    }
    .into_any()
}

/// The button that lets a paused store go on.
pub(super) fn resume_button(t: Text, store: &Store) -> AnyView {
    let id = store.id.to_string();
    view! {
        <Form id=FORM action=ResumeStore::PATH>
            <input type="hidden" name="store" value=id />
            <Button icon="play">{t.get("stores-resume")}</Button>
        </Form>
    }
    .into_any()
}

/// Stops a store for a while.
#[server(prefix = "/do", endpoint = "stores/pause")]
pub async fn pause_store(
    /// The store.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store = action.id(&store)?;
        stores::pause(&action.portal, action.client()?, store).await?;
        Ok(Done::to(store_page(store)).saying("store-paused"))
    }
    .await;
    action.answer(FORM, outcome).await
}

/// Lets a paused store go on.
#[server(prefix = "/do", endpoint = "stores/resume")]
pub async fn resume_store(
    /// The store.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store = action.id(&store)?;
        stores::resume(&action.portal, action.client()?, store).await?;
        Ok(Done::to(store_page(store)).saying("store-resumed"))
    }
    .await;
    action.answer(FORM, outcome).await
}
