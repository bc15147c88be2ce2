//! A store that cannot be read: since when, why, when it is tried next, and trying it at once.

use domain::{Permission, StoreState};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::stores::{Failing, Store};
use portal::syncs;

use super::{Diagnosis, store_page};
use crate::action::{Action, Done, Reply};
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// How the connection of a store is, in a word; that it cannot be reached while it cannot be read.
pub(crate) fn store_badge(t: Text, state: StoreState, failing: Option<&Failing>) -> AnyView {
    let (status, text) = match failing {
        None => (state.slug(), t.status(state)),
        Some(failing) if failing.lasts() => (StoreState::Disconnected.slug(), t.get("stores-not-reached")),
        Some(_) => (StoreState::NeedsAttention.slug(), t.get("stores-not-reached")),
    };
    view! { <Badge status text /> }.into_any()
}

/// How bad it is: the first failure may pass by itself.
pub(crate) const fn failing_tone(failing: &Failing) -> Tone {
    if failing.lasts() {
        Tone::Danger
    } else {
        Tone::Warning
    }
}

/// Since when and why a store cannot be read, and when it is tried next, in a line.
pub(crate) fn failing_line(t: Text, failing: &Failing) -> String {
    let why = Diagnosis::of(t, &failing.reason, None).sentence;
    let parts = [since(t, failing), Some(why), Some(next_try(t, failing))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn since(t: Text, failing: &Failing) -> Option<String> {
    let since = t.date_time(failing.since?);
    Some(t.with("stores-not-reached-since", [("time", since.into())]))
}

fn next_try(t: Text, failing: &Failing) -> String {
    match failing.next_try_at {
        Some(at) if t.is_ahead(at) => t.with("stores-next-try", [("time", t.time(at).into())]),
        _ => t.get("stores-next-try-now"),
    }
}

/// The same above the pages of the store, with the way out.
pub(super) fn failing_alert(page: &ClientPage, store: &Store, failing: &Failing) -> AnyView {
    let t = page.t;
    let why = Diagnosis::of(t, &failing.reason, failing.words.as_deref());
    let items: Vec<String> = why.quoted(t).into_iter().collect();
    let title = since(t, failing).unwrap_or_else(|| t.get("stores-not-reached"));
    let parts = [Some(why.sentence), why.remedy, Some(next_try(t, failing))];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let button = try_now_button(page, store, Size::Medium);
    view! {
        <Alert tone=failing_tone(failing) title text items>
            {button}
        </Alert>
    }
    .into_any()
}

/// The button that has a failing store tried at once; nothing for a role that may not.
pub(in crate::storefronts) fn try_now_button(
    page: &ClientPage,
    store: &Store,
    size: Size,
) -> Option<AnyView> {
    page.client.require(Permission::SyncStores).ok()?;
    let words = page.t.get("stores-try-now");
    let id = store.id.to_string();
    let form = view! {
        <Form id=format!("try-{id}") action=TryStoreNow::PATH>
            <input type="hidden" name="store" value=id />
            <Button size icon="retry" above_row=true>
                {words}
            </Button>
        </Form>
    };
    Some(form.into_any())
}

/// Has a failing store tried at once.
#[server(prefix = "/do", endpoint = "stores/try-now")]
pub async fn try_store_now(
    /// The store.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&store)?;
        syncs::try_now(&action.portal, action.viewer()?, id).await?;
        Ok(Done::to(action.came_from_within(&store_page(id))).saying("store-tried"))
    }
    .await;
    action.answer(&format!("try-{store}"), outcome).await
}
