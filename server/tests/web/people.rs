//! Somebody in every role.

use domain::id::{CustomerId, MembershipId, UserId};
use domain::{ClientRole, OperatorRole};
use portal::Portal;
use portal::accounts::password;
use portal::storage::sql;
use tokio::sync::OnceCell;

use crate::browser::{Answer, Browser};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "siete barcos de papel azul";

/// Hashing is meant to be slow: once is enough.
async fn password_hash() -> &'static str {
    static HASH: OnceCell<String> = OnceCell::const_new();
    HASH.get_or_init(async || {
        password::hash(PASSWORD.to_owned(), [7; 16])
            .await
            .expect("memory for a hash")
    })
    .await
}

/// An operator who can log in; their address.
pub(crate) async fn operator(portal: &Portal, role: OperatorRole) -> String {
    let email = format!("{role}@levante.example");
    person(portal, &email, Some(role)).await;
    email
}

/// A customer whose people can log in.
pub(crate) async fn customer(portal: &Portal, name: &str) -> CustomerId {
    let id = CustomerId(portal.entropy.id());
    let mut tx = portal.db.begin().await.expect("a transaction");
    sql(
        "INSERT INTO customers (id, name, sort_name, search, storefronts_access, created_at, updated_at) \
         VALUES ($1, $2, $3, $3, TRUE, $4, $4)",
    )
    .bind(id)
    .bind(name)
    .bind(name.to_lowercase())
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .expect("a customer");
    tx.commit().await.expect("a commit");
    id
}

/// Somebody of a customer who can log in; their address.
pub(crate) async fn client(portal: &Portal, customer: CustomerId, role: ClientRole) -> String {
    let email = format!("{role}@{customer}.example");
    let user = person(portal, &email, None).await;
    member(portal, user, customer, role).await;
    email
}

/// Makes a person somebody of a customer.
pub(crate) async fn member(portal: &Portal, user: UserId, customer: CustomerId, role: ClientRole) {
    let mut tx = portal.db.begin().await.expect("a transaction");
    sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, all_stores, accepted_at, created_at) \
         VALUES ($1, $2, $3, $4, TRUE, $5, $5)",
    )
    .bind(MembershipId(portal.entropy.id()))
    .bind(user)
    .bind(customer)
    .bind(role.as_str())
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .expect("a membership");
    tx.commit().await.expect("a commit");
}

/// A person who can log in once they are somebody.
pub(crate) async fn person(portal: &Portal, email: &str, role: Option<OperatorRole>) -> UserId {
    let id = UserId(portal.entropy.id());
    let hash = password_hash().await;
    let mut tx = portal.db.begin().await.expect("a transaction");
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, password_hash, language, time_zone, \
         operator_role, created_at, updated_at) \
         VALUES ($1, $2, $2, 'Ana', 'Ibáñez', $3, 'en', 'Europe/Madrid', $4, $5, $5)",
    )
    .bind(id)
    .bind(email)
    .bind(hash)
    .bind(role.map(|role| role.as_str().to_owned()))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .expect("a person");
    tx.commit().await.expect("a commit");
    id
}

impl Browser {
    /// Logs in on the log-in page.
    pub(crate) async fn log_in(&mut self, email: &str, password: &str) -> Answer {
        self.open("/login").await;
        self.submit(
            "/do/account/log-in",
            &[("email", email), ("password", password), ("next", "/account")],
        )
        .await
    }
}
