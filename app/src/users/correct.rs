//! Correcting what was typed about a user who has not accepted yet.

use domain::id::CustomerId;
use domain::{ClientRole, Problem};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::users::{self, CustomerUser};

use super::add::fields_about;
use super::place::Place;
use crate::action::{Action, Done, Reply};
use crate::person_fields::{KnownPerson, person_of};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "correct-user";

/// The form with what was typed.
pub(super) fn correct_card(t: Text, place: &Place, user: &CustomerUser) -> AnyView {
    let (customer, id) = (place.customer.to_string(), user.id.to_string());
    let user = user.clone();
    let email_stays = place.is_own() && user.role == ClientRole::AccountAdmin;
    let note = if email_stays {
        "users-person-name-note"
    } else {
        "users-person-note"
    };
    let user = KnownPerson {
        email: user.email,
        first_name: user.first_name,
        last_name: user.last_name,
        language: Some(user.language),
        email_stays: email_stays.then(|| t.get("users-email-stays")),
    };
    view! {
        <Card>
            <CardHead title=t.get("users-person") note=t.get(note) />
            <Form id=FORM action=CorrectUser::PATH>
                <CardBody form=true>
                    <input type="hidden" name="customer" value=customer />
                    <input type="hidden" name="user" value=id />
                    {fields_about(t, Some(&user))}
                </CardBody>
                <CardFoot>
                    <Button>{t.get("users-person-save")}</Button>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// Corrects address, name or language of a user who has not accepted yet.
#[server(prefix = "/do", endpoint = "users/correct")]
pub async fn correct_user(
    /// Whose user.
    #[server(default)]
    customer: String,
    /// Which user.
    #[server(default)]
    user: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let viewer = action.viewer()?;
        let customer: CustomerId = action.id(&customer)?;
        let user = action.id(&user)?;
        let proof = action.proof().await?;
        let form = person_of(action.posted());
        let invited = Problem::new("user-added").with("email", form.email.trim());
        let now = users::correct(&action.portal, viewer, proof, customer, user, form).await?;
        let done = Done::to(Place::new(viewer.clone(), customer).page_of(now));
        Ok(if now == user {
            done.saying("user-saved")
        } else {
            done.saying_with(invited)
        })
    }
    .await;
    action.answer(FORM, outcome).await
}
