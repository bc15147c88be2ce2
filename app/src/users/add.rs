//! Adding a user: a page, and the same form as a dialog over the list.

use domain::id::CustomerId;
use domain::{ClientRole, Problem};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::users::{self, AddForm};

use super::place::Place;
use super::role::{RoleFields, role_of};
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::person_fields::{KnownPerson, person_fields, person_of};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form and, with a prefix, of its dialog.
const FORM: &str = "add-user";
const DIALOG: &str = "add";

/// The button that adds a user; disabled while nobody can be invited.
pub fn add_link(t: Text, place: &Place) -> AnyView {
    let words = t.get("users-add");
    if place.closed {
        let reason = t.get("users-closed");
        return view! { <Button variant=Variant::Primary icon="user-plus" disabled_reason=reason>{words}</Button> }
            .into_any();
    }
    view! {
        <ButtonLink href=place.add_page() variant=Variant::Primary icon="user-plus" opens=DIALOG>
            {words}
        </ButtonLink>
    }
    .into_any()
}

/// The page: for those whose browser shows no dialogs.
///
/// # Errors
/// [`Refusal::NotFound`](portal::Refusal::NotFound); [`Refusal::Forbidden`](portal::Refusal::Forbidden).
pub async fn add_page(page: &Page, place: &Place, crumbs: Vec<Crumb>) -> Outcome<(String, AnyView)> {
    let t = page.t;
    let title = t.get("users-add");
    let home = place.home.clone();
    let fields = AddFields::read(page, place).await?;
    let content = if place.closed {
        view! { <Alert tone=Tone::Warning title=t.get("users-closed") /> }.into_any()
    } else {
        view! {
            <Form id=FORM action=AddUser::PATH stacked=true>
                {fields.show(t)}
                <FormActions>
                    <Button variant=Variant::Primary>{t.get("users-add-submit")}</Button>
                    <ButtonLink href=home variant=Variant::Quiet>{t.get("ui-cancel")}</ButtonLink>
                </FormActions>
            </Form>
        }
        .into_any()
    };
    let view = view! {
        <PageHead title=title.clone() lede=t.get("users-add-note") crumbs />
        <div class="measure">{content}</div>
    };
    Ok((title, view.into_any()))
}

/// The dialog over the list.
pub(super) async fn add_dialog(page: &Page, place: &Place) -> Outcome<AnyView> {
    if place.closed {
        return Ok(().into_any());
    }
    let t = page.t;
    let fields = AddFields::read(page, place).await?;
    let refused = page
        .visitor
        .flash
        .form
        .as_ref()
        .is_some_and(|form| form.id == FORM);
    let open = refused || page.query("dialog").as_deref() == Some(DIALOG);
    let close = page.link_with(&[("dialog", None)]);
    let view = view! {
        <Dialog id=DIALOG title=t.get("users-add") note=t.get("users-add-note") open close_href=close light=false>
            <Form id=FORM action=AddUser::PATH>
                <DialogBody>{fields.show(t)}</DialogBody>
                <DialogFoot id=DIALOG>
                    <Button variant=Variant::Primary>{t.get("users-add-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    };
    Ok(view.into_any())
}

/// What the form is made of.
struct AddFields {
    customer: CustomerId,
    role: RoleFields,
}

impl AddFields {
    async fn read(page: &Page, place: &Place) -> Outcome<Self> {
        let stores = users::store_choices(&page.portal, &place.viewer, place.customer).await?;
        let roles = ClientRole::ALL.iter().copied();
        Ok(Self {
            customer: place.customer,
            role: RoleFields {
                roles: roles
                    .filter(|role| !place.is_own() || *role != ClientRole::AccountAdmin)
                    .collect(),
                role: ClientRole::ViewOnly,
                stores,
                chosen: None,
            },
        })
    }

    fn show(self, t: Text) -> AnyView {
        view! {
            <input type="hidden" name="customer" value=self.customer.to_string() />
            {fields_about(t, None)}
            {self.role.show(t)}
        }
        .into_any()
    }
}

/// The fields about the person: blank, or as they were typed.
pub(super) fn fields_about(t: Text, known: Option<&KnownPerson>) -> AnyView {
    person_fields(t, "users-email", known.cloned().unwrap_or_default())
}

/// Adds a user. The fields about the person and their role are read from what was posted.
#[server(prefix = "/do", endpoint = "users/add")]
pub async fn add_user(
    /// Whose user.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let viewer = action.viewer()?;
        let customer: CustomerId = action.id(&customer)?;
        let proof = action.proof().await?;
        let person = person_of(action.posted());
        let done = Problem::new("user-added").with("email", person.email.trim());
        let role = role_of(action.posted());
        let user = users::add(&action.portal, viewer, proof, customer, AddForm { person, role }).await?;
        Ok(Done::to(Place::new(viewer.clone(), customer).page_of(user)).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
