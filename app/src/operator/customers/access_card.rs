//! The card *Storefronts access*: the switch, how far the invitation has come, and the client admin.

use domain::{InvitationState, Language};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::customers::{ClientAdmin, CustomerProfile};

use super::invitation::{ResendInvitation, revoke_dialog};
use super::save_access::{FORM, SaveAccess};
use crate::invitation_notice::invitation_notice;
use crate::page::OperatorPage;
use crate::person_fields::{KnownPerson, person_fields};
use crate::text::Text;
use crate::ui::*;

/// The form whose only button stands in the notice, inside of another form.
const RESEND: &str = "resend-invitation";

/// The card, with the dialog that asks before anything is revoked.
pub(super) fn access_card(page: &OperatorPage, customer: &CustomerProfile) -> AnyView {
    let t = page.t;
    // What the invitation says now: the customer's own state follows a little later when one expires.
    let state = customer
        .invitation
        .as_ref()
        .map_or(customer.invitation_state, |invitation| invitation.state);
    let (id, resend_id) = (customer.id.to_string(), customer.id.to_string());
    let accepted = customer
        .admin
        .as_ref()
        .is_some_and(|admin| admin.accepted_at.is_some());
    let note = match &customer.admin {
        None => "customers-access-note-new",
        Some(_) if accepted => "customers-access-note-active",
        Some(_) => "customers-access-note",
    };
    let submit = if accepted {
        "customers-save"
    } else {
        "customers-submit"
    };
    let known = customer.clone();
    // Made inside of the form: fields learn there what was typed and what was wrong.
    let people = move || match known.admin.as_ref().filter(|_| accepted) {
        Some(admin) => accepted_fields(t, admin),
        None => invited_fields(t, &known),
    };
    let checked = customer.storefronts_access;
    let notice = notice(page, customer);
    let badge = access_badge(t, state, checked);
    view! {
        <Card id="access-card">
            <CardHead title=t.get("customers-access")>
                {badge}
            </CardHead>
            <CardBody>
                <Form id=FORM action=SaveAccess::PATH stacked=true>
                    <input type="hidden" name="customer" value=id />
                    <SwitchField
                        name="access"
                        label=t.get("customers-access-switch")
                        note=t.get("customers-access-switch-note")
                        checked
                    />
                    <hr />
                    {notice}
                    {people()}
                    <FormActions>
                        <Button variant=Variant::Primary>{t.get(submit)}</Button>
                        <span class="muted text-xs">{t.get(note)}</span>
                    </FormActions>
                </Form>
            </CardBody>
            <Form id=RESEND action=ResendInvitation::PATH>
                <input type="hidden" name="customer" value=resend_id />
            </Form>
        </Card>
        {revoke_dialog(page, customer)}
    }
    .into_any()
}

/// How far the client admin has come. Who accepted is not active while the switch is off: nobody can log in then.
pub(super) fn access_badge(t: Text, state: InvitationState, access: bool) -> AnyView {
    if state == InvitationState::Active && !access {
        return view! { <Badge status="paused" text=t.get("customers-access-off") /> }.into_any();
    }
    view! { <Badge status=state.slug() text=t.status(state) /> }.into_any()
}

fn notice(page: &OperatorPage, customer: &CustomerProfile) -> AnyView {
    let t = page.t;
    let (Some(admin), Some(invitation)) = (&customer.admin, &customer.invitation) else {
        return ().into_any();
    };
    let href = page.link_with(&[("dialog", Some("revoke"))]);
    let revoke = view! {
        <ButtonLink href size=Size::Small variant=Variant::Danger opens="revoke">
            {t.get("customers-revoke")}
        </ButtonLink>
    };
    if let Some(accepted_at) = admin.accepted_at {
        let title = t.with(
            "customers-accepted-title",
            [
                ("name", admin.name().into()),
                ("date", t.date(accepted_at).into()),
            ],
        );
        let last = admin
            .last_login_at
            .map_or_else(|| t.get("customers-never"), |at| t.ago(at));
        let text = t.with("customers-accepted-text", [("last", last.into())]);
        return view! { <Alert tone=Tone::Success title text>{revoke}</Alert> }.into_any();
    }
    // While the mail is on its way there is nothing to send again.
    let resend = (invitation.state != InvitationState::Sending).then(|| {
        view! { <Button size=Size::Small icon="retry" form=RESEND>{t.get("customers-resend")}</Button> }
    });
    let buttons = view! { {resend} {revoke} }.into_any();
    invitation_notice(page, invitation, &admin.first_name, buttons)
}

/// The client admin to invite, or invited and still to be corrected.
fn invited_fields(t: Text, customer: &CustomerProfile) -> AnyView {
    let admin = customer.admin.clone();
    let known = admin.map(|admin| KnownPerson {
        email: admin.email,
        first_name: admin.first_name,
        last_name: admin.last_name,
        language: Some(admin.language),
        email_stays: None,
    });
    let known = known.unwrap_or_default();
    view! {
        <fieldset class="stack" data-gap="4" data-when-on="">
            <legend class="visually-hidden">{t.get("customers-client-admin")}</legend>
            <p class="muted text-sm">{t.get("customers-access-when-on")}</p>
            {person_fields(t, "customers-admin-email", known)}
        </fieldset>
    }
    .into_any()
}

/// The client admin who has accepted: name and language are their own now.
fn accepted_fields(t: Text, admin: &ClientAdmin) -> AnyView {
    let language = match admin.language {
        Language::En => "English",
        Language::Es => "Español",
    };
    let (email, first_name, last_name) = (
        admin.email.clone(),
        admin.first_name.clone(),
        admin.last_name.clone(),
    );
    view! {
        <Fields>
            <TextField
                name="email"
                kind="email"
                label=t.get("customers-admin-email")
                help=t.get("customers-admin-email-fixed")
                value=email
                readonly=true
                wide=true
            />
            <TextField name="first_name" label=t.get("account-first-name") value=first_name readonly=true />
            <TextField name="last_name" label=t.get("account-last-name") value=last_name readonly=true />
            <TextField name="language" label=t.get("account-language") value=language readonly=true />
        </Fields>
    }
    .into_any()
}
