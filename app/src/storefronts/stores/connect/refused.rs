//! Why a store could not be connected, where the person sees it: at the field it is about, or over the form.

use domain::Platform;
use leptos::prelude::*;
use portal::stores::connect::{ConnectRefused, refused_keys};
use portal::{Outcome, Refusal};

use super::super::diagnosis::Diagnosis;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::Tone;

/// Session key of what the platform said when it sent somebody back without a store.
pub const WORDS: &str = "connect-words";

/// As what is wrong with a form. `asks_shop` is whether the form has a field for the shop's address.
pub(super) fn form_refusal(t: Text, refused: ConnectRefused, asks_shop: bool) -> Refusal {
    let why = match refused {
        ConnectRefused::Refused(refusal) => return refusal,
        ConnectRefused::Shop(why) => why,
    };
    let problem = Diagnosis::of(t, why.code, why.words.as_deref()).problem(t);
    match field_of(why.code).filter(|field| asks_shop || *field != "shop") {
        Some(field) => Refusal::field(field, problem),
        None => Refusal::Conflict(problem),
    }
}

/// The field that a code is about.
fn field_of(code: &str) -> Option<&'static str> {
    match code {
        "store-address-refused"
        | "store-moved"
        | "store-not-encrypted"
        | "store-not-this-platform"
        | "store-shop-missing"
        | "store-timed-out"
        | "store-unreachable" => Some("shop"),
        "store-orders-hidden"
        | "store-products-hidden"
        | "store-read-only"
        | "store-unauthorized"
        | "store-unknown-key"
        | "store-write-only" => Some("consumer_key"),
        "store-wrong-secret" => Some("consumer_secret"),
        _ => None,
    }
}

/// What went wrong on the way to the platform and back, over the form that begins anew.
pub(super) async fn came_back(page: &ClientPage, platform: Platform) -> Outcome<Option<AnyView>> {
    let t = page.t;
    let why = match page.query("failed") {
        Some(code) => {
            let words: Option<String> = page.take(WORDS).await;
            Some(Diagnosis::of(t, &code, words.as_deref()))
        }
        None if platform == Platform::WooCommerce => refused_keys(&page.portal, &page.client)
            .await?
            .map(|why| Diagnosis::of(t, why.code, why.words.as_deref())),
        None => None,
    };
    Ok(why.map(|why| why.alert(t, Tone::Danger, ().into_any())))
}

#[cfg(test)]
mod tests {
    use portal::stores::connect::CODES;

    use super::*;

    #[test]
    fn fields_are_those_of_codes_that_there_are() {
        let with_field = CODES.iter().filter(|code| field_of(code).is_some());
        assert_eq!(with_field.count(), 14);
    }
}
