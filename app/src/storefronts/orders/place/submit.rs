//! What the buttons of the form *Place order* do.

use domain::order::OrderableProducts;
use domain::{FieldProblems, Problem, Quantity};
use leptos::prelude::*;
use portal::catalogue::{self, ProductChoice, uid_meant};
use portal::orders;
use portal::{Outcome, Refusal};

use super::draft::{Draft, Press};
use super::{FORM, PAGE};
use crate::action::{Action, Done, Reply};
use crate::storefronts::orders::next::order_page;
use crate::visitor::RefusedForm;

/// What a press leads to.
enum Turn {
    /// The order is placed.
    Placed(Done),
    /// The form is shown again.
    Again(Again),
}

/// The form shown again, at one of its parts.
struct Again {
    problems: FieldProblems,
    message: Option<Problem>,
    /// The `id` of the part.
    part: String,
}

impl Again {
    fn at(part: String) -> Turn {
        Turn::Again(Self {
            problems: FieldProblems::new(),
            message: None,
            part,
        })
    }

    fn at_line(number: usize) -> Turn {
        Self::at(format!("line-{number}"))
    }

    fn refused(problems: FieldProblems) -> Turn {
        Turn::Again(Self {
            problems,
            message: None,
            part: FORM.to_owned(),
        })
    }

    fn only_problems(&self) -> bool {
        self.message.is_none() && !self.problems.is_empty()
    }
}

/// Adds and removes lines and files, and places the order. Its controls are read from what was posted: their
/// number depends on the lines.
#[server(prefix = "/do", endpoint = "orders/place")]
pub async fn place_order() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let before = Draft::of(action.posted().to_vec());
    let mut draft = before.clone();
    match press(&action, &mut draft).await {
        Ok(Turn::Placed(done)) => action.answer(FORM, Ok(done)).await,
        Ok(Turn::Again(again)) if again.only_problems() && draft == before && !before.brought_files() => {
            // Nothing but sentences to write: the page need not be loaded again.
            action.answer(FORM, Err(again.problems.into())).await
        }
        Ok(Turn::Again(again)) => {
            let revision = draft.begin_revision();
            let form = RefusedForm {
                id: FORM.to_owned(),
                values: draft.into_values(),
                problems: again.problems,
                message: again.message,
            };
            let location = format!("{PAGE}?revision={revision}#{}", again.part);
            action.show_again(form, location).await
        }
        Err(refusal) => action.answer(FORM, Err(refusal)).await,
    }
}

async fn press(action: &Action, draft: &mut Draft) -> Outcome<Turn> {
    action.client()?;
    let pressed = Press::parse(draft.get("do"));
    match pressed {
        Press::AddLine => {
            let catalogue = Catalogue::read(action).await?;
            let added = add_line(draft, &catalogue);
            Ok(added.map_or_else(Again::refused, |added| Again::at_line(added.number)))
        }
        Press::RemoveLine(number) => {
            draft.remove_line(number);
            Ok(Again::at("add-line".to_owned()))
        }
        Press::RemoveFile(number, area) => {
            draft.remove_file(number, &area);
            Ok(Again::at_line(number))
        }
        Press::Place => place(action, draft).await,
    }
}

/// What lines are checked against.
struct Catalogue {
    choices: Vec<ProductChoice>,
    products: OrderableProducts,
}

impl Catalogue {
    async fn read(action: &Action) -> Outcome<Self> {
        let portal = &action.portal;
        Ok(Self {
            choices: catalogue::choices(portal, action.visitor.language).await?,
            products: catalogue::orderable(portal).await?,
        })
    }
}

/// A line that was added.
struct Added {
    number: usize,
    has_print_areas: bool,
}

/// Makes a line of what was typed for the next one.
fn add_line(draft: &mut Draft, catalogue: &Catalogue) -> Result<Added, FieldProblems> {
    let mut problems = FieldProblems::new();
    let found =
        uid_meant(&catalogue.choices, draft.get("add-product")).and_then(|uid| catalogue.products.find(uid));
    let product = problems.take("add-product", found);
    let typed = draft.get("add-quantity");
    let quantity = match product {
        Some(product) => Quantity::parse_within(typed, product.min_quantity, product.max_quantity),
        None => Quantity::parse(typed),
    };
    let quantity = problems.take("add-quantity", quantity);
    let (Some(product), Some(_)) = (product, quantity) else {
        return Err(problems);
    };
    if draft.line_count() >= orders::MOST_LINES {
        let too_many = Problem::new("too-many-lines").with("max", orders::MOST_LINES);
        return Err(FieldProblems::of("add-product", too_many));
    }
    Ok(Added {
        number: draft.add_line(product.uid.as_str()),
        has_print_areas: !product.print_areas.is_empty(),
    })
}

/// Places the order. What was typed for another line belongs to it; where that line needs designs, it is shown first.
async fn place(action: &Action, draft: &mut Draft) -> Outcome<Turn> {
    let mut problems = action.refused_files().clone();
    if !draft.get("add-product").trim().is_empty() {
        match add_line(draft, &Catalogue::read(action).await?) {
            Ok(added) if added.has_print_areas => {
                return Ok(Turn::Again(Again {
                    problems,
                    message: Some(Problem::new("designs-of-new-line")),
                    part: format!("line-{}", added.number),
                }));
            }
            Ok(_) => {}
            Err(wrong) => problems.append_under("", wrong),
        }
    }
    if !problems.is_empty() {
        return match orders::check(&action.portal, action.client()?, &draft.form()).await {
            Ok(()) => Ok(refused(problems)),
            Err(Refusal::Invalid(others)) => {
                problems.append_under("", others);
                Ok(refused(problems))
            }
            Err(refusal) => Err(refusal),
        };
    }
    match orders::place(&action.portal, action.client()?, &draft.form()).await {
        Ok(placed) => {
            let said = if placed.again {
                "order-already-placed"
            } else {
                "order-placed"
            };
            Ok(Turn::Placed(Done::to(order_page(placed.order)).saying(said)))
        }
        Err(Refusal::Invalid(problems)) => Ok(refused(problems)),
        Err(refusal) => Err(refusal),
    }
}

/// The form with what is wrong, each field once. Lines as a whole are added in one place, which says so.
fn refused(problems: FieldProblems) -> Turn {
    let mut placed = FieldProblems::new();
    for (field, problem) in problems.iter() {
        let field = if field == "lines" { "add-product" } else { field };
        if placed.get(field).is_none() {
            placed.add(field.to_owned(), problem.clone());
        }
    }
    Again::refused(placed)
}
