//! What can be made: catalogue products with options, variants and print areas.

mod encoding;
mod length;
mod option;
mod print_area;
mod print_area_text;
mod product;

pub use length::{Length, Size};
pub use option::{OptionDef, OptionValue, RawOption, parse_options, write_options};
pub use print_area::{FileFormat, PrintArea, RawPrintArea};
pub use print_area_text::{parse_print_areas, write_print_areas};
pub use product::{CatalogueProduct, RawCatalogueProduct, Variant};

/// Products of all kinds, for tests of what reads and writes them.
#[cfg(all(test, feature = "csv"))]
pub(crate) mod for_tests {
    pub(crate) use super::option::tests::any_options;
    pub(crate) use super::print_area_text::tests::any_areas;
}
