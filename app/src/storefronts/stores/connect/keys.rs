//! Connecting a WooCommerce shop with keys that its owner made.

use domain::id::StoreId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores::Store;
use portal::stores::connect::{KeysForm, woocommerce_keys};

use super::super::store_page;
use super::frame::actions;
use super::refused::form_refusal;
use super::woocommerce::shop_fields;
use crate::action::{Action, Done, Reply};
use crate::page::ClientPage;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "connect-keys";

/// The form: the shop is tried before anything is stored.
pub(super) fn keys_form(page: &ClientPage, store: Option<&Store>, shop: String) -> AnyView {
    let t = page.t;
    let store_id = store.map(|store| store.id.to_string());
    // What it is, and whether the keys work.
    let buttons = actions(page, store, t.get("connect-woocommerce-verify"), 2);
    let steps = (1..=3)
        .map(|number| {
            let title = t.get(&format!("connect-woocommerce-key-step-{number}"));
            view! { <Step number title /> }
        })
        .collect_view();
    view! {
        <Form id=FORM action=ConnectStoreWithKeys::PATH stacked=true>
            {match store_id {
                Some(id) => view! { <input type="hidden" name="store" value=id /> }.into_any(),
                None => shop_fields(t, shop),
            }}
            <TextField
                name="consumer_key"
                label=t.get("connect-woocommerce-consumer-key")
                placeholder="ck_…"
                code=true
                autocomplete="off"
            />
            <PasswordField
                name="consumer_secret"
                label=t.get("connect-woocommerce-consumer-secret")
                help=t.get("connect-woocommerce-consumer-secret-help")
                placeholder="cs_…"
                autocomplete="new-password"
            />
            {buttons}
        </Form>
        <Card>
            <CardHead title=t.get("connect-woocommerce-where-keys") />
            <CardBody>
                <Steps>{steps}</Steps>
            </CardBody>
        </Card>
    }
    .into_any()
}

/// Tries keys at a shop and connects it when they work.
#[server(prefix = "/do", endpoint = "stores/connect-keys")]
pub async fn connect_store_with_keys(
    /// The shop's address; not asked for when a store is connected once more.
    #[server(default)]
    shop: String,
    /// `ck_…`
    #[server(default)]
    consumer_key: String,
    /// `cs_…`
    #[server(default)]
    consumer_secret: String,
    /// `true` when the owner accepts a shop without encryption.
    #[server(default)]
    plain_http: String,
    /// The store to connect once more; blank for a new one.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let client = action.client()?;
        let asks_shop = store.is_empty();
        let store: Option<StoreId> = if asks_shop { None } else { Some(action.id(&store)?) };
        let form = KeysForm {
            shop,
            consumer_key,
            consumer_secret,
            plain_http: plain_http == "true",
            store,
        };
        let t = action.visitor.text();
        let connected = woocommerce_keys(&action.portal, client, &form)
            .await
            .map_err(|refused| form_refusal(t, refused, asks_shop))?;
        let done = if connected.again {
            "reconnected"
        } else {
            "connected"
        };
        Ok(Done::to(format!("{}?done={done}", store_page(connected.store))))
    }
    .await;
    action.answer(FORM, outcome).await
}
