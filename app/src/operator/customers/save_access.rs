//! Sending the form *Storefronts access*.

use domain::Problem;
use leptos::prelude::*;
use portal::customers::{self, AccessChange, AccessForm};

use crate::action::{Action, Done, Reply};

/// The `id` of the form.
pub(super) const FORM: &str = "access";

/// Switches Storefronts access and invites the client admin.
#[server(prefix = "/do", endpoint = "customers/access")]
pub async fn save_access(
    /// Which customer.
    #[server(default)]
    customer: String,
    /// The switch: `true` when on.
    #[server(default)]
    access: String,
    /// The client admin's address.
    #[server(default)]
    email: String,
    /// First name.
    #[server(default)]
    first_name: String,
    /// Last name.
    #[server(default)]
    last_name: String,
    /// The language of the invitation.
    #[server(default)]
    language: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        let address = email.trim().to_owned();
        let form = AccessForm {
            access: access == "true",
            email,
            first_name,
            last_name,
            language,
        };
        let change = customers::save_access(&action.portal, action.operator()?, id, form).await?;
        let done = Problem::new(done(change)).with("email", address);
        Ok(Done::to(format!("/console/customers/{id}/settings")).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}

const fn done(change: AccessChange) -> &'static str {
    match change {
        AccessChange::SwitchedOff => "access-off",
        AccessChange::SwitchedOn => "access-on",
        AccessChange::Invited | AccessChange::AddressChanged => "admin-invited",
        AccessChange::Promoted => "admin-promoted",
        AccessChange::Saved => "customer-saved",
    }
}
