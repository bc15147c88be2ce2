//! Bringing a file of orders.

use domain::{Permission, Platform};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::imports::{self, UploadForm};
use portal::stores;

use super::history::history;
use super::{lead_to, way};
use crate::action::{Action, Done, Reply};
use crate::page::{ClientPage, Content, client_page};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn UploadPage() -> impl IntoView {
    client_page(Permission::ImportOrders, |page: ClientPage| async move {
        let t = page.t;
        let scope = page.client.scope();
        let stores = stores::list(&page.portal, &scope).await?;
        let manual: Vec<Choice> = stores
            .into_iter()
            .filter(|row| row.store.platform == Platform::Manual)
            .map(|row| Choice::new(row.store.id.to_string(), row.store.name))
            .collect();
        let title = t.get("imports-title");
        let form = if manual.is_empty() {
            no_store(t, page.client.require(Permission::ConnectStores).is_ok())
        } else {
            form(t, manual, page.query("store"))
        };
        let history = history(&page).await?;
        let view = view! {
            <PageHead title=title.clone() crumbs=way(t) lede=t.get("imports-lede") />
            <div class="stack" data-gap="6">{form} {history}</div>
        };
        Ok(Content::new(title, view))
    })
}

fn form(t: Text, stores: Vec<Choice>, chosen: Option<String>) -> AnyView {
    let only = (stores.len() == 1).then(|| stores[0].value.clone());
    let empty = only.is_none().then(|| t.get("imports-choose-store"));
    view! {
        <Card>
            <CardHead title=t.get("imports-file-title") note=t.get("imports-file-note")>
                <span class="push">
                    <ButtonLink
                        href="/storefronts/orders/import/template.csv"
                        icon="download"
                        size=Size::Small
                        download=true
                    >
                        {t.get("imports-template")}
                    </ButtonLink>
                </span>
            </CardHead>
            <Form id="import" action=UploadImport::PATH multipart=true>
                <CardBody form=true>
                    <SelectField
                        name="store"
                        label=t.get("imports-store")
                        choices=stores
                        value=chosen.or(only)
                        empty=empty
                        help=t.get("imports-store-help")
                    />
                    <FileField
                        name="csv"
                        label=t.get("imports-file")
                        accept=".csv,.txt,.tsv,text/csv,text/plain"
                        note=t.get("imports-file-limits")
                    />
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary icon="upload">{t.get("imports-check")}</Button>
                    <span class="muted">{t.get("imports-check-note")}</span>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

fn no_store(t: Text, may_add: bool) -> AnyView {
    let text = t.get(if may_add {
        "imports-no-store-text"
    } else {
        "imports-no-store-ask"
    });
    view! {
        <Empty title=t.get("imports-no-store-title") text=text>
            {may_add
                .then(|| {
                    view! {
                        <ButtonLink href="/storefronts/stores/new/manual" variant=Variant::Primary>
                            {t.get("imports-no-store-add")}
                        </ButtonLink>
                    }
                })}
        </Empty>
    }
    .into_any()
}

/// Takes the file and has it checked.
#[server(prefix = "/do", endpoint = "imports/upload")]
pub async fn upload_import(
    /// The id of a manual store.
    #[server(default)]
    store: String,
    /// The file; its id stands here once it has arrived.
    #[server(default)]
    csv: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let client = action.client()?;
        // Without a file the use case refuses the form and says what else is wrong with it.
        let uploaded = imports::upload(&action.portal, client, &UploadForm { store, csv }).await;
        if !action.files_taken() {
            return action.with_refused_files(uploaded);
        }
        let id = uploaded?;
        lead_to(&action.portal, &client.scope(), id).await
    }
    .await;
    action.answer("import", outcome).await
}

/// Where a file that is not wanted any more leads.
pub(super) fn again() -> Done {
    Done::to(super::UPLOAD)
}
