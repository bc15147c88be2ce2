//! Giving an operator another role.

use domain::OperatorRole;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::team::{self, TeamMember};

use crate::action::{Action, Done, Reply};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "role";

/// The roles, each with what it may do.
pub(super) fn role_choices(t: Text) -> Vec<Choice> {
    OperatorRole::ALL
        .iter()
        .map(|role| {
            let slug = role.slug();
            Choice::new(slug, t.get(&format!("role-{slug}"))).note(t.get(&format!("team-role-{slug}-note")))
        })
        .collect()
}

/// The form that changes the role; for oneself, words.
pub(super) fn role_card(t: Text, member: &TeamMember, own: bool) -> AnyView {
    let id = member.id.to_string();
    let role = member.role.slug();
    let body = if own {
        view! {
            <CardBody>
                <p>{t.get(&format!("role-{role}"))}</p>
                <p class="muted text-sm">{t.get("team-own-role")}</p>
            </CardBody>
        }
        .into_any()
    } else {
        view! {
            <Form id=FORM action=ChangeRole::PATH>
                <input type="hidden" name="member" value=id />
                <CardBody form=true>
                    <RadioGroup name="role" label=t.get("team-role") choices=role_choices(t) value=role />
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary>{t.get("team-role-save")}</Button>
                </CardFoot>
            </Form>
        }
        .into_any()
    };
    view! {
        <Card>
            <CardHead title=t.get("team-role") />
            {body}
        </Card>
    }
    .into_any()
}

/// Gives an operator another role.
#[server(prefix = "/do", endpoint = "team/role")]
pub async fn change_role(
    /// Which operator.
    #[server(default)]
    member: String,
    /// The role.
    #[server(default)]
    role: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&member)?;
        let proof = action.proof().await?;
        team::change_role(&action.portal, action.operator()?, proof, id, &role).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying("role-changed"))
    }
    .await;
    action.answer(FORM, outcome).await
}
