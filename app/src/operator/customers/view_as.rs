//! *View as customer*: the button that opens a customer's Storefronts, the banner above them, and the way back.

use domain::Permission;
use domain::id::CustomerId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::viewing::{self, Viewing};
use portal::customers::CustomerProfile;

use crate::account::log_in::own_path;
use crate::action::{Action, Done, Reply, VIEWING};
use crate::page::{Content, OperatorPage};
use crate::text::Text;
use crate::ui::*;

/// The button on the customer's pages, for operators who may.
pub(super) fn view_as_button(page: &OperatorPage, customer: &CustomerProfile) -> Option<AnyView> {
    let may = page.operator.require(Permission::ViewAsCustomer).is_ok();
    may.then(|| {
        let (t, id) = (page.t, customer.id.to_string());
        view! {
            <form method="post" action=ViewAsCustomer::PATH>
                <input type="hidden" name="customer" value=id />
                <Button icon="eye">{t.get("view-as-start")}</Button>
            </form>
        }
        .into_any()
    })
}

/// What stands above every page meanwhile.
pub fn banner(t: Text, customer: &str, viewing: &Viewing) -> AnyView {
    let title = t.with("view-as-title", [("customer", customer.into())]);
    let text = t.with("view-as-text", [("time", t.clock(viewing.until).into())]);
    view! {
        <Alert tone=Tone::Warning title text>
            <form method="post" action=StopViewing::PATH>
                <Button>{t.get("view-as-stop")}</Button>
            </form>
        </Alert>
    }
    .into_any()
}

/// What stands instead of a page that is not for who only looks, with the way to it where it is the operator's own.
pub fn instead(t: Text, uri: &str) -> Content {
    let title = t.get("view-as-instead");
    let theirs = ["/console", "/account"]
        .iter()
        .any(|place| uri.starts_with(place));
    let next = theirs.then(|| view! { <input type="hidden" name="next" value=uri.to_owned() /> });
    let stop = t.get(if theirs {
        "view-as-stop-and-go-on"
    } else {
        "view-as-stop"
    });
    let view = view! {
        <Empty page=true title=title.clone() text=t.get("problem-viewing-as-customer")>
            <form method="post" action=StopViewing::PATH>
                {next}
                <Button variant=Variant::Primary>{stop}</Button>
            </form>
        </Empty>
    };
    Content::new(title, view)
}

/// Opens a customer's Storefronts to look at them.
#[server(prefix = "/do", endpoint = "customers/view-as")]
pub async fn view_as_customer(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        let customer: CustomerId = action.id(&customer)?;
        let viewing = viewing::start(&action.portal, operator, customer).await?;
        action.remember(VIEWING, &viewing).await?;
        Ok(Done::to("/storefronts"))
    }
    .await;
    action.answer("view-as", outcome).await
}

/// Goes back to the customer in the console, or on to what was asked for meanwhile.
#[server(prefix = "/do", endpoint = "customers/stop-viewing")]
pub async fn stop_viewing(
    /// Path to go on to.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let current = action.visitor.current.as_ref().ok_or(Refusal::NotLoggedIn)?;
        let viewing = current.viewing.ok_or(Refusal::NotFound)?;
        action.stop_viewing().await?;
        Ok(Done::to(if next.is_empty() {
            format!("/console/customers/{}", viewing.customer)
        } else {
            own_path(&next)
        }))
    }
    .await;
    action.answer("stop-viewing", outcome).await
}
