//! Catalogue products in a CSV file: one row for each product.

mod read;
mod template;
mod write;

pub use read::{CatalogueRows, read_catalogue};
pub use template::catalogue_template;
pub use write::write_catalogue;

use super::header::Column;
use crate::catalogue::CatalogueProduct;

/// A product, and whether it is archived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// The product.
    pub product: CatalogueProduct,
    /// Whether it can no longer be ordered.
    pub archived: bool,
}

const UID: usize = 0;
const NAME_EN: usize = 1;
const NAME_ES: usize = 2;
const CATEGORY: usize = 3;
const OPTIONS: usize = 4;
const PRINT_AREAS: usize = 5;
const MIN_QUANTITY: usize = 6;
const MAX_QUANTITY: usize = 7;
const ARCHIVED: usize = 8;

/// The form controls of the columns, in their order.
const FIELDS: [&str; 9] = [
    "uid",
    "name_en",
    "name_es",
    "category",
    "options",
    "print_areas",
    "min_quantity",
    "max_quantity",
    "archived",
];

const fn column(
    name: &'static str,
    name_es: &'static str,
    aliases: &'static [&'static str],
    required: bool,
) -> Column {
    Column {
        name,
        name_es,
        aliases,
        required,
        suffixed: false,
    }
}

const COLUMNS: &[Column] = &[
    column("productUid", "UID del producto", &["uid"], true),
    column(
        "nameEn",
        "Nombre en inglés",
        &["name", "englishname", "nameenglish"],
        true,
    ),
    column(
        "nameEs",
        "Nombre en español",
        &["nombre", "spanishname", "namespanish"],
        true,
    ),
    column("category", "Categoría", &[], true),
    column("options", "Opciones", &[], false),
    column(
        "printAreas",
        "Áreas de impresión",
        &["printarea", "areadeimpresion", "zonasdeimpresion"],
        false,
    ),
    column("minQuantity", "Cantidad mínima", &["minimum", "minimo"], false),
    column("maxQuantity", "Cantidad máxima", &["maximum", "maximo"], false),
    column("archived", "Archivado", &[], false),
];
