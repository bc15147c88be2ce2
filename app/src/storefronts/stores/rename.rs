//! Giving a store another name.

use domain::id::StoreId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores::{self, Store};

use super::create::name_field;
use super::store_page;
use crate::action::{Action, Done, Reply};
use crate::page::ClientPage;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "rename-store";

/// The link that opens the dialog.
pub(super) fn rename_button(page: &ClientPage) -> AnyView {
    let t = page.t;
    let href = page.link_with(&[("dialog", Some("rename"))]);
    view! {
        <ButtonLink href icon="edit" opens="rename">
            {t.get("stores-rename")}
        </ButtonLink>
    }
    .into_any()
}

/// The dialog over the store's page.
pub(super) fn rename_dialog(page: &ClientPage, store: &Store) -> AnyView {
    let t = page.t;
    let refused = page
        .visitor
        .flash
        .form
        .as_ref()
        .is_some_and(|form| form.id == FORM);
    let open = refused || page.query("dialog").as_deref() == Some("rename");
    let close_href = page.link_with(&[("dialog", None)]);
    let id = store.id.to_string();
    let name = Some(store.name.clone());
    view! {
        <Dialog id="rename" title=t.get("stores-rename") size=Size::Small open close_href light=false>
            <Form id=FORM action=RenameStore::PATH>
                <input type="hidden" name="store" value=id />
                <DialogBody>{name_field(t, name)}</DialogBody>
                <DialogFoot id="rename">
                    <Button variant=Variant::Primary>{t.get("stores-rename")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Gives a store another name.
#[server(prefix = "/do", endpoint = "stores/rename")]
pub async fn rename_store(
    /// The store.
    #[server(default)]
    store: String,
    /// Its new name.
    #[server(default)]
    name: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store: StoreId = action.id(&store)?;
        stores::rename(&action.portal, action.client()?, store, &name).await?;
        Ok(Done::to(store_page(store)).saying("store-renamed"))
    }
    .await;
    action.answer(FORM, outcome).await
}
