//! Letting a user in again who has lost their phone and their recovery codes.

use domain::id::{CustomerId, UserId};
use domain::{InvitationState, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::accounts::two_factor;
use portal::users::CustomerUser;

use super::access::{Grave, grave};
use super::place::Place;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "reset-user-two-factor";

/// Whether somebody who has come in logs in with a second step. Operators take it from them; a person may work for several
/// customers, so that their account admin cannot.
pub(super) fn two_factor_card(page: &Page, place: &Place, user: &CustomerUser) -> Option<AnyView> {
    if user.state != InvitationState::Active {
        return None;
    }
    let t = page.t;
    if user.two_factor && place.viewer.may(Permission::ManageCustomers) {
        let what = Grave {
            name: "two-factor",
            form: FORM,
            action: ResetUserTwoFactor::PATH,
        };
        return Some(grave(page, place, user, what));
    }
    let text = if user.two_factor {
        "users-two-factor-on"
    } else {
        "users-two-factor-off"
    };
    let company = page.portal.settings.brand.company.as_str();
    let text = t.with(text, [("company", company.into())]);
    let view = view! {
        <Card>
            <CardHead title=t.get("users-two-factor-title") />
            <CardBody>
                <p class="muted">{text}</p>
            </CardBody>
        </Card>
    };
    Some(view.into_any())
}

/// Takes the second step of the log-in from a user.
#[server(prefix = "/do", endpoint = "users/reset-two-factor")]
pub async fn reset_user_two_factor(
    /// Whose user.
    #[server(default)]
    customer: String,
    /// Which user.
    #[server(default)]
    user: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        let (customer, user): (CustomerId, UserId) = (action.id(&customer)?, action.id(&user)?);
        let proof = action.proof().await?;
        two_factor::reset_of_client(&action.portal, operator, proof, customer, user).await?;
        Ok(Done::to(Place::new(action.viewer()?.clone(), customer).page_of(user)).saying("two-factor-reset"))
    }
    .await;
    action.answer(FORM, outcome).await
}
