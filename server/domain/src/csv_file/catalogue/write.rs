//! Writing a catalogue file.

use std::io::{self, Write};

use super::super::{CsvWriter, Delimiter};
use super::{COLUMNS, CatalogueEntry};
use crate::catalogue::{write_options, write_print_areas};

/// Writes products so that [`super::read_catalogue`] reads them back.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_catalogue<W: Write>(
    out: W,
    delimiter: Delimiter,
    entries: impl IntoIterator<Item = CatalogueEntry>,
) -> io::Result<W> {
    let mut writer = CsvWriter::new(out, delimiter)?;
    writer.row(COLUMNS.iter().map(|column| column.name))?;
    for CatalogueEntry { product, archived } in entries {
        writer.row([
            product.uid.as_str(),
            product.name_en.as_str(),
            product.name_es.as_str(),
            product.category.as_str(),
            &write_options(&product.options),
            &write_print_areas(&product.print_areas),
            &product.min_quantity.to_string(),
            &product
                .max_quantity
                .map(|max| max.to_string())
                .unwrap_or_default(),
            if archived { "yes" } else { "no" },
        ])?;
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read_catalogue;
    use super::*;
    use crate::catalogue::CatalogueProduct;
    use crate::catalogue::for_tests::{any_areas, any_options};
    use crate::{Category, ProductName, ProductUid, Quantity};

    fn any_entry() -> impl Strategy<Value = CatalogueEntry> {
        let text = || "[ -~áñ\n\"';=@+-]{1,20}";
        let name = move || text().prop_filter_map("no name", |text| ProductName::parse(&text).ok());
        let category = text().prop_filter_map("no category", |text| Category::parse(&text).ok());
        let uid = "[a-z0-9][a-z0-9._-]{0,20}".prop_map(|uid| ProductUid::parse(&uid).unwrap());
        let limits = (1_i64..1000, prop::option::of(1000_i64..=1_000_000));
        (
            uid,
            name(),
            name(),
            category,
            any_options(),
            any_areas(),
            limits,
            any::<bool>(),
        )
            .prop_filter_map(
                "combinations",
                |(uid, name_en, name_es, category, options, print_areas, (min, max), archived)| {
                    let min_quantity = Quantity::new(min).unwrap();
                    let max_quantity = max.map(|max| Quantity::new(max).unwrap());
                    let product = CatalogueProduct {
                        uid,
                        name_en,
                        name_es,
                        category,
                        options,
                        print_areas,
                        min_quantity,
                        max_quantity,
                    };
                    product
                        .checked()
                        .ok()
                        .map(|product| CatalogueEntry { product, archived })
                },
            )
    }

    proptest! {
        // Each case is a whole file.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn export_and_import_change_nothing(
            entries in prop::collection::vec(any_entry(), 1..4), delimiter in prop::sample::select(Delimiter::ALL)
        ) {
            let mut entries = entries;
            let mut uids = std::collections::HashSet::new();
            entries.retain(|entry| uids.insert(entry.product.uid.clone()));
            let file = write_catalogue(Vec::new(), delimiter, entries.clone()).unwrap();
            let rows = read_catalogue(file.as_slice()).unwrap();
            let read: Vec<CatalogueEntry> = rows.map(|row| row.unwrap().1.unwrap()).collect();
            prop_assert_eq!(read, entries);
        }
    }
}
