//! Connecting a WooCommerce shop: in one click, on the shop's own page, or with keys that its owner made.

use domain::Platform;
use leptos::prelude::*;
use portal::stores::Store;

use super::authorise::authorise_form;
use super::connect_page;
use super::frame::connect_view;
use super::keys::keys_form;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The value of `way` for keys.
const KEYS: &str = "keys";

/// The page.
#[component]
pub fn ConnectWooCommercePage() -> impl IntoView {
    connect_view(Platform::WooCommerce, |page, store, shop| {
        let t = page.t;
        let with_keys = page.query("way").as_deref() == Some(KEYS);
        let form = if with_keys {
            keys_form(page, store, shop)
        } else {
            authorise_form(page, Platform::WooCommerce, store, shop, shop_fields)
        };
        let hint = (!with_keys).then(|| {
            let href = way(store, Some(KEYS));
            view! {
                <Alert tone=Tone::Neutral title=t.get("connect-woocommerce-no-page")>
                    <ButtonLink href size=Size::Small>{t.get("connect-woocommerce-use-keys")}</ButtonLink>
                </Alert>
            }
        });
        view! {
            {ways(page, store, with_keys)}
            {form}
            {hint}
        }
        .into_any()
    })
}

/// What is asked of a new shop, the same for both ways: its address, and the owner's word that it may be spoken to
/// without encryption.
pub(super) fn shop_fields(t: Text, shop: String) -> AnyView {
    view! {
        <TextField
            name="shop"
            label=t.get("connect-woocommerce-shop")
            help=t.get("connect-woocommerce-shop-help")
            placeholder=t.get("connect-woocommerce-shop-example")
            value=shop
            autocomplete="url"
        />
        <CheckField
            name="plain_http"
            label=t.get("connect-woocommerce-plain")
            note=t.get("connect-woocommerce-plain-note")
        />
    }
    .into_any()
}

/// This page with one of the ways chosen.
fn way(store: Option<&Store>, way: Option<&str>) -> String {
    let store = store.map(|store| format!("store={}", store.id));
    let query: Vec<String> = store
        .into_iter()
        .chain(way.map(|way| format!("way={way}")))
        .collect();
    let page = connect_page(Platform::WooCommerce);
    if query.is_empty() {
        page
    } else {
        format!("{page}?{}", query.join("&"))
    }
}

fn ways(page: &ClientPage, store: Option<&Store>, with_keys: bool) -> AnyView {
    let t = page.t;
    let (one_click, keys) = (way(store, None), way(store, Some(KEYS)));
    view! {
        <ButtonGroup label=t.get("connect-woocommerce-ways")>
            <ButtonLink href=one_click current=!with_keys>
                {t.get("connect-woocommerce-one-click")}
            </ButtonLink>
            <ButtonLink href=keys current=with_keys>
                {t.get("connect-woocommerce-keys")}
            </ButtonLink>
        </ButtonGroup>
    }
    .into_any()
}
