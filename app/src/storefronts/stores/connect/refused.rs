//! Why a store could not be connected, where the person sees it: at the field it is about, or over the form.

use domain::Platform;
use leptos::prelude::*;
use portal::stores::connect::{ConnectRefused, refused_keys};
use portal::{Outcome, Refusal};

use super::super::diagnosis::Diagnosis;
use super::authorise::FORM as AUTHORISE;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// Session key of what the platform said when it sent somebody back without a store.
pub const WORDS: &str = "connect-words";

/// Codes of what passes. A store that is connected is tried again and again; nobody tries one that is not.
const PASSING: [&str; 6] = [
    "store-failing",
    "store-maintenance",
    "store-throttled",
    "store-timed-out",
    "store-uncertain",
    "store-unreadable",
];

/// Why the store was not connected, and what to do about it.
fn not_connected(t: Text, code: &str, words: Option<&str>) -> Diagnosis {
    let why = Diagnosis::of(t, code, words);
    if PASSING.contains(&code) {
        Diagnosis {
            remedy: Some(t.get("connect-try-again")),
            ..why
        }
    } else {
        why
    }
}

/// As what is wrong with a form. `asks_shop` is whether the form has a field for the shop's address.
pub(super) fn form_refusal(t: Text, refused: ConnectRefused, asks_shop: bool) -> Refusal {
    let why = match refused {
        ConnectRefused::Refused(refusal) => return refusal,
        ConnectRefused::Shop(why) => why,
    };
    let problem = not_connected(t, why.code, why.words.as_deref()).problem(t);
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
    let (code, words): (String, Option<String>) = match page.query("failed") {
        Some(code) => (code, page.take(WORDS).await),
        None if platform == Platform::WooCommerce => match refused_keys(&page.portal, &page.client).await? {
            Some(why) => (why.code.to_owned(), why.words),
            None => return Ok(None),
        },
        None => return Ok(None),
    };
    let begins_anew = PASSING.contains(&code.as_str()) && page.query("way").is_none();
    let again = begins_anew.then(|| {
        view! {
            <Button form=AUTHORISE size=Size::Small icon="retry">
                {t.get("ui-retry")}
            </Button>
        }
    });
    let why = not_connected(t, &code, words.as_deref());
    Ok(Some(why.alert(t, Tone::Danger, again.into_any())))
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

    #[test]
    fn what_passes_are_codes_that_there_are() {
        assert!(PASSING.iter().all(|code| CODES.contains(code)));
    }
}
