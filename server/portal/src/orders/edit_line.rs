//! Correcting what a line orders.

use domain::id::{LineFileId, LineId, OrderId};
use domain::order::{NewLine, OrderableProduct, OrderableProducts, RawLine};
use domain::{
    AuditAction, AuditField, CatalogueKey, FileState, Fix, LineKind, OrderEventKind, OrderStatus, Permission,
    ProductUid, Quantity, ReasonCode,
};

use super::Actor;
use super::check_design::CheckDesign;
use super::counts::count_items;
use super::events::{self, Corrected, EventDetail, NewEvent};
use super::intake::{has_begun, reconsider, state_at_store};
use super::load::{LockedLine, LockedOrder};
use super::status::{LineChange, apply};
use crate::access::Viewer;
use crate::catalogue;
use crate::storage::{StorageError, Tx, sql};
use crate::stores;
use crate::{Outcome, Portal, Refusal, audit};

/// The form of a line. Controls have the names of the fields.
#[derive(Clone, Debug, Default)]
pub struct LineEdit {
    /// What is ordered.
    pub product_uid: String,
    /// How many.
    pub quantity: String,
    /// The [version](super::LineDetail::version) of the line that the form was made for; empty where none was.
    pub seen: String,
}

/// What a form can be recognised by that was made for a line of so many of this: another one has another version.
pub(super) fn version_of(product_uid: Option<&str>, quantity: i64) -> String {
    format!("{} {quantity}", product_uid.unwrap_or_default())
}

/// Whether product and quantity of a line in this status may still change: it can go back to the checks. Not of one that
/// was stopped in production: something else is made already.
pub(super) fn may_edit_line(status: OrderStatus, begun: bool) -> bool {
    let can_go_back =
        status == OrderStatus::Received || (status.is_editable() && status.may_become(OrderStatus::Received));
    can_go_back && !begun
}

/// Changes product and quantity of a line, as long as production has not begun. A line that its product, its quantity
/// or its designs had stopped goes on by itself. Designs stay where the new product has their print area, and are
/// checked against it.
///
/// # Errors
/// [`Refusal::Invalid`] by field; [`Refusal::Conflict`] `order-in-production`, or `line-changed` when somebody else
/// changed it since; [`Refusal::NotFound`] outside of the viewer's scope; [`Refusal::Forbidden`] without
/// [`Permission::EditOrders`].
pub async fn edit_line(
    portal: &Portal,
    viewer: &Viewer,
    id: OrderId,
    line: LineId,
    form: &LineEdit,
) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let products = catalogue::orderable(portal).await?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let locked = order.line(line).cloned().ok_or(Refusal::NotFound)?;
    if !may_edit_line(locked.status, has_begun(&locked)) {
        return Err(Refusal::conflict("order-in-production"));
    }
    let before = Ordered::find(&mut tx, line).await?;
    let version = version_of(before.uid(), locked.quantity);
    if !form.seen.is_empty() && form.seen != version {
        return Err(Refusal::conflict("line-changed"));
    }
    let (product, quantity) = parse(form, &products)?;
    let title = before.title_with(product, &products);
    let kind = if product.print_areas.is_empty() {
        LineKind::Stock
    } else {
        LineKind::Print
    };
    sql("UPDATE order_lines SET product_uid = $2, variant_id = $3, title = $4, quantity = $5, kind = $6 WHERE id = $1")
        .bind(line)
        .bind(product.uid.as_str())
        .bind(product.variant_id)
        .bind(title)
        .bind(quantity.get())
        .bind(kind.as_str())
        .execute(&mut tx)
        .await?;
    count_items_anew(portal, &mut tx, &mut order).await?;
    let other_product = before.product_uid.as_ref() != Some(&product.uid);
    let store = stores::find_in(&mut tx, &viewer.scope(), order.store).await?;
    if other_product {
        forget_the_former(&mut tx, line).await?;
        for design in keep_designs(portal, &mut tx, line, product).await? {
            CheckDesign { line_file: design }
                .enqueue(portal, &mut tx, &store)
                .await?;
        }
    }
    let corrections = [
        Corrected::Product.unless_same(before.uid().unwrap_or_default(), product.uid.as_str()),
        Corrected::Quantity.unless_same(&locked.quantity.to_string(), &quantity.get().to_string()),
    ];
    let event = NewEvent {
        line: Some(line),
        ..NewEvent::of(id, OrderEventKind::Edited)
    };
    let event = event.with(EventDetail {
        corrections: corrections.into_iter().flatten().collect(),
        ..EventDetail::default()
    });
    let actor = viewer.into();
    events::write(portal, &mut tx, &actor, event).await?;
    let entry = order
        .entry(portal, &mut tx, AuditAction::OrderLineChanged)
        .await?
        .with(AuditField::Line, before.title.as_str())
        .changed(AuditField::ProductUid, before.uid(), product.uid.as_str())
        .changed(AuditField::Quantity, locked.quantity, quantity.get());
    audit::record(&mut tx, portal, &actor, entry).await?;
    let being_checked = locked.status == OrderStatus::Received;
    if state_at_store(&mut tx, id).await?.is_some() {
        // What else its store says decides with it: an order without an address waits still.
        reconsider(portal, &mut tx, &store, id).await?;
    } else if (being_checked && other_product) || stopped_by_content(&locked) {
        go_on(portal, &mut tx, &mut order, &locked, product, &actor).await?;
    }
    Ok(tx.commit().await?)
}

fn parse<'p>(form: &LineEdit, products: &'p OrderableProducts) -> Outcome<(&'p OrderableProduct, Quantity)> {
    let line = NewLine::parse(
        &RawLine {
            product_uid: &form.product_uid,
            quantity: &form.quantity,
            ..RawLine::default()
        },
        products,
    )?;
    let product = products.find(&form.product_uid);
    let product = product.map_err(|problem| Refusal::field("product_uid", problem))?;
    Ok((product, line.quantity))
}

/// What a line ordered so far.
#[derive(sqlx::FromRow)]
struct Ordered {
    /// None while the store's product is not connected.
    product_uid: Option<ProductUid>,
    title: String,
}

impl Ordered {
    async fn find(tx: &mut Tx, line: LineId) -> Result<Self, StorageError> {
        sql("SELECT product_uid, title FROM order_lines WHERE id = $1")
            .bind(line)
            .fetch_one(tx)
            .await
    }

    /// The UID of the product; none while it is not connected.
    fn uid(&self) -> Option<&str> {
        self.product_uid.as_ref().map(ProductUid::as_str)
    }

    /// What the line is called with another product: as the order called it, or like its product.
    fn title_with(&self, product: &OrderableProduct, products: &OrderableProducts) -> String {
        let uid = self.product_uid.as_ref();
        let named = uid
            .and_then(|uid| products.get(uid))
            .map(|product| product.name.to_string());
        let own =
            Some(self.title.as_str()) != uid.map(ProductUid::as_str) && Some(&self.title) != named.as_ref();
        if own {
            self.title.clone()
        } else {
            product.name.to_string()
        }
    }
}

/// Forgets of a line with another product what held for the former one: how many pieces of it the store sells as one,
/// and that it was let go on without a design.
async fn forget_the_former(tx: &mut Tx, line: LineId) -> Result<(), StorageError> {
    sql("UPDATE order_lines SET pieces_per_unit = 1, missing_let_pass = FALSE WHERE id = $1")
        .bind(line)
        .execute(tx)
        .await?;
    Ok(())
}

/// Counts the order's pieces anew, which makes another version of it.
pub(super) async fn count_items_anew(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
) -> Result<(), StorageError> {
    order.updated_at = order.next_version(portal);
    count_items(tx, order).await
}

/// Takes away the designs for which the product has no print area. The others wait to be checked against it; gives
/// them.
async fn keep_designs(
    portal: &Portal,
    tx: &mut Tx,
    line: LineId,
    product: &OrderableProduct,
) -> Result<Vec<LineFileId>, StorageError> {
    let given: Vec<(LineFileId, CatalogueKey)> =
        sql("SELECT id, area_key FROM order_line_files WHERE line_id = $1 ORDER BY area_key")
            .bind(line)
            .fetch_all(tx)
            .await?;
    let mut kept = Vec::new();
    for (design, area) in given {
        if product.print_areas.contains(&area) {
            // By another id: a check under way is about the former product, and its job must not be waited for.
            let again = LineFileId(portal.entropy.id());
            sql(
                "UPDATE order_line_files SET id = $2, state = 'waiting', reason = NULL, check_result = NULL,
                     let_pass = FALSE
                 WHERE id = $1",
            )
            .bind(design)
            .bind(again)
            .execute(tx)
            .await?;
            kept.push(again);
        } else {
            sql("DELETE FROM order_line_files WHERE id = $1")
                .bind(design)
                .execute(tx)
                .await?;
        }
    }
    Ok(kept)
}

/// Whether another product, quantity or design can put right what stopped a line. A person's decision stands.
fn stopped_by_content(line: &LockedLine) -> bool {
    let content = [Fix::EditOrder, Fix::ConnectProduct, Fix::UploadFile, Fix::Retry];
    line.reason.is_some_and(|reason| content.contains(&reason.fix()))
}

/// Lets a line go as far as its designs allow.
async fn go_on(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    line: &LockedLine,
    product: &OrderableProduct,
    actor: &Actor,
) -> Outcome<()> {
    let designs: Vec<(CatalogueKey, FileState)> =
        sql("SELECT area_key, state FROM order_line_files WHERE line_id = $1")
            .bind(line.id)
            .fetch_all(tx)
            .await?;
    let any = |state| designs.iter().any(|(_, known)| *known == state);
    let complete = product
        .print_areas
        .iter()
        .all(|area| designs.iter().any(|(given, _)| given == area));
    let steps: &[(OrderStatus, Option<ReasonCode>)] = if !complete {
        &[
            (OrderStatus::Received, None),
            (OrderStatus::OnHold, Some(ReasonCode::DesignMissing)),
        ]
    } else if any(FileState::Refused) {
        // Only the quantity has changed: the design still needs another file, or somebody to let it pass.
        &[]
    } else if any(FileState::Waiting) {
        &[(OrderStatus::Received, None)]
    } else {
        &[
            (OrderStatus::Received, None),
            (OrderStatus::Passed, None),
            (OrderStatus::Created, None),
        ]
    };
    let already = |step: &&(OrderStatus, Option<ReasonCode>)| {
        step.0 == OrderStatus::Received && line.status == OrderStatus::Received
    };
    for (to, reason) in steps.iter().skip_while(already).copied() {
        let change = LineChange {
            line: line.id,
            to,
            reason,
        };
        apply(portal, tx, order, &[change], actor).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Client;
    use crate::orders::{LineDetail, OrderDetail, find, testing};
    use crate::testing::{TestPortal, on_both};

    async fn detail(portal: &TestPortal, client: &Client, id: OrderId) -> OrderDetail {
        find(portal, &client.scope(), id).await.unwrap()
    }

    async fn edit(
        portal: &TestPortal,
        client: &Client,
        id: OrderId,
        line: &LineDetail,
        product_uid: &str,
        quantity: &str,
    ) -> Outcome<()> {
        let form = LineEdit {
            product_uid: product_uid.to_owned(),
            quantity: quantity.to_owned(),
            ..LineEdit::default()
        };
        edit_line(portal, &Viewer::Client(client.clone()), id, line.id, &form).await
    }

    /// Makes the only line of an order one that came with a product nobody knows.
    async fn fail(portal: &TestPortal, id: OrderId) {
        let mut tx = portal.db.begin().await.unwrap();
        let mut order = LockedOrder::load(&mut tx, &crate::access::Scope::AllCustomers, id)
            .await
            .unwrap();
        sql("UPDATE order_lines SET product_uid = 'gone', title = 'gone', variant_id = NULL")
            .execute(&mut tx)
            .await
            .unwrap();
        let change = |to, reason| LineChange {
            line: order.lines[0].id,
            to,
            reason,
        };
        let change = change(OrderStatus::Failed, Some(ReasonCode::UnknownProduct));
        apply(portal, &mut tx, &mut order, &[change], &Actor::SYSTEM)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    #[tokio::test]
    async fn a_failed_order_goes_on_with_a_product_that_is_there() {
        on_both(async |portal| {
            let (client, _, id) = testing::stock_order(&portal).await;
            fail(&portal, id).await;
            let order = detail(&portal, &client, id).await;
            assert_eq!(order.head.reason, Some(ReasonCode::UnknownProduct));
            let refusal = edit(&portal, &client, id, &order.lines[0], "penn", "0")
                .await
                .unwrap_err();
            assert_eq!(
                testing::problem_of(&refusal, "product_uid"),
                "unknown-product-uid-similar"
            );
            assert_eq!(testing::problem_of(&refusal, "quantity"), "quantity-too-small");
            edit(&portal, &client, id, &order.lines[0], "pen", "5")
                .await
                .unwrap();
            let order = detail(&portal, &client, id).await;
            assert_eq!(
                (order.head.status, order.head.reason),
                (OrderStatus::Created, None)
            );
            assert_eq!((order.head.item_count, order.lines[0].quantity), (5, 5));
            assert_ne!(order.lines[0].title, "gone");
            let late = edit(&portal, &client, id, &order.lines[0], "pen", "6")
                .await
                .unwrap_err();
            assert_eq!(testing::conflict_of(&late), "order-in-production");
        })
        .await;
    }

    #[tokio::test]
    async fn designs_follow_the_product() {
        on_both(async |portal| {
            let (client, _, id) = testing::stock_order(&portal).await;
            fail(&portal, id).await;
            let line = detail(&portal, &client, id).await.lines.remove(0);
            edit(&portal, &client, id, &line, "poster_a3-silk", "1")
                .await
                .unwrap();
            let order = detail(&portal, &client, id).await;
            assert_eq!(
                (order.head.status, order.head.reason),
                (OrderStatus::OnHold, Some(ReasonCode::DesignMissing))
            );
            let upload = testing::upload(&portal, &client, &testing::png(2400, 3370)).await;
            let design = crate::orders::DesignForm {
                upload: Some(upload),
                ..crate::orders::DesignForm::default()
            };
            let area = CatalogueKey::parse("front").unwrap();
            let viewer = Viewer::Client(client.clone());
            crate::orders::replace_design(&portal, &viewer, id, line.id, &area, &design)
                .await
                .unwrap();
            // While it is checked, somebody thinks better of it: the design is not needed any more.
            edit(&portal, &client, id, &line, "pen", "2").await.unwrap();
            let order = detail(&portal, &client, id).await;
            assert_eq!(order.head.status, OrderStatus::Created);
            assert!(order.lines[0].designs.is_empty());
            testing::work(&portal).await;
            assert_eq!(
                detail(&portal, &client, id).await.head.status,
                OrderStatus::Created
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_persons_hold_outlasts_a_correction_and_others_find_nothing() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let line = detail(&portal, &client, id).await.lines.remove(0);
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let refusal = edit(&portal, &other, id, &line, "pen", "2").await.unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
            edit(&portal, &client, id, &line, "poster_a3-silk", "3")
                .await
                .unwrap();
            let order = detail(&portal, &client, id).await;
            assert_eq!(order.head.reason, Some(ReasonCode::DesignMissing), "still");
            assert_eq!(order.head.item_count, 3);
            let mut told = order.timeline.iter();
            let told = told.find(|event| event.kind == OrderEventKind::Edited).unwrap();
            let corrected = Corrected::Quantity.unless_same(&line.quantity.to_string(), "3");
            let corrections = &told.detail.as_ref().unwrap().0.corrections;
            assert_eq!(corrections.first(), corrected.as_ref());

            let mut tx = portal.db.begin().await.unwrap();
            sql("UPDATE order_lines SET reason = 'held-by-person'")
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            edit(&portal, &client, id, &line, "pen", "3").await.unwrap();
            assert_eq!(
                detail(&portal, &client, id).await.head.status,
                OrderStatus::OnHold
            );
        })
        .await;
    }

    #[tokio::test]
    async fn what_somebody_else_made_of_a_line_meanwhile_is_not_replaced() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let line = detail(&portal, &client, id).await.lines.remove(0);
            edit(&portal, &client, id, &line, "poster_a3-silk", "3")
                .await
                .unwrap();
            let late = LineEdit {
                product_uid: "pen".to_owned(),
                quantity: "2".to_owned(),
                seen: line.version(),
            };
            let viewer = Viewer::Client(client);
            let refusal = edit_line(&portal, &viewer, id, line.id, &late).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "line-changed");
        })
        .await;
    }
}
