//! Giving a user a role and the stores that go with it.

use domain::id::{CustomerId, UserId};
use domain::{ClientRole, InvitationState, Permission, allows};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::users::{self, RoleForm, StoreChoice, UserProfile};

use super::place::Place;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "user-role";

/// The fields that choose role and stores.
#[derive(Clone, Debug)]
pub(super) struct RoleFields {
    /// The roles that can be chosen.
    pub(super) roles: Vec<ClientRole>,
    /// The role chosen at first.
    pub(super) role: ClientRole,
    /// The stores there are.
    pub(super) stores: Vec<StoreChoice>,
    /// The stores ticked at first; nothing for all.
    pub(super) chosen: Option<Vec<String>>,
}

impl RoleFields {
    /// Shows them; inside of a form.
    pub(super) fn show(self, t: Text) -> AnyView {
        let roles = self.roles.iter().map(|role| {
            let slug = role.slug();
            Choice::new(slug, t.get(&format!("role-{slug}"))).note(t.get(&format!("users-role-{slug}-note")))
        });
        let reach = vec![
            Choice::new("all", t.get("users-reach-all")),
            Choice::new("chosen", t.get("users-reach-chosen")),
        ];
        let stores = self.stores.into_iter().map(|store| {
            let platform = t.get(&format!("platform-{}", store.platform.slug()));
            Choice::new(store.id.to_string(), store.name).note(platform)
        });
        let stores: Vec<Choice> = stores.collect();
        let help = stores.is_empty().then(|| t.get("users-stores-none"));
        let reached = if self.chosen.is_some() { "chosen" } else { "all" };
        view! {
            <RadioGroup
                name="role"
                label=t.get("users-role")
                choices=roles.collect()
                value=self.role.slug()
                boxed=true
            />
            <div class="role-stores">
                <div class="role-reach">
                    <RadioGroup name="reach" label=t.get("users-reach") choices=reach value=reached />
                </div>
                <div class="role-chosen">
                    <CheckGroup
                        name="stores"
                        label=t.get("users-reach-chosen")
                        choices=stores
                        values=self.chosen.unwrap_or_default()
                        help
                    />
                </div>
            </div>
        }
        .into_any()
    }
}

/// The form that changes role and stores; words, for who must stay what they are.
pub(super) async fn role_card(page: &Page, place: &Place, profile: &UserProfile) -> Outcome<AnyView> {
    let t = page.t;
    let user = &profile.user;
    let own = user.id == place.viewer.user();
    if profile.is_last_admin {
        let role = t.get(&format!("role-{}", user.role.slug()));
        let why = t.get(if own {
            "users-last-admin-you"
        } else {
            "users-last-admin"
        });
        let view = view! {
            <Card>
                <CardHead title=t.get("users-role") />
                <CardBody>
                    <p>{role}</p>
                    <p class="muted text-sm">{why}</p>
                </CardBody>
            </Card>
        };
        return Ok(view.into_any());
    }
    let fields = RoleFields {
        roles: offered(place, profile),
        role: user.role,
        stores: users::store_choices(&page.portal, &place.viewer, place.customer).await?,
        chosen: user
            .stores
            .as_ref()
            .map(|stores| stores.iter().map(|(id, _)| id.to_string()).collect()),
    };
    let (customer, id) = (place.customer.to_string(), user.id.to_string());
    let note = if own {
        "users-step-down-note"
    } else if user.state == InvitationState::Active {
        "users-role-note"
    } else {
        "users-role-invited-note"
    };
    let view = view! {
        <Card>
            <CardHead title=t.get("users-role") note=t.get(note) />
            <Form id=FORM action=ChangeUserRole::PATH>
                <CardBody form=true>
                    <input type="hidden" name="customer" value=customer />
                    <input type="hidden" name="user" value=id />
                    {fields.show(t)}
                </CardBody>
                <CardFoot>
                    <Button>{t.get("users-role-save")}</Button>
                </CardFoot>
            </Form>
        </Card>
    };
    Ok(view.into_any())
}

/// The roles somebody can be given. An account admin makes only somebody who is there already the next one.
fn offered(place: &Place, profile: &UserProfile) -> Vec<ClientRole> {
    let user = &profile.user;
    let active = user.state == InvitationState::Active && !user.blocked;
    let admin = !place.is_own() || active || user.role == ClientRole::AccountAdmin;
    let roles = ClientRole::ALL.iter().copied();
    roles
        .filter(|role| admin || *role != ClientRole::AccountAdmin)
        .collect()
}

/// Reads the fields of [`RoleFields`] from what was posted.
pub(super) fn role_of(posted: &[(String, String)]) -> RoleForm {
    let values = |name: &str| {
        let named = posted.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let value = |name| values(name).pop().unwrap_or_default();
    RoleForm {
        role: value("role"),
        reach: value("reach"),
        stores: values("stores[]"),
    }
}

/// Gives a user another role or other stores.
#[server(prefix = "/do", endpoint = "users/change-role")]
pub async fn change_user_role(
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
        let (customer, user): (CustomerId, UserId) = (action.id(&customer)?, action.id(&user)?);
        let form = role_of(action.posted());
        let role = form.role.parse::<ClientRole>();
        let stepped_down =
            viewer.user() == user && role.is_ok_and(|role| !allows(role, Permission::ManageUsers).is_some());
        let proof = action.proof().await?;
        users::change_role(&action.portal, viewer, proof, customer, user, form).await?;
        let to = if stepped_down {
            "/storefronts".to_owned()
        } else {
            Place::new(viewer.clone(), customer).page_of(user)
        };
        Ok(Done::to(to).saying("user-role-changed"))
    }
    .await;
    action.answer(FORM, outcome).await
}
