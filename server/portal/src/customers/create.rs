//! Creating a customer.

use domain::id::CustomerId;
use domain::{AuditAction, AuditField, Permission};
use uuid::Uuid;

use super::form::{CustomerForm, Draft, reference_taken};
use super::row;
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal};

/// The form that creates a customer.
#[derive(Clone, Debug, Default)]
pub struct CreateForm {
    /// What it asks for.
    pub customer: CustomerForm,
    /// The form's own key, made when it was shown: sent twice, it creates one customer. Without it every
    /// sending counts.
    pub key: Option<Uuid>,
}

/// Creates a customer.
///
/// # Errors
/// [`crate::Refusal::Invalid`] by field (`name`, `reference`, `description`), with `reference-taken` naming the
/// other customer; [`crate::Refusal::Forbidden`].
pub async fn create(portal: &Portal, operator: &Operator, form: CreateForm) -> Outcome<CustomerId> {
    operator.require(Permission::ManageCustomers)?;
    let draft = form.customer.parse(portal, None).await?;
    let mut tx = portal.db.begin().await?;
    match insert(portal, &mut tx, operator, &draft, form.key).await {
        Ok(id) => {
            row::refresh_search(&mut tx, id).await?;
            audit::record(&mut tx, portal, &operator.into(), created(id, &draft)).await?;
            tx.commit().await?;
            Ok(id)
        }
        Err(error) if error.unique_violation().is_some() => {
            drop(tx);
            match created_by_form(portal, form.key).await? {
                Some(id) => Ok(id),
                None => Err(reference_taken(portal, &draft).await?),
            }
        }
        Err(error) => Err(error.into()),
    }
}

fn created(id: CustomerId, draft: &Draft) -> Entry {
    Entry::new(AuditAction::CustomerCreated)
        .of(id)
        .about(id, draft.name.as_str())
        .with(AuditField::Name, draft.name.as_str())
        .with(
            AuditField::Reference,
            draft.reference.as_ref().map(AsRef::<str>::as_ref),
        )
}

async fn insert(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    draft: &Draft,
    key: Option<Uuid>,
) -> Result<CustomerId, StorageError> {
    let id = CustomerId(portal.entropy.id());
    sql("INSERT INTO customers (id, name, sort_name, reference_id, reference_key, description, search, form_key, \
         created_at, created_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $8)")
    .bind(id)
    .bind(draft.name.as_str())
    .bind(draft.sort_name())
    .bind(draft.reference.as_ref().map(AsRef::as_ref))
    .bind(draft.reference_key())
    .bind(draft.description.as_ref().map(AsRef::as_ref))
    .bind(key)
    .bind(portal.now())
    .bind(operator.user)
    .execute(tx)
    .await?;
    Ok(id)
}

async fn created_by_form(portal: &Portal, key: Option<Uuid>) -> Outcome<Option<CustomerId>> {
    let id: Option<(CustomerId,)> = sql("SELECT id FROM customers WHERE form_key = $1")
        .bind(key)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    Ok(id.map(|(id,)| id))
}

#[cfg(test)]
mod tests {
    use domain::OperatorRole;

    use super::*;
    use crate::Refusal;
    use crate::customers::tests::{form, operator};
    use crate::testing::on_both;

    fn problem(refusal: Refusal, field: &str) -> domain::Problem {
        match refusal {
            Refusal::Invalid(problems) => problems.get(field).cloned().unwrap(),
            other => panic!("{other}"),
        }
    }

    #[tokio::test]
    async fn a_reference_belongs_to_one_customer_whatever_its_capitals() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            create(&portal, &operator, form("Estudio Garabato", "EG-0042"))
                .await
                .unwrap();
            let refused = create(&portal, &operator, form("Other", " eg-0042 "))
                .await
                .unwrap_err();
            let taken = problem(refused, "reference");
            assert_eq!(
                taken,
                domain::Problem::new("reference-taken").with("name", "Estudio Garabato")
            );
            let refused = create(&portal, &operator, form("", "EG-0042")).await.unwrap_err();
            assert_eq!(problem(refused, "reference"), taken, "told with the missing name");
            // Without a reference any number of customers can be.
            for _ in 0..2 {
                create(&portal, &operator, form("Other", "")).await.unwrap();
            }
        })
        .await;
    }

    #[tokio::test]
    async fn a_form_sent_twice_at_once_creates_one_customer() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            for reference in ["", "BM-0107"] {
                let form = CreateForm {
                    key: Some(portal.entropy.id()),
                    ..form("Bodegas Montesol", reference)
                };
                let (one, two) = tokio::join!(
                    create(&portal, &operator, form.clone()),
                    create(&portal, &operator, form.clone())
                );
                assert_eq!(one.unwrap(), two.unwrap());
            }
        })
        .await;
    }

    #[tokio::test]
    async fn wrong_fields_are_named_all_at_once() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            let long = "x".repeat(300);
            let refused = create(&portal, &operator, form(&long, &long)).await.unwrap_err();
            let Refusal::Invalid(problems) = refused else {
                panic!("{refused}")
            };
            let fields: Vec<&str> = problems.iter().map(|(field, _)| field).collect();
            assert_eq!(fields, ["name", "reference"]);
            let blank = create(&portal, &operator, form(" ", "")).await.unwrap_err();
            assert_eq!(problem(blank, "name").code, "required");
            for fine in ["Imprenta 🖨️👩‍🎨", "دار الطباعة"] {
                create(&portal, &operator, form(fine, "")).await.unwrap();
            }
        })
        .await;
    }

    #[tokio::test]
    async fn production_does_not_create_customers() {
        on_both(async |portal| {
            let operator = Operator {
                role: OperatorRole::Production,
                ..operator(&portal).await
            };
            let refused = create(&portal, &operator, form("Any", "")).await.unwrap_err();
            assert!(matches!(refused, Refusal::Forbidden));
        })
        .await;
    }
}
