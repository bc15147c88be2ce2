//! Changing a customer's name, reference and description.

use domain::id::CustomerId;
use domain::{AuditAction, AuditField, Permission};

use super::form::{CustomerForm, Draft, reference_taken};
use super::row::{self, LockedCustomer};
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::orders::RenameInOrders;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal};

/// Saves a customer's profile. Orders of one that has another name are found by it as soon as a job has seen to it.
///
/// # Errors
/// [`crate::Refusal::Invalid`] by field as for [`super::create()`]; [`crate::Refusal::NotFound`]; [`crate::Refusal::Forbidden`].
pub async fn edit(portal: &Portal, operator: &Operator, id: CustomerId, form: CustomerForm) -> Outcome<()> {
    operator.require(Permission::ManageCustomers)?;
    let draft = form.parse(portal, Some(id)).await?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    let changed = changed(&mut tx, &customer, &draft).await?;
    match update(portal, &mut tx, id, &draft).await {
        Ok(()) => {
            row::refresh_search(&mut tx, id).await?;
            if customer.name != draft.name.as_str() {
                RenameInOrders { customer: id }.enqueue(portal, &mut tx).await?;
            }
            if !changed.is_without_change() {
                audit::record(&mut tx, portal, &operator.into(), changed).await?;
            }
            tx.commit().await?;
            Ok(())
        }
        Err(error) if error.unique_violation().is_some() => {
            drop(tx);
            Err(reference_taken(portal, &draft).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the form changes of a customer.
async fn changed(tx: &mut Tx, customer: &LockedCustomer, draft: &Draft) -> Outcome<Entry> {
    let (reference, description): (Option<String>, Option<String>) =
        sql("SELECT reference_id, description FROM customers WHERE id = $1")
            .bind(customer.id)
            .fetch_one(tx)
            .await?;
    let now = |text: Option<&str>| text.map(str::to_owned);
    Ok(Entry::new(AuditAction::CustomerEdited)
        .of(customer.id)
        .about(customer.id, draft.name.as_str())
        .changed(AuditField::Name, customer.name.as_str(), draft.name.as_str())
        .changed(
            AuditField::Reference,
            reference,
            now(draft.reference.as_ref().map(AsRef::as_ref)),
        )
        .changed(
            AuditField::Description,
            description,
            now(draft.description.as_ref().map(AsRef::as_ref)),
        ))
}

async fn update(portal: &Portal, tx: &mut Tx, id: CustomerId, draft: &Draft) -> Result<(), StorageError> {
    sql("UPDATE customers SET name = $2, sort_name = $3, reference_id = $4, reference_key = $5, description = $6, \
         updated_at = $7 WHERE id = $1")
    .bind(id)
    .bind(draft.name.as_str())
    .bind(draft.sort_name())
    .bind(draft.reference.as_ref().map(AsRef::as_ref))
    .bind(draft.reference_key())
    .bind(draft.description.as_ref().map(AsRef::as_ref))
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;
    use crate::customers::tests::{customer, operator};
    use crate::customers::{CustomerFilter, PageRequest, find, list};
    use crate::jobs::{Registry, Worker};
    use crate::orders::{self, OrderFilter, testing};
    use crate::paging::Turn;
    use crate::stores;
    use crate::testing::on_both;

    #[tokio::test]
    async fn what_is_saved_is_shown_and_found() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            let id = customer(&portal, &operator, "Cafe", "KL-1").await;
            let form = CustomerForm {
                name: "Kaffeehäus Lindner".to_owned(),
                reference: "KL-0203".to_owned(),
                description: "Menus\r\nand coasters".to_owned(),
            };
            edit(&portal, &operator, id, form).await.unwrap();
            let profile = find(&portal, &operator, id).await.unwrap();
            assert_eq!(profile.name, "Kaffeehäus Lindner");
            assert_eq!(profile.reference_id.as_deref(), Some("KL-0203"));
            assert_eq!(profile.description.as_deref(), Some("Menus\nand coasters"));
            for (words, found) in [("kaffeehaus COASTERS", 1), ("kl-0203", 1), ("kl-1", 0)] {
                let filter = CustomerFilter {
                    search: words.to_owned(),
                    ..CustomerFilter::default()
                };
                let page = list(&portal, &operator, &filter, &PageRequest::default())
                    .await
                    .unwrap();
                assert_eq!(page.rows.len(), found, "{words}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn the_own_reference_may_stay_and_another_customers_may_not_be_taken() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            let one = customer(&portal, &operator, "One", "R-1").await;
            customer(&portal, &operator, "Two", "R-2").await;
            let with = |reference: &str| CustomerForm {
                name: "One".to_owned(),
                reference: reference.to_owned(),
                description: String::new(),
            };
            edit(&portal, &operator, one, with("r-1")).await.unwrap();
            let refused = edit(&portal, &operator, one, with("r-2")).await.unwrap_err();
            assert!(matches!(refused, Refusal::Invalid(_)));
            let nobody = CustomerId(portal.entropy.id());
            assert!(matches!(
                edit(&portal, &operator, nobody, with("")).await,
                Err(Refusal::NotFound)
            ));
        })
        .await;
    }

    #[tokio::test]
    async fn orders_are_found_by_the_new_name_and_no_more_by_the_former_one() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            let (client, _, order) = testing::stock_order(&portal).await;
            let renamed = CustomerForm {
                name: "Kaffeehaus Lindner".to_owned(),
                ..CustomerForm::default()
            };
            edit(&portal, &operator, client.customer, renamed).await.unwrap();
            let store = stores::list(&portal, &client.scope()).await.unwrap()[0].store.id;
            testing::order(&portal, &client, store, "A-2").await;
            Worker::new(&portal, Registry::new().register::<RenameInOrders>())
                .run_until_idle()
                .await
                .unwrap();
            for (words, found) in [
                ("lindner", 2),
                ("garabato", 0),
                ("lindner ana a-1", 1),
                ("k 1", 1),
            ] {
                let filter = OrderFilter {
                    search: words.to_owned(),
                    ..OrderFilter::default()
                };
                let page = orders::list(&portal, &client.scope(), &filter, Turn::First, 25)
                    .await
                    .unwrap();
                assert_eq!(page.rows.len(), found, "{words}");
                if found == 1 {
                    assert_eq!(page.rows[0].id, order);
                }
            }
        })
        .await;
    }
}
