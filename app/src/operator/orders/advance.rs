//! Moving an order, or some of its lines, to another status.

use domain::OrderStatus;
use domain::id::LineId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::{self, Advance, LineDetail, OrderDetail, next_step};

use super::list::PATH;
use super::table::mark_key;
use crate::action::{Action, Done, Reply};
use crate::orders::lines::{LinesUse, lines_table};
use crate::orders::not_connected::Deciding;
use crate::text::Text;
use crate::ui::*;

/// Where chosen lines can be moved. A reprint goes back to production.
const STEPS: [OrderStatus; 6] = [
    OrderStatus::InProduction,
    OrderStatus::Printed,
    OrderStatus::Packaged,
    OrderStatus::InTransit,
    OrderStatus::Delivered,
    OrderStatus::Returned,
];

/// The button of the next step; shipping is a dialog of its own.
pub(super) fn next_button(t: Text, order: &OrderDetail) -> AnyView {
    let id = order.head.id.to_string();
    match next_step(order.head.status) {
        Some(OrderStatus::Shipped) => super::ship::ship_button(t, Variant::Primary),
        Some(next) if STEPS.contains(&next) => view! {
            <Form id="next" action=AdvanceOrder::PATH>
                <input type="hidden" name="order" value=id />
                <input type="hidden" name="to" value=next.slug() />
                <Button variant=Variant::Primary icon="check">{t.get(&mark_key(next))}</Button>
            </Form>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

/// The card of the lines; several of them can be moved one by one.
pub(super) fn lines_card(
    t: Text,
    order: &OrderDetail,
    may_move: bool,
    may_edit: bool,
    deciding: Deciding,
) -> AnyView {
    let lines = &order.lines;
    let steps: Vec<OrderStatus> = STEPS
        .iter()
        .copied()
        .filter(|step| can_move(lines, *step))
        .collect();
    let count = t.with("orders-item-count", [("count", order.head.item_count.into())]);
    let content = if may_move && lines.len() > 1 && !steps.is_empty() {
        let id = order.head.id.to_string();
        let table = lines_table(
            t,
            lines,
            LinesUse {
                select: true,
                edit: may_edit,
                deciding: Some(deciding),
            },
        );
        let choices = steps
            .iter()
            .map(|step| Choice::new(step.slug(), t.status(*step)))
            .collect();
        view! {
            <Form id="move-lines" action=AdvanceOrder::PATH>
                <input type="hidden" name="order" value=id />
                <input type="hidden" name="chosen" value="true" />
                {table}
                <CardFoot>
                    <SelectField name="to" label=t.get("orders-move-to") choices />
                    <Button>{t.get("orders-move-lines")}</Button>
                </CardFoot>
            </Form>
        }
        .into_any()
    } else {
        lines_table(
            t,
            lines,
            LinesUse {
                select: false,
                edit: may_edit,
                deciding: Some(deciding),
            },
        )
    };
    view! {
        <Card id="lines">
            <CardHead title=t.get("orders-lines") count />
            {content}
        </Card>
    }
    .into_any()
}

fn can_move(lines: &[LineDetail], step: OrderStatus) -> bool {
    lines.iter().any(|line| line.status.may_become(step))
}

/// Moves an order, or the chosen ones of its lines, to another status.
#[server(prefix = "/do", endpoint = "orders/advance")]
pub async fn advance_order(
    /// The order.
    #[server(default)]
    order: String,
    /// Where to.
    #[server(default)]
    to: String,
    /// Whether only chosen lines move.
    #[server(default)]
    chosen: bool,
    /// The chosen lines.
    #[server(default)]
    lines: Vec<String>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let form = if chosen { "move-lines" } else { "next" };
    let outcome = async {
        let operator = action.operator()?;
        let id = action.id(&order)?;
        let lines: Vec<LineId> = lines.iter().filter_map(|line| line.parse().ok()).collect();
        if chosen && lines.is_empty() {
            return Err(portal::Refusal::conflict("nothing-selected"));
        }
        let step = Advance {
            to: Some(action.id(&to)?),
            lines,
        };
        orders::advance(&action.portal, operator, id, &step).await?;
        Ok(Done::to(format!("{PATH}/{id}")).saying("order-moved"))
    }
    .await;
    let page = format!("{PATH}/{order}");
    action.answer_anew(form, false, page, outcome).await
}
