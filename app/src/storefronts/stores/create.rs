//! Adding a manual store: a page, and the same form as a dialog over the list.

use domain::{Permission, Problem, StoreName};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores;

use super::store_page;
use crate::action::{Action, Done, Reply};
use crate::page::{ClientPage, Content, client_page};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "add-store";

/// The page: for those whose browser shows no dialogs, and for links from elsewhere.
#[component]
pub fn AddStorePage() -> impl IntoView {
    client_page(Permission::ConnectStores, |page| async move {
        let t = page.t;
        let title = t.get("stores-add-manual");
        let crumbs = vec![Crumb::link(t.get("stores-title"), "/storefronts/stores")];
        let view = view! {
            <PageHead title=title.clone() lede=t.get("stores-add-note") crumbs />
            <div class="measure">
                <Form id=FORM action=CreateManualStore::PATH stacked=true>
                    {name_field(t, None)}
                    <FormActions>
                        <Button variant=Variant::Primary>{t.get("stores-create")}</Button>
                        <ButtonLink href="/storefronts/stores" variant=Variant::Quiet>
                            {t.get("ui-cancel")}
                        </ButtonLink>
                    </FormActions>
                </Form>
            </div>
        };
        Ok(Content::new(title, view))
    })
}

/// The dialog over the list.
pub(super) fn create_dialog(page: &ClientPage) -> AnyView {
    let t = page.t;
    let refused = page
        .visitor
        .flash
        .form
        .as_ref()
        .is_some_and(|form| form.id == FORM);
    let open = refused || page.query("dialog").as_deref() == Some("add");
    view! {
        <Dialog
            id="add"
            title=t.get("stores-add-manual")
            note=t.get("stores-add-note")
            size=Size::Small
            open
            close_href="/storefronts/stores"
            light=false
        >
            <Form id=FORM action=CreateManualStore::PATH>
                <DialogBody>{name_field(t, None)}</DialogBody>
                <DialogFoot id="add">
                    <Button variant=Variant::Primary>{t.get("stores-create")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// The name of a store, the same for adding and renaming.
pub(super) fn name_field(t: Text, name: Option<String>) -> AnyView {
    let help = name.is_none().then(|| t.get("stores-name-help"));
    view! {
        <TextField
            name="name"
            label=t.get("stores-name")
            value=name
            help
            placeholder=t.get("stores-name-example")
            autocomplete="off"
            max_length=u32::try_from(StoreName::MAX_LENGTH).unwrap_or(u32::MAX)
        />
    }
    .into_any()
}

/// Adds a manual store and shows it.
#[server(prefix = "/do", endpoint = "stores/create-manual")]
pub async fn create_manual_store(
    /// What it is called.
    #[server(default)]
    name: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store = stores::create_manual(&action.portal, action.client()?, &name).await?;
        let done = Problem::new("store-created").with("name", name.trim());
        Ok(Done::to(store_page(store)).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
