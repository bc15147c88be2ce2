//! Correcting where an order goes.

use data_encoding::HEXLOWER;
use domain::id::OrderId;
use domain::order::{Address, RawAddress};
use domain::{
    AuditAction, AuditField, EmailAddress, FieldProblems, OrderEventKind, OrderStatus, Permission,
    PhoneNumber, optional,
};
use sha2::{Digest as _, Sha256};

use super::OrderHead;
use super::events::{self, NewEvent};
use super::intake::reconsider;
use super::load::LockedOrder;
use super::search;
use crate::access::Viewer;
use crate::storage::{StorageError, Tx, sql};
use crate::stores;
use crate::{Outcome, Portal, Refusal, audit};

/// The form of an order's address. Controls have the names of the fields.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
#[expect(
    missing_docs,
    reason = "the fields are those of `RawAddress`, which says what they are"
)]
pub struct AddressForm {
    pub recipient: String,
    pub company: String,
    pub address_line1: String,
    pub address_line2: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    pub country: String,
    pub email: String,
    pub phone: String,
}

impl AddressForm {
    /// What an order's form says before anybody typed.
    pub fn of(head: &OrderHead) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            recipient: head.recipient.clone(),
            company: text(&head.company),
            address_line1: head.address_line1.clone(),
            address_line2: text(&head.address_line2),
            city: head.city.clone(),
            region: text(&head.region),
            postcode: text(&head.postcode),
            country: head.country.clone(),
            email: text(&head.email),
            phone: text(&head.phone),
        }
    }

    /// Each field with its name.
    fn parts(&self) -> [(&'static str, &str); 10] {
        [
            ("recipient", &self.recipient),
            ("company", &self.company),
            ("address_line1", &self.address_line1),
            ("address_line2", &self.address_line2),
            ("city", &self.city),
            ("region", &self.region),
            ("postcode", &self.postcode),
            ("country", &self.country),
            ("email", &self.email),
            ("phone", &self.phone),
        ]
    }

    /// The names of the fields in which another address differs: all that the audit log tells of it.
    fn parts_unlike(&self, other: &Self) -> Vec<&'static str> {
        let pairs = self.parts().into_iter().zip(other.parts());
        pairs
            .filter(|((_, one), (_, other))| one != other)
            .map(|((name, _), _)| name)
            .collect()
    }

    /// What the form can be recognised by that was made for this address: another one has another version.
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        for (_, field) in self.parts() {
            hash.update(field.as_bytes());
            hash.update([0]);
        }
        HEXLOWER.encode(&hash.finalize()[..8])
    }

    /// The address as it was typed.
    pub fn raw(&self) -> RawAddress<'_> {
        RawAddress {
            recipient: &self.recipient,
            company: &self.company,
            address_line1: &self.address_line1,
            address_line2: &self.address_line2,
            city: &self.city,
            region: &self.region,
            postcode: &self.postcode,
            country: &self.country,
        }
    }
}

/// Whether an order or a line in this status may still go elsewhere: production has not begun, or was stopped. What is
/// made is not changed by it.
pub fn may_edit(status: OrderStatus) -> bool {
    status.is_editable() || status == OrderStatus::Created
}

/// Whether an order of lines in these statuses, with so many pieces to be sent, may still go elsewhere: there are some,
/// and none of them in production.
pub(super) fn may_go_elsewhere(lines: impl Iterator<Item = (OrderStatus, i64)>) -> bool {
    let mut left = lines
        .filter(|(status, pieces)| *pieces > 0 && *status != OrderStatus::Cancelled)
        .peekable();
    left.peek().is_some() && left.all(|(status, _)| may_edit(status))
}

/// Changes where an order goes, until its parcel leaves: what is in production must be stopped before, so that nobody
/// sends it meanwhile. Of an order that left in part, the rest goes elsewhere. `seen` is the [version](AddressForm::version) that
/// the form was made for.
///
/// # Errors
/// [`Refusal::Invalid`] by field; [`Refusal::Conflict`] `order-in-production`, or `address-changed` when somebody else
/// changed it since; [`Refusal::NotFound`] outside of the viewer's scope; [`Refusal::Forbidden`] without
/// [`Permission::EditOrders`].
pub async fn edit_address(
    portal: &Portal,
    viewer: &Viewer,
    id: OrderId,
    form: &AddressForm,
    seen: &str,
) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let mut tx = portal.db.begin().await?;
    let order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    if !may_go_elsewhere(order.lines.iter().map(|line| (line.status, line.remaining()))) {
        return Err(Refusal::conflict("order-in-production"));
    }
    let was = written(&mut tx, id).await?;
    if was.version() != seen {
        return Err(Refusal::conflict("address-changed"));
    }
    let mut problems = FieldProblems::new();
    let address = Address::parse(&form.raw())
        .map_err(|part| problems.append_under("", part))
        .ok();
    let email = problems.take("email", optional(&form.email, EmailAddress::parse));
    let phone = problems.take("phone", optional(&form.phone, PhoneNumber::parse));
    let (Some(address), Some(email), Some(phone)) = (address, email, phone) else {
        return Err(problems.into());
    };
    let store = stores::find_in(&mut tx, &viewer.scope(), order.store).await?;
    sql("UPDATE orders SET recipient = $2, company = $3, address_line1 = $4, address_line2 = $5, city = $6, region = $7,
             postcode = $8, country = $9, email = $10, phone = $11, updated_at = $12
         WHERE id = $1")
    .bind(id)
    .bind(address.recipient.as_str())
    .bind(address.company.as_ref().map(AsRef::<str>::as_ref))
    .bind(address.line1.as_str())
    .bind(address.line2.as_ref().map(AsRef::<str>::as_ref))
    .bind(address.city.as_str())
    .bind(address.region.as_ref().map(AsRef::<str>::as_ref))
    .bind(address.postcode.as_ref().map(domain::Postcode::as_str))
    .bind(address.country.as_str())
    .bind(email.as_ref().map(EmailAddress::as_str))
    .bind(phone.as_ref().map(PhoneNumber::as_str))
    .bind(order.next_version(portal))
    .execute(&mut tx)
    .await?;
    search::refresh(portal, &mut tx, &store.customer_name, id).await?;
    let entry = order
        .entry(portal, &mut tx, AuditAction::OrderAddressChanged)
        .await?
        .with(
            AuditField::AddressParts,
            was.parts_unlike(&written(&mut tx, id).await?),
        );
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    events::write(
        portal,
        &mut tx,
        &viewer.into(),
        NewEvent::of(id, OrderEventKind::Edited),
    )
    .await?;
    // An order that waited for its address goes on.
    reconsider(portal, &mut tx, &store, id).await?;
    Ok(tx.commit().await?)
}

/// The address that an order has now.
async fn written(tx: &mut Tx, id: OrderId) -> Result<AddressForm, StorageError> {
    sql(
        "SELECT recipient, COALESCE(company, '') AS company, address_line1,
             COALESCE(address_line2, '') AS address_line2, city, COALESCE(region, '') AS region,
             COALESCE(postcode, '') AS postcode, country, COALESCE(email, '') AS email,
             COALESCE(phone, '') AS phone
         FROM orders WHERE id = $1",
    )
    .bind(id)
    .fetch_one(tx)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Scope;
    use crate::orders::{Advance, OrderFilter, advance, find, list, testing};
    use crate::paging::Turn;
    use crate::testing::on_both;

    fn porto() -> AddressForm {
        AddressForm {
            recipient: "Benedita Vasconcelos".to_owned(),
            address_line1: "Rua de São Bento 114".to_owned(),
            city: "Porto".to_owned(),
            postcode: "4050542".to_owned(),
            country: "PT".to_owned(),
            ..AddressForm::default()
        }
    }

    async fn version(portal: &Portal, id: OrderId) -> String {
        let order = find(portal, &Scope::AllCustomers, id).await.unwrap();
        AddressForm::of(&order.head).version()
    }

    #[tokio::test]
    async fn an_order_goes_elsewhere_until_production_begins() {
        on_both(async |portal| {
            let (client, operator, id) = testing::stock_order(&portal).await;
            let viewer = Viewer::Client(client);
            let seen = version(&portal, id).await;
            edit_address(&portal, &viewer, id, &porto(), &seen).await.unwrap();
            // Somebody else has the form open for what was written there before.
            let refusal = edit_address(&portal, &viewer, id, &porto(), &seen)
                .await
                .unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "address-changed");
            let seen = version(&portal, id).await;
            let head = find(&portal, &Scope::AllCustomers, id).await.unwrap().head;
            assert_eq!(
                (head.city.as_str(), head.postcode.as_deref()),
                ("Porto", Some("4050-542"))
            );
            let filter = OrderFilter {
                search: "benedita".to_owned(),
                ..OrderFilter::default()
            };
            let found = list(&portal, &viewer.scope(), &filter, Turn::First, 25)
                .await
                .unwrap();
            assert_eq!(found.rows.len(), 1, "it is found by its new recipient");

            let mut wrong = porto();
            wrong.postcode = "1".to_owned();
            let refusal = edit_address(&portal, &viewer, id, &wrong, &seen)
                .await
                .unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "postcode"), "invalid-postcode");

            advance(&portal, &operator, id, &Advance::default())
                .await
                .unwrap();
            let refusal = edit_address(&portal, &viewer, id, &porto(), &seen)
                .await
                .unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-in-production");
        })
        .await;
    }
}
