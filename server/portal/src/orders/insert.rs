//! Writing the rows of a new order.

use std::collections::BTreeMap;

use domain::id::{FileId, LineFileId, LineId, OrderId};
use domain::order::{DesignSource, NewOrder};
use domain::{CatalogueKey, FileState, LineKind, OrderStatus, ReasonCode};

use super::check_design::CheckDesign;
use super::create::{Origin, PlannedLine};
use super::search::Words;
use crate::Portal;
use crate::storage::{AsConn as _, Engine, StorageError, Tx, sql};
use crate::stores::Store;

/// An order about to be written.
pub(super) struct Head<'a> {
    pub(super) id: OrderId,
    pub(super) order: &'a NewOrder,
    pub(super) status: OrderStatus,
    pub(super) reason: Option<ReasonCode>,
    pub(super) hash: &'a [u8; 32],
}

/// Writes the head of an order that the store does not have.
pub(super) async fn insert_order(
    portal: &Portal,
    tx: &mut Tx,
    origin: Origin<'_>,
    head: Head<'_>,
) -> Result<(), StorageError> {
    let number = next_number(tx).await?;
    let Head {
        id,
        order,
        status,
        reason,
        hash,
    } = head;
    let (address, now) = (&order.head.address, portal.now());
    let words = Words {
        number,
        external_id: order.head.reference.as_str().to_owned(),
        source_number: None,
        recipient: address.recipient.as_str().to_owned(),
        email: order.head.email.as_ref().map(|email| email.as_str().to_owned()),
    };
    let items: i64 = order.lines.iter().map(|line| line.quantity.get()).sum();
    let mut insert = sql("INSERT INTO orders (number, id, customer_id, store_id, platform, external_id, source, status, reason,
             needs_attention, content_hash, form_key, email, phone, recipient, company, address_line1, address_line2, city,
             region, postcode, country, shipping_method, note, item_count, search, created_at, created_by,
             updated_at) VALUES ");
    insert.push("(").push_bind(number);
    macro_rules! values {
        ($($value:expr),+ $(,)?) => { $(insert.push(", ").push_bind($value);)+ };
    }
    values!(
        id,
        origin.store.customer_id,
        origin.store.id,
        origin.store.platform.as_str(),
        order.head.reference.as_str(),
        origin.source.as_str(),
        status.as_str(),
        reason.map(ReasonCode::as_str),
        status.needs_attention(),
        *hash,
        origin.form_key,
        order.head.email.as_ref().map(AsRef::<str>::as_ref),
        order.head.phone.as_ref().map(AsRef::<str>::as_ref),
        address.recipient.as_str(),
        address.company.as_ref().map(AsRef::<str>::as_ref),
        address.line1.as_str(),
        address.line2.as_ref().map(AsRef::<str>::as_ref),
        address.city.as_str(),
        address.region.as_ref().map(AsRef::<str>::as_ref),
        address.postcode.as_ref().map(domain::Postcode::as_str),
        address.country.as_str(),
        order.head.shipping_method.as_ref().map(AsRef::<str>::as_ref),
        order.head.note.as_ref().map(AsRef::<str>::as_ref),
        items,
        words.with_customer(portal, &origin.store.customer_name),
        now,
        origin.actor.user,
        now,
    );
    insert.push(")");
    insert.execute(tx).await?;
    Ok(())
}

/// The next number people say. Taken before the order is written, because the order is found by it too.
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, StorageError> {
    let query = match tx.engine() {
        // Only one transaction writes at a time; AUTOINCREMENT remembers the highest number there ever was.
        Engine::Sqlite => {
            sql("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'orders'), 0) + 1")
        }
        Engine::Postgres => sql("SELECT nextval(pg_get_serial_sequence('orders', 'number'))"),
    };
    let (number,): (i64,) = query.fetch_one(tx).await?;
    Ok(number)
}

/// Writes a line with its designs.
pub(super) async fn insert_line(
    portal: &Portal,
    tx: &mut Tx,
    origin: Origin<'_>,
    order: OrderId,
    position: i64,
    planned: &PlannedLine<'_>,
) -> Result<(), StorageError> {
    let held = planned.status == OrderStatus::OnHold;
    let stock = planned
        .product
        .is_some_and(|product| product.print_areas.is_empty());
    let kind = if stock { LineKind::Stock } else { LineKind::Print };
    sql("INSERT INTO order_lines (id, order_id, position, title, product_uid, variant_id, quantity, status, reason,
             held_from, kind)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(planned.id)
    .bind(order)
    .bind(position)
    .bind(&planned.title)
    .bind(planned.line.product_uid.as_str())
    .bind(planned.product.map(|product| product.variant_id))
    .bind(planned.line.quantity.get())
    .bind(planned.status.as_str())
    .bind(planned.reason.map(ReasonCode::as_str))
    .bind(held.then_some(OrderStatus::Received.as_str()))
    .bind(kind.as_str())
    .execute(tx)
    .await?;
    let designs: BTreeMap<&CatalogueKey, &DesignSource> = planned
        .line
        .designs
        .iter()
        .map(|design| (&design.area, &design.source))
        .collect();
    for (area, source) in designs {
        insert_design(portal, tx, origin.store, planned.id, area, source).await?;
    }
    Ok(())
}

/// Notes a design of a line and has it checked.
pub(super) async fn insert_design(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    line: LineId,
    area: &CatalogueKey,
    source: &DesignSource,
) -> Result<(), StorageError> {
    let id = LineFileId(portal.entropy.id());
    let (url, file): (Option<&str>, Option<FileId>) = match source {
        DesignSource::Url(url) => (Some(url.as_str()), None),
        DesignSource::Upload(file) => (None, Some(*file)),
    };
    sql("INSERT INTO order_line_files (id, line_id, area_key, url, file_id, state) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(line)
        .bind(area.as_str())
        .bind(url)
        .bind(file)
        .bind(FileState::Waiting.as_str())
        .execute(tx)
        .await?;
    CheckDesign { line_file: id }.enqueue(portal, tx, store).await
}
