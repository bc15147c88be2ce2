//! The users of a customer, on both engines.

mod adding;
mod invitations;
mod listing;
mod rights;

use std::net::{IpAddr, Ipv4Addr};

use domain::id::{CustomerId, MembershipId, StoreId, UserId};
use domain::{ClientRole, InvitationState, OperatorRole, StoreScope};

use super::*;
use crate::access::{Client, Operator, Viewer};
use crate::accounts::confirm::Proof;
use crate::accounts::current::current;
use crate::accounts::invitation::{AcceptForm, accept};
use crate::accounts::sessions::{self, SessionRecord};
use crate::jobs::{self, Worker};
use crate::orders::testing;
use crate::paging::{Slice, Turn};
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};
use crate::{Outcome, Portal, Refusal, customers, stores};

const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const PASSWORD: &str = "siete barcos de papel azul";

/// A customer with Storefronts access and the account admin who runs it.
async fn house(portal: &Portal, name: &str) -> Client {
    let mut client = testing::client(portal, name).await;
    client.user = person(portal, &format!("lucia@{}.example", client.customer), None).await;
    member(portal, &client).await;
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE customers SET storefronts_access = TRUE, invitation_state = 'active' WHERE id = $1")
        .bind(client.customer)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    client
}

async fn person(portal: &Portal, email: &str, role: Option<OperatorRole>) -> UserId {
    let user = UserId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, password_hash, language, time_zone, \
         operator_role, created_at, updated_at) \
         VALUES ($1, $2, $2, 'Lucía', 'Ferrer', 'x', 'es', 'UTC', $3, $4, $4)",
    )
    .bind(user)
    .bind(email)
    .bind(role.map(OperatorRole::as_str))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    user
}

/// Makes somebody an active user of a customer.
async fn member(portal: &Portal, client: &Client) {
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, accepted_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(MembershipId(portal.entropy.id()))
    .bind(client.user)
    .bind(client.customer)
    .bind(client.role.as_str())
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Somebody else who works for the customer.
async fn colleague(portal: &Portal, of: &Client, name: &str, role: ClientRole) -> Client {
    let client = Client {
        user: person(portal, &format!("{name}@garabato.example"), None).await,
        name: name.to_owned(),
        role,
        ..of.clone()
    };
    member(portal, &client).await;
    client
}

/// A proof just given.
fn fresh(portal: &Portal) -> Proof {
    Proof::given(Some(portal.now()))
}

fn viewer(client: &Client) -> Viewer {
    Viewer::Client(client.clone())
}

fn operator(portal: &Portal) -> Viewer {
    Viewer::Operator(testing::operator(portal))
}

fn pau(email: &str) -> PersonForm {
    PersonForm {
        email: email.to_owned(),
        first_name: "Pau".to_owned(),
        last_name: "Giménez".to_owned(),
        language: "es".to_owned(),
    }
}

fn role(role: &str, stores: &[StoreId]) -> RoleForm {
    RoleForm {
        role: role.to_owned(),
        reach: if stores.is_empty() { "all" } else { "chosen" }.to_owned(),
        stores: stores.iter().map(ToString::to_string).collect(),
    }
}

fn form(email: &str, role: RoleForm) -> AddForm {
    AddForm {
        person: pau(email),
        role,
    }
}

/// What was refused, by its codes.
fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    match outcome.unwrap_err() {
        Refusal::Invalid(problems) => problems
            .iter()
            .map(|(field, problem)| format!("{field}: {}", problem.code))
            .collect::<Vec<_>>()
            .join(", "),
        Refusal::Conflict(problem) => problem.code.into_owned(),
        other => other.to_string(),
    }
}

/// Sends what waits and gives the token of the last mail's link.
async fn last_token(portal: &TestPortal) -> String {
    Worker::new(portal, jobs::registry())
        .run_until_idle()
        .await
        .unwrap();
    let mail = portal.mailbox.sent().pop().expect("a mail");
    let link = mail.content.action.url;
    link.rsplit('/').next().unwrap().to_owned()
}

async fn accepts(portal: &TestPortal) -> Outcome<UserId> {
    let token = last_token(portal).await;
    let form = AcceptForm {
        password: PASSWORD.to_owned(),
        language: "es".to_owned(),
    };
    accept(portal, &token, form, HOME).await
}

async fn open_session(portal: &Portal, user: UserId) -> bool {
    let record = SessionRecord {
        user: Some(user),
        data: "{}".to_owned(),
        expires_at: portal.now() + std::time::Duration::from_mins(1),
        log_in: None,
    };
    sessions::create(portal, b"open", &record).await.unwrap()
}

/// The users of a customer, in the hands of somebody who has just proved who they are.
struct Desk<'p> {
    portal: &'p Portal,
    by: Viewer,
    customer: CustomerId,
}

impl<'p> Desk<'p> {
    /// In the hands of the account admin.
    fn of(portal: &'p Portal, admin: &Client) -> Self {
        Self::manned(portal, viewer(admin), admin.customer)
    }

    fn manned(portal: &'p Portal, by: Viewer, customer: CustomerId) -> Self {
        Self { portal, by, customer }
    }

    /// The same users in the hands of an operator.
    fn of_operator(&self) -> Self {
        Self::manned(self.portal, operator(self.portal), self.customer)
    }

    async fn add(&self, email: &str, role: RoleForm) -> Outcome<UserId> {
        let form = form(email, role);
        add(self.portal, &self.by, fresh(self.portal), self.customer, form).await
    }

    async fn find(&self, user: UserId) -> Outcome<UserProfile> {
        find(self.portal, &self.by, self.customer, user).await
    }

    async fn state_of(&self, user: UserId) -> InvitationState {
        self.find(user).await.unwrap().user.state
    }

    async fn change_role(&self, user: UserId, role: RoleForm) -> Outcome<()> {
        let proof = fresh(self.portal);
        change_role(self.portal, &self.by, proof, self.customer, user, role).await
    }

    async fn block(&self, user: UserId) -> Outcome<()> {
        block(self.portal, &self.by, fresh(self.portal), self.customer, user).await
    }

    async fn unblock(&self, user: UserId) -> Outcome<()> {
        unblock(self.portal, &self.by, self.customer, user).await
    }

    async fn remove(&self, user: UserId) -> Outcome<()> {
        remove(self.portal, &self.by, fresh(self.portal), self.customer, user).await
    }

    async fn resend(&self, user: UserId) -> Outcome<()> {
        resend_invitation(self.portal, &self.by, self.customer, user).await
    }

    async fn revoke(&self, user: UserId) -> Outcome<()> {
        revoke_invitation(self.portal, &self.by, self.customer, user).await
    }

    async fn correct(&self, user: UserId, person: PersonForm) -> Outcome<UserId> {
        let proof = fresh(self.portal);
        correct(self.portal, &self.by, proof, self.customer, user, person).await
    }

    async fn list(
        &self,
        filter: &UserFilter,
        turn: Turn<MembershipId>,
        limit: u32,
    ) -> Outcome<Slice<CustomerUser>> {
        list(self.portal, &self.by, self.customer, filter, turn, limit).await
    }

    async fn count(&self) -> i64 {
        count(self.portal, &self.by, self.customer).await.unwrap()
    }
}
