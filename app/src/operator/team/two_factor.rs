//! Letting an operator in again who has lost their phone and their recovery codes.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::team::{self, TeamMember};

use super::confirm::{Asked, confirm_card};
use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "reset-two-factor";

/// Whether the operator logs in with a second step, and taking it from them.
pub(super) fn two_factor_card(page: &OperatorPage, member: &TeamMember) -> AnyView {
    let t = page.t;
    let title = t.get("team-two-factor");
    if !member.two_factor {
        return view! {
            <Card>
                <CardHead title />
                <CardBody>
                    <p class="muted">{t.get("team-two-factor-off")}</p>
                </CardBody>
            </Card>
        }
        .into_any();
    }
    let asked = Asked {
        id: "two-factor",
        title: "team-two-factor-reset",
        form: FORM,
        action: ResetTwoFactor::PATH,
    };
    confirm_card(page, member, &asked)
}

/// Takes the second step of the log-in from an operator.
#[server(prefix = "/do", endpoint = "team/reset-two-factor")]
pub async fn reset_two_factor(
    /// Which operator.
    #[server(default)]
    member: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        let proof = action.proof().await?;
        team::reset_two_factor(&action.portal, action.operator()?, proof, id).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying("two-factor-reset"))
    }
    .await;
    action.answer(FORM, outcome).await
}
