//! Forms as people fill them in, and what must be so for them to be taken.

use domain::OperatorRole;
use portal::access::{Operator, Scope, Viewer};
use portal::customers::{self, AccessForm};
use portal::mapping::{self, Ignore};
use portal::orders::{self, AddressForm};
use portal::storage::sql;
use uuid::Uuid;

use super::house::House;
use crate::people::PASSWORD;

/// The address of a shop that is there.
pub(super) const SHOP: &str = "https://tienda.example";
/// The only buyer whose orders are over.
const BUYER: &str = "buyer@example.com";
const DESIGN: &str = "https://files.example/cat.png";

impl House {
    /// What a form tells that somebody filled in.
    pub(super) async fn filled(&self, function: &str) -> Vec<(&'static str, String)> {
        let typed = self.typed(function).await;
        let mut fields = self.fields(function);
        fields.retain(|(name, _)| typed.iter().all(|(typed, _)| typed != name));
        fields.extend(typed);
        fields
    }

    async fn typed(&self, function: &str) -> Vec<(&'static str, String)> {
        let person = |email| {
            vec![
                ("email", email),
                ("first_name", "Amparo"),
                ("last_name", "Llorens"),
                ("language", "es"),
            ]
        };
        let (online, product) = (self.own.online.to_string(), self.product.to_string());
        let (sold, seen) = (self.own.store_product.to_string(), self.address_version().await);
        let mut typed = match function {
            "account/change-password" => vec![
                ("old_password", PASSWORD),
                ("new_password", "nueve trenes de cartulina verde"),
            ],
            "account/save-profile" => vec![
                ("first_name", "Ana"),
                ("last_name", "Soler"),
                ("language", "en"),
                ("time_zone", "Europe/Madrid"),
                ("theme", "dark"),
            ],
            "buyers/erase" => vec![("email", BUYER)],
            "catalogue/save" => vec![
                ("product", ""),
                ("uid", "card"),
                ("name_en", "Card"),
                ("name_es", "Tarjeta"),
                ("category", "Things"),
            ],
            "customers/access" => person("amparo@nordlys.example"),
            "customers/create" => vec![("name", "Casa Nueva")],
            "customers/edit" => vec![("name", "Nordlys Resorts")],
            "orders/edit-address" => vec![
                ("seen", seen.as_str()),
                ("recipient", "Ana Ruiz"),
                ("address_line1", "Calle Colón 2"),
                ("city", "Valencia"),
                ("postcode", "46001"),
                ("country", "ES"),
            ],
            "orders/edit-line" => vec![("product_uid", "poster"), ("quantity", "2"), ("seen", "")],
            "orders/give-design" => vec![("url", DESIGN)],
            "products/connect" => vec![("catalogue", product.as_str()), ("design:front", DESIGN)],
            "products/ignore-selected" => vec![("store", online.as_str()), ("products[]", sold.as_str())],
            "stores/connect-keys" => vec![
                ("store", ""),
                ("shop", SHOP),
                ("consumer_key", "ck_1"),
                ("consumer_secret", "cs_1"),
            ],
            "stores/create-manual" => vec![("name", "Ferias")],
            "stores/disconnect" | "stores/pause" | "stores/resume" => vec![("store", online.as_str())],
            "stores/rename" => vec![("name", "Mercadillos")],
            "stores/save-settings" => vec![("store", online.as_str()), ("name", "Escaparate")],
            "team/invite" => person("amparo@levante.example"),
            "team/role" => vec![("role", "operator")],
            "users/add" => person("amparo@garabato.example"),
            "users/change-role" => vec![("role", "admin")],
            "users/correct" => person("empar@garabato.example"),
            _ => Vec::new(),
        };
        match function {
            "customers/access" => typed.push(("access", "true")),
            "team/invite" => typed.push(("role", "production")),
            "users/add" => typed.push(("role", "view-only")),
            _ => {}
        }
        let own = |(name, value): (&'static str, &str)| (name, value.to_owned());
        typed.into_iter().map(own).collect()
    }

    /// What the form of the own order's address can be recognised by.
    async fn address_version(&self) -> String {
        let order = orders::find(&self.portal, &Scope::AllCustomers, self.own.order).await;
        AddressForm::of(&order.unwrap().head).version()
    }

    /// Makes everything so that the form of a function is taken, after those before it.
    pub(super) async fn ready_for(&self, function: &str) {
        let (order, online) = (self.own.order.0, self.own.online.0);
        let administrator = Viewer::Operator(self.administrator());
        self.restore_removed().await;
        if function.starts_with("customers/") {
            let open = "UPDATE customers SET archived_at = NULL, storefronts_access = TRUE WHERE id = $1";
            self.change(open, self.idle.0).await;
        }
        if function.starts_with("orders/") {
            self.change(
                "UPDATE orders SET status = 'received', reason = NULL WHERE id = $1",
                order,
            )
            .await;
            let lines = "UPDATE order_lines SET status = 'received', reason = NULL, held_from = NULL, kind = 'print', \
                         ignored_because = NULL, shipped_quantity = 0 WHERE order_id = $1";
            self.change(lines, order).await;
        }
        match function {
            "buyers/erase" => {
                let over =
                    "UPDATE orders SET email = 'buyer@example.com', status = 'cancelled' WHERE id = $1";
                self.change(over, self.other.order.0).await;
            }
            "customers/resend" | "customers/revoke" => self.invite_client_admin().await,
            "orders/release" => {
                let held = "UPDATE order_lines SET status = 'on_hold', reason = 'held-by-person', \
                            held_from = 'received' WHERE order_id = $1";
                self.change(held, order).await;
                let held = "UPDATE orders SET status = 'on_hold', reason = 'held-by-person' WHERE id = $1";
                self.change(held, order).await;
            }
            "orders/take-back-line" => self.ignore_line().await,
            "products/ignore-selected" => {
                mapping::disconnect(&self.portal, &administrator, self.own.variant)
                    .await
                    .unwrap();
            }
            "products/take-back" => {
                let variant = Ignore::Variant(self.own.variant);
                mapping::ignore(&self.portal, &administrator, variant)
                    .await
                    .unwrap();
            }
            "stores/pause" => {
                self.change("UPDATE stores SET state = 'connected' WHERE id = $1", online)
                    .await;
            }
            "stores/resume" => {
                self.change("UPDATE stores SET state = 'paused' WHERE id = $1", online)
                    .await;
            }
            "team/resend" | "team/revoke" => {
                let invited = "UPDATE users SET password_hash = NULL WHERE id = $1";
                self.change(invited, self.colleague.0).await;
            }
            "team/reset-two-factor" => self.protect(self.colleague.0).await,
            "users/correct" | "users/resend" | "users/revoke" => {
                let invited = "UPDATE memberships SET accepted_at = NULL WHERE user_id = $1";
                self.change(invited, self.own.user.0).await;
            }
            "users/reset-two-factor" => self.protect(self.own.user.0).await,
            _ => {}
        }
    }

    fn administrator(&self) -> Operator {
        Operator {
            user: self.people[OperatorRole::Administrator.as_str()],
            name: "Ana Ibáñez".to_owned(),
            role: OperatorRole::Administrator,
        }
    }

    async fn change(&self, statement: &'static str, id: Uuid) {
        let mut tx = self.portal.db.begin().await.unwrap();
        sql(statement).bind(id).execute(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Gives somebody a second step of the log-in.
    async fn protect(&self, user: Uuid) {
        let mut tx = self.portal.db.begin().await.unwrap();
        sql("INSERT INTO two_factors (user_id, secret, confirmed_at, created_at) VALUES ($1, $2, $3, $3)")
            .bind(user)
            .bind(vec![0_u8])
            .bind(self.portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Invites a client admin of the idle customer, and has the mail leave.
    async fn invite_client_admin(&self) {
        let administrator = self.administrator();
        let form = AccessForm {
            access: true,
            email: "amparo@nordlys.example".to_owned(),
            first_name: "Amparo".to_owned(),
            last_name: "Llorens".to_owned(),
            language: "es".to_owned(),
        };
        customers::save_access(&self.portal, &administrator, self.idle, form)
            .await
            .unwrap();
        let left =
            "UPDATE invitations SET state = 'invitation_sent' WHERE customer_id = $1 AND state = 'sending'";
        self.change(left, self.idle.0).await;
    }
}
