//! Choosing the customer one works for, for people of several.

use domain::id::CustomerId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::access::Viewer;
use portal::accounts::current::CustomerChoice;

use super::log_in::own_path;
use super::log_out::LogOut;
use super::session;
use crate::action::{Action, Done, Reply};
use crate::page::{OpenContent, Page, open_page};
use crate::ui::{Button, Form, Size};
use crate::visitor::Visitor;

/// The page.
#[component]
pub fn ChooseCustomerPage() -> impl IntoView {
    open_page(|page| async move {
        let customers = choices(&page.visitor)?.to_vec();
        Ok(choice(&page, customers))
    })
}

/// The customers that the visitor may choose from.
fn choices(visitor: &Visitor) -> Result<&[CustomerChoice], Refusal> {
    if let Some(undecided) = &visitor.undecided {
        return Ok(&undecided.customers);
    }
    let current = visitor.current.as_ref().ok_or(Refusal::NotLoggedIn)?;
    match current.viewer {
        Viewer::Client(_) => Ok(&current.customers),
        Viewer::Operator(_) => Err(Refusal::NotFound),
    }
}

fn choice(page: &Page, customers: Vec<CustomerChoice>) -> OpenContent {
    let t = page.t;
    let next = page.query("next").unwrap_or_default();
    let buttons = customers.into_iter().map(move |customer| {
        let role = t.get(&format!("role-{}", customer.role.slug()));
        view! {
            <Button size=Size::Large name="customer" value=customer.id.to_string()>
                <span dir="auto">{customer.name}</span>
                <span class="muted text-sm">{role}</span>
            </Button>
        }
    });
    let view = view! {
        <Form id="choose-customer" action=ChooseCustomer::PATH stacked=true>
            <input type="hidden" name="next" value=next />
            {buttons.collect_view()}
        </Form>
        <form method="post" action=LogOut::PATH>
            <button class="link-button">{t.get("account-choose-customer-log-out")}</button>
        </form>
    };
    OpenContent {
        title: t.get("account-choose-customer-title"),
        lede: Some(t.get("account-choose-customer-lede")),
        after: None,
        view: view.into_any(),
    }
}

/// Works for a customer from now on, in this session.
#[server(prefix = "/do", endpoint = "account/choose-customer")]
pub async fn choose_customer(
    /// The customer's id.
    #[server(default)]
    customer: String,
    /// Path to go on to.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let customer: CustomerId = action.id(&customer)?;
        if !choices(&action.visitor)?
            .iter()
            .any(|choice| choice.id == customer)
        {
            return Err(Refusal::NotFound);
        }
        session::work_for(&action, customer).await?;
        Ok(Done::to(own_path(&next)))
    }
    .await;
    action.answer("choose-customer", outcome).await
}
