//! Creating a customer: a page, and the same form as a dialog over the list.

use domain::{CustomerName, CustomerReference, Description, Permission, Problem};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::customers::{self, CreateForm, CustomerForm};

use crate::action::{Action, Done, Reply};
use crate::page::{Content, OperatorPage, operator_page};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "create-customer";
/// Where the page is.
pub(super) const CREATE: &str = "/console/customers/new";

/// The page: for those whose browser shows no dialogs, and for links from elsewhere.
#[component]
pub fn CreateCustomerPage() -> impl IntoView {
    operator_page(Permission::ManageCustomers, |page| async move {
        let t = page.t;
        let title = t.get("customers-create");
        let key = page.portal.entropy.id().to_string();
        let crumbs = vec![Crumb::link(t.get("customers-title"), "/console/customers")];
        let view = view! {
            <PageHead title=title.clone() lede=t.get("customers-create-note") crumbs />
            <div class="measure">
                <Form id=FORM action=CreateCustomer::PATH stacked=true>
                    <input type="hidden" name="form" value=key />
                    {fields(t, CustomerForm::default())}
                    <FormActions>
                        <Button variant=Variant::Primary>{t.get("customers-create-submit")}</Button>
                        <ButtonLink href="/console/customers" variant=Variant::Quiet>{t.get("ui-cancel")}</ButtonLink>
                    </FormActions>
                </Form>
            </div>
        };
        Ok(Content::new(title, view))
    })
}

/// The dialog over the list.
pub(super) fn create_dialog(page: &OperatorPage) -> AnyView {
    let t = page.t;
    let refused = page
        .visitor
        .flash
        .form
        .as_ref()
        .is_some_and(|form| form.id == FORM);
    let open = refused || page.query("dialog").as_deref() == Some("create");
    let close = page.link_with(&[("dialog", None)]);
    let key = page.portal.entropy.id().to_string();
    view! {
        <Dialog
            id="create"
            title=t.get("customers-create")
            note=t.get("customers-create-note")
            open
            close_href=close
            light=false
        >
            <Form id=FORM action=CreateCustomer::PATH>
                <input type="hidden" name="form" value=key />
                <DialogBody>{fields(t, CustomerForm::default())}</DialogBody>
                <DialogFoot id="create">
                    <Button variant=Variant::Primary>{t.get("customers-create-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// What is known of a customer, as fields: the same for creating and for changing.
pub(super) fn fields(t: Text, customer: CustomerForm) -> AnyView {
    let limit = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    view! {
        <TextField
            name="name"
            label=t.get("customers-name")
            help=t.get("customers-name-help")
            value=customer.name
            autocomplete="off"
            max_length=limit(CustomerName::MAX_LENGTH)
        />
        <TextField
            name="reference"
            label=t.get("customers-reference-id")
            help=t.get("customers-reference-help")
            value=customer.reference
            optional=true
            autocomplete="off"
            max_length=limit(CustomerReference::MAX_LENGTH)
        />
        <TextArea
            name="description"
            label=t.get("customers-description")
            value=customer.description
            optional=true
            max_length=limit(Description::MAX_LENGTH)
        />
    }
    .into_any()
}

/// Creates a customer and shows it.
#[server(prefix = "/do", endpoint = "customers/create")]
pub async fn create_customer(
    /// The form's own key.
    #[server(default)]
    form: String,
    /// The name of the business.
    #[server(default)]
    name: String,
    /// The customer reference ID.
    #[server(default)]
    reference: String,
    /// Notes.
    #[server(default)]
    description: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let done = Problem::new("customer-created").with("name", name.trim());
        let customer = CustomerForm {
            name,
            reference,
            description,
        };
        let form = CreateForm {
            customer,
            key: form.parse().ok(),
        };
        let id = customers::create(&action.portal, action.operator()?, form).await?;
        Ok(Done::to(format!("/console/customers/{id}")).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
