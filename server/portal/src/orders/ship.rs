//! Shipping an order, whole or in parts.

use domain::id::{LineId, OrderId, ShipmentId};
use domain::source::SourceOrderState;
use domain::{FieldProblems, OrderEventKind, OrderStatus, Permission, Problem, Quantity};

use super::Actor;
use super::events::{self, EventDetail, NewEvent};
use super::intake::state_at_store;
use super::load::LockedOrder;
use super::status::{LineChange, apply};
use super::tracking::Tracking;
use super::writes;
use crate::access::{Operator, Scope};
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// The form *Ship*.
#[derive(Clone, Debug, Default)]
pub struct ShipmentForm {
    /// Control `carrier`.
    pub carrier: String,
    /// Control `tracking_number`; may be empty.
    pub tracking_number: String,
    /// Control `tracking_url`; may be empty.
    pub tracking_url: String,
    /// Pieces of each line, control `quantity-<line>`; blank is none. No lines: everything that is left.
    pub quantities: Vec<(LineId, String)>,
    /// Control `although_sent`: whether to ship what somebody else has sent, as the store says.
    pub although_sent: bool,
    /// The version of the order that the form was made for: its `updated_at` in microseconds.
    pub seen: i64,
}

/// How many parcels back carriers are remembered.
const REMEMBERED: i64 = 200;

/// The carriers of the last parcels, whosever they were, the last used first.
///
/// # Errors
/// [`Refusal::Forbidden`] without [`Permission::RunProduction`].
pub async fn any_carriers(portal: &Portal, operator: &Operator) -> Outcome<Vec<String>> {
    operator.require(Permission::RunProduction)?;
    let mut conn = portal.db.read().await?;
    let used: Vec<(String,)> = sql("SELECT carrier FROM shipments ORDER BY id DESC LIMIT $1")
        .bind(REMEMBERED)
        .fetch_all(&mut conn)
        .await?;
    let mut carriers: Vec<String> = Vec::new();
    for (carrier,) in used {
        if !carriers.contains(&carrier) {
            carriers.push(carrier);
        }
    }
    Ok(carriers)
}

struct Parcel {
    tracking: Tracking,
    contents: Vec<(LineId, i64)>,
}

/// Ships all of an order or a part. A line is shipped when its last piece is.
///
/// # Errors
/// [`Refusal::Invalid`] by field, with `parcel-empty` when no line has pieces, and `sent-already` when the store says
/// that somebody else sent it and nobody confirmed the second parcel; [`Refusal::Conflict`]: `order-changed` when somebody changed the order since the form
/// was made, so that no parcel is entered twice; `nothing-to-ship`. [`Refusal::NotFound`]; [`Refusal::Forbidden`]
/// without [`Permission::RunProduction`].
pub async fn ship(
    portal: &Portal,
    operator: &Operator,
    id: OrderId,
    form: &ShipmentForm,
) -> Outcome<ShipmentId> {
    operator.require(Permission::RunProduction)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &Scope::AllCustomers, id).await?;
    if order.updated_at.micros() != form.seen {
        return Err(Refusal::conflict("order-changed"));
    }
    let sent = state_at_store(&mut tx, id).await? == Some(SourceOrderState::Fulfilled);
    let parcel = parse(form, &order, sent)?;
    let actor = operator.into();
    let shipment = write_shipment(portal, &mut tx, &order, &parcel, operator).await?;
    tell(portal, &mut tx, &order, &parcel, &actor).await?;
    let changes = take_out(&mut tx, &mut order, &parcel).await?;
    // Even when no line is complete the order has changed: a second form of the same page must not ship again.
    apply(portal, &mut tx, &mut order, &changes, &actor).await?;
    writes::shipped(portal, &mut tx, &order, shipment).await?;
    tx.commit().await?;
    Ok(shipment)
}

fn parse(form: &ShipmentForm, order: &LockedOrder, sent: bool) -> Outcome<Parcel> {
    let mut problems = FieldProblems::new();
    let tracking = Tracking::parse(
        &form.carrier,
        &form.tracking_number,
        &form.tracking_url,
        &mut problems,
    );
    let contents = contents(form, order, &mut problems);
    if sent && !form.although_sent && !contents.is_empty() {
        problems.add("although_sent", Problem::new("sent-already"));
    }
    match tracking.filter(|_| problems.is_empty()) {
        Some(_) if contents.is_empty() => Err(nothing_in(order)),
        Some(tracking) => Ok(Parcel { tracking, contents }),
        None => Err(problems.into()),
    }
}

/// Why a parcel would be empty: nobody said what goes into it, or nothing is left.
fn nothing_in(order: &LockedOrder) -> Refusal {
    let mut left = order
        .lines
        .iter()
        .filter(|line| line.status.may_become(OrderStatus::Shipped) && line.remaining() > 0);
    match left.next() {
        Some(line) => FieldProblems::of(format!("quantity-{}", line.id), Problem::new("parcel-empty")).into(),
        None => Refusal::conflict("nothing-to-ship"),
    }
}

/// Pieces of lines that go into the parcel.
fn contents(form: &ShipmentForm, order: &LockedOrder, problems: &mut FieldProblems) -> Vec<(LineId, i64)> {
    let shippable = order
        .lines
        .iter()
        .filter(|line| line.status.may_become(OrderStatus::Shipped));
    if form.quantities.is_empty() {
        return shippable
            .map(|line| (line.id, line.remaining()))
            .filter(|(_, pieces)| *pieces > 0)
            .collect();
    }
    let mut contents = Vec::new();
    for line in shippable {
        let typed = form
            .quantities
            .iter()
            .find(|(id, _)| *id == line.id)
            .map_or("", |(_, typed)| typed.trim());
        // A line of which nothing goes into this parcel.
        if matches!(typed, "" | "0") {
            continue;
        }
        let pieces = Quantity::new(line.remaining())
            .and_then(|left| Quantity::parse_within(typed, Quantity::MIN, Some(left)));
        if let Some(pieces) = problems.take(format!("quantity-{}", line.id), pieces) {
            contents.push((line.id, pieces.get()));
        }
    }
    contents
}

async fn write_shipment(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    parcel: &Parcel,
    operator: &Operator,
) -> Result<ShipmentId, StorageError> {
    let id = ShipmentId(portal.entropy.id());
    sql(
        "INSERT INTO shipments (id, order_id, carrier, tracking_number, tracking_url, shipped_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(order.id)
    .bind(parcel.tracking.carrier())
    .bind(parcel.tracking.number())
    .bind(parcel.tracking.url())
    .bind(portal.now())
    .bind(operator.user)
    .execute(tx)
    .await?;
    for (line, pieces) in &parcel.contents {
        sql("INSERT INTO shipment_lines (shipment_id, line_id, quantity) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(*line)
            .bind(*pieces)
            .execute(tx)
            .await?;
    }
    Ok(id)
}

async fn tell(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    parcel: &Parcel,
    actor: &Actor,
) -> Result<(), StorageError> {
    let detail = EventDetail {
        carrier: Some(parcel.tracking.carrier().to_owned()),
        tracking_number: parcel.tracking.number().map(str::to_owned),
        quantity: Some(parcel.contents.iter().map(|(_, pieces)| pieces).sum()),
        ..EventDetail::default()
    };
    let event = NewEvent::of(order.id, OrderEventKind::Shipped).with(detail);
    events::write(portal, tx, actor, event).await
}

/// Notes the pieces as shipped; gives the lines whose last piece went.
async fn take_out(
    tx: &mut Tx,
    order: &mut LockedOrder,
    parcel: &Parcel,
) -> Result<Vec<LineChange>, StorageError> {
    let mut complete = Vec::new();
    for (id, pieces) in &parcel.contents {
        sql("UPDATE order_lines SET shipped_quantity = shipped_quantity + $2 WHERE id = $1")
            .bind(*id)
            .bind(*pieces)
            .execute(tx)
            .await?;
        if let Some(line) = order.lines.iter_mut().find(|line| line.id == *id) {
            line.shipped_quantity += pieces;
            if line.remaining() == 0 {
                complete.push(LineChange {
                    line: *id,
                    to: OrderStatus::Shipped,
                    reason: None,
                });
            }
        }
    }
    let pieces: i64 = parcel.contents.iter().map(|(_, pieces)| pieces).sum();
    sql("UPDATE orders SET shipped_count = shipped_count + $2 WHERE id = $1")
        .bind(order.id)
        .bind(pieces)
        .execute(tx)
        .await?;
    Ok(complete)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{OrderDetail, find, testing};
    use crate::testing::{TestPortal, on_both};

    async fn detail(portal: &TestPortal, id: OrderId) -> OrderDetail {
        find(portal, &Scope::AllCustomers, id).await.unwrap()
    }

    fn form(order: &OrderDetail) -> ShipmentForm {
        ShipmentForm {
            carrier: "SEUR".to_owned(),
            tracking_number: "ES-778".to_owned(),
            seen: order.head.updated_at.micros(),
            ..ShipmentForm::default()
        }
    }

    #[tokio::test]
    async fn everything_left_goes_into_one_parcel() {
        on_both(async |portal| {
            let (_, operator, id) = testing::two_line_order(&portal).await;
            let before = detail(&portal, id).await;
            ship(&portal, &operator, id, &form(&before)).await.unwrap();
            let after = detail(&portal, id).await;
            assert_eq!(after.head.status, OrderStatus::Shipped);
            assert_eq!(after.head.shipped_count, after.head.item_count);
            assert_eq!(after.shipments[0].tracking_number.as_deref(), Some("ES-778"));
            assert_eq!(after.shipments[0].lines.len(), 2);
            assert_eq!(any_carriers(&portal, &operator).await.unwrap(), ["SEUR"]);
        })
        .await;
    }

    #[tokio::test]
    async fn an_order_can_leave_in_several_parcels() {
        on_both(async |portal| {
            let (_, operator, id) = testing::two_line_order(&portal).await;
            let before = detail(&portal, id).await;
            let line = before.lines[0].id;
            let part = |order: &OrderDetail, pieces: &str| ShipmentForm {
                quantities: vec![(line, pieces.to_owned())],
                ..form(order)
            };
            let refusal = ship(&portal, &operator, id, &part(&before, "9"))
                .await
                .unwrap_err();
            assert_eq!(
                testing::problem_of(&refusal, &format!("quantity-{line}")),
                "quantity-too-large"
            );
            let refusal = ship(&portal, &operator, id, &part(&before, "1000000000"))
                .await
                .unwrap_err();
            let Refusal::Invalid(problems) = refusal else {
                panic!("{refusal}");
            };
            let left = Problem::new("quantity-too-large").with("max", 3_i64);
            assert_eq!(problems.get(&format!("quantity-{line}")), Some(&left));
            let refusal = ship(&portal, &operator, id, &part(&before, "0"))
                .await
                .unwrap_err();
            assert_eq!(
                testing::problem_of(&refusal, &format!("quantity-{line}")),
                "parcel-empty"
            );
            ship(&portal, &operator, id, &part(&before, "1")).await.unwrap();
            let between = detail(&portal, id).await;
            assert_eq!(
                (between.head.status, between.head.shipped_count),
                (OrderStatus::Created, 1)
            );
            let refusal = ship(&portal, &operator, id, &part(&before, "1"))
                .await
                .unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-changed");
            ship(&portal, &operator, id, &form(&between)).await.unwrap();
            assert_eq!(detail(&portal, id).await.head.status, OrderStatus::Shipped);
        })
        .await;
    }

    #[tokio::test]
    async fn two_operators_who_ship_at_once_ship_once() {
        on_both(async |portal| {
            let (_, operator, id) = testing::stock_order(&portal).await;
            let form = form(&detail(&portal, id).await);
            let clicks = futures::future::join_all((0..4).map(|_| ship(&portal, &operator, id, &form))).await;
            assert_eq!(clicks.iter().filter(|click| click.is_ok()).count(), 1);
            assert_eq!(detail(&portal, id).await.shipments.len(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_parcel_needs_a_carrier() {
        on_both(async |portal| {
            let (_, operator, id) = testing::stock_order(&portal).await;
            let mut form = form(&detail(&portal, id).await);
            form.carrier = " ".to_owned();
            form.tracking_url = "javascript:alert(1)".to_owned();
            let refusal = ship(&portal, &operator, id, &form).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "carrier"), "required");
            assert_eq!(testing::problem_of(&refusal, "tracking_url"), "url-not-http");
        })
        .await;
    }
}
