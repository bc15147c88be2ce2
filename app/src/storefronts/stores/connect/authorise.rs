//! The form that leads to a platform's own page, where the person agrees.

use domain::Platform;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores::connect::{NewAuthorisation, again, begin};
use portal::stores::{self, Store};

use super::super::platform_name;
use super::frame::{CONNECTING, TYPED, actions};
use super::leave::leave;
use super::refused::form_refusal;
use crate::action::{Action, Reply};
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
pub(super) const FORM: &str = "connect";

/// The form, with the `fields` that the platform needs to know a new shop by; they are given what is known of it.
pub(super) fn authorise_form(
    page: &ClientPage,
    platform: Platform,
    store: Option<&Store>,
    shop: String,
    fields: fn(Text, String) -> AnyView,
) -> AnyView {
    let t = page.t;
    let is_new = store.is_none();
    let words = t.with("connect-go-on", [("platform", platform_name(t, platform).into())]);
    // Only a new shop of this platform has an address that anybody can get wrong: it is looked at first.
    let questions = u32::from(is_new && platform == Platform::WooCommerce);
    let buttons = actions(page, store, words, questions);
    let (action, name, value) = match store {
        Some(store) => (ReconnectStore::PATH, "store", store.id.to_string()),
        None => (ConnectStore::PATH, "platform", platform.slug().to_owned()),
    };
    let after = t.get(&format!("connect-{}-after", platform.slug()));
    view! {
        <Form id=FORM action stacked=true>
            <input type="hidden" name=name value=value />
            {is_new.then(|| fields(t, shop))}
            <p class="muted">{after}</p>
            {buttons}
        </Form>
    }
    .into_any()
}

/// Leads to the page of the platform where the person agrees.
#[server(prefix = "/do", endpoint = "stores/connect")]
pub async fn connect_store(
    /// `shopify`, `etsy`, `woocommerce`
    #[server(default)]
    platform: String,
    /// The shop's name or address, where the platform wants to be told.
    #[server(default)]
    shop: String,
    /// `true` when the owner accepts a shop without encryption.
    #[server(default)]
    plain_http: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let begun = async {
        let client = action.client()?;
        let platform = action.id(&platform)?;
        let new = NewAuthorisation {
            platform,
            shop: &shop,
            plain_http: plain_http == "true",
        };
        let t = action.visitor.text();
        action.remember(TYPED, &Some((platform, shop.clone()))).await?;
        let page = begin(&action.portal, client, &new)
            .await
            .map_err(|refused| form_refusal(t, refused, true))?;
        action.remember(CONNECTING, &None::<String>).await?;
        Ok((platform, page))
    }
    .await;
    match begun {
        Ok((platform, page)) => leave(action, FORM, platform, page).await,
        Err(refusal) => action.answer(FORM, Err(refusal)).await,
    }
}

/// Leads to the page of the platform once more, for a store that is there.
#[server(prefix = "/do", endpoint = "stores/reconnect")]
pub async fn reconnect_store(
    /// The store.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let begun = async {
        let client = action.client()?;
        let store = stores::find(&action.portal, &client.scope(), action.id(&store)?).await?;
        let t = action.visitor.text();
        let page = again(&action.portal, client, store.id)
            .await
            .map_err(|refused| form_refusal(t, refused, false))?;
        action.remember(CONNECTING, &Some(store.id)).await?;
        Ok((store.platform, page))
    }
    .await;
    match begun {
        Ok((platform, page)) => leave(action, FORM, platform, page).await,
        Err(refusal) => action.answer(FORM, Err(refusal)).await,
    }
}
