//! Looking an order up, with everything about it.

use std::collections::{BTreeMap, HashMap};

use domain::catalogue::OptionDef;
use domain::id::{LineId, OrderId, ProductId, ShipmentId, StoreVariantId};
use domain::source::LineProperty;
use domain::{
    CatalogueKey, FileState, IgnoredBecause, Language, LineKind, OrderStatus, Permission, ReasonCode,
    Timestamp,
};
use sqlx::types::Json;

use super::detail::{
    GivenDesign, LineDetail, LineFileDetail, OrderDetail, OrderHead, ShipmentDetail, ShippedLine,
    TimelineEvent,
};
use super::{CheckDesign, push_scope, writes};
use crate::access::{Operator, Scope};
use crate::catalogue::{chosen_values, print_areas};
use crate::jobs::Job as _;
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal, Refusal};

/// The order `id` with everything about it.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none in `scope`.
pub async fn find(portal: &Portal, scope: &Scope, id: OrderId) -> Outcome<OrderDetail> {
    let mut conn = portal.db.read().await?;
    let head = head(&mut conn, scope, id).await?.ok_or(Refusal::NotFound)?;
    Ok(OrderDetail {
        lines: lines(&mut conn, id).await?,
        shipments: shipments(&mut conn, id).await?,
        writes: writes::of_order(&mut conn, id).await?,
        timeline: timeline(&mut conn, id).await?,
        head,
    })
}

async fn head(conn: &mut impl AsConn, scope: &Scope, id: OrderId) -> Result<Option<OrderHead>, StorageError> {
    let mut query = sql(
        "SELECT orders.id, orders.number, orders.customer_id, customers.name AS customer_name,
             orders.store_id, stores.name AS store_name, stores.state AS store_state, orders.platform,
             COALESCE(orders.source_number, orders.external_id) AS external_id, orders.placed_at, orders.total_minor,
             orders.currency, orders.source, orders.status, orders.reason, orders.address_problem, orders.email, orders.phone,
             orders.recipient, orders.company, orders.address_line1, orders.address_line2, orders.city,
             orders.region, orders.postcode, orders.country, orders.shipping_method, orders.note,
             CASE WHEN orders.recipient = '' THEN orders.buyer_erased_at END AS buyer_erased_at,
             orders.item_count, orders.shipped_count, orders.created_at, orders.updated_at
         FROM orders JOIN customers ON customers.id = orders.customer_id
         JOIN stores ON stores.id = orders.store_id WHERE orders.id = ",
    );
    query.push_bind(id);
    push_scope(&mut query, scope);
    query.fetch_optional(conn).await
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: LineId,
    position: i64,
    title: String,
    kind: LineKind,
    ignored_because: Option<IgnoredBecause>,
    product_uid: Option<String>,
    variant_title: Option<String>,
    sku: Option<String>,
    properties: Option<Json<Vec<LineProperty>>>,
    store_variant_id: Option<StoreVariantId>,
    picture: Option<String>,
    product_id: Option<ProductId>,
    name_en: Option<String>,
    name_es: Option<String>,
    options: Option<Json<Vec<OptionDef>>>,
    option_values: Option<Json<BTreeMap<CatalogueKey, CatalogueKey>>>,
    quantity: i64,
    pieces_per_unit: i64,
    shipped_quantity: i64,
    cancelled_quantity: i64,
    status: OrderStatus,
    held_from: Option<OrderStatus>,
    reason: Option<ReasonCode>,
}

async fn lines(conn: &mut impl AsConn, order: OrderId) -> Result<Vec<LineDetail>, StorageError> {
    let rows: Vec<LineRow> = sql(
        "SELECT l.id, l.position, l.title, l.kind, l.ignored_because, l.product_uid, l.variant_title, l.sku,
             l.properties, l.store_variant_id, COALESCE(sv.image_url, sp.image_url) AS picture,
             p.id AS product_id, p.name_en, p.name_es, p.options, v.option_values,
             l.quantity, l.pieces_per_unit, l.shipped_quantity, l.cancelled_quantity, l.status, l.held_from, l.reason
         FROM order_lines l
         LEFT JOIN catalogue_variants v ON v.id = l.variant_id
         LEFT JOIN catalogue_products p ON p.id = v.product_id
         LEFT JOIN store_variants sv ON sv.id = l.store_variant_id
         LEFT JOIN store_products sp ON sp.id = sv.product_id
         WHERE l.order_id = $1 ORDER BY l.position",
    )
    .bind(order)
    .fetch_all(conn)
    .await?;
    let mut given: Vec<GivenDesign> = sql(
        "SELECT d.id, d.line_id, d.area_key, d.url, d.file_id, f.name AS file_name,
             f.media_type, f.size, d.state, d.reason, d.check_result, d.let_pass
         FROM order_line_files d JOIN order_lines l ON l.id = d.line_id LEFT JOIN files f ON f.id = d.file_id
         WHERE l.order_id = $1 ORDER BY d.area_key",
    )
    .bind(order)
    .fetch_all(conn)
    .await?;
    note_retries(conn, &mut given).await?;
    let mut designs: HashMap<LineId, BTreeMap<CatalogueKey, GivenDesign>> = HashMap::new();
    for design in given {
        designs
            .entry(design.line_id)
            .or_default()
            .insert(design.area_key.clone(), design);
    }
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let given = designs.remove(&row.id).unwrap_or_default();
        let designs = designs_by_area(conn, row.product_id, given).await?;
        lines.push(LineDetail {
            id: row.id,
            position: row.position,
            title: row.title,
            kind: row.kind,
            ignored_because: row.ignored_because,
            product_uid: row.product_uid,
            variant_title: row.variant_title,
            sku: row.sku,
            properties: row.properties.map(|properties| properties.0).unwrap_or_default(),
            store_variant: row.store_variant_id,
            picture: row.picture,
            product_names: row.name_en.zip(row.name_es),
            options: row
                .options
                .zip(row.option_values)
                .map(|(options, values)| {
                    let chosen = |language| chosen_values(&options.0, &values.0, language);
                    (chosen(Language::En), chosen(Language::Es))
                })
                .unwrap_or_default(),
            quantity: row.quantity,
            pieces_per_unit: row.pieces_per_unit,
            shipped_quantity: row.shipped_quantity,
            cancelled_quantity: row.cancelled_quantity,
            status: row.status,
            held_from: row.held_from,
            reason: row.reason,
            designs,
        });
    }
    Ok(lines)
}

/// Notes when designs whose address did not answer are fetched again.
async fn note_retries(conn: &mut impl AsConn, given: &mut [GivenDesign]) -> Result<(), StorageError> {
    let waiting: Vec<String> = given
        .iter()
        .filter(|design| design.state == FileState::Waiting && design.reason.is_some())
        .map(|design| design.id.to_string())
        .collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let mut query = sql("SELECT unique_key, run_at FROM jobs WHERE state = 'queued' AND kind = ");
    query
        .push_bind(CheckDesign::KIND)
        .push(" AND unique_key IN ")
        .push_list(&waiting);
    let due: Vec<(String, Timestamp)> = query.fetch_all(conn).await?;
    for design in given {
        let id = design.id.to_string();
        design.retry_at = due.iter().find(|(key, _)| *key == id).map(|(_, at)| *at);
    }
    Ok(())
}

/// The designs in the order of the product's print areas; designs of areas it has no more come last.
async fn designs_by_area(
    conn: &mut impl AsConn,
    product: Option<ProductId>,
    mut given: BTreeMap<CatalogueKey, GivenDesign>,
) -> Result<Vec<LineFileDetail>, StorageError> {
    let areas = match product {
        Some(product) => print_areas(conn, product).await?,
        None => Vec::new(),
    };
    let mut designs: Vec<LineFileDetail> = areas
        .into_iter()
        .map(|area| LineFileDetail {
            given: given.remove(&area.key),
            area: area.key,
            area_names: Some((area.name_en.into(), area.name_es.into())),
        })
        .collect();
    designs.extend(given.into_iter().map(|(area, design)| LineFileDetail {
        area,
        area_names: None,
        given: Some(design),
    }));
    Ok(designs)
}

#[derive(sqlx::FromRow)]
struct ShipmentRow {
    id: ShipmentId,
    carrier: String,
    tracking_number: Option<String>,
    tracking_url: Option<String>,
    shipped_at: Timestamp,
}

async fn shipments(conn: &mut impl AsConn, order: OrderId) -> Result<Vec<ShipmentDetail>, StorageError> {
    let rows: Vec<ShipmentRow> = sql("SELECT id, carrier, tracking_number, tracking_url, shipped_at
         FROM shipments WHERE order_id = $1 ORDER BY id")
    .bind(order)
    .fetch_all(conn)
    .await?;
    let mut lines: Vec<ShippedLine> = sql("SELECT s.shipment_id, l.position, l.title, s.quantity
         FROM shipment_lines s JOIN order_lines l ON l.id = s.line_id
         WHERE l.order_id = $1 ORDER BY l.position")
    .bind(order)
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ShipmentDetail {
            lines: lines.extract_if(.., |line| line.shipment_id == row.id).collect(),
            id: row.id,
            carrier: row.carrier,
            tracking_number: row.tracking_number,
            tracking_url: row.tracking_url,
            shipped_at: row.shipped_at,
        })
        .collect())
}

async fn timeline(conn: &mut impl AsConn, order: OrderId) -> Result<Vec<TimelineEvent>, StorageError> {
    sql("SELECT e.id, e.kind, l.position, e.from_status, e.to_status, e.actor, e.actor_name, e.detail, e.created_at
         FROM order_events e LEFT JOIN order_lines l ON l.id = e.line_id
         WHERE e.order_id = $1 ORDER BY e.id DESC")
    .bind(order)
    .fetch_all(conn)
    .await
}

/// The orders that came in just before and just after one, within `scope`.
///
/// # Errors
/// Only unexpected ones.
pub async fn neighbours(
    portal: &Portal,
    scope: &Scope,
    number: i64,
) -> Outcome<(Option<OrderId>, Option<OrderId>)> {
    let mut conn = portal.db.read().await?;
    let mut before = sql("SELECT orders.id FROM orders WHERE orders.number < ");
    before.push_bind(number);
    push_scope(&mut before, scope);
    before.push(" ORDER BY orders.number DESC LIMIT 1");
    let mut after = sql("SELECT orders.id FROM orders WHERE orders.number > ");
    after.push_bind(number);
    push_scope(&mut after, scope);
    after.push(" ORDER BY orders.number LIMIT 1");
    let before: Option<(OrderId,)> = before.fetch_optional(&mut conn).await?;
    let after: Option<(OrderId,)> = after.fetch_optional(&mut conn).await?;
    Ok((before.map(|(id,)| id), after.map(|(id,)| id)))
}

/// The numbers of orders of any customer: to name those of a bulk action.
///
/// # Errors
/// [`Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_customers_numbers(
    portal: &Portal,
    operator: &Operator,
    ids: &[OrderId],
) -> Outcome<HashMap<OrderId, i64>> {
    operator.require(Permission::SeeOrders)?;
    let mut query = sql("SELECT id, number FROM orders WHERE id IN ");
    query.push_list(ids.iter().copied());
    let rows: Vec<(OrderId, i64)> = query.fetch_all(&mut portal.db.read().await?).await?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_line_says_which_options_were_chosen() {
        on_both(async |portal| {
            let (client, _, order) = testing::order_without_design(&portal).await;
            let found = find(&portal, &client.scope(), order).await.unwrap();
            assert_eq!(found.lines[0].options(Language::En), "A3, Silk");
            assert_eq!(
                found.line_name(1, Language::Es).as_deref(),
                Some("poster, A3, Silk")
            );
        })
        .await;
    }

    #[tokio::test]
    async fn an_operator_learns_the_numbers_of_the_orders_named() {
        on_both(async |portal| {
            let (_, operator, order) = testing::stock_order(&portal).await;
            let unknown = OrderId(portal.entropy.id());
            let numbers = any_customers_numbers(&portal, &operator, &[order, unknown]).await;
            assert_eq!(numbers.unwrap(), HashMap::from([(order, 1)]));
        })
        .await;
    }
}
