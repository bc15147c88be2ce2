//! Taking a store's connection away.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores::{self, Store};

use super::store_page;
use crate::action::{Action, Done, Reply};
use crate::page::ClientPage;
use crate::ui::*;

/// The `id` of the dialog, and its name in the address.
const DIALOG: &str = "disconnect";
/// The `id` of the form in it.
const FORM: &str = "disconnect-store";

/// The entry of the store's menu that opens the confirmation.
pub(super) fn disconnect_entry(page: &ClientPage) -> AnyView {
    let href = page.link_with(&[("dialog", Some(DIALOG))]);
    view! {
        <MenuLink href text=page.t.get("stores-disconnect-menu") icon="unlink" tone=Tone::Danger opens=DIALOG />
    }
    .into_any()
}

/// The confirmation.
pub(super) fn disconnect_dialog(page: &ClientPage, store: &Store) -> AnyView {
    let t = page.t;
    let title = t.with("stores-disconnect-title", [("store", store.name.as_str().into())]);
    let (id, open) = (store.id.to_string(), page.shows_dialog(DIALOG));
    let close_href = page.link_with(&[("dialog", None)]);
    view! {
        <Dialog id=DIALOG title size=Size::Small open close_href>
            <Form id=FORM action=DisconnectStore::PATH>
                <input type="hidden" name="store" value=id />
                <DialogBody>
                    <p>{t.get("stores-disconnect-stops")}</p>
                    <p>{t.get("stores-disconnect-stays")}</p>
                </DialogBody>
                <DialogFoot id=DIALOG>
                    <Button variant=Variant::DangerFill>{t.get("stores-disconnect")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Disconnects a store; what it sold and ordered stays.
#[server(prefix = "/do", endpoint = "stores/disconnect")]
pub async fn disconnect_store(
    /// The store.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store = action.id(&store)?;
        stores::disconnect(&action.portal, action.client()?, store).await?;
        Ok(Done::to(store_page(store)).saying("store-disconnected"))
    }
    .await;
    action.answer(FORM, outcome).await
}
