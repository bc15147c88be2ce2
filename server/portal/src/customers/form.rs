//! What a customer's form asks for.

use domain::id::CustomerId;
use domain::{CustomerName, CustomerReference, Description, FieldProblems, Problem, fold, optional};

use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// What a customer's form asks for, as typed.
#[derive(Clone, Debug, Default)]
pub struct CustomerForm {
    /// The name of the business.
    pub name: String,
    /// The customer reference ID; may be blank.
    pub reference: String,
    /// Notes; may be blank.
    pub description: String,
}

/// The form with every field as it should be.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: CustomerName,
    pub(super) reference: Option<CustomerReference>,
    pub(super) description: Option<Description>,
}

impl CustomerForm {
    /// The form with every field as it should be. Where one is not, it is told with the others whether somebody else
    /// than `own` has the reference: nobody is to send the form twice to learn that.
    pub(super) async fn parse(&self, portal: &Portal, own: Option<CustomerId>) -> Outcome<Draft> {
        let mut problems = FieldProblems::new();
        let name = problems.take("name", CustomerName::parse(&self.name));
        let reference = problems.take("reference", optional(&self.reference, CustomerReference::parse));
        let description = problems.take("description", optional(&self.description, Description::parse));
        match (name, reference, description) {
            (Some(name), Some(reference), Some(description)) => Ok(Draft {
                name,
                reference,
                description,
            }),
            (_, reference, _) => {
                let reference = reference.flatten().map(|reference| reference.key());
                if let Some((id, name)) = holder(portal, reference).await?
                    && Some(id) != own
                {
                    problems.add("reference", taken(name));
                }
                Err(problems.into())
            }
        }
    }
}

impl Draft {
    /// What the list sorts by.
    pub(super) fn sort_name(&self) -> String {
        fold(self.name.as_str())
    }

    /// The reference as uniqueness sees it.
    pub(super) fn reference_key(&self) -> Option<String> {
        self.reference.as_ref().map(CustomerReference::key)
    }
}

/// Says which customer has the reference already.
pub(super) async fn reference_taken(portal: &Portal, draft: &Draft) -> Outcome<Refusal> {
    let holder = holder(portal, draft.reference_key()).await?;
    let name = holder.map(|(_, name)| name).unwrap_or_default();
    Ok(Refusal::field("reference", taken(name)))
}

/// Which customer has a reference, as uniqueness sees it.
async fn holder(portal: &Portal, key: Option<String>) -> Outcome<Option<(CustomerId, String)>> {
    let holder = sql("SELECT id, name FROM customers WHERE reference_key = $1")
        .bind(key)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    Ok(holder)
}

fn taken(holder: String) -> Problem {
    Problem::new("reference-taken").with("name", holder)
}
