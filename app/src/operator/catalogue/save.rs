//! Sending the form of a product.

use domain::Permission;
use leptos::prelude::*;
use portal::{Outcome, catalogue};

use super::fields::FORM;
use super::list::LIST;
use super::product_form::{Group, ProductForm, Step};
use crate::action::{Action, Done, Reply};
use crate::visitor::RefusedForm;

/// Saves a product, or shows its form with a group of fields more or less. The fields are not the same each time, so
/// they are read from what was posted.
#[server(prefix = "/do", endpoint = "catalogue/save")]
pub async fn save_product() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let form = ProductForm::typed(action.posted());
    if let Some(step) = form.step() {
        return match may_change(&action).and_then(|()| page_after(&form, step)) {
            Ok((form, location)) => action.show_again(form, location).await,
            Err(refusal) => action.answer(FORM, Err(refusal)).await,
        };
    }
    let outcome = save(&action, &form).await;
    action.answer(FORM, outcome).await
}

fn may_change(action: &Action) -> Outcome<()> {
    action.operator()?.require(Permission::ManageCatalogue)
}

/// The form after a step, and the page that shows it.
fn page_after(form: &ProductForm, step: Step) -> Outcome<(RefusedForm, String)> {
    let page = match form.product()? {
        Some(id) => format!("{LIST}/{id}"),
        None => format!("{LIST}/new"),
    };
    let form = form.after(step);
    let [options, areas] = [Group::Option, Group::Area].map(|group| form.groups(group).len());
    // With numbers that changed it is another address: for the same one a browser would only scroll. To a group that
    // was added typing goes by itself; where one was removed there is still the button that adds one.
    let place = match step {
        Step::Add(_) => String::new(),
        Step::Remove(group, _) => format!("#add-{}", group.name()),
    };
    let location = format!("{page}?groups={options}-{areas}{place}");
    let form = RefusedForm {
        id: FORM.to_owned(),
        values: form.into_values(),
        problems: domain::FieldProblems::new(),
        message: None,
    };
    Ok((form, location))
}

async fn save(action: &Action, form: &ProductForm) -> Outcome<Done> {
    let (portal, operator) = (&action.portal, action.operator()?);
    operator.require(Permission::ManageCatalogue)?;
    let id = form.product()?;
    let product = form.parse()?;
    let (id, said) = match id {
        Some(id) => {
            catalogue::edit(portal, operator, id, &product).await?;
            (id, "product-saved")
        }
        None => (
            catalogue::create(portal, operator, &product).await?,
            "product-created",
        ),
    };
    Ok(Done::to(format!("{LIST}/{id}")).saying(said))
}
