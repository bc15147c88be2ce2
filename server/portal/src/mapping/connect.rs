//! Connecting variants to the catalogue.

use domain::id::{FileId, StoreVariantId};
use domain::order::{NewLine, OrderableProduct, RawLine};
use domain::{AuditAction, CatalogueKey, FieldProblems, MappedHow, Permission, Problem, Quantity};

use super::locked::LockedVariant;
use super::{recorded, write};
use crate::access::Viewer;
use crate::orders::give_to_customer;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal, catalogue, files};

/// The most pieces that are sold as one.
pub const MOST_PIECES: i64 = 10_000;

/// The form *Connect product*.
#[derive(Clone, Debug, Default)]
pub struct ConnectForm {
    /// Control `product_uid`: the combination of the catalogue product.
    pub product_uid: String,
    /// Control `pieces_per_unit`: how many pieces are made when one is bought, as of a pack; empty for one.
    pub pieces_per_unit: String,
    /// Controls `design:<area>`: addresses of designs by print area; may be empty.
    pub designs: Vec<(String, String)>,
    /// Uploaded designs by print area, which win over addresses.
    pub uploads: Vec<(String, FileId)>,
}

/// Connects a variant: what is made when it is bought, and from which design for each print area. A print area for
/// which nothing is given keeps the design it has. Designs are checked by a job; orders that waited go on.
///
/// # Errors
/// [`Refusal::Invalid`] by field: `product_uid` as of orders, `pieces_per_unit` as of quantities, `design:<area>` with
/// `design-required` or what is wrong with the address; [`Refusal::NotFound`] outside of the viewer's scope, and for
/// files that are not theirs; [`Refusal::Forbidden`] without [`Permission::ConnectProducts`].
pub async fn connect(
    portal: &Portal,
    viewer: &Viewer,
    variant: StoreVariantId,
    form: &ConnectForm,
) -> Outcome<()> {
    viewer.require(Permission::ConnectProducts)?;
    let pieces = pieces_per_unit(form)?;
    let products = catalogue::orderable(portal).await?;
    let mut tx = portal.db.begin().await?;
    let variant = LockedVariant::one(&mut tx, &viewer.scope(), variant).await?;
    let product = products
        .find(&form.product_uid)
        .map_err(|problem| Refusal::field("product_uid", problem))?;
    let least = product.min_quantity.to_string();
    let line = NewLine::parse(&raw(form, product, &least), &products)?;
    let given: Vec<&CatalogueKey> = line.designs.iter().map(|design| &design.area).collect();
    let kept = kept(&mut tx, &variant, product, &given).await?;
    require_all(product, &given, &kept)?;
    for (_, upload) in &form.uploads {
        let file = files::find(&mut tx, &viewer.scope(), *upload)
            .await?
            .ok_or(Refusal::NotFound)?;
        give_to_customer(&mut tx, file.id, variant.customer_id).await?;
    }
    write::designs(portal, &mut tx, &variant, &line.designs, &kept).await?;
    let (made, how, actor) = ((product.variant_id, pieces), MappedHow::ByPerson, viewer.into());
    write::connected(portal, &mut tx, variant.id, made, how, &actor).await?;
    let variants = [variant];
    write::no_longer_ignored(&mut tx, &variants).await?;
    write::decided(portal, &mut tx, &variants).await?;
    recorded::record(portal, &mut tx, viewer, AuditAction::ProductConnected, &variants).await?;
    Ok(tx.commit().await?)
}

fn pieces_per_unit(form: &ConnectForm) -> Outcome<i64> {
    if form.pieces_per_unit.is_empty() {
        return Ok(Quantity::MIN.get());
    }
    let most = Quantity::new(MOST_PIECES).ok();
    let pieces = Quantity::parse_within(&form.pieces_per_unit, Quantity::MIN, most)
        .map_err(|problem| Refusal::field("pieces_per_unit", problem))?;
    Ok(pieces.get())
}

/// The form as a line of an order: designs are read as those of orders are. An upload replaces the address beside it.
fn raw<'a>(form: &'a ConnectForm, product: &'a OrderableProduct, quantity: &'a str) -> RawLine<'a> {
    let uploaded = |area: &str| form.uploads.iter().any(|(key, _)| key == area);
    RawLine {
        product_uid: product.uid.as_str(),
        quantity,
        title: "",
        design_urls: form
            .designs
            .iter()
            .filter(|(area, _)| !uploaded(area))
            .map(|(area, url)| (area.as_str(), url.as_str()))
            .collect(),
        uploads: form
            .uploads
            .iter()
            .map(|(area, file)| (area.as_str(), *file))
            .collect(),
    }
}

/// The print areas whose designs stay: those of the same product for which nothing new is given.
async fn kept(
    tx: &mut Tx,
    variant: &LockedVariant,
    product: &OrderableProduct,
    given: &[&CatalogueKey],
) -> Result<Vec<CatalogueKey>, StorageError> {
    let there: Vec<(CatalogueKey,)> = sql("SELECT d.area_key FROM store_variant_designs d
         JOIN print_areas a ON a.area_key = d.area_key
         JOIN catalogue_variants c ON c.product_id = a.product_id
         WHERE d.store_variant_id = $1 AND c.id = $2 AND a.product_id = $3")
    .bind(variant.id)
    .bind(product.variant_id)
    .bind(variant.catalogue_product_id)
    .fetch_all(tx)
    .await?;
    Ok(there
        .into_iter()
        .map(|(area,)| area)
        .filter(|area| !given.contains(&area))
        .collect())
}

fn require_all(product: &OrderableProduct, given: &[&CatalogueKey], kept: &[CatalogueKey]) -> Outcome<()> {
    let mut problems = FieldProblems::new();
    for area in &product.print_areas {
        if !given.contains(&area) && !kept.contains(area) {
            problems.add(format!("design:{area}"), Problem::new("design-required"));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}
