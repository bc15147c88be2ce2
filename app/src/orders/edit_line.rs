//! Correcting what a line of an order orders.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::catalogue::{self, ProductChoice, uid_meant};
use portal::orders::{self, LineDetail, LineEdit, OrderDetail};
use portal::{Outcome, Refusal};

use super::page_of;
use super::product_field::{product_field, product_list};
use super::saved_meanwhile::{is_overtaken, saved_meanwhile};
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog of a line, and of its form.
fn dialog_id(line: &LineDetail) -> String {
    format!("edit-line-{}", line.position)
}

/// The link that opens the dialog of a line.
pub(super) fn edit_line_link(t: Text, line: &LineDetail) -> AnyView {
    let id = dialog_id(line);
    let href = format!("?dialog={id}");
    view! {
        <span class="sub">
            <ButtonLink href opens=id icon="edit" size=Size::Small above_row=true>
                {t.get("orders-edit-line")}
            </ButtonLink>
        </span>
    }
    .into_any()
}

/// One dialog for each line that can still be corrected.
///
/// # Errors
/// Only unexpected ones.
pub async fn edit_line_dialogs(page: &Page, order: &OrderDetail) -> Outcome<AnyView> {
    let lines: Vec<&LineDetail> = order
        .lines
        .iter()
        .filter(|line| line.may_be_corrected())
        .collect();
    if lines.is_empty() {
        return Ok(().into_any());
    }
    let products = catalogue::choices(&page.portal, page.t.language).await?;
    let list = product_list(&products);
    let dialogs = lines
        .into_iter()
        .map(|line| dialog(page, order, line, &products))
        .collect_view();
    Ok(view! {
        {list}
        {dialogs}
    }
    .into_any())
}

fn dialog(page: &Page, order: &OrderDetail, line: &LineDetail, products: &[ProductChoice]) -> AnyView {
    let t = page.t;
    let id = dialog_id(line);
    let (order, line_id) = (order.head.id.to_string(), line.id.to_string());
    let uid = line.product_uid.clone().unwrap_or_default();
    let offered = products.iter().find(|choice| choice.uid == uid);
    let ordered = offered.map_or(uid, ProductChoice::label);
    let (form, form_id, foot, open) = (id.clone(), id.clone(), id.clone(), page.shows_dialog(&id));
    let (quantity, seen) = (line.quantity.to_string(), line.version());
    let saved = |name, saved: &str| is_overtaken(&id, name, saved).then(|| saved_meanwhile(t, saved));
    let product_help = saved("product_uid", &ordered);
    let pack = line.pieces_per_unit;
    let pack = (pack > 1).then(|| t.with("orders-quantity-in-pieces", [("pieces", t.number(pack).into())]));
    let help = saved("quantity", &quantity).or(pack);
    // Made inside of the form: fields learn there what was typed and what was wrong.
    let product = move || product_field(t, "product_uid", ordered, false, product_help);
    view! {
        <Dialog
            id
            title=t.with("orders-edit-line-title", [("line", line.position.into())])
            note=line.name(t.language).to_owned()
            open
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <Form id=form_id action=EditLine::PATH>
                <input type="hidden" name="order" value=order />
                <input type="hidden" name="line" value=line_id />
                <input type="hidden" name="form" value=form />
                <input type="hidden" name="seen" value=seen />
                <DialogBody>
                    {product()}
                    <TextField
                        name="quantity"
                        kind="number"
                        label=t.get("orders-quantity")
                        value=quantity
                        min="1"
                        step="1"
                        help
                    />
                </DialogBody>
                <DialogFoot id=foot>
                    <Button variant=Variant::Primary>{t.get("orders-save-line")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Changes product and quantity of a line.
#[server(prefix = "/do", endpoint = "orders/edit-line")]
pub async fn edit_line(
    /// The order.
    #[server(default)]
    order: String,
    /// The line.
    #[server(default)]
    line: String,
    /// The form's `id`.
    #[server(default)]
    form: String,
    /// The version of the line that the form was made for.
    #[server(default)]
    seen: String,
    /// What is ordered.
    #[server(default)]
    product_uid: String,
    /// How many.
    #[server(default)]
    quantity: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let mut page = String::new();
    let outcome = async {
        let viewer = action.viewer()?;
        let (id, line) = (action.id(&order)?, action.id(&line)?);
        page = page_of(viewer, id);
        let products = catalogue::choices(&action.portal, action.visitor.language).await?;
        let uid =
            uid_meant(&products, &product_uid).map_err(|problem| Refusal::field("product_uid", problem))?;
        let edit = LineEdit {
            product_uid: uid.to_owned(),
            quantity,
            seen,
        };
        orders::edit_line(&action.portal, viewer, id, line, &edit).await?;
        Ok(Done::to(page.clone()).saying("line-saved"))
    }
    .await;
    action.answer_anew(&form, true, page, outcome).await
}
