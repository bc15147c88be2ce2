//! The orders that wait for somebody, with the reason and the way to put it right.

use leptos::prelude::*;
use portal::orders::OrderRow;

use super::Overview;
use crate::orders::status_badge::untold_note;
use crate::page::ClientPage;
use crate::storefronts::orders::next::{order_page, way_out};
use crate::text::Text;
use crate::ui::*;

/// The card.
pub(super) fn attention(page: &ClientPage, overview: &Overview) -> AnyView {
    let t = page.t;
    let waiting = overview.counts.needing_attention();
    if overview.waiting.is_empty() {
        return view! {
            <Card>
                <CardHead title=t.get("dashboard-attention") />
                <CardBody>
                    <p class="muted">{t.get("dashboard-attention-none")}</p>
                </CardBody>
            </Card>
        }
        .into_any();
    }
    let all = t.with("dashboard-see-all", [("count", waiting.into())]);
    let rows = overview
        .waiting
        .iter()
        .map(|row| waiting_order(page, t, row))
        .collect_view();
    view! {
        <Card>
            <CardHead title=t.get("dashboard-attention")>
                <a href="/storefronts/orders?view=attention">{all}</a>
            </CardHead>
            <List>{rows}</List>
        </Card>
    }
    .into_any()
}

fn waiting_order(page: &ClientPage, t: Text, row: &OrderRow) -> AnyView {
    let title = match row.recipient.as_str() {
        "" => row.external_id.clone(),
        recipient => t.with(
            "dashboard-order-for",
            [
                ("order", row.external_id.as_str().into()),
                ("recipient", recipient.into()),
            ],
        ),
    };
    let note = untold_note(t, row).or_else(|| row.reason.map(|reason| t.reason(reason)));
    let fix = way_out(page, row).map(|(href, words)| {
        view! {
            <ButtonLink href size=Size::Small above_row=true>
                {words}
            </ButtonLink>
        }
    });
    let status = row.status;
    view! {
        <ListItem title href=order_page(row.id) note>
            <Badge status=status.slug() text=t.status(status) />
            {fix}
        </ListItem>
    }
    .into_any()
}
