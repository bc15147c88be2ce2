//! Erasing who a buyer is.

use domain::Problem;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::buyers::{self, Kept};

use super::home;
use crate::action::{Action, Done, Reply};
use crate::orders::page_of;
use crate::page::Page;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "erase-buyer";
/// The `id` of the dialog that asks.
const DIALOG: &str = "erase";

/// Erases a buyer after a confirmation that says what stays; says why not while something is still to be sent to them.
pub(super) fn erase_card(page: &Page, viewer: &Viewer, kept: &Kept) -> AnyView {
    let t = page.t;
    if kept.under_way > 0 {
        let title = t.with("buyers-erase-later", [("orders", kept.under_way.into())]);
        let prefix = &page.portal.settings.brand.order_prefix;
        let orders = kept.first_under_way.iter().map(|(number, id)| {
            let name = format!("{prefix}{number}");
            view! { <a href=page_of(viewer, *id)>{name}</a> }
        });
        let orders = orders.collect_view();
        return view! {
            <Alert tone=Tone::Neutral title text=t.get("buyers-erase-later-text")>
                {orders}
            </Alert>
        }
        .into_any();
    }
    view! {
        <ConfirmCard
            id=DIALOG
            title=t.get("buyers-erase")
            text=t.get("buyers-erase-text")
            ask=t.get("buyers-erase-menu")
            question=t.with("buyers-erase-question", [("email", kept.email.as_str().into())])
            confirm=t.with("buyers-erase-confirm", [("orders", kept.orders.into())])
            form=FORM
            action=EraseBuyer::PATH
            subject=("email", kept.email.clone())
            href=page.link_with(&[("dialog", Some(DIALOG))])
            open={page.shows_dialog(DIALOG) || page.shows_dialog(FORM)}
            close_href=page.link_with(&[("dialog", None)])
        />
    }
    .into_any()
}

/// Erases who a buyer is.
#[server(prefix = "/do", endpoint = "buyers/erase")]
pub async fn erase_buyer(
    /// The buyer's e-mail address.
    #[server(default)]
    email: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let viewer = action.viewer()?;
        let proof = action.proof().await?;
        let orders = buyers::erase(&action.portal, viewer, proof, &email).await?;
        let done = Problem::new("buyer-erased").with("orders", i64::try_from(orders).unwrap_or(i64::MAX));
        Ok(Done::to(home(viewer)).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
