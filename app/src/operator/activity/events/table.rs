//! The rows of the list of events.

use leptos::prelude::*;
use portal::messages::MessageRow;

use super::{page_of, words};
use crate::page::OperatorPage;
use crate::ui::*;

/// The messages as a table; those that can be retried have a box, where any has.
pub(super) fn table(page: &OperatorPage, rows: Vec<MessageRow>) -> AnyView {
    let t = page.t;
    let select = rows.iter().any(|row| words::can_retry(&page.operator, row));
    let rows = rows
        .into_iter()
        .map(|message| row(page, message, select))
        .collect_view();
    view! {
        <DataTable caption=t.get("activity-events-caption") bleed=true compact=true>
            <TableHead sticky=true>
                {select.then(|| view! { <SelectAllCell /> })}
                <HeadCell text=t.get("activity-event-time") />
                <HeadCell text=t.get("activity-event") />
                <HeadCell text=t.get("activity-event-direction") />
                <HeadCell text=t.get("activity-event-store") />
                <HeadCell text=t.get("activity-event-order") />
                <HeadCell text=t.get("activity-status") />
                <HeadCell text=t.get("activity-event-code") numeric=true optional=true />
                <HeadCell text=t.get("activity-took") numeric=true optional=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn row(page: &OperatorPage, message: MessageRow, select: bool) -> AnyView {
    let t = page.t;
    let tick = select.then(|| tick(page, &message));
    let order = message.order_id.zip(message.order_number).map(|(id, number)| {
        let name = format!("{}{number}", page.portal.settings.brand.order_prefix);
        view! { <a class="act" href=format!("/console/orders/{id}")>{name}</a> }
    });
    let of_order = if order.is_some() {
        Narrow::Inline
    } else {
        Narrow::Hidden
    };
    let time = |message: &MessageRow| {
        let (words, datetime) = (
            t.date_time(message.created_at),
            t.machine_time(message.created_at),
        );
        view! { <time datetime=datetime>{words}</time> }
    };
    let (time, time_below) = (time(&message), time(&message));
    let why =
        words::why(t, &message).map(|(sentence, _)| view! { <span class="sub clamp">{sentence}</span> });
    // A reason does not fit into a corner.
    let of_state = if why.is_some() {
        Narrow::Inline
    } else {
        Narrow::Corner
    };
    let of_customer = message.customer_id.map(|id| format!("/console/customers/{id}"));
    let (customer, store) = (message.customer_name.clone(), message.store_name.clone());
    let names = of_customer.map(|customer_page| {
        let stores = format!("{customer_page}/stores");
        view! {
            <a class="act" href=customer_page dir="auto">
                {customer}
            </a>
            <span class="sub">
                <a class="act" href=stores dir="auto">
                    {store}
                </a>
            </span>
        }
    });
    let code = message.status.map(|status| status.to_string());
    let took = words::took(&message);
    let kind = t.get(&format!("activity-event-kind-{}", message.kind.slug()));
    let direction = words::direction(t, message.direction);
    let (state, state_words) = (message.state.slug(), t.status(message.state));
    let platform = message.platform.slug();
    view! {
        <Row>
            {tick}
            <Cell align=Align::Time narrow=Narrow::Hidden>
                {time}
            </Cell>
            <LeadCell title=message.topic href=page_of(message.id) sub=kind>
                <span class="sub only-narrow num">{time_below}</span>
            </LeadCell>
            <Cell label=t.get("activity-event-direction")>{direction}</Cell>
            <Cell label=t.get("activity-event-store")>
                <span class="entity">
                    <Platform slug=platform label=t.get(&format!("platform-{platform}")) />
                    <span>
                        {names}
                    </span>
                </span>
            </Cell>
            <Cell label=t.get("activity-event-order") narrow=of_order>{order}</Cell>
            <Cell narrow=of_state>
                <Badge status=state text=state_words />
                {why}
            </Cell>
            <Cell align=Align::Number narrow=Narrow::Hidden optional=true>{code}</Cell>
            <Cell align=Align::Number narrow=Narrow::Hidden optional=true>{took}</Cell>
        </Row>
    }
    .into_any()
}

fn tick(page: &OperatorPage, message: &MessageRow) -> AnyView {
    if words::can_retry(&page.operator, message) {
        let (value, title) = (message.id.to_string(), message.topic.clone());
        return view! { <SelectCell name="messages[]" value title /> }.into_any();
    }
    view! { <td role="cell" class="check"></td> }.into_any()
}
