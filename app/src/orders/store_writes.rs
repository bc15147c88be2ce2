//! What the store of an order was told, and telling it again.

use domain::{Permission, WriteKind, WriteState};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::orders::{self, OrderDetail, WriteDetail};

use super::page_of;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::storefronts::stores::Diagnosis;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form that tells the store again.
const FORM: &str = "retry-write";

/// The card with what the store was told; nothing while there was nothing to tell.
pub fn writes_card(page: &Page, viewer: &Viewer, order: &OrderDetail) -> Option<AnyView> {
    if order.writes.is_empty() {
        return None;
    }
    let t = page.t;
    let may_retry = viewer.may(Permission::EditOrders);
    let items = order
        .writes
        .iter()
        .map(|write| item(t, order, write, may_retry))
        .collect_view();
    let note = t.with(
        "orders-told-note",
        [("store", order.head.store_name.as_str().into())],
    );
    let card = view! {
        <Card id="told">
            <CardHead title=t.get("orders-told") note />
            <List>{items}</List>
        </Card>
    };
    Some(card.into_any())
}

fn item(t: Text, order: &OrderDetail, write: &WriteDetail, may_retry: bool) -> AnyView {
    let title = news(t, order, write);
    let time = t.date_time(write.updated_at);
    let why = write
        .reason
        .as_deref()
        .map(|code| why(t, code, write.words.as_deref()));
    let failed = write.state == WriteState::Failed;
    let note = match why {
        Some(why) => format!("{why} {time}"),
        None => time,
    };
    let note_tone = if failed { Tone::Danger } else { Tone::Neutral };
    let retry = (failed && may_retry).then(|| {
        let (order, write) = (order.head.id.to_string(), write.id.to_string());
        view! {
            <Form id=FORM action=RetryStoreWrite::PATH>
                <input type="hidden" name="order" value=order />
                <input type="hidden" name="write" value=write />
                <Button size=Size::Small icon="retry">{t.get("orders-told-retry")}</Button>
            </Form>
        }
    });
    let state = write.state;
    view! {
        <ListItem title note note_tone>
            <Badge status=state.slug() text=t.status(state) />
            {retry}
        </ListItem>
    }
    .into_any()
}

/// `In production`, or `Parcel 2 shipped`.
fn news(t: Text, order: &OrderDetail, write: &WriteDetail) -> String {
    let key = format!("orders-told-{}", write.kind.slug());
    let several = order.shipments.len() > 1;
    let place = order
        .shipments
        .iter()
        .position(|shipment| Some(shipment.id) == write.shipment_id);
    match (write.kind, place) {
        (WriteKind::Shipped | WriteKind::Delivered, Some(place)) if several => {
            t.with(&format!("{key}-parcel"), [("parcel", (place + 1).into())])
        }
        _ => t.get(&key),
    }
}

/// Why the store could not be told, what to do, and what it said itself.
fn why(t: Text, code: &str, words: Option<&str>) -> String {
    let diagnosis = Diagnosis::of(t, code, words);
    let said = diagnosis.quoted(t);
    [Some(diagnosis.sentence), diagnosis.remedy, said]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Tells the store of an order again what it could not be told.
#[server(prefix = "/do", endpoint = "orders/retry-write")]
pub async fn retry_store_write(
    /// The order.
    #[server(default)]
    order: String,
    /// What is told.
    #[server(default)]
    write: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let viewer = action.viewer()?;
        let order = action.id(&order)?;
        orders::retry_write(&action.portal, viewer, order, action.id(&write)?).await?;
        Ok(Done::to(format!("{}#told", page_of(viewer, order))).saying("write-retried"))
    }
    .await;
    action.answer(FORM, outcome).await
}
