//! Giving a line another design.

use domain::id::{CustomerId, FileId, LineId, OrderId};
use domain::order::DesignSource;
use domain::{
    AuditAction, AuditField, CatalogueKey, OrderEventKind, OrderStatus, Permission, Problem, ReasonCode,
    WebUrl, optional,
};

use super::address::may_edit;
use super::events::{self, EventDetail, NewEvent};
use super::insert::insert_design;
use super::intake::{has_begun, looked_at};
use super::load::LockedOrder;
use super::recorded::line_title;
use super::status::{LineChange, apply};
use crate::access::Viewer;
use crate::files;
use crate::storage::{StorageError, Tx, sql};
use crate::stores;
use crate::{Outcome, Portal, Refusal, audit};

/// The form of a design.
#[derive(Clone, Debug, Default)]
pub struct DesignForm {
    /// Control `url`; may be empty when a file was uploaded.
    pub url: String,
    /// The uploaded file, which wins over an address.
    pub upload: Option<FileId>,
}

/// Gives the print area `area` of a line another design and has it checked, until production begins. A line that a
/// design had stopped goes on; one that waits for production goes back to the checks.
///
/// # Errors
/// [`Refusal::Invalid`] in `url`; [`Refusal::Conflict`] `order-in-production`; [`Refusal::NotFound`] outside of the
/// viewer's scope, and for a print area the line has not; [`Refusal::Forbidden`] without [`Permission::EditOrders`].
pub async fn replace_design(
    portal: &Portal,
    viewer: &Viewer,
    id: OrderId,
    line: LineId,
    area: &CatalogueKey,
    form: &DesignForm,
) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let locked = order.line(line).cloned().ok_or(Refusal::NotFound)?;
    if !may_edit(locked.status) || has_begun(&locked) {
        return Err(Refusal::conflict("order-in-production"));
    }
    let areas = areas_of(&mut tx, line).await?;
    if !areas.contains(area) {
        return Err(Refusal::NotFound);
    }
    let source = source(viewer, &mut tx, form).await?;
    let store = stores::find_in(&mut tx, &viewer.scope(), order.store).await?;
    let again = match &source {
        DesignSource::Url(url) => is_there(&mut tx, line, area, url).await?,
        DesignSource::Upload(_) => false,
    };
    sql("DELETE FROM order_line_files WHERE line_id = $1 AND area_key = $2")
        .bind(line)
        .bind(area.as_str())
        .execute(&mut tx)
        .await?;
    if let DesignSource::Upload(file) = source {
        give_to_customer(&mut tx, file, store.customer_id).await?;
    }
    insert_design(portal, &mut tx, &store, line, area, &source).await?;
    looked_at(portal, &mut tx, line).await?;
    let event = NewEvent {
        line: Some(line),
        ..NewEvent::of(id, OrderEventKind::Edited)
    };
    let detail = EventDetail {
        area: Some(area.to_string()),
        again,
        ..EventDetail::default()
    };
    events::write(portal, &mut tx, &viewer.into(), event.with(detail)).await?;
    let entry = order
        .entry(portal, &mut tx, AuditAction::OrderDesignChanged)
        .await?
        .with(AuditField::Line, line_title(&mut tx, line).await?)
        .with(AuditField::PrintArea, area.as_str());
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    if let Some(change) = goes_on(&mut tx, line, locked.status, locked.reason, &areas).await? {
        apply(portal, &mut tx, &mut order, &[change], &viewer.into()).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether the print area has a design of this address already.
async fn is_there(
    tx: &mut Tx,
    line: LineId,
    area: &CatalogueKey,
    url: &WebUrl,
) -> Result<bool, StorageError> {
    let there: Option<(Option<String>,)> =
        sql("SELECT url FROM order_line_files WHERE line_id = $1 AND area_key = $2")
            .bind(line)
            .bind(area.as_str())
            .fetch_optional(tx)
            .await?;
    Ok(there.is_some_and(|(there,)| there.as_deref() == Some(url.as_str())))
}

impl DesignForm {
    /// Looks for what is wrong with an address that was typed.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] in `url`.
    pub fn check_url(&self) -> Outcome<()> {
        match optional(&self.url, WebUrl::parse) {
            Ok(_) => Ok(()),
            Err(problem) => Err(Refusal::field("url", problem)),
        }
    }
}

/// Where the design comes from: a file of the viewer's customer, or an address.
async fn source(viewer: &Viewer, tx: &mut Tx, form: &DesignForm) -> Outcome<DesignSource> {
    if let Some(upload) = form.upload {
        let file = files::find(tx, &viewer.scope(), upload)
            .await?
            .ok_or(Refusal::NotFound)?;
        return Ok(DesignSource::Upload(file.id));
    }
    let url = WebUrl::parse(&form.url).map_err(|problem| match problem.code.as_ref() {
        "required" => Refusal::field("url", Problem::new("design-required")),
        _ => Refusal::field("url", problem),
    })?;
    Ok(DesignSource::Url(url))
}

/// Makes the file of an operator, which belongs to nobody yet, one of the customer: they see what is printed for them.
pub(crate) async fn give_to_customer(
    tx: &mut Tx,
    file: FileId,
    customer: CustomerId,
) -> Result<(), StorageError> {
    sql("UPDATE files SET customer_id = $2 WHERE id = $1 AND customer_id IS NULL")
        .bind(file)
        .bind(customer)
        .execute(tx)
        .await?;
    Ok(())
}

/// The print areas of a line's product.
async fn areas_of(tx: &mut Tx, line: LineId) -> Result<Vec<CatalogueKey>, StorageError> {
    let areas: Vec<(CatalogueKey,)> = sql("SELECT a.area_key FROM order_lines l
         JOIN catalogue_variants v ON v.id = l.variant_id JOIN print_areas a ON a.product_id = v.product_id
         WHERE l.id = $1 ORDER BY a.position")
    .bind(line)
    .fetch_all(tx)
    .await?;
    Ok(areas.into_iter().map(|(area,)| area).collect())
}

/// The step of a line that designs had stopped, or that waits for production: to the checks when every print area has
/// one now, or somebody let the line go on without.
async fn goes_on(
    tx: &mut Tx,
    line: LineId,
    status: OrderStatus,
    reason: Option<ReasonCode>,
    areas: &[CatalogueKey],
) -> Result<Option<LineChange>, StorageError> {
    let stopped_by_design = reason.is_some_and(is_about_design);
    if !stopped_by_design && status != OrderStatus::Created {
        return Ok(None);
    }
    let given: Vec<(CatalogueKey,)> = sql("SELECT area_key FROM order_line_files WHERE line_id = $1")
        .bind(line)
        .fetch_all(tx)
        .await?;
    let (let_pass,): (bool,) = sql("SELECT missing_let_pass FROM order_lines WHERE id = $1")
        .bind(line)
        .fetch_one(tx)
        .await?;
    let complete = let_pass || areas.iter().all(|area| given.iter().any(|(key,)| key == area));
    let (to, reason) = if complete {
        (OrderStatus::Received, None)
    } else {
        (OrderStatus::OnHold, Some(ReasonCode::DesignMissing))
    };
    Ok(status.may_become(to).then_some(LineChange { line, to, reason }))
}

/// Whether a reason is one that another design can put right.
pub(super) fn is_about_design(reason: ReasonCode) -> bool {
    reason.as_str().starts_with("design-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{Advance, advance, find, hold, release, testing};
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_missing_design_is_given_and_checked() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let viewer = Viewer::Client(client.clone());
            let line = find(&portal, &client.scope(), id).await.unwrap().lines[0].id;
            let area = CatalogueKey::parse("front").unwrap();
            let refusal = replace_design(&portal, &viewer, id, line, &area, &DesignForm::default())
                .await
                .unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "url"), "design-required");
            let upload = testing::upload(&portal, &client, &testing::png(2400, 3370)).await;
            let form = DesignForm {
                upload: Some(upload),
                ..DesignForm::default()
            };
            replace_design(&portal, &viewer, id, line, &area, &form)
                .await
                .unwrap();
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Received);
            testing::work(&portal).await;
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Created, "{:?}", detail.lines);
        })
        .await;
    }

    #[tokio::test]
    async fn a_checked_design_is_replaced_and_checked_again_until_production_begins() {
        on_both(async |portal| {
            let (client, operator, id) = testing::order_without_design(&portal).await;
            let viewer = Viewer::Client(client.clone());
            let line = find(&portal, &client.scope(), id).await.unwrap().lines[0].id;
            let area = CatalogueKey::parse("front").unwrap();
            let give = async |width, height| {
                let upload = testing::upload(&portal, &client, &testing::png(width, height)).await;
                let form = DesignForm {
                    upload: Some(upload),
                    ..DesignForm::default()
                };
                replace_design(&portal, &viewer, id, line, &area, &form).await
            };
            let status = async || find(&portal, &client.scope(), id).await.unwrap().head.status;
            give(2400, 3370).await.unwrap();
            testing::work(&portal).await;
            assert_eq!(status().await, OrderStatus::Created);

            give(2410, 3380).await.unwrap();
            assert_eq!(
                status().await,
                OrderStatus::Received,
                "nobody prints what is not checked"
            );
            testing::work(&portal).await;
            assert_eq!(status().await, OrderStatus::Created);

            hold(&portal, &viewer, id).await.unwrap();
            give(2420, 3390).await.unwrap();
            release(&portal, &viewer, id).await.unwrap();
            assert_eq!(status().await, OrderStatus::Received, "not even after a pause");
            testing::work(&portal).await;
            advance(&portal, &operator, id, &Advance::default())
                .await
                .unwrap();
            let refusal = give(2430, 3400).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-in-production");
        })
        .await;
    }

    #[tokio::test]
    async fn the_same_address_once_more_is_told_as_fetched_again() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let viewer = Viewer::Client(client.clone());
            let line = find(&portal, &client.scope(), id).await.unwrap().lines[0].id;
            let area = CatalogueKey::parse("front").unwrap();
            let form = DesignForm {
                url: "https://example.com/a.pdf".to_owned(),
                upload: None,
            };
            for fetched_again in [0, 1] {
                replace_design(&portal, &viewer, id, line, &area, &form)
                    .await
                    .unwrap();
                let detail = find(&portal, &client.scope(), id).await.unwrap();
                let details = detail.timeline.iter().filter_map(|event| event.detail.as_ref());
                assert_eq!(details.filter(|detail| detail.0.again).count(), fetched_again);
            }
        })
        .await;
    }

    #[tokio::test]
    async fn files_and_lines_of_others_are_not_there() {
        on_both(async |portal| {
            let (client, _, id) = testing::order_without_design(&portal).await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let line = find(&portal, &client.scope(), id).await.unwrap().lines[0].id;
            let area = CatalogueKey::parse("front").unwrap();
            let upload = testing::upload(&portal, &other, &testing::png(10, 10)).await;
            let form = DesignForm {
                upload: Some(upload),
                ..DesignForm::default()
            };
            let viewer = Viewer::Client(client);
            let refusal = replace_design(&portal, &viewer, id, line, &area, &form)
                .await
                .unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
            let sleeve = CatalogueKey::parse("sleeve").unwrap();
            let form = DesignForm {
                url: "https://example.com/a.pdf".to_owned(),
                upload: None,
            };
            let refusal = replace_design(&portal, &viewer, id, line, &sleeve, &form)
                .await
                .unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
        })
        .await;
    }
}
