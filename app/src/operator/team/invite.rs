//! Inviting an operator: a page, and the same form as a dialog over the team.

use domain::{EmailAddress, OperatorRole, Permission, PersonName, Problem};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::team::{self, InviteForm};

use super::role::role_choices;
use crate::account::language::LanguageField;
use crate::action::{Action, Done, Reply};
use crate::page::{Content, OperatorPage, operator_page};
use crate::person_fields::person_of;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "invite-operator";
/// Where the page is.
pub(super) const INVITE: &str = "/console/team/invite";

/// The page: for those whose browser shows no dialogs.
#[component]
pub fn InviteOperatorPage() -> impl IntoView {
    operator_page(Permission::ManageTeam, |page| async move {
        let t = page.t;
        let title = t.get("team-invite");
        let crumbs = vec![Crumb::link(t.get("team-title"), "/console/team")];
        let view = view! {
            <PageHead title=title.clone() lede=t.get("team-invite-note") crumbs />
            <Form id=FORM action=InviteOperator::PATH stacked=true>
                {fields(t)}
                <FormActions>
                    <Button variant=Variant::Primary>{t.get("team-invite-submit")}</Button>
                    <ButtonLink href="/console/team" variant=Variant::Quiet>{t.get("ui-cancel")}</ButtonLink>
                </FormActions>
            </Form>
        };
        Ok(Content::new(title, view))
    })
}

/// The dialog over the team.
pub(super) fn invite_dialog(page: &OperatorPage) -> AnyView {
    let t = page.t;
    let refused = page
        .visitor
        .flash
        .form
        .as_ref()
        .is_some_and(|form| form.id == FORM);
    let open = refused || page.query("dialog").as_deref() == Some("invite");
    let close = page.link_with(&[("dialog", None)]);
    view! {
        <Dialog
            id="invite"
            title=t.get("team-invite")
            note=t.get("team-invite-note")
            open
            close_href=close
            light=false
        >
            <Form id=FORM action=InviteOperator::PATH>
                <DialogBody>{fields(t)}</DialogBody>
                <DialogFoot id="invite">
                    <Button variant=Variant::Primary>{t.get("team-invite-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

fn fields(t: Text) -> AnyView {
    let limit = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    view! {
        <TextField
            name="email"
            kind="email"
            label=t.get("team-email")
            help=t.get("team-email-help")
            autocomplete="off"
            max_length=limit(EmailAddress::MAX_LENGTH)
        />
        <Fields>
            <TextField
                name="first_name"
                label=t.get("account-first-name")
                autocomplete="off"
                max_length=limit(PersonName::MAX_LENGTH)
            />
            <TextField
                name="last_name"
                label=t.get("account-last-name")
                autocomplete="off"
                max_length=limit(PersonName::MAX_LENGTH)
            />
        </Fields>
        <RadioGroup
            name="role"
            label=t.get("team-role")
            choices=role_choices(t)
            value=OperatorRole::Operator.slug()
        />
        <LanguageField chosen=t.language />
    }
    .into_any()
}

/// Invites somebody to the team. The fields about the person are read from what was posted.
#[server(prefix = "/do", endpoint = "team/invite")]
pub async fn invite_operator(
    /// What they may do.
    #[server(default)]
    role: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let person = person_of(action.posted());
        let done = Problem::new("operator-invited").with("email", person.email.trim());
        let form = InviteForm { person, role };
        let operator = action.operator()?;
        let id = team::invite(&action.portal, operator, action.proof().await?, form).await?;
        Ok(Done::to(format!("/console/team/{id}")).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
