//! Inviting a user again, taking the invitation back, keeping them out, letting them in again, and removing them.

use domain::id::{CustomerId, UserId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::users::{self, CustomerUser};

use super::place::Place;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

const RESEND: &str = "resend";
const REVOKE: &str = "revoke-invitation";
/// What is asked before.
const REVOKING: &str = "revoke";
const BLOCK: &str = "block-user";
const UNBLOCK: &str = "unblock-user";
const REMOVE: &str = "remove-user";

/// The button that sends the invitation again; its form is one of [`invitation_forms`].
pub(super) fn resend_button(t: Text) -> AnyView {
    view! { <Button size=Size::Small icon="retry" form=RESEND>{t.get("users-resend")}</Button> }.into_any()
}

/// The button that asks whether to take the invitation back; its dialog is one of [`invitation_forms`].
pub(super) fn revoke_button(page: &Page) -> AnyView {
    let t = page.t;
    let href = page.link_with(&[("dialog", Some(REVOKING))]);
    view! {
        <ButtonLink href size=Size::Small variant=Variant::Danger opens=REVOKING>
            {t.get("users-revoke-menu")}
        </ButtonLink>
    }
    .into_any()
}

/// The forms of the buttons in the notice, one of them in a dialog.
pub(super) fn invitation_forms(page: &Page, place: &Place, user: &CustomerUser) -> AnyView {
    let resend = Subject::of(place, user);
    let revoke = Grave {
        name: REVOKING,
        form: REVOKE,
        action: RevokeUserInvitation::PATH,
    };
    view! {
        <Form id=RESEND action=ResendUserInvitation::PATH>{resend.fields()}</Form>
        {revoke.question(page, place, user)}
    }
    .into_any()
}

/// By which a form says whom it is about.
struct Subject {
    customer: String,
    user: String,
}

impl Subject {
    fn of(place: &Place, user: &CustomerUser) -> Self {
        Self {
            customer: place.customer.to_string(),
            user: user.id.to_string(),
        }
    }

    fn fields(self) -> AnyView {
        view! {
            <input type="hidden" name="customer" value=self.customer />
            <input type="hidden" name="user" value=self.user />
        }
        .into_any()
    }
}

/// Keeps a user out after a confirmation, or lets them in again at once.
pub(super) fn block_card(page: &Page, place: &Place, user: &CustomerUser) -> AnyView {
    let t = page.t;
    if user.blocked {
        let subject = Subject::of(place, user);
        return view! {
            <Form id=UNBLOCK action=UnblockUser::PATH>
                {subject.fields()}
                <Alert tone=Tone::Neutral title=t.get("users-blocked-title") text=t.get("users-blocked-text")>
                    <Button size=Size::Small>{t.get("users-unblock")}</Button>
                </Alert>
            </Form>
        }
        .into_any();
    }
    grave(
        page,
        place,
        user,
        Grave {
            name: "block",
            form: BLOCK,
            action: BlockUser::PATH,
        },
    )
}

/// Removes a user after a confirmation.
pub(super) fn remove_card(page: &Page, place: &Place, user: &CustomerUser) -> AnyView {
    grave(
        page,
        place,
        user,
        Grave {
            name: "remove",
            form: REMOVE,
            action: RemoveUser::PATH,
        },
    )
}

/// Something that is asked about before it is done.
pub(super) struct Grave {
    /// The `id` of its dialog, and what its texts are called.
    pub(super) name: &'static str,
    pub(super) form: &'static str,
    pub(super) action: &'static str,
}

pub(super) fn grave(page: &Page, place: &Place, user: &CustomerUser, what: Grave) -> AnyView {
    let name = what.name;
    let say = |part: &str| page.t.get(&format!("users-{name}{part}"));
    let (title, text, ask) = (say(""), say("-text"), say("-menu"));
    let href = page.link_with(&[("dialog", Some(name))]);
    view! {
        <Card tone=Tone::Danger>
            <CardHead title />
            <CardBody>
                <div class="spread">
                    <p class="muted flow">{text}</p>
                    <ButtonLink
                        href
                        variant=Variant::Danger
                        opens=name
                    >
                        {ask}
                    </ButtonLink>
                </div>
            </CardBody>
        </Card>
        {what.question(page, place, user)}
    }
    .into_any()
}

impl Grave {
    /// The dialog that asks.
    fn question(self, page: &Page, place: &Place, user: &CustomerUser) -> AnyView {
        let Self { name, form, action } = self;
        let say = |part: &str| page.t.get(&format!("users-{name}{part}"));
        let (confirm, submit) = (say("-confirm"), say(""));
        let question = page
            .t
            .with(&format!("users-{name}-question"), [("name", user.name().into())]);
        let open = page.shows_dialog(name) || page.shows_dialog(form);
        let close = page.link_with(&[("dialog", None)]);
        let subject = Subject::of(place, user);
        view! {
            <Dialog id=name title=question size=Size::Small open close_href=close>
                <Form id=form action>
                    {subject.fields()}
                    <DialogBody>
                        <p>{confirm}</p>
                    </DialogBody>
                    <DialogFoot id=name>
                        <Button variant=Variant::DangerFill>{submit}</Button>
                    </DialogFoot>
                </Form>
            </Dialog>
        }
        .into_any()
    }
}

/// Sends a user's invitation again.
#[server(prefix = "/do", endpoint = "users/resend")]
pub async fn resend_user_invitation(
    /// Whose user.
    #[server(default)]
    customer: String,
    /// Which user.
    #[server(default)]
    user: String,
) -> Result<Reply, ServerFnError> {
    let work = async |action: &Action, customer, user| {
        users::resend_invitation(&action.portal, action.viewer()?, customer, user).await
    };
    change((customer, user), RESEND, "invitation-resent", work).await
}

/// Takes a user's invitation back.
#[server(prefix = "/do", endpoint = "users/revoke")]
pub async fn revoke_user_invitation(
    /// Whose user.
    #[server(default)]
    customer: String,
    /// Which user.
    #[server(default)]
    user: String,
) -> Result<Reply, ServerFnError> {
    let work = async |action: &Action, customer, user| {
        users::revoke_invitation(&action.portal, action.viewer()?, customer, user).await
    };
    change((customer, user), REVOKE, "invitation-revoked", work).await
}

/// Keeps a user out.
#[server(prefix = "/do", endpoint = "users/block")]
pub async fn block_user(
    /// Whose user.
    #[server(default)]
    customer: String,
    /// Which user.
    #[server(default)]
    user: String,
) -> Result<Reply, ServerFnError> {
    let work = async |action: &Action, customer, user| {
        let proof = action.proof().await?;
        users::block(&action.portal, action.viewer()?, proof, customer, user).await
    };
    change((customer, user), BLOCK, "user-blocked", work).await
}

/// Lets a user in again.
#[server(prefix = "/do", endpoint = "users/unblock")]
pub async fn unblock_user(
    /// Whose user.
    #[server(default)]
    customer: String,
    /// Which user.
    #[server(default)]
    user: String,
) -> Result<Reply, ServerFnError> {
    let work = async |action: &Action, customer, user| {
        users::unblock(&action.portal, action.viewer()?, customer, user).await
    };
    change((customer, user), UNBLOCK, "user-unblocked", work).await
}

/// Removes a user.
#[server(prefix = "/do", endpoint = "users/remove")]
pub async fn remove_user(
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
        let proof = action.proof().await?;
        users::remove(&action.portal, viewer, proof, customer, action.id(&user)?).await?;
        Ok(Done::to(Place::new(viewer.clone(), customer).home).saying("user-removed"))
    }
    .await;
    action.answer(REMOVE, outcome).await
}

/// Does one of these things to a user and shows the page it was asked for on.
async fn change(
    (customer, user): (String, String),
    form: &str,
    said: &'static str,
    work: impl AsyncFnOnce(&Action, CustomerId, UserId) -> Outcome<()>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let viewer = action.viewer()?;
        let (customer, user) = (action.id(&customer)?, action.id(&user)?);
        work(&action, customer, user).await?;
        let place = Place::new(viewer.clone(), customer);
        let on_the_list = action.came_from(&place.home) != place.home;
        let to = if on_the_list {
            place.home
        } else {
            place.page_of(user)
        };
        Ok(Done::to(to).saying(said))
    }
    .await;
    action.answer(form, outcome).await
}
