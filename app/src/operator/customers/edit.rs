//! Changing a customer's profile.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::customers::{self, CustomerForm, CustomerProfile};

use super::create::fields;
use crate::action::{Action, Done, Reply};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "customer";

/// The form that changes name, reference and description.
pub(super) fn profile_card(t: Text, customer: &CustomerProfile) -> AnyView {
    let id = customer.id.to_string();
    let form = CustomerForm {
        name: customer.name.clone(),
        reference: customer.reference_id.clone().unwrap_or_default(),
        description: customer.description.clone().unwrap_or_default(),
    };
    view! {
        <Card>
            <CardHead title=t.get("customers-profile") />
            <Form id=FORM action=EditCustomer::PATH>
                <input type="hidden" name="customer" value=id />
                <CardBody form=true>
                    <Fields>{fields(t, form)}</Fields>
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary>{t.get("customers-save")}</Button>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// Saves a customer's profile.
#[server(prefix = "/do", endpoint = "customers/edit")]
pub async fn edit_customer(
    /// Which customer.
    #[server(default)]
    customer: String,
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
        let id = action.id(&customer)?;
        let form = CustomerForm {
            name,
            reference,
            description,
        };
        customers::edit(&action.portal, action.operator()?, id, form).await?;
        Ok(Done::to(format!("/console/customers/{id}/settings")).saying("customer-saved"))
    }
    .await;
    action.answer(FORM, outcome).await
}
